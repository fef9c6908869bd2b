package main

import (
	"bufio"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"github.com/peterstace/simplefeatures/geom"
)

// refreshCoast rewrites facts/coast.csv from the shorelines that
// `gmt coast -R104.9/116.2/-9.3/-5.3 -Df -M -W -A0/1/1` prints (GSHHG, full
// resolution, LGPL). The pieces, cut at the edges of GSHHG's bins, are joined to
// whole islands, and thinned the more the farther they are from the regency.
func refreshCoast(facts, file string) error {
	pieces, err := readPieces(file)
	if err != nil {
		return fmt.Errorf("read shorelines: %w", err)
	}
	rows := [][]string{{"ring", "lon", "lat"}}
	n := 0
	for _, ring := range joinRings(pieces) {
		b := ring.Bound()
		if b.Max[0] < 110.5 || b.Min[0] > islandsEast || b.Min[1] > islandsNorth {
			continue
		}
		small := 2e6
		if b.Max[0] > 112.2 && b.Min[0] < 113.1 && b.Max[1] < -8 {
			small = 2e4
		}
		if math.Abs(planeArea(ring)) < small {
			continue
		}
		n++
		for _, p := range thinned(ring) {
			rows = append(rows, []string{strconv.Itoa(n), decimal(p[0], 5), decimal(p[1], 5)})
		}
	}
	return writeTables(facts, map[string][][]string{"coast.csv": rows})
}

func planeArea(ring orb.Ring) float64 {
	flat := make(orb.Ring, len(ring))
	for i, p := range ring {
		flat[i] = plane(p)
	}
	return planar.Area(flat)
}

func readPieces(file string) ([]orb.LineString, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var pieces []orb.LineString
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		text := lines.Text()
		if strings.HasPrefix(text, ">") {
			pieces = append(pieces, nil)
			continue
		}
		var p orb.Point
		if _, err := fmt.Sscan(text, &p[0], &p[1]); err != nil {
			return nil, fmt.Errorf("line %q: %w", text, err)
		}
		if len(pieces) == 0 {
			return nil, fmt.Errorf("line %q comes before any segment header", text)
		}
		last := &pieces[len(pieces)-1]
		*last = append(*last, p)
	}
	return pieces, lines.Err()
}

// joinRings joins pieces end to end, whichever way round they run, and returns
// those that close.
func joinRings(pieces []orb.LineString) []orb.Ring {
	type node struct{ x, y int64 }
	key := func(p orb.Point) node { return node{int64(math.Round(p[0] * 1e6)), int64(math.Round(p[1] * 1e6))} }
	ends := map[node][]int{}
	for i, piece := range pieces {
		if len(piece) > 1 {
			ends[key(piece[0])] = append(ends[key(piece[0])], i)
			ends[key(piece[len(piece)-1])] = append(ends[key(piece[len(piece)-1])], i)
		}
	}
	used := make([]bool, len(pieces))
	var rings []orb.Ring
	for i, piece := range pieces {
		if used[i] || len(piece) < 2 {
			continue
		}
		used[i] = true
		line := slices.Clone(piece)
		for key(line[0]) != key(line[len(line)-1]) {
			next := slices.IndexFunc(ends[key(line[len(line)-1])], func(j int) bool { return !used[j] })
			if next < 0 {
				break
			}
			j := ends[key(line[len(line)-1])][next]
			used[j] = true
			add := slices.Clone(pieces[j])
			if key(add[0]) != key(line[len(line)-1]) {
				slices.Reverse(add)
			}
			line = append(line, add[1:]...)
		}
		if key(line[0]) == key(line[len(line)-1]) && len(line) > 3 {
			rings = append(rings, orb.Ring(line))
		}
	}
	return rings
}

// tolerance is how far, in metres, the coast may be moved at a place.
func tolerance(p orb.Point) float64 {
	switch {
	case p[0] > 112.2 && p[0] < 113.1 && p[1] < -8:
		return 15
	case p[0] > 110.6 && p[0] < 115:
		return 300
	default:
		return 5000
	}
}

// thinned thins a ring as much as it may without crossing itself.
func thinned(ring orb.Ring) orb.Ring {
	for share := 1.0; share > 0.01; share /= 1.25 {
		if out := thin(ring, share); simpleRing(out) {
			return out
		}
	}
	return ring
}

func simpleRing(ring orb.Ring) bool {
	var flat []float64
	for _, p := range ring {
		flat = append(flat, p[0], p[1])
	}
	line := geom.NewLineString(geom.NewSequence(flat, geom.DimXY))
	return line.IsSimple() && line.IsClosed()
}

// thin is Douglas and Peucker's simplification with a tolerance that depends on
// the place, of which the given share is used.
func thin(ring orb.Ring, share float64) orb.Ring {
	flat := make([]orb.Point, len(ring))
	for i, p := range ring {
		flat[i] = plane(p)
	}
	keep := make([]bool, len(ring))
	keep[0], keep[len(ring)-1] = true, true
	var split func(a, b int)
	split = func(a, b int) {
		worst, at := 1.0, -1
		for i := a + 1; i < b; i++ {
			if d := planar.DistanceFromSegment(flat[a], flat[b], flat[i]) / (share * tolerance(ring[i])); d > worst {
				worst, at = d, i
			}
		}
		if at >= 0 {
			keep[at] = true
			split(a, at)
			split(at, b)
		}
	}
	split(0, len(ring)-1)
	var out orb.Ring
	for i, p := range ring {
		if keep[i] {
			out = append(out, p)
		}
	}
	return out
}
