package pmtiles

import (
	"testing"

	"github.com/paulmach/orb/maptile"
	"pgregory.net/rapid"
)

func TestIDsOfTheSpecification(t *testing.T) {
	for _, c := range []struct {
		z, x, y uint32
		id      uint64
	}{
		{0, 0, 0, 0},
		{1, 0, 0, 1},
		{1, 0, 1, 2},
		{1, 1, 1, 3},
		{1, 1, 0, 4},
		{2, 0, 0, 5},
		{2, 1, 0, 6},
		{2, 1, 1, 7},
		{2, 0, 1, 8},
		{12, 3423, 1763, 19078479},
		{31, 0, 0, 1537228672809129301},
	} {
		at := maptile.Tile{X: c.x, Y: c.y, Z: maptile.Zoom(c.z)}
		if got := ID(at); got != c.id {
			t.Errorf("%d/%d/%d: id %d, want %d", c.z, c.x, c.y, got, c.id)
		}
		if back, ok := At(c.id); !ok || back != at {
			t.Errorf("%d: tile %v %v, want %v", c.id, back, ok, at)
		}
	}
	if at, ok := At(1<<64 - 1); ok {
		t.Errorf("the greatest number is the id of %v", at)
	}
}

func TestIDsThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		z := rapid.Uint32Range(0, MaxZoom).Draw(t, "z")
		n := uint32(1<<z - 1)
		at := maptile.Tile{X: rapid.Uint32Range(0, n).Draw(t, "x"), Y: rapid.Uint32Range(0, n).Draw(t, "y"), Z: maptile.Zoom(z)}
		id := ID(at)
		if back, ok := At(id); !ok || back != at {
			t.Fatalf("%v has id %d, which is %v", at, id, back)
		}
		if z == 0 {
			return
		}
		parent := ID(at.Parent())
		if (id-1)/4 != parent {
			t.Fatalf("%v: id %d is not among the children of %d", at, id, parent)
		}
	})
}

func TestNeighboursAlongTheCurveTouch(t *testing.T) {
	for id := firstID(6) + 1; id < firstID(7); id++ {
		a, _ := At(id - 1)
		b, _ := At(id)
		if dx, dy := int(a.X)-int(b.X), int(a.Y)-int(b.Y); dx*dx+dy*dy != 1 {
			t.Fatalf("%d and %d lie at %v and %v", id-1, id, a, b)
		}
	}
}
