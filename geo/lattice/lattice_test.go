package lattice

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func TestPostsOfSRTMAreCorners(t *testing.T) {
	// The south-western post of S09E112 and the north-western one of S08E112.
	for _, tc := range []struct {
		lon, lat float64
		want     Cell
	}{
		{112, -9, Cell{292 * 1200, 99 * 1200}},
		{112, -7, Cell{292 * 1200, 97 * 1200}},
		{112.5 + 0.0004, -8.1 - 0.0004, Cell{292*1200 + 600, 98*1200 + 120}},
		{112.5 - 0.0004, -8.1 + 0.0004, Cell{292*1200 + 599, 98*1200 + 119}},
		{-180, 90, Cell{0, 0}},
		{180, -90, Cell{0, Rows - 1}},
		{112.0004, -9.0004, Cell{292 * 1200, 99 * 1200}},
		{179.9999, 0, Cell{Cols - 1, 90 * 1200}},
	} {
		if got := At(tc.lon, tc.lat); got != tc.want {
			t.Errorf("At(%v, %v) = %v, want %v", tc.lon, tc.lat, got, tc.want)
		}
	}
}

func TestCellsAndIDs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Cell{rapid.Int32Range(0, Cols-1).Draw(t, "col"), rapid.Int32Range(0, Rows-1).Draw(t, "row")}
		if p := c.Center(); At(p[0], p[1]) != c {
			t.Fatalf("the centre %v of %v is in %v", p, c, At(p[0], p[1]))
		}
		if FromID(c.ID()) != c {
			t.Fatal("id of", c)
		}
		b, i := c.Block()
		if b.Window().Cell(i) != c || b.Window().Index(c) != i {
			t.Fatalf("block %v, place %d of %v", b, i, c)
		}
		if w := Covering(orb.Bound{Min: c.Center(), Max: c.Center()}); w != (Window{c.Col, c.Row, 1, 1}) {
			t.Fatalf("covering the centre of %v: %v", c, w)
		}
	})
}

func TestAreaAddsUpToTheEllipsoid(t *testing.T) {
	var sum float64
	for row := range int32(Rows) {
		sum += Area(row) * Cols
	}
	if want := 510065621.724e6; math.Abs(sum/want-1) > 1e-9 { // WGS 84: 510,065,621.724 km²
		t.Errorf("all cells measure %.3f km², want %.3f", sum/1e6, want/1e6)
	}
	if a := Area(98 * 1200); math.Abs(a-8466) > 10 { // 91.8 m × 92.2 m at 8° S
		t.Errorf("a cell at 8° S measures %.1f m²", a)
	}
}

func TestWindows(t *testing.T) {
	w := Covering(orb.Bound{Min: orb.Point{112.0001, -8.4}, Max: orb.Point{112.9, -7.8}})
	if w.Width != 1081 || w.Height != 721 || w.Col != 292*1200 {
		t.Errorf("%+v", w)
	}
	seen := map[Block]bool{}
	n := 0
	for b := range w.Blocks {
		seen[b] = true
		n += b.Window().Intersect(w).Len()
	}
	if n != w.Len() {
		t.Errorf("the blocks hold %d of %d cells", n, w.Len())
	}
	if !(Window{}).Empty() || w.Intersect(Window{}).Len() != 0 || w.Union(Window{}) != w {
		t.Error("the empty window")
	}
	if far := (Window{0, 0, 2, 2}).Intersect(Window{5, 5, 2, 2}); !far.Empty() {
		t.Errorf("windows apart meet in %v", far)
	}
	if u := (Window{0, 0, 2, 2}).Union(Window{5, 5, 2, 2}); u != (Window{0, 0, 7, 7}) {
		t.Errorf("union: %v", u)
	}
}

func TestMetresPerDegree(t *testing.T) {
	lon, lat := MetresPerDegree(0)
	if math.Abs(lon-111319.49) > 0.01 || math.Abs(lat-110574.28) > 0.01 {
		t.Errorf("at the equator %.2f and %.2f m", lon, lat)
	}
}
