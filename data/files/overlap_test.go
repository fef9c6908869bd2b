package files

import (
	"context"
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/geom"
	"pgregory.net/rapid"

	"github.com/petadesa/petadesa/data/files/planar"
)

// Disjoint says so only of areas whose intersection has no area.
func TestDisjointAreasHaveNothingInCommon(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// Stars on a coarse lattice, so that vertices and edges often coincide.
		star := func() orb.MultiPolygon {
			x, y := float64(rapid.IntRange(0, 4).Draw(t, "x")), float64(rapid.IntRange(0, 4).Draw(t, "y"))
			n := rapid.IntRange(3, 8).Draw(t, "n")
			var r orb.Ring
			for i := range n {
				sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
				d := float64(rapid.IntRange(1, 4).Draw(t, "d"))
				r = append(r, orb.Point{math.Round(x + d*cos), math.Round(y + d*sin)})
			}
			g, _ := mend(orb.Polygon{append(r, r[0])}, false)
			if checkShape(g) != nil {
				t.Skip("not valid")
			}
			return orb.MultiPolygon{g.(orb.Polygon)}
		}
		a, b := star(), star()
		both, err := geom.Intersection(simple(a), simple(b))
		if err != nil {
			t.Fatal(err)
		}
		if !a.Bound().Intersects(b.Bound()) {
			t.Skip("apart")
		}
		if planar.Disjoint(a, b, common(a.Bound(), b.Bound())) && both.Area() > 0 {
			t.Fatalf("%v and %v have %v in common", a, b, both.AsText())
		}
	})
}

func TestOverlapsAreBounded(t *testing.T) {
	o := overlapCheck{vertices: maxOverlapVertices}
	o.add(false, "villages", "x", 1, orb.MultiPolygon{{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}})
	if got := o.run(context.Background()).String(); got != "not checked: 4194308 vertices, more than 4194304" {
		t.Error(got)
	}
	o = overlapCheck{}
	o.add(true, "towers", "x", 1, orb.Point{1, 2})
	if o.run(context.Background()) != nil {
		t.Error("points were checked for overlaps")
	}
}
