package coverage

import (
	"math"
	"math/bits"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"pgregory.net/rapid"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/lattice"
)

// naive answers a query by village cell by cell, part by part, as the
// definitions read, without sets, spans or caches: the area of a village in a cell by
// clipping, what a part of a cell is in by asking each polygon.
type naive struct {
	w      *world
	window lattice.Window
}

func newNaive(w *world) *naive {
	b := w.villages[0].Geometry.Bound()
	for _, v := range w.villages {
		b = b.Union(v.Geometry.Bound())
	}
	return &naive{w, lattice.Covering(b)}
}

// middle returns the middle of part k of a cell in degrees.
func middle(c lattice.Cell, k int) orb.Point {
	return orb.Point{
		lattice.Lon(float64(c.Col) + (float64(k%8)+0.5)/8),
		lattice.Lat(float64(c.Row) + (float64(k/8)+0.5)/8),
	}
}

func maskOf(c lattice.Cell, in func(orb.Point) bool) uint64 {
	var m uint64
	for k := range 64 {
		if in(middle(c, k)) {
			m |= 1 << k
		}
	}
	return m
}

// state is the masks of an operator in a cell: covered and known.
func (n *naive) state(c lattice.Cell, operator, evidence string) (covered, known uint64) {
	if evidence == "claimed" {
		for _, r := range n.w.claims {
			if r.Values[0] == operator {
				known = whole
				covered |= maskOf(c, func(p orb.Point) bool { return contains(r.Geometry.(orb.Polygon), p) })
			}
		}
		return covered, known
	}
	for _, r := range n.w.towers {
		if !strings.Contains(r.Values[0].(string), operator) {
			continue
		}
		known = whole
		if level(logSignal(r.Geometry.(orb.Point), c)) >= PresenceRSRP*100 {
			covered = whole
		}
	}
	return covered, known
}

// has reports whether an operator has anything.
func (n *naive) has(operator, evidence string) bool {
	_, known := n.state(lattice.Cell{}, operator, evidence)
	return known != 0
}

// combine is at least k of the operators, in each part of a cell.
func (n *naive) combine(c lattice.Cell, operators []string, k int, evidence string) (covered, known uint64) {
	var yes, no [64]int
	for _, o := range operators {
		cv, kn := n.state(c, o, evidence)
		for b := range 64 {
			yes[b] += int(cv >> b & 1)
			no[b] += int((kn &^ cv) >> b & 1)
		}
	}
	for b := range 64 {
		switch {
		case len(operators) == 0:
		case yes[b] >= k:
			covered |= 1 << b
			known |= 1 << b
		case len(operators)-no[b] < k:
			known |= 1 << b
		}
	}
	return covered, known
}

// area returns the areas of a village in m²: in all, known and covered.
func (n *naive) area(v geo.Record, operators []string, k int, evidence string) (total, known, covered float64, cells int) {
	shape := v.Geometry.(orb.Polygon)
	for i := range n.window.Len() {
		c := n.window.Cell(i)
		if !c.Bound().Intersects(shape.Bound()) {
			continue
		}
		part := clip.Polygon(c.Bound(), shape.Clone())
		if len(part) == 0 {
			continue
		}
		area := geo.Area(part)
		if area < 1e-3 {
			continue
		}
		cells++
		own := maskOf(c, func(p orb.Point) bool { return contains(shape, p) })
		if own == 0 {
			own = whole
		}
		cv, kn := n.combine(c, operators, k, evidence)
		total += area
		known += area * float64(bits.OnesCount64(own&kn)) / float64(bits.OnesCount64(own))
		covered += area * float64(bits.OnesCount64(own&cv)) / float64(bits.OnesCount64(own))
	}
	return total, known, covered, cells
}

func TestEngineIsTheNaiveOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		w.tests = nil
		n, e, snap := newNaive(w), testEngine(), w.snapshot(t)
		evidence := rapid.SampledFrom([]string{"claimed", "modelled"}).Draw(t, "evidence")
		mode := rapid.SampledFrom([]string{"any", "all", "2", "Alpha"}).Draw(t, "operator")
		var operators []string
		for _, o := range worldOperators {
			if n.has(o, evidence) && (mode != "Alpha" || o == "Alpha") {
				operators = append(operators, o)
			}
		}
		k := map[string]int{"any": 1, "all": len(operators), "2": 2, "Alpha": 1}[mode]
		a := ask(t, e, snap, "sort=code&operator="+mode+"&evidence="+evidence)
		at := rapid.IntRange(0, len(a.Rows)-1).Draw(t, "village")
		total, known, covered, cells := n.area(w.villages[at], operators, k, evidence)
		r := a.Rows[at]
		if r.Code != w.villages[at].ID {
			t.Fatalf("row %d is %s, not %s", at, r.Code, w.villages[at].ID)
		}
		off := float64(cells) + 1 // each cell is rounded to a square metre
		if math.Abs(float64(r.Area.Total)-total) > off || math.Abs(float64(r.Area.Total-r.Area.Unknown)-known) > off || math.Abs(float64(r.Area.Covered)-covered) > off {
			t.Fatalf("%s %s %v: %+v, naively %.1f m², %.1f known, %.1f covered in %d cells", mode, evidence, operators, r.Area, total, known, covered, cells)
		}
	})
}
