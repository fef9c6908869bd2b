package geo

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"github.com/petadesa/petadesa/internal/testdata"
)

func realShape(t *testing.T, file string) Shape {
	t.Helper()
	raw, err := os.ReadFile(testdata.Path(t, "malang", file))
	if err != nil {
		t.Fatal(err)
	}
	var fc geojson.FeatureCollection
	if err := json.Unmarshal(raw, &fc); err != nil {
		t.Fatal(err)
	}
	var gs []orb.Geometry
	for _, f := range fc.Features {
		gs = append(gs, f.Geometry)
	}
	s, err := newShape(context.Background(), gs)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// disorder returns the area in m² that several features of a shape claim, and
// the number of gaps they enclose.
func disorder(s *Shape) (overlap float64, gaps int) {
	w := newArrangement(s, findNodes(s))
	w.cut()
	f := newFaces(w)
	for i, l := range f.label {
		if len(l) > 1 {
			overlap += f.area[i]
		}
		if len(l) == 0 && f.area[i] > 0 {
			gaps++
		}
	}
	const unit = 0.00933 * 0.989 // m, at 8° S
	return overlap * unit * unit, gaps
}

// The raw file has 749 pairs that overlap by 0.667 km² and some 2,190 gaps; the
// true gap is the enclave of Kota Malang.
func TestTidyMakesACoverageOfTheRawFile(t *testing.T) {
	s := realShape(t, "villages_malang_raw.geojson")
	overlap, gaps := disorder(&s)
	t.Logf("after tidying: %.0f m² of overlap, %d gaps", overlap, gaps)
	if overlap > 1000 || gaps != 1 {
		t.Errorf("%.0f m² of overlap and %d gaps are left, want below 1,000 and 1", overlap, gaps)
	}
}

func TestTidyLeavesACoverageAlone(t *testing.T) {
	s := realShape(t, "villages_malang_topo.geojson")
	if len(s.X) != 56316 {
		t.Errorf("%d vertices, want the 56,316 of the file", len(s.X))
	}
	if overlap, gaps := disorder(&s); overlap > 10 || gaps != 1 { // rounding to 9 mm moves some borders by as much
		t.Errorf("%.0f m² of overlap, %d gaps", overlap, gaps)
	}
}

// Circles of two operators: each lens and crescent is there, narrow ones too.
func TestTidyLeavesOverlapsOnPurpose(t *testing.T) {
	circle := func(x, y, r float64) orb.Polygon {
		var ring orb.Ring
		for i := range 60 {
			s, c := math.Sincos(float64(i) * math.Pi / 30)
			ring = append(ring, orb.Point{x + r*c, y + r*s})
		}
		return orb.Polygon{append(ring, ring[0])}
	}
	gs := []orb.Geometry{
		orb.MultiPolygon{circle(112, -8, 0.02), circle(112.1, -8, 0.02)},
		orb.MultiPolygon{circle(112.0001, -8, 0.02), circle(112.1, -8.01, 0.0201)},
		circle(112.05, -8, 0.001),
	}
	s, err := newShape(context.Background(), gs)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.X) != 300 || len(s.Boxes) != 5 {
		t.Errorf("%d vertices in %d parts, want the 300 in 5 that were given", len(s.X), len(s.Boxes))
	}
}

// An enclave is inside what surrounds it although their borders do not meet.
func TestFacesKnowWhatTheyLieIn(t *testing.T) {
	square := func(w, s, e, n float64) orb.Ring {
		return orb.Ring{{w, s}, {e, s}, {e, n}, {w, n}, {w, s}}
	}
	b := shapeBuilder{}
	b.Parts, b.Feats = []uint32{0}, []uint32{0}
	for _, g := range []orb.Polygon{
		{square(112, -8, 113, -7), square(112.4, -7.6, 112.6, -7.4)}, // a hole
		{square(112.1, -7.9, 112.2, -7.8)},                           // on top of the first
		{square(112.45, -7.55, 112.5, -7.5)},                         // in its hole
	} {
		b.add(g)
		b.Feats = append(b.Feats, uint32(len(b.Parts)-1))
	}
	f := newFaces(newArrangement(&b.Shape, findNodes(&b.Shape)))
	seen := map[string]int{}
	for i := range f.label {
		if f.area[i] > 0 {
			l, _ := json.Marshal(f.label[i])
			seen[string(l)]++
		}
	}
	want := map[string]int{"[0]": 1, "[]": 1, "[0,1]": 1, "[2]": 1}
	for l, n := range want {
		if seen[l] != n {
			t.Errorf("%d areas labelled %s, want %d (all: %v)", seen[l], l, n, seen)
		}
	}
}

func TestTidy(t *testing.T) {
	square := func(w, s, e, n float64) orb.Polygon {
		return orb.Polygon{{{w, s}, {e, s}, {e, n}, {w, n}, {w, s}}}
	}
	tests := []struct {
		name          string
		a, b          orb.Polygon
		overlap, gaps bool // left after tidying
	}{
		{"a thin overlap", square(112, -8, 112.01, -7.99), square(112.0099, -8, 112.02, -7.99), false, false},
		{"a wide overlap is meant", square(112, -8, 112.01, -7.99), square(112.005, -8, 112.02, -7.99), true, false},
		{
			"a thin gap",
			orb.Polygon{{{112, -8}, {112.01, -8}, {112.01, -7.99}, {112, -7.99}, {112, -8}}},
			orb.Polygon{{{112.01, -8}, {112.02, -8}, {112.02, -7.99}, {112.01, -7.99}, {112.0101, -7.995}, {112.01, -8}}},
			false, false,
		},
		{
			"a wide gap is meant",
			orb.Polygon{{{112, -8}, {112.01, -8}, {112.01, -7.99}, {112, -7.99}, {112, -8}}},
			orb.Polygon{{{112.01, -8}, {112.02, -8}, {112.02, -7.99}, {112.01, -7.99}, {112.015, -7.995}, {112.01, -8}}},
			false, true,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			gs := []orb.Geometry{test.a, test.b}
			before, _ := json.Marshal(test.a)
			s, err := newShape(context.Background(), gs)
			if err != nil {
				t.Fatal(err)
			}
			overlap, gaps := disorder(&s)
			if (overlap > 0) != test.overlap || (gaps > 0) != test.gaps {
				t.Errorf("%.0f m² of overlap and %d gaps are left", overlap, gaps)
			}
			if after, _ := json.Marshal(gs[0]); string(after) != string(before) {
				t.Error("the stored geometry changed")
			}
			again, _ := newShape(context.Background(), gs)
			for i := range s.X {
				if s.X[i] != again.X[i] || s.Y[i] != again.Y[i] || math.Abs(float64(s.Rank[i])-float64(again.Rank[i])) > 0 {
					t.Fatal("a second time, the shape differs")
				}
			}
		})
	}
}
