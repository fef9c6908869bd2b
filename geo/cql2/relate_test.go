package cql2

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/geom"
)

// randomShape writes a valid geometry on a small grid, where touching, crossing
// and sharing of edges is common.
func randomShape(rng *rand.Rand) string {
	at := func() string { return formatFloat(float64(rng.IntN(6))) + " " + formatFloat(float64(rng.IntN(6))) }
	positions := func(n int) string {
		all := make([]string, n)
		for i := range all {
			all[i] = at()
		}
		return "(" + strings.Join(all, ", ") + ")"
	}
	ring := func(n int) string {
		s := positions(n)
		first, _, _ := strings.Cut(s[1:], ",")
		return s[:len(s)-1] + ", " + first + ")"
	}
	for {
		var s string
		switch rng.IntN(9) {
		case 0:
			s = "POINT" + positions(1)
		case 1:
			s = "MULTIPOINT" + positions(3)
		case 2:
			s = "LINESTRING" + positions(2+rng.IntN(3))
		case 3:
			s = "MULTILINESTRING(" + positions(2) + ", " + positions(3) + ")"
		case 4:
			s = "POLYGON((0 0, 5 0, 5 5, 0 5, 0 0), " + ring(3) + ")"
		case 5:
			s = "MULTIPOLYGON((" + ring(3) + "), (" + ring(4) + "))"
		default:
			s = "POLYGON(" + ring(3+rng.IntN(4)) + ")"
		}
		if _, err := geom.UnmarshalWKT(s); err == nil {
			return s
		}
	}
}

func literalShape(t *testing.T, s string) orb.Geometry {
	t.Helper()
	f, err := Parse("S_INTERSECTS(geometry, " + s + ")")
	if err != nil {
		t.Fatalf("%s: %v", s, err)
	}
	return f.root.args[1].value.(orb.Geometry)
}

// TestRelateAsReference compares all spatial functions with those of a port of
// the JTS Topology Suite.
func TestRelateAsReference(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	reference := map[string]func(a, b geom.Geometry) (bool, error){
		"s_intersects": func(a, b geom.Geometry) (bool, error) { return geom.Intersects(a, b), nil },
		"s_disjoint":   geom.Disjoint, "s_equals": geom.Equals, "s_touches": geom.Touches, "s_crosses": geom.Crosses,
		"s_within": geom.Within, "s_contains": geom.Contains, "s_overlaps": geom.Overlaps,
	}
	held := map[string]int{}
	for range 1_000 {
		a, b := randomShape(rng), randomShape(rng)
		ga, err := geom.UnmarshalWKT(a)
		if err != nil {
			t.Fatal(err)
		}
		gb, err := geom.UnmarshalWKT(b)
		if err != nil {
			t.Fatal(err)
		}
		sa, sb := newShape(literalShape(t, a)), newShape(literalShape(t, b))
		prepared := newShape(literalShape(t, b))
		prepared.prepare()
		for op, ask := range reference {
			want, err := ask(ga, gb)
			if err != nil {
				t.Fatal(err)
			}
			for _, other := range []*shape{sb, prepared} {
				if got := holds(op, sa, other); got != truthOf(want) {
					t.Fatalf("%s(%s, %s) = %v, want %v", op, a, b, got, want)
				}
				if got := holds(converse(op), other, sa); got != truthOf(want) {
					t.Fatalf("%s(%s, %s) = %v, want %v", converse(op), b, a, got, want)
				}
			}
			if want {
				held[op]++
			}
		}
	}
	t.Logf("held: %v", held)
}

func TestCollectionsOfUnlikeParts(t *testing.T) {
	g := newShape(literalShape(t, "GEOMETRYCOLLECTION(POINT(1 1), LINESTRING(3 3, 4 4))"))
	for s, want := range map[string]truth{"POINT(1 1)": yes, "POINT(3.5 3.5)": yes, "POINT(2 2)": no, "BBOX(3,3,3.2,3.1)": yes} {
		if got := holds("s_intersects", g, newShape(literalShape(t, s))); got != want {
			t.Errorf("intersects %s: %v", s, got)
		}
		if got := holds("s_disjoint", newShape(literalShape(t, s)), g); got != -want {
			t.Errorf("disjoint %s: %v", s, got)
		}
		if got := holds("s_within", newShape(literalShape(t, s)), g); got != unknown {
			t.Errorf("within %s: %v", s, got)
		}
	}
}
