package propagation

import (
	"context"
	"math"

	"github.com/petadesa/petadesa/geo/lattice"
)

// step is the greatest distance in metres between samples of a profile.
const step = 90

// terrain is the heights of a window.
type terrain struct {
	window  lattice.Window
	stride  int       // from one row of heights to the next: more than the window's width where they are part of more
	heights []float32 // at the north-western corners
	peaks   []float32 // of each cell: the highest corner within stretch cells of it; see ridges
	unknown int       // corners without a height, which are taken to be at sea level

	scratch
}

// scratch is room for one profile after another.
type scratch struct {
	inverse, rootsOver []float64 // 1/i and 1/√i
	fromTX, fromRX     int       // samples from either end where the last profile had its horizons
}

// another returns the same heights with room of their own, for another goroutine.
func (t *terrain) another() *terrain {
	return &terrain{window: t.window, stride: t.stride, heights: t.heights, peaks: t.peaks, unknown: t.unknown}
}

// readTerrain reads the heights at all corners of the cells of w.
func readTerrain(ctx context.Context, e Elevation, w lattice.Window) (*terrain, error) {
	w.Width++
	w.Height++
	heights := make([]float32, w.Len())
	if err := e.Read(ctx, w, heights); err != nil {
		return nil, err
	}
	return newTerrain(w, heights), nil
}

// newTerrain takes heights, of which NaN are not known.
func newTerrain(w lattice.Window, heights []float32) *terrain {
	t := &terrain{window: w, stride: int(w.Width), heights: heights}
	for i, h := range t.heights {
		if h != h {
			t.heights[i] = 0
			t.unknown++
		}
	}
	t.peaks = ridges(t.heights, int(w.Width), int(w.Height))
	return t
}

// flat says that no height is known.
func (t *terrain) flat() bool { return t.unknown == len(t.heights) }

// at interpolates the height at a place of the lattice.
func (t *terrain) at(col, row float64) float64 {
	x, y := col-float64(t.window.Col), row-float64(t.window.Row)
	i, j := min(max(int(x), 0), int(t.window.Width)-2), min(max(int(y), 0), int(t.window.Height)-2)
	x, y = x-float64(i), y-float64(j)
	at := j*t.stride + i
	north, south := t.heights[at:at+2], t.heights[at+t.stride:at+t.stride+2]
	n := float64(north[0]) + x*float64(north[1]-north[0])
	s := float64(south[0]) + x*float64(south[1]-south[0])
	return n + y*(s-n)
}

// segments is how many pieces a profile of so many metres has.
func segments(metres float64) int { return int(math.Ceil(metres / step)) }

// line is a straight line over the lattice between two antennas.
type line struct {
	fromCol, fromRow, toCol, toRow float64
	metres                         float64
	tx, rx                         float64 // heights above sea level
}
