package coverage

import (
	"strconv"
	"strings"
)

// The units that everything is summed in. They are written exactly, so that the
// numbers of a table, a map, a file and the command line are the same to the
// last digit, and add up.
type (
	People int64 // thousandths of a person
	Area   int64 // m², written in km²
	Length int64 // decimetres, written in km
)

// Float returns the number of people.
func (p People) Float() float64 { return float64(p) / 1e3 }

// Float returns the area in km².
func (a Area) Float() float64 { return float64(a) / 1e6 }

// Float returns the length in km.
func (l Length) Float() float64 { return float64(l) / 1e4 }

func (p People) String() string { return decimal(int64(p), 3) }
func (a Area) String() string   { return decimal(int64(a), 6) }
func (l Length) String() string { return decimal(int64(l), 4) }

// MarshalJSON writes the number of people.
func (p People) MarshalJSON() ([]byte, error) { return []byte(p.String()), nil }

// MarshalJSON writes the area in km².
func (a Area) MarshalJSON() ([]byte, error) { return []byte(a.String()), nil }

// MarshalJSON writes the length in km.
func (l Length) MarshalJSON() ([]byte, error) { return []byte(l.String()), nil }

// decimal writes n·10^-places without trailing zeros.
func decimal(n int64, places int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	digits := strconv.FormatInt(n, 10)
	if len(digits) <= places {
		digits = strings.Repeat("0", places+1-len(digits)) + digits
	}
	point := len(digits) - places
	fraction := strings.TrimRight(digits[point:], "0")
	if fraction == "" {
		return sign + digits[:point]
	}
	return sign + digits[:point] + "." + fraction
}
