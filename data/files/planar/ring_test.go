package planar

import (
	"reflect"
	"testing"

	"github.com/paulmach/orb"
)

// A ring that crosses itself gets a vertex there, and comes apart into the two
// it is made of, one of each turn.
func TestBowTie(t *testing.T) {
	tie := orb.Ring{{0, 0}, {2, 2}, {2, 0}, {0, 2}, {0, 0}}
	if at, ok := Crossing(orb.Polygon{tie}); !ok || at != (orb.Point{1, 1}) {
		t.Error(at, ok)
	}
	whole, ok := Split(tie)
	if want := (orb.Ring{{0, 0}, {1, 1}, {2, 2}, {2, 0}, {1, 1}, {0, 2}, {0, 0}}); !ok || !reflect.DeepEqual(whole, want) {
		t.Fatal(whole, ok)
	}
	all := Loops(whole)
	if len(all) != 2 || Turn(all[0])*Turn(all[1]) >= 0 || Turn(all[0])+Turn(all[1]) != 0 {
		t.Error(all)
	}
	if _, ok := Crossing(orb.MultiPolygon{{all[0]}, {all[1]}}); ok {
		t.Error("the parts cross themselves")
	}
}

func TestSpikesAndGaps(t *testing.T) {
	square := orb.Ring{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}}
	for name, test := range map[string]struct {
		ring orb.Ring
		cut  int
	}{
		"none":         {square, 0},
		"outward":      {orb.Ring{{0, 0}, {4, 0}, {9, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}}, 2},
		"nothing else": {orb.Ring{{0, 0}, {4, 0}, {0, 0}}, 0},
	} {
		r, cut := CutSpikes(test.ring)
		if cut != test.cut || cut > 0 && !reflect.DeepEqual(r, square) {
			t.Errorf("%s: %v without %d", name, r, cut)
		}
	}
	for name, test := range map[string]struct {
		ring  orb.Ring
		ends  int
		tells bool
	}{
		"closed":        {square, 5, false},
		"a hair":        {orb.Ring{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {1e-9, 0}}, 5, true},
		"a little":      {orb.Ring{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0.1}}, 6, true},
		"a side of it":  {orb.Ring{{0, 0}, {4, 0}, {4, 4}, {0, 4}}, 4, false},
		"hardly a ring": {orb.Ring{{0, 0}, {4, 0}}, 2, false},
	} {
		r, gap := CloseRing(test.ring)
		if len(r) != test.ends || (gap > 0) != test.tells || test.tells && r[0] != r[len(r)-1] {
			t.Errorf("%s: %v, gap %g", name, r, gap)
		}
	}
}
