package snap

import (
	"context"
	"reflect"
	"testing"
)

// A cutter keeps one arrangement for tiles of all sizes: what a large one left
// behind must not show in a small one, nor the other way round.
func TestAnArrangementIsUsedAgainAtAnotherSize(t *testing.T) {
	cut := func(a *Arrangement, size int32) (loops [][]Loop) {
		a.Reset(Grid{Shift: 4, Size: size}, false)
		side := int64(size) << 4
		for i := range int64(3) { // neighbours, all across the grid and with a crossing
			a.Begin()
			x := side * i / 3
			a.Ring([]int64{x, x + side/3, x + side/3, x}, []int64{-9, side / 7 * i, side + 9, side - 9*i})
		}
		if err := a.Round(context.Background()); err != nil {
			t.Fatal(err)
		}
		for i := range 3 {
			loops = append(loops, a.Polygon(i))
		}
		return loops
	}
	var kept Arrangement
	for _, size := range []int32{4096, 1024, 4096, 512, 8192} {
		var fresh Arrangement
		if got, want := cut(&kept, size), cut(&fresh, size); !reflect.DeepEqual(got, want) {
			t.Errorf("size %d: %d pieces differ from those of a new arrangement", size, len(got))
		}
	}
}
