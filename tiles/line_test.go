package tiles

import (
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func TestALineIsCutIntoPieces(t *testing.T) {
	b := here.Bound()
	w, h := b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]
	at := func(x, y float64) orb.Point { return orb.Point{b.Min[0] + x*w, b.Max[1] - y*h} }
	layers := build(t, tracks("tracks",
		orb.LineString{at(-0.5, 0.25), at(0.5, 0.25), at(0.5, 1.5), at(0.75, 1.5), at(0.75, -0.5)}, // out and in again
		orb.LineString{at(2, 2), at(3, 3)},       // beside it
		orb.LineString{at(-1, 0.5), at(0.5, -1)}, // past the corner
		orb.LineString{at(-0.5, 0.5), at(1.5, 0.5)},
	))
	_, by := cutOne(t, layers, here, Query{}, Options{})
	got := map[string][][][2]int32{}
	for _, f := range by["tracks"].Features {
		got[f.Properties["id"].(string)] = f.Parts
	}
	if p := got["t0"]; len(p) != 2 || p[0][0] != [2]int32{-64, 1024} || p[0][1] != [2]int32{2048, 1024} || p[0][2] != [2]int32{2048, 4160} || p[1][0][1] != 4160 || p[1][1][1] != -64 {
		t.Errorf("in two pieces: %v", p)
	}
	if got["t1"] != nil || got["t2"] != nil {
		t.Errorf("beside the tile: %v, %v", got["t1"], got["t2"])
	}
	if p := got["t3"]; len(p) != 1 || len(p[0]) != 2 || p[0][0] != [2]int32{-64, 2048} || p[0][1] != [2]int32{4160, 2048} {
		t.Errorf("right across: %v", p)
	}
}

// A segment is clipped to the same points whichever way it is drawn, and they
// lie in the box and on the segment.
func TestClippingHasNoDirection(t *testing.T) {
	const far = 1 << 20
	coordinate := rapid.OneOf(rapid.Int64Range(-1<<33, 1<<33), rapid.Int64Range(-far, 2*far), rapid.SampledFrom([]int64{0, far, 1, far - 1, -1, far + 1}))
	rapid.Check(t, func(t *rapid.T) {
		px, py, qx, qy := coordinate.Draw(t, "px"), coordinate.Draw(t, "py"), coordinate.Draw(t, "qx"), coordinate.Draw(t, "qy")
		ax, ay, bx, by, ok := clipSegment(px, py, qx, qy, far)
		cx, cy, dx, dy, back := clipSegment(qx, qy, px, py, far)
		if ok != back || ok && (ax != dx || ay != dy || bx != cx || by != cy) {
			t.Fatalf("%d,%d %d,%d (%v) and back %d,%d %d,%d (%v)", ax, ay, bx, by, ok, dx, dy, cx, cy, back)
		}
		if !ok {
			return
		}
		for _, p := range [2][2]int64{{ax, ay}, {bx, by}} {
			if p[0] < 0 || p[0] > far || p[1] < 0 || p[1] > far {
				t.Fatalf("%v is outside", p)
			}
			fx, fy := float64(qx-px), float64(qy-py)
			// Twice the triangle's area over the longer side: how far off the segment.
			off := fx*float64(p[1]-py) - fy*float64(p[0]-px)
			if length := max(fx, -fx, fy, -fy); off > 2*length || off < -2*length {
				t.Fatalf("%v is %g off", p, off/length)
			}
		}
	})
}
