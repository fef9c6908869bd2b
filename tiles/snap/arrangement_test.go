package snap

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/peterstace/simplefeatures/geom"
	"pgregory.net/rapid"
)

var coarse = Grid{Shift: 4, Size: 41}

type shape [][]point // rings

func round(t testing.TB, g Grid, shapes []shape) *Arrangement {
	t.Helper()
	var a Arrangement
	a.Reset(g, false)
	for _, s := range shapes {
		a.Begin()
		for _, ring := range s {
			x, y := make([]int64, len(ring)), make([]int64, len(ring))
			for i, p := range ring {
				x[i], y[i] = p.x, p.y
			}
			a.Ring(x, y)
		}
	}
	if err := a.Round(context.Background()); err != nil {
		t.Fatal(err)
	}
	return &a
}

// valid fails unless the loops make a valid multipolygon with exteriors clockwise.
func valid(t fatal, loops []Loop) {
	var polys [][]geom.LineString
	for _, l := range loops {
		if len(l.Pixels) < 3 {
			t.Fatalf("a loop of %d pixels", len(l.Pixels))
		}
		if area := doubleArea(l.Pixels); (area > 0) == l.Hole || area == 0 {
			t.Fatalf("hole %v has double area %d", l.Hole, area)
		}
		var flat []float64
		for _, p := range l.Pixels {
			flat = append(flat, float64(p.X()), float64(p.Y()))
		}
		flat = append(flat, flat[0], flat[1])
		ls := geom.NewLineString(geom.NewSequence(flat, geom.DimXY))
		if l.Hole {
			polys[len(polys)-1] = append(polys[len(polys)-1], ls)
		} else {
			polys = append(polys, []geom.LineString{ls})
		}
	}
	var ps []geom.Polygon
	for _, rings := range polys {
		ps = append(ps, geom.NewPolygon(rings))
	}
	if err := geom.NewMultiPolygon(ps).Validate(); err != nil {
		t.Fatalf("invalid: %v\n%v", err, describe(loops))
	}
}

type fatal interface {
	Helper()
	Fatalf(string, ...any)
}

func describe(loops []Loop) (s string) {
	for _, l := range loops {
		s += fmt.Sprint(l.Hole, " ")
		for _, p := range l.Pixels {
			s += fmt.Sprintf("%d,%d ", p.X(), p.Y())
		}
		s += "\n"
	}
	return s
}

// inLoops reports whether an odd number of loops surround a point given in half
// pixels.
func inLoops(loops []Loop, x, y int64) bool {
	odd := false
	for _, l := range loops {
		p := l.Pixels[len(l.Pixels)-1]
		for _, q := range l.Pixels {
			odd = odd != west(point{2 * int64(p.X()), 2 * int64(p.Y())}, point{2 * int64(q.X()), 2 * int64(q.Y())}, point{x, y})
			p = q
		}
	}
	return odd
}

func west(a, b, p point) bool {
	return (a.y <= p.y) != (b.y <= p.y) && (cross(a, b, p) < 0) == (b.y > a.y)
}

func inShape(s shape, p point) bool {
	odd := false
	for _, ring := range s {
		a := ring[len(ring)-1]
		for _, b := range ring {
			odd = odd != west(a, b, p)
			a = b
		}
	}
	return odd
}

// near reports whether p is closer than d, along an axis, to an edge of s.
func near(s shape, p point, d int64) bool {
	for _, ring := range s {
		a := ring[len(ring)-1]
		for _, b := range ring {
			// The square around p meets the segment: same test as for pixels, but larger.
			if min(a.x, b.x) <= p.x+d && max(a.x, b.x) >= p.x-d && min(a.y, b.y) <= p.y+d && max(a.y, b.y) >= p.y-d {
				c := [4]int64{cross(a, b, point{p.x - d, p.y - d}), cross(a, b, point{p.x + d, p.y - d}), cross(a, b, point{p.x - d, p.y + d}), cross(a, b, point{p.x + d, p.y + d})}
				lo, hi := min(c[0], c[1], c[2], c[3]), max(c[0], c[1], c[2], c[3])
				if lo <= 0 && hi >= 0 {
					return true
				}
			}
			a = b
		}
	}
	return false
}

func drawShapes(t *rapid.T) []shape {
	far := coarse.far()
	coordinate := rapid.Int64Range(-far/2, far+far/2)
	if rapid.Bool().Draw(t, "fine") {
		coordinate = rapid.Int64Range(far/3, far/3+6<<coarse.Shift) // crowded
	}
	pt := rapid.Custom(func(t *rapid.T) point { return point{coordinate.Draw(t, "x"), coordinate.Draw(t, "y")} })
	ring := rapid.SliceOfN(pt, 3, 9)
	return rapid.SliceOfN(rapid.Map(rapid.SliceOfN(ring, 1, 3), func(r [][]point) shape { return r }), 1, 4).Draw(t, "shapes")
}

