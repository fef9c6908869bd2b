package propagation

import "fmt"

// A RangeError says that a quantity lies outside of what can be computed.
type RangeError struct {
	Quantity string // "frequency", "antenna height", "receiver height", "distance", …
	Unit     string
	Value    float64
	Min, Max float64 // what is admitted
}

func (e *RangeError) Error() string {
	return fmt.Sprintf("%s %g %s: want %g to %g", e.Quantity, e.Value, e.Unit, e.Min, e.Max)
}

// within returns a RangeError unless min ≤ value ≤ max; NaN is outside.
func within(quantity, unit string, value, min, max float64) error {
	if value >= min && value <= max {
		return nil
	}
	return &RangeError{quantity, unit, value, min, max}
}

// The bounds of what is computed. They are wider than what the authors of the
// models measured; Notes tells of the difference.
const (
	MinHeight, MaxHeight = 1, 300     // of the transmitting antenna over ground, m
	MinReceiver          = 1          // height of the receiving antenna, m
	MaxReceiver          = 10         //
	MinHata, MaxHata     = 150, 2600  // MHz, of Hata and, from 1500, COST 231
	MinP1812, MaxP1812   = 30, 6000   // MHz, of ITU-R P.1812
	MaxDistance          = 100 * 1000 // m
	MaxRadius            = 50 * 1000  // m, of a footprint
)
