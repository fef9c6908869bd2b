package propagation

import (
	"context"
	"fmt"
	"math"

	"github.com/petadesa/petadesa/geo/lattice"
)

// Transmitter is one antenna of a tower.
type Transmitter struct {
	Lon, Lat  float64 // degrees
	Height    float64 // of the antenna above ground, m
	Frequency float64 // MHz
	Sector    *Sector // nil: in all directions alike
	Power     Power
}

// Elevation is where heights of the terrain come from.
type Elevation interface {
	// Read fills dst with the heights in metres above sea level at the
	// north-western corners of the cells of the window, rows first; NaN where
	// they are not known.
	Read(ctx context.Context, w lattice.Window, dst []float32) error
}

// Model is what is assumed of the surroundings. The zero value is not useful;
// see DefaultModel.
type Model struct {
	Surroundings Surroundings
	Clutter      float64 // dB that is lost around the receiver; only with terrain, Hata's formulas have it in them
	Receiver     float64 // height of the receiving antenna above ground, m
	DeltaN       float64 // lapse of the refractive index, N-units/km
}

// DefaultModel is a telephone in the hand in a village: Hata's suburban area of a
// small city, and the clutter that goes with it.
func DefaultModel() Model {
	s := Surroundings{Area: Suburban}
	return Model{Surroundings: s, Clutter: ClutterOf(s), Receiver: 1.5, DeltaN: DefaultDeltaN}
}

// ClutterOf returns the constant in dB that stands for what surrounds a receiver
// when the terrain is computed: what Hata's formula has more than free space at
// 3 km from an antenna of 45 m at 900 MHz, the middle of what the ministry plans
// with. There both models agree on a plain.
func ClutterOf(s Surroundings) float64 {
	const mhz, base, mobile, km = 900, 45, 1.5, 3
	return math.Round(10*(Hata(s, mhz, base, mobile, km)-FreeSpace(mhz, km))) / 10
}

// Name says in words what losses are computed by.
func (m Model) Name(terrain bool, mhz float64) string {
	switch {
	case terrain:
		return fmt.Sprintf("free space (ITU-R P.525) + Bullington terrain diffraction (ITU-R P.1812), clutter %g dB", m.Clutter)
	case mhz > 1500:
		return fmt.Sprintf("COST 231 Hata, %s, flat terrain", m.Surroundings.Area)
	default:
		return fmt.Sprintf("Okumura–Hata, %s, flat terrain", m.Surroundings.Area)
	}
}

// Reach returns how far in metres a transmitter may be received with weakest dBm
// or more over terrain: as far as free space and clutter let it, and nothing is in
// the way.
func (m Model) Reach(tx Transmitter, weakest float64) float64 {
	return 1000 * math.Pow(10, (tx.Power.EIRP()-m.Clutter-weakest-FreeSpace(tx.Frequency, 1))/20)
}

// Check reports what of the transmitter cannot be computed, as a RangeError, or
// nil.
func (m Model) Check(tx Transmitter, terrain bool) error {
	if err := within("longitude", "°", tx.Lon, -180, 180); err != nil {
		return err
	}
	if err := within("latitude", "°", tx.Lat, -85, 85); err != nil {
		return err
	}
	if tx.Sector != nil {
		if err := within("azimuth", "°", tx.Sector.Azimuth, 0, 360); err != nil {
			return err
		}
	}
	if err := tx.Power.check(); err != nil {
		return err
	}
	if !terrain {
		return checkFlat(m.Surroundings, tx.Frequency, tx.Height, m.Receiver)
	}
	if err := within("clutter", "dB", m.Clutter, 0, 60); err != nil {
		return err
	}
	if err := within("lapse of the refractive index", "N-units/km", m.DeltaN, -150, 150); err != nil {
		return err
	}
	if err := within("frequency", "MHz", tx.Frequency, MinP1812, MaxP1812); err != nil {
		return err
	}
	return checkHeights(tx.Height, m.Receiver)
}

// Notes tells where the transmitter leaves what the authors of the model measured.
func (m Model) Notes(tx Transmitter, terrain bool) (notes []string) {
	if terrain {
		return nil
	}
	if tx.Frequency > 2000 {
		notes = append(notes, fmt.Sprintf("%g MHz is above the 2000 MHz that COST 231 was fitted for", tx.Frequency))
	}
	if tx.Height < 30 || tx.Height > 200 {
		notes = append(notes, fmt.Sprintf("an antenna of %g m is outside of the 30 to 200 m that Hata's formula was fitted for", tx.Height))
	}
	return notes
}
