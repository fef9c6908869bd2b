package coverage

import (
	"context"
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage/propagation"
	"github.com/petadesa/petadesa/geo/lattice"
	"github.com/petadesa/petadesa/geo/raster"
)

// Terrain is where a model of signals finds the heights of the ground.
type Terrain interface {
	propagation.Elevation
	Version() string
}

// maxReach is how far in m from its tower a signal is computed at most.
const maxReach = 15_000

// modelVersion changes with the formulas.
const modelVersion = "2"

// propagationModel predicts signals by package propagation: over the terrain, or
// on a plain where there is none.
type propagationModel struct {
	model   propagation.Model
	power   propagation.Power
	terrain Terrain // nil: flat
}

// NewModel returns the standard model: a telephone in the hand in a village and
// towers of the usual power. Terrain nil is a plain, and its name says so.
func NewModel(terrain Terrain) Model {
	return &propagationModel{propagation.DefaultModel(), propagation.Presets()[0].Power, terrain}
}

// Name says what is computed by.
func (m *propagationModel) Name() string {
	name := m.model.Name(m.terrain != nil, 900)
	if m.terrain == nil {
		name = fmt.Sprintf("Okumura–Hata, above 1500 MHz COST 231, %s, flat terrain", m.model.Surroundings.Area)
	}
	p := m.power
	return fmt.Sprintf("%s; %g dBm on %g MHz, %g dBi, %g dB losses; up to %d km; shadow fading σ %d dB",
		name, p.TransmitDBm, p.BandwidthMHz, p.GainDBi, p.LossDB, maxReach/1000, propagation.DefaultSigma)
}

// Version tells the model and its terrain apart.
func (m *propagationModel) Version() string {
	v := fmt.Sprintf("%s %v %v", modelVersion, m.model, m.power)
	if m.terrain != nil {
		v += " " + m.terrain.Version()
	}
	return v
}

func (m *propagationModel) transmitter(t Tower) propagation.Transmitter {
	tx := propagation.Transmitter{Lon: t.At[0], Lat: t.At[1], Height: t.HeightM, Frequency: t.FrequencyMHz, Power: m.power}
	if t.Sector {
		tx.Sector = &propagation.Sector{Azimuth: t.Azimuth}
	}
	return tx
}

// Signal computes the signal as far as it may reach.
func (m *propagationModel) Signal(ctx context.Context, t Tower, weakest float64) (*Signal, error) {
	tx := m.transmitter(t)
	reach, err := m.reach(tx, weakest)
	if err != nil {
		return nil, err
	}
	if m.terrain == nil && tx.Sector == nil {
		return m.plain(ctx, tx, reach)
	}
	var e propagation.Elevation
	if m.terrain != nil {
		e = m.terrain
	}
	f, err := m.model.FootprintFrom(ctx, tx, reach, weakest, e)
	if err != nil {
		return nil, err
	}
	return received(f), nil
}

// received keeps of a footprint the rectangle in which there is a signal.
func received(f *propagation.Footprint) *Signal {
	var in orb.Bound
	first := true
	for i, dbm := range f.RSRP {
		if level(float64(dbm)) == NoSignal {
			continue
		}
		c := f.Window.Cell(i)
		p := orb.Point{float64(c.Col), float64(c.Row)}
		if first {
			in, first = p.Bound(), false
		}
		in = in.Extend(p)
	}
	if first {
		return &Signal{}
	}
	w := lattice.Window{Col: int32(in.Min[0]), Row: int32(in.Min[1]), Width: int32(in.Max[0]-in.Min[0]) + 1, Height: int32(in.Max[1]-in.Min[1]) + 1}
	s := &Signal{Window: w, Levels: make([]int16, w.Len())}
	for i := range s.Levels {
		s.Levels[i] = level(float64(f.At(w.Cell(i))))
	}
	return s
}

// Check reports why the model cannot compute a tower, or nil.
func (m *propagationModel) Check(t Tower) error {
	return m.model.Check(m.transmitter(t), m.terrain != nil)
}

// reach returns how far in m the signal may be weakest dBm or more, at most
// maxReach: over terrain, if nothing is in the way; else on a plain, to 1 %.
func (m *propagationModel) reach(tx propagation.Transmitter, weakest float64) (float64, error) {
	if err := m.model.Check(tx, m.terrain != nil); err != nil {
		return 0, err
	}
	if m.terrain != nil {
		return min(max(m.model.Reach(tx, weakest), 100), maxReach), nil
	}
	low, high := 100.0, float64(maxReach)
	for high > low*1.01 {
		mid := math.Sqrt(low * high)
		loss, err := propagation.FlatLoss(m.model.Surroundings, tx.Frequency, tx.Height, m.model.Receiver, mid/1000)
		if err != nil {
			return maxReach, nil // only the plain's formula is not made for it
		}
		if tx.Power.EIRP()-loss >= weakest {
			low = mid
		} else {
			high = mid
		}
	}
	return high, nil
}

// plain computes the signal of an antenna that is alike all around, on a plain:
// it depends on the distance alone, so a table of every 10 m serves all cells.
func (m *propagationModel) plain(ctx context.Context, tx propagation.Transmitter, reach float64) (*Signal, error) {
	const step = 10
	table := make([]float64, int(reach/step)+2)
	for i := range table {
		loss, err := propagation.FlatLoss(m.model.Surroundings, tx.Frequency, tx.Height, m.model.Receiver, float64(i)*step/1000)
		if err != nil {
			return nil, err
		}
		table[i] = tx.Power.EIRP() - loss
	}
	x, y := snapped(lattice.Position(tx.Lon, tx.Lat))
	perLon, perLat := metresPerDegree(tx.Lat)
	sx, sy := perLon/lattice.PerDegree, perLat/lattice.PerDegree
	w := lattice.Window{Col: int32(x - reach/sx), Row: int32(y - reach/sy), Width: int32(2*reach/sx) + 2, Height: int32(2*reach/sy) + 2}
	s := &Signal{Window: w, Levels: make([]int16, w.Len())}
	for row := range w.Height {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		dy := (float64(w.Row+row) + 0.5 - y) * sy
		to := s.Levels[int(row)*int(w.Width):][:w.Width]
		for col := range to {
			dx := (float64(w.Col) + float64(col) + 0.5 - x) * sx
			d := math.Sqrt(dx*dx+dy*dy) / step
			if d*step > reach {
				to[col] = NoSignal
				continue
			}
			i := int(d)
			f := d - float64(i)
			to[col] = int16(100 * (table[i]*(1-f) + table[i+1]*f)) // negative: rounded up
		}
	}
	return s, nil
}

// ModelOf is the standard model over the terrain of a snapshot, or on a plain
// where the snapshot has none.
func ModelOf(snap *geo.Snapshot) Model {
	if r := snap.Raster(raster.Elevation); r != nil {
		return NewModel(r)
	}
	return NewModel(nil)
}
