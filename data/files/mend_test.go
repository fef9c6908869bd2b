package files

import (
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"
	"pgregory.net/rapid"

	"github.com/petadesa/petadesa/geo"
)

// mended is a geometry as the pipeline would store it, and what is said of it.
func mended(g orb.Geometry) (orb.Geometry, string) {
	m := mender{single: true}
	g = m.geometry(g)
	flaws := m.flaws()
	if f := checkShape(g); f != nil {
		if f.code != CodeInvalid {
			return nil, f.reason
		}
		made, why := remake(g, m.left && m.right)
		if made == nil {
			return nil, f.reason + ": " + why.reason
		}
		g, flaws = made, append(flaws, why)
	}
	var said []string
	for _, f := range flaws {
		said = append(said, f.code)
	}
	return g, strings.Join(said, " ")
}

func TestMend(t *testing.T) {
	for _, test := range []struct{ name, in, want, said string }{
		{"a spike", "POLYGON((0 0,2 0,3 0,2 0,2 2,0 2,0 0))", "POLYGON((0 0,2 0,2 2,0 2,0 0))", "spike"},
		{"a spike of several points", "POLYGON((0 0,2 0,2 1,3 1,4 5,3 1,2 1,2 2,0 2,0 0))", "POLYGON((0 0,2 0,2 1,2 2,0 2,0 0))", "spike"},
		{"a spike where it begins", "POLYGON((-1 0,0 0,2 0,2 2,0 2,0 0,-1 0))", "POLYGON((0 0,2 0,2 2,0 2,0 0))", "spike"},
		{"hardly open", "POLYGON((0 0,2 0,2 2,0 2,0 0.01))", "POLYGON((0 0,2 0,2 2,0 2,0 0.01,0 0))", "unclosed_ring"},
		{"open by noise", "POLYGON((0 0,2 0,2 2,0 2,0 0.00000001))", "POLYGON((0 0,2 0,2 2,0 2,0 0))", "unclosed_ring"},
		{"a bow-tie", "POLYGON((0 0,2 2,2 0,0 2,0 0))", "MULTIPOLYGON(((1 1,0 2,0 0,1 1)),((2 2,1 1,2 0,2 2)))", "invalid_geometry"},
		{"touching itself", "POLYGON((0 0,4 0,2 2,4 4,0 4,2 2,0 0))", "MULTIPOLYGON(((0 4,2 2,4 4,0 4)),((0 0,4 0,2 2,0 0)))", "invalid_geometry"},
		{"a hole that touches from inside", "POLYGON((0 0,4 0,4 4,0 4,0 0,1 2,2 2,2 1,0 0))", "MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0),(0 0,1 2,2 2,2 1,0 0)))", "invalid_geometry"},
		{"a part in another", "MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)),((1 1,2 1,2 2,1 1)))", "MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)))", "invalid_geometry"},
		{"parts that share a border", "MULTIPOLYGON(((0 0,1 0,1 1,0 1,0 0)),((1 0,2 0,2 1,1 1,1 0)))", "MULTIPOLYGON(((0 0,1 0,2 0,2 1,1 1,0 1,0 0)))", "invalid_geometry"},
		{"a hole that shares a border", "POLYGON((0 0,4 0,4 4,0 4,0 0),(0 1,0 2,1 2,1 1,0 1))", "MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 2,1 2,1 1,0 1,0 0)))", "invalid_geometry"},
		{"a collection of polygons", "GEOMETRYCOLLECTION(POLYGON((0 0,1 0,1 1,0 0)),POLYGON((3 0,4 0,4 1,3 0)))", "MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((3 0,4 0,4 1,3 0)))", "converted"},
		{"wide open", "POLYGON((0 0,2 0,2 2,0 2))", "", "is not closed"},
		{"nothing but a spike", "POLYGON((0 0,2 0,1 0,0 0))", "", "encloses nothing"},
		{"a pentagram", "POLYGON((0 10,3 0,-5 6,5 6,-3 0,0 10))", "", "twice"},
		{"twice around", "POLYGON((0 0,4 0,4 4,0 4,0 0,4 0,4 4,0 4,0 0))", "", "twice"},
		{"a loop inside, turning the same way", "POLYGON((0 0,4 0,4 4,0 4,0 0,2 1,2 2,1 2,0 0))", "", "twice"},
		{"a part in another, turning the other way", "MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)),((1 1,2 2,2 1,1 1)))", "", "opposite ways"},
		{"a hole outside", "POLYGON((0 0,4 0,4 4,0 4,0 0),(5 5,5 6,6 6,5 5))", "", "outside"},
		{"a hole half outside", "POLYGON((0 0,4 0,4 4,0 4,0 0),(3 1,3 2,6 2,6 1,3 1))", "", "outside"},
		{"a hole in a hole", "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,1 8,8 8,8 1,1 1),(3 3,3 5,5 5,5 3,3 3))", "", "on each other"},
	} {
		g, err := wkt.Unmarshal(test.in)
		if err != nil {
			t.Fatal(err)
		}
		got, said := mended(g)
		if test.want == "" {
			if got != nil || !strings.Contains(said, test.said) {
				t.Errorf("%s: %v, %s", test.name, got, said)
			}
			continue
		}
		want, err := wkt.Unmarshal(test.want)
		if err != nil {
			t.Fatal(err)
		}
		if got == nil || said != test.said || math.Abs(geo.Area(got)-geo.Area(want)) > 1 || outline(got) != outline(want) {
			t.Errorf("%s: %s, %s; want %s, %s", test.name, outline(got), said, test.want, test.said)
		}
	}
}

