package planar

import (
	"testing"

	"github.com/paulmach/orb"
)

// Neighbours that share their border are known to have nothing else in common.
func TestDisjoint(t *testing.T) {
	square := func(x, y, size float64) orb.Ring {
		return orb.Ring{{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}, {x, y}}
	}
	hole := orb.Ring{{1, 1}, {1, 2}, {2, 2}, {2, 1}, {1, 1}}
	everywhere := orb.Bound{Min: orb.Point{-10, -10}, Max: orb.Point{10, 10}}
	for name, test := range map[string]struct {
		a, b orb.MultiPolygon
		want bool
	}{
		"side by side":            {orb.MultiPolygon{{square(0, 0, 1)}}, orb.MultiPolygon{{square(1, 0, 1)}}, true},
		"corner":                  {orb.MultiPolygon{{square(0, 0, 1)}}, orb.MultiPolygon{{square(1, 1, 1)}}, true},
		"the same":                {orb.MultiPolygon{{square(0, 0, 1)}}, orb.MultiPolygon{{square(0, 0, 1)}}, false},
		"within":                  {orb.MultiPolygon{{square(0, 0, 3)}}, orb.MultiPolygon{{square(1, 1, 1)}}, false},
		"in the hole":             {orb.MultiPolygon{{square(0, 0, 3), hole}}, orb.MultiPolygon{{square(1, 1, 1)}}, true},
		"corner shared, crossing": {orb.MultiPolygon{{square(0, 0, 2)}}, orb.MultiPolygon{{{{0, 0}, {3, 1}, {3, 3}, {0, 0}}}}, false},
	} {
		if got := Disjoint(test.a, test.b, everywhere); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
		if got := Disjoint(test.b, test.a, everywhere); got != test.want {
			t.Errorf("%s, exchanged: %v", name, got)
		}
	}
}
