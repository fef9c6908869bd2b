package propagation

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"sync"
	"sync/atomic"

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
	return m.FootprintFrom(ctx, tx, radius, math.Inf(-1), elevation)
}

// FootprintFrom is Footprint where it is weakest dBm or more, to the same bits; below it
// may be NaN. That is computed much faster: what free space, or a few heights of a
// profile, already lose too much for need not be looked at closer.
func (m Model) FootprintFrom(ctx context.Context, tx Transmitter, radius, weakest float64, elevation Elevation) (*Footprint, error) {
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
	var next atomic.Int32
	var wg sync.WaitGroup
	for n := range min(runtime.GOMAXPROCS(0), int(w.Height)) {
		r := newReceiver(m, tx, radius, weakest, ground)
		if n > 0 && ground != nil {
			r.ground = ground.another()
		}
		wg.Go(func() {
			for row := next.Add(1) - 1; row < w.Height && ctx.Err() == nil; row = next.Add(1) - 1 {
				r.row(w.Row+row, w.Col, f.RSRP[int(row)*int(w.Width):][:w.Width])
				runtime.Gosched() // who waits for a tile goes first
			}
		})
	}
	wg.Wait()
	return f, ctx.Err()
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
func measure(tx Transmitter, p orb.Point) (metres, degrees float64) {
	x, y := lattice.MetresPerDegree((tx.Lat + p[1]) / 2)
	east, north := (p[0]-tx.Lon)*x, (p[1]-tx.Lat)*y
	return math.Sqrt(east*east + north*north), bearing(east, north)
}

// bearing returns degrees clockwise from north, 0 to 360.
func bearing(east, north float64) float64 {
	degrees := math.Atan2(east, north) * 180 / math.Pi
	if degrees < 0 {
		degrees += 360
	}
	return degrees
}
