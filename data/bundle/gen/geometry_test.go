package main

import (
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"
)

func TestPlaneKeepsAreasAndComesBack(t *testing.T) {
	for _, p := range []orb.Point{{112.6, -8.1}, {110.9, -6.7}, {114.6, -8.8}} {
		q := degrees(plane(p))
		if math.Hypot(p[0]-q[0], p[1]-q[1]) > 1e-9 {
			t.Errorf("%v came back as %v", p, q)
		}
	}
	// A quadrangle of 1° by 1° from the equator of the ellipsoid (its
	// authalic area is a²(1-e²)·Δλ·∫cosφ/(1-e²sin²φ)² dφ).
	ring := orb.Ring{{112, 0}, {113, 0}, {113, 1}, {112, 1}, {112, 0}}
	const steps = 10_000
	want := 0.0
	for i := range steps {
		s, c := math.Sincos((float64(i) + 0.5) / steps * math.Pi / 180)
		d := 1 - eccentricity2*s*s
		want += c / (d * d)
	}
	want *= semiMajor * semiMajor * (1 - eccentricity2) * math.Pow(math.Pi/180, 2) / steps
	if got := planeArea(ring); math.Abs(got-want) > 1e-8*want {
		t.Errorf("area %.1f m², want %.1f", got, want)
	}
}

func TestCrossingDependsOnNoDirection(t *testing.T) {
	a, b := edge{node{0, 0}, node{1000, 337}}, edge{node{511, -900}, node{490, 777}}
	want, ok := crossing(a, b)
	if !ok {
		t.Fatal("they do not cross")
	}
	for _, pair := range [][2]edge{{a.reverse(), b}, {a, b.reverse()}, {a.reverse(), b.reverse()}} {
		if got, _ := crossing(pair[0], pair[1]); got != want {
			t.Errorf("got %v, want %v", got, want)
		}
	}
	if _, ok := crossing(a, edge{node{0, 10}, node{1000, 347}}); ok {
		t.Error("parallel edges cross")
	}
}

func square(x, y, size int32) []edge {
	n := []node{{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}}
	return []edge{{n[0], n[1]}, {n[1], n[2]}, {n[2], n[3]}, {n[3], n[0]}}
}

func reversed(edges []edge) []edge {
	out := make([]edge, len(edges))
	for i, e := range edges {
		out[i] = e.reverse()
	}
	return out
}

func TestAssemble(t *testing.T) {
	tests := []struct {
		name          string
		edges         []edge
		shells, holes int
	}{
		{"a square", square(0, 0, 100), 1, 0},
		{"two squares side by side", slices.Concat(square(0, 0, 100), square(100, 0, 100)), 1, 0},
		{"two squares that meet at a corner", slices.Concat(square(0, 0, 100), square(100, 100, 100)), 2, 0},
		{"a square with a hole", slices.Concat(square(0, 0, 100), reversed(square(40, 40, 20))), 1, 1},
		{"a hole that touches the shell's corner", append(square(0, 0, 100), edge{node{0, 0}, node{10, 20}}, edge{node{10, 20}, node{20, 10}}, edge{node{20, 10}, node{0, 0}}), 1, 1},
		{"an island in a hole", slices.Concat(square(0, 0, 100), reversed(square(20, 20, 60)), square(40, 40, 10)), 2, 1},
	}
	for _, test := range tests {
		got, err := assemble(cancel(test.edges))
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		holes := 0
		for _, p := range got {
			holes += len(p) - 1
		}
		if len(got) != test.shells || holes != test.holes {
			t.Errorf("%s: %d shells and %d holes, want %d and %d", test.name, len(got), holes, test.shells, test.holes)
		}
	}
	if _, err := assemble(square(0, 0, 100)[:3]); err == nil {
		t.Error("three sides of a square: want an error")
	}
}

func TestSmoothKeepsItsPlaces(t *testing.T) {
	through := []orb.Point{{112.6, -8}, {112.61, -8.02}, {112.7, -8.03}}
	line := smooth(through)
	for _, p := range through {
		if !slices.Contains(line, p) {
			t.Errorf("%v is not on the line", p)
		}
	}
	if len(line) != 9 {
		t.Errorf("%d vertices, want 9", len(line))
	}
}

func TestApportion(t *testing.T) {
	got := apportion([]float64{1.5, 2.2, 3.3}, 7)
	if !slices.Equal(got, []int{2, 2, 3}) {
		t.Errorf("got %v, want [2 2 3]", got)
	}
}
