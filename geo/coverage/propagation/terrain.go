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
	heights []float32 // at the north-western corners
	unknown int       // corners without a height, which are taken to be at sea level

	scratch
}

// scratch is room for one profile after another.
type scratch struct {
	tops               []float64 // of the profile's points: terrain and bulge of the Earth
	inverse, rootsOver []float64 // 1/i and 1/√i
}

// another returns the same heights with room of their own, for another goroutine.
func (t *terrain) another() *terrain {
	return &terrain{window: t.window, heights: t.heights, unknown: t.unknown}
}

// readTerrain reads the heights at all corners of the cells of w.
func readTerrain(ctx context.Context, e Elevation, w lattice.Window) (*terrain, error) {
	w.Width++
	w.Height++
	t := &terrain{window: w, heights: make([]float32, w.Len())}
	if err := e.Read(ctx, w, t.heights); err != nil {
		return nil, err
	}
	for i, h := range t.heights {
		if h != h {
			t.heights[i] = 0
			t.unknown++
		}
	}
	return t, nil
}

// flat says that no height is known.
func (t *terrain) flat() bool { return t.unknown == len(t.heights) }

// at interpolates the height at a place of the lattice.
func (t *terrain) at(col, row float64) float64 {
	x, y := col-float64(t.window.Col), row-float64(t.window.Row)
	i, j := min(max(int(x), 0), int(t.window.Width)-2), min(max(int(y), 0), int(t.window.Height)-2)
	x, y = x-float64(i), y-float64(j)
	at := j*int(t.window.Width) + i
	north, south := t.heights[at:at+2], t.heights[at+int(t.window.Width):at+int(t.window.Width)+2]
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

// loss is Bullington for equal steps along the line, the same to rounding: of
// points at i/n of the way, slopes are compared in steps, and no root is drawn.
func (t *terrain) loss(l line, wavelength, radius float64) float64 {
	n := segments(l.metres)
	if n < 2 {
		return 0
	}
	t.grow(n)
	tops, inverse := t.tops[:n+1], t.inverse[:n+1]
	d := l.metres / 1000
	perStep := 1 / float64(n)
	bulge := 500 * d * d / radius * perStep * perStep
	col, row := (l.toCol-l.fromCol)*perStep, (l.toRow-l.fromRow)*perStep
	x, y := l.fromCol-float64(t.window.Col), l.fromRow-float64(t.window.Row)
	width := int(t.window.Width)
	slope, back := math.Inf(-1), math.Inf(-1)
	for i := 1; i < n; i++ {
		// The same as at, on a line that does not leave the window.
		f := float64(i)
		x, y := x+f*col, y+f*row
		left, up := int(x), int(y)
		x, y = x-float64(left), y-float64(up)
		corners := t.heights[up*width+left:]
		below := corners[width : width+2]
		north := float64(corners[0]) + x*float64(corners[1]-corners[0])
		south := float64(below[0]) + x*float64(below[1]-below[0])
		top := north + y*(south-north) + bulge*f*float64(n-i)
		tops[i] = top
		if s := (top - l.tx) * inverse[i]; s > slope {
			slope = s
		}
		if s := (top - l.rx) * inverse[n-i]; s > back {
			back = s
		}
	}
	rise := (l.rx - l.tx) * perStep
	factor := math.Sqrt(0.002/(wavelength*d)) * float64(n)
	nu := math.Inf(-1)
	if slope <= rise { // touching is the same by either formula
		roots := t.rootsOver[:n+1]
		for i := 1; i < n; i++ {
			if v := (tops[i] - l.tx - rise*float64(i)) * roots[i] * roots[n-i]; v > nu {
				nu = v
			}
		}
	} else {
		at := (l.rx - l.tx + back*float64(n)) / (slope + back)
		nu = (slope - rise) * at / math.Sqrt(at*(float64(n)-at))
	}
	return bullingtonLoss(KnifeEdge(nu*factor), d)
}

// grow makes room for profiles of n steps.
func (t *terrain) grow(n int) {
	for i := len(t.tops); i <= n; i++ {
		t.tops = append(t.tops, 0)
		t.inverse = append(t.inverse, 1/float64(i))
		t.rootsOver = append(t.rootsOver, 1/math.Sqrt(float64(i)))
	}
}
