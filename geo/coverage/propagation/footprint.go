package propagation

import (
	"context"
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo/lattice"
)

// Footprint is how strongly a transmitter is received around it.
type Footprint struct {
	Window  lattice.Window
	RSRP    []float32 // dBm, the median in the middle of each cell of the window, rows first; NaN beyond the radius
	Model   string    // what it was computed by
	Terrain bool      // false: the terrain was taken as flat
	Unknown float64   // share of the heights that are not known and were taken to be at sea level; of a flat one 1
	Notes   []string  // where the model was stretched
}

// Footprint computes the RSRP of all cells whose middle is within a radius in
// metres. A nil elevation, or one that knows no height around, is flat terrain.
// Equal arguments give equal bits. It fails with a RangeError, ctx's error or that
// of the elevation.
func (m Model) Footprint(ctx context.Context, tx Transmitter, radius float64, elevation Elevation) (*Footprint, error) {
	if err := within("radius", "m", radius, 1, MaxRadius); err != nil {
		return nil, err
	}
	if err := within("latitude", "°", tx.Lat, -85, 85); err != nil {
		return nil, err
	}
	w := around(tx.Lon, tx.Lat, radius)
	var ground *terrain
	if elevation != nil {
		var err error
		if ground, err = readTerrain(ctx, elevation, w); err != nil {
			return nil, fmt.Errorf("read the terrain around the tower: %w", err)
		}
		if ground.flat() {
			ground = nil
		}
	}
	f := &Footprint{Window: w, RSRP: make([]float32, w.Len()), Terrain: ground != nil, Unknown: 1}
	if err := m.Check(tx, f.Terrain); err != nil {
		return nil, err
	}
	f.Model, f.Notes = m.Name(f.Terrain, tx.Frequency), m.Notes(tx, f.Terrain)
	if f.Terrain {
		f.Unknown = float64(ground.unknown) / float64(len(ground.heights))
	}
	for row := range w.Height {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for col := range w.Width {
			c := lattice.Cell{Col: w.Col + col, Row: w.Row + row}
			f.RSRP[w.Index(c)] = float32(m.receive(tx, c.Center(), radius, ground))
		}
	}
	return f, nil
}

// At returns the RSRP in the middle of a cell, NaN where it was not computed.
func (f *Footprint) At(c lattice.Cell) float32 {
	if !f.Window.Contains(c) {
		return float32(math.NaN())
	}
	return f.RSRP[f.Window.Index(c)]
}

// around returns the cells within a radius in metres, and some more.
func around(lon, lat, radius float64) lattice.Window {
	x, y := lattice.MetresPerDegree(math.Abs(lat) + radius/110_000)
	return lattice.Covering(orb.Bound{
		Min: orb.Point{lon - radius/x, lat - radius/y},
		Max: orb.Point{lon + radius/x, lat + radius/y},
	})
}

// receive returns the RSRP at a point, NaN beyond the radius.
func (m Model) receive(tx Transmitter, p orb.Point, radius float64, ground *terrain) float64 {
	metres, bearing := measure(tx, p)
	if metres > radius {
		return math.NaN()
	}
	rsrp := tx.Power.EIRP()
	if tx.Sector != nil {
		rsrp -= tx.Sector.Attenuation(bearing)
	}
	km := max(metres/1000, nearest)
	if ground == nil {
		return rsrp - flatLoss(m.Surroundings, tx.Frequency, tx.Height, m.Receiver, km)
	}
	return rsrp - FreeSpace(tx.Frequency, km) - m.Clutter -
		ground.loss(m.lineTo(tx, p, metres, ground), Wavelength(tx.Frequency), EffectiveRadius(m.DeltaN))
}

func (m Model) lineTo(tx Transmitter, p orb.Point, metres float64, ground *terrain) line {
	l := line{metres: metres}
	l.fromCol, l.fromRow = lattice.Position(tx.Lon, tx.Lat)
	l.toCol, l.toRow = lattice.Position(p[0], p[1])
	l.tx = ground.at(l.fromCol, l.fromRow) + tx.Height
	l.rx = ground.at(l.toCol, l.toRow) + m.Receiver
	return l
}

// measure returns distance in metres and bearing in degrees from the transmitter
// to a point, by the radii of curvature midway: right to 0.01 % within 100 km.
func measure(tx Transmitter, p orb.Point) (metres, bearing float64) {
	x, y := lattice.MetresPerDegree((tx.Lat + p[1]) / 2)
	east, north := (p[0]-tx.Lon)*x, (p[1]-tx.Lat)*y
	bearing = math.Atan2(east, north) * 180 / math.Pi
	if bearing < 0 {
		bearing += 360
	}
	return math.Hypot(east, north), bearing
}