func TestAnyRingsBecomeValid(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		shapes := drawShapes(rt)
		a := round(t, coarse, shapes)
		for i := range shapes {
			valid(rt, a.Polygon(i))
		}
		noCrossings(rt, a)
	})
}

// What is inside stays inside, except within a pixel of a border.
func TestInsideStaysInside(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		shapes := drawShapes(rt)
		a := round(t, coarse, shapes)
		for i, s := range shapes {
			for y := int64(1); y < 2*int64(coarse.Size-1); y += 2 {
				for x := int64(1); x < 2*int64(coarse.Size-1); x += 2 {
					p := point{x << (coarse.Shift - 1), y << (coarse.Shift - 1)}
					if near(s, p, 1<<coarse.Shift) {
						continue
					}
					if in := inLoops(a.Polygon(i), x, y); in != inShape(s, p) {
						rt.Fatalf("polygon %d at %d,%d: inside %v, want %v\n%v", i, x, y, in, !in, describe(a.Polygon(i)))
					}
				}
			}
		}
	})
}

// noCrossings fails when an edge of any loop crosses another or runs through
// one of its ends. Squares drawn for what is too small may lie across others.
func noCrossings(t fatal, a *Arrangement) {
	type edge [2]Pixel
	seen := map[edge]bool{}
	var edges []edge
	for i := range a.Len() {
		if slices.Contains(a.small, int32(i)) {
			continue
		}
		for _, l := range a.Polygon(i) {
			p := l.Pixels[len(l.Pixels)-1]
			for _, q := range l.Pixels {
				if e := (edge{min(p, q), max(p, q)}); !seen[e] {
					seen[e] = true
					edges = append(edges, e)
				}
				p = q
			}
		}
	}
	at := func(p Pixel) point { return point{int64(p.X()), int64(p.Y())} }
	for i, e := range edges {
		for _, f := range edges[i+1:] {
			p, q, r, s := at(e[0]), at(e[1]), at(f[0]), at(f[1])
			if apart(cross(p, q, r), cross(p, q, s)) && apart(cross(r, s, p), cross(r, s, q)) {
				t.Fatalf("%v crosses %v", e, f)
			}
			for _, v := range []point{r, s} {
				if within(p, q, v) {
					t.Fatalf("%v lies on %v-%v", v, p, q)
				}
			}
			for _, v := range []point{p, q} {
				if within(r, s, v) {
					t.Fatalf("%v lies on %v-%v", v, r, s)
				}
			}
		}
	}
}

func within(p, q, v point) bool {
	return v != p && v != q && cross(p, q, v) == 0 &&
		v.x >= min(p.x, q.x) && v.x <= max(p.x, q.x) && v.y >= min(p.y, q.y) && v.y <= max(p.y, q.y)
}

// A coverage of the whole box stays one: areas add up exactly.
func TestCoverageHasNoGapsAndNoOverlaps(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(2, 9).Draw(rt, "n")
		step := 60 * coarse.far() / 40 / int64(n)
		shift := rapid.Int64Range(-1, 1)
		corner := make([][]point, n+1)
		for i := range corner {
			corner[i] = make([]point, n+1)
			for j := range corner[i] {
				dx, dy := shift.Draw(rt, "dx")*step/3, shift.Draw(rt, "dy")*step/3
				corner[i][j] = point{int64(i)*step + dx - step, int64(j)*step + dy - step}
			}
		}
		var shapes []shape
		for i := range n {
			for j := range n {
				p, q, r, s := corner[i][j], corner[i+1][j], corner[i+1][j+1], corner[i][j+1]
				m := point{(p.x + r.x) / 2, (p.y + r.y) / 2}
				shapes = append(shapes, shape{{p, q, m}}, shape{{q, r, m}}, shape{{r, s, m}}, shape{{s, p, m}})
			}
		}
		a := round(t, coarse, shapes)
		for i := range shapes {
			valid(rt, a.Polygon(i))
		}
		noCrossings(rt, a)
		for y := int64(1); y < 2*int64(coarse.Size-1); y += 2 {
			for x := int64(1); x < 2*int64(coarse.Size-1); x += 2 {
				want, got := 0, 0
				p := point{x << (coarse.Shift - 1), y << (coarse.Shift - 1)}
				for i, s := range shapes {
					if near(s, p, 1<<coarse.Shift) {
						want = -1
					}
					if want >= 0 && inShape(s, p) {
						want++
					}
					if inLoops(a.Polygon(i), x, y) {
						got++
					}
				}
				if want >= 0 && want != got {
					rt.Fatalf("%d,%d is covered %d times, want %d", x, y, got, want)
				}
			}
		}
	})
}
