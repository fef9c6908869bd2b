package main

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
)

func randomDiagram(n int, seed uint64) *diagram {
	random := rand.New(rand.NewPCG(seed, seed))
	sites := make([]orb.Point, n)
	for i := range sites {
		sites[i] = somewhere(random)
	}
	d := newDiagram(sites)
	for i := range d.weights {
		d.weights[i] = 1e6 * random.Float64()
	}
	return d
}

// somewhere is a random place within some 45 km.
func somewhere(random *rand.Rand) orb.Point {
	return plane(orb.Point{112 + 0.4*random.Float64(), -8.4 + 0.4*random.Float64()})
}

// A place lies in the cell of the site with the smallest power there, and in no other.
func TestCellsArePowerCells(t *testing.T) {
	d := randomDiagram(300, 1)
	random := rand.New(rand.NewPCG(2, 2))
	cells := make([][]side, len(d.sites))
	for i := range cells {
		cells[i] = d.cell(i, 1e6)
	}
	for range 2000 {
		p := somewhere(random)
		nearest, least := -1, math.Inf(1)
		for i, s := range d.sites {
			if power := (s[0]-p[0])*(s[0]-p[0]) + (s[1]-p[1])*(s[1]-p[1]) - d.weights[i]; power < least {
				nearest, least = i, power
			}
		}
		for i, sides := range cells {
			if within(sides, p) != (i == nearest) {
				t.Fatalf("place %v: in cell %d is %v, but the nearest is %d", p, i, within(sides, p), nearest)
			}
		}
	}
}

func within(sides []side, p orb.Point) bool {
	for k, s := range sides {
		a, b := s.corner, sides[(k+1)%len(sides)].corner
		if (b[0]-a[0])*(p[1]-a[1])-(b[1]-a[1])*(p[0]-a[0]) < 0 {
			return false
		}
	}
	return len(sides) > 0
}

// The three cells that meet at a corner have the very same point.
func TestCornersAreShared(t *testing.T) {
	d := randomDiagram(300, 3)
	corners := map[orb.Point]int{}
	for i := range d.sites {
		sides := d.cell(i, 1e6)
		for k, s := range sides {
			if s.other >= 0 && sides[(k+len(sides)-1)%len(sides)].other >= 0 {
				corners[s.corner]++
			}
		}
	}
	for p, n := range corners {
		if n != 3 {
			t.Errorf("corner %v belongs to %d cells, want 3", p, n)
		}
	}
}

func TestFitReachesTheAreas(t *testing.T) {
	l := &land{strips: map[int32][]int32{}}
	corners := []orb.Point{{112, -8.3}, {112.3, -8.3}, {112.3, -8}, {112, -8}}
	for i, p := range corners {
		l.add(edge{onGrid(p), onGrid(corners[(i+1)%4])})
	}
	random := rand.New(rand.NewPCG(4, 4))
	var sites []orb.Point
	targets := map[int]float64{}
	for i := range 40 {
		sites = append(sites, plane(orb.Point{112 + 0.3*random.Float64(), -8.3 + 0.3*random.Float64()}))
		if i >= 15 {
			targets[i] = 5e6 + 20e6*random.Float64()
		}
	}
	d := newDiagram(sites)
	worst, err := fit(d, l, targets)
	if err != nil || worst > 1e-3 {
		t.Fatalf("largest relative error %g, %v: want below 1e-3", worst, err)
	}
	for i := range 15 {
		if d.weights[i] != 0 {
			t.Errorf("site %d has no target, but weight %g", i, d.weights[i])
		}
	}
}
