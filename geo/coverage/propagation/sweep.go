package propagation

import (
	"context"
	"fmt"
	"math"

	"github.com/petadesa/petadesa/geo/lattice"
)

// Relief is the terrain of a region, read once for the footprints of many
// transmitters in it. It never changes.
type Relief struct {
	terrain *terrain
	known   []int32 // running sums of the corners with a height, a row and a column more; nil: all have one
}

// ReadRelief reads the terrain of a window. It fails with the elevation's error.
func ReadRelief(ctx context.Context, e Elevation, w lattice.Window) (*Relief, error) {
	w.Width++
	w.Height++
	raw := make([]float32, w.Len())
	if err := e.Read(ctx, w, raw); err != nil {
		return nil, fmt.Errorf("read the terrain: %w", err)
	}
	r := &Relief{}
	wide := int(w.Width) + 1
	known := make([]int32, wide*(int(w.Height)+1))
	for i, h := range raw {
		x, y := i%int(w.Width), i/int(w.Width)
		here := int32(1)
		if h != h {
			here = 0
		}
		known[(y+1)*wide+x+1] = here + known[(y+1)*wide+x] + known[y*wide+x+1] - known[y*wide+x]
	}
	if int(known[len(known)-1]) < len(raw) {
		r.known = known
	}
	r.terrain = newTerrain(w, raw)
	return r, nil
}

// Bytes returns how much memory the relief takes.
func (r *Relief) Bytes() int64 {
	return int64(4 * (len(r.terrain.heights) + len(r.terrain.peaks) + len(r.known)))
}

// knows reports whether the relief has a window's cells, and the height of any of
// their corners.
func (r *Relief) knows(w lattice.Window) bool {
	w.Width++
	w.Height++
	if r.terrain.window.Intersect(w) != w {
		return false
	}
	if r.known == nil {
		return true
	}
	wide := int(r.terrain.window.Width) + 1
	x, y := int(w.Col-r.terrain.window.Col), int(w.Row-r.terrain.window.Row)
	at := func(x, y int) int32 { return r.known[y*wide+x] }
	return at(x+int(w.Width), y+int(w.Height))-at(x, y+int(w.Height))-at(x+int(w.Width), y)+at(x, y) > 0
}

// A Sweep computes single cells of footprints over a relief, of one transmitter
// after another. It is for one goroutine.
type Sweep struct {
	model  Model
	relief *Relief
	ground terrain
	r      *receiver
}

// NewSweep returns a sweep by the model.
func (m Model) NewSweep(r *Relief) *Sweep { return &Sweep{model: m, relief: r} }

// Begin takes a transmitter, of which signals of weakest dBm or more are wanted,
// within a radius in metres. It is false where FootprintFrom, with radius whole, would not
// compute by the terrain of the relief: where that has no heights around, or ends.
func (s *Sweep) Begin(tx Transmitter, weakest, radius, whole float64) bool {
	if s.model.Check(tx, true) != nil || !s.relief.knows(around(tx.Lon, tx.Lat, whole)) {
		return false
	}
	all := s.relief.terrain
	w := around(tx.Lon, tx.Lat, radius)
	w.Width++
	w.Height++
	at := int(w.Row-all.window.Row)*all.stride + int(w.Col-all.window.Col)
	s.ground.window, s.ground.stride, s.ground.heights, s.ground.peaks = w, all.stride, all.heights[at:], all.peaks[at:]
	if s.r == nil || s.r.weakest != weakest {
		s.r = newReceiver(s.model, tx, radius, weakest, &s.ground)
	} else {
		s.r.take(tx, radius)
	}
	return true
}

// Row tells of cells of a row, which are given by their columns, how strongly they are
// received: the bits of FootprintFrom, NaN beyond the radius or below weakest.
func (s *Sweep) Row(row int32, columns []int32, to []float32) {
	_, y := lattice.Position(s.r.tx.Lon, s.r.tx.Lat)
	if math.Abs(float64(row)+0.5-y)*s.r.perRow > s.r.radius*1.01+100 {
		for i := range columns {
			to[i] = nan
		}
		return
	}
	s.r.begin(row)
	for i, col := range columns {
		to[i] = s.r.cell(row, col)
	}
}

// Radius is that within which the transmitter's signals are computed, in metres.
func (s *Sweep) Radius() float64 { return s.r.radius }
