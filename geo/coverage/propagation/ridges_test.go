package propagation

import (
	"testing"

	"pgregory.net/rapid"
)

func TestRidgesAreTheHighestAround(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(1, 40).Draw(t, "width"), rapid.IntRange(1, 40).Draw(t, "height")
		heights := rapid.SliceOfN(rapid.Float32Range(-50, 3000), w*h, w*h).Draw(t, "heights")
		peaks := ridges(heights, w, h)
		for y := range h {
			for x := range w {
				want := heights[y*w+x]
				for j := max(y-stretch, 0); j <= min(y+stretch+1, h-1); j++ {
					for i := max(x-stretch, 0); i <= min(x+stretch+1, w-1); i++ {
						want = max(want, heights[j*w+i])
					}
				}
				if peaks[y*w+x] != want {
					t.Fatalf("%d,%d of %d × %d: %v, want %v", x, y, w, h, peaks[y*w+x], want)
				}
			}
		}
	})
}