// outline is a geometry but for the order of parts and where rings begin.
func outline(g orb.Geometry) string {
	if g == nil {
		return "refused"
	}
	points := map[orb.Point]bool{}
	var bound orb.Bound
	geo.EachPoint(g, func(p orb.Point) { points[p] = true; bound = bound.Extend(p) })
	parts := 1
	if mp, ok := g.(orb.MultiPolygon); ok {
		parts = len(mp)
	}
	return strings.TrimSpace(wkt.MarshalString(bound.ToPolygon())) + " " + plural(parts, "part") + ", " + plural(len(points), "corner")
}

// Whatever rings are drawn on a coarse lattice, so that they touch and cross:
// what is accepted is valid, measures no more than each ring's loops together,
// lies within the bounds, and mending it again changes nothing.
func TestMendedIsValid(t *testing.T) {
	accepted, remade := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		ring := func(label string) orb.Ring {
			n := rapid.IntRange(3, 9).Draw(t, label)
			var r orb.Ring
			for range n {
				r = append(r, orb.Point{float64(rapid.IntRange(0, 6).Draw(t, "x")), float64(rapid.IntRange(0, 6).Draw(t, "y"))})
			}
			return append(r, r[0])
		}
		var g orb.Geometry = orb.Polygon{ring("shell")}
		switch rapid.IntRange(0, 2).Draw(t, "kind") {
		case 1:
			g = orb.Polygon{ring("shell"), ring("hole")}
		case 2:
			g = orb.MultiPolygon{{ring("one")}, {ring("other")}}
		}
		bound := g.Bound()
		got, said := mended(orb.Clone(g))
		if got == nil {
			return
		}
		accepted++
		if strings.Contains(said, CodeInvalid) {
			remade++
		}
		if f := checkShape(got); f != nil {
			t.Fatalf("%v became %v: %s", g, got, f.reason)
		}
		if b := got.Bound(); geo.Area(got) <= 0 || !bound.Contains(b.Min) || !bound.Contains(b.Max) {
			t.Fatalf("%v became %v", g, got)
		}
		if m, ok := got.(orb.MultiPolygon); ok && len(said) > 0 && strings.Contains(said, CodeInvalid) {
			again, _ := mended(orb.Clone(m))
			if again == nil || math.Abs(geo.Area(again)-geo.Area(got)) > 1e-6*geo.Area(got) {
				t.Fatalf("%v became %v, then %v", g, got, again)
			}
		}
	})
	t.Logf("%d accepted, %d of them made valid", accepted, remade)
	if remade == 0 {
		t.Error("nothing was made valid: the test looks at nothing")
	}
}

func FuzzMend(f *testing.F) {
	f.Add("POLYGON((0 0,2 2,2 0,0 2,0 0))")
	f.Add("MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)),((1 1,2 1,2 2,1 1)))")
	f.Add("POLYGON((0 0,1e-9 1e-9,2 0,1 1,0 0.1,1 -1,0 0))")
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 2000 {
			return
		}
		g, err := wkt.Unmarshal(s)
		if err != nil || !inWorld(g.Bound()) {
			return
		}
		finite := true
		geo.EachPoint(g, func(p orb.Point) { finite = finite && math.Abs(p[0]) <= 180 && math.Abs(p[1]) <= 90 })
		if !finite || checkType(g, geo.Polygon) != nil || empty(g) {
			return
		}
		got, _ := mended(g)
		if got == nil {
			return
		}
		if f := checkShape(got); f != nil {
			t.Fatalf("%s became %v: %s", s, got, f.reason)
		}
	})
}

func empty(g orb.Geometry) bool {
	any := false
	rings := func(p orb.Polygon) {
		any = any || len(p) == 0
		for _, r := range p {
			any = any || len(r) == 0
		}
	}
	switch g := g.(type) {
	case orb.Polygon:
		rings(g)
	case orb.MultiPolygon:
		any = len(g) == 0
		for _, p := range g {
			rings(p)
		}
	}
	return any
}
