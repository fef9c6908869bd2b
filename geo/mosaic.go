package geo

import (
	"cmp"
	"errors"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// A Mosaic is areas that should tile the land, cut into faces: each the inside
// of one feature, of several (they overlap there), or of none (a gap between
// them). It is worked out on a grid of a billionth of a degree, a tenth of a
// millimetre, or of the next power of ten that the extent allows; so it is
// exact where coordinates have nine decimals, and what is smaller than the grid
// it does not see.
type Mosaic struct {
	builder shapeBuilder
	faces   *faces
	perUnit float64 // units in a degree
	x0, y0  float64 // of the grid's corner in the north-west, in units
}

// ErrNoMosaic says that there are no areas, or that they lie on top of each other
// by far more than at their borders.
var ErrNoMosaic = errors.New("the areas are no mosaic: there are none, or they lie on top of each other")

// An Overlap is land that two features both claim.
type Overlap struct {
	A, B int       // positions of the features, A < B
	Area float64   // m²
	At   orb.Point // on its border
}

// A Gap is land enclosed by features that none of them claims.
type Gap struct {
	Area   float64   // m²
	At     orb.Point // on its border
	Sliver bool      // narrower than about 30 m on average: taken for a fault of drawing
	Beside []int     // positions of the features around it
}

// sliverDegrees is what sliver is in degrees.
const sliverDegrees = sliver * 360 / float64(1<<32)

// NewMosaic cuts polygons and multipolygons, each simple and oriented or not;
// what else a feature is made of is left out.
func NewMosaic(areas []orb.Geometry) (*Mosaic, error) {
	bound := emptyBound()
	for _, g := range areas {
		EachPoint(g, func(p orb.Point) { bound = bound.Extend(p) })
	}
	m := &Mosaic{perUnit: 1e9}
	extent := max(bound.Max[0]-bound.Min[0], bound.Max[1]-bound.Min[1])
	for extent*m.perUnit > widest-2 {
		m.perUnit /= 10
	}
	if bound.IsEmpty() {
		return nil, ErrNoMosaic
	}
	m.x0, m.y0 = math.Round(bound.Min[0]*m.perUnit), math.Round(bound.Max[1]*m.perUnit)
	b := &m.builder
	b.project = func(p orb.Point) (x, y uint32) {
		return uint32(math.Round(p[0]*m.perUnit) - m.x0), uint32(m.y0 - math.Round(p[1]*m.perUnit))
	}
	b.Parts, b.Feats = []uint32{0}, []uint32{0}
	for _, g := range areas {
		if Area(g) != 0 {
			b.add(g)
		}
		b.Feats = append(b.Feats, uint32(len(b.Parts)-1))
	}
	if slices.Contains(b.closed, false) {
		return nil, ErrNoMosaic
	}
	w := newArrangement(&b.Shape, findNodes(&b.Shape))
	if _, ok := w.cut(); !ok {
		return nil, ErrNoMosaic
	}
	m.faces = newFaces(w)
	m.faces.width = sliverDegrees * m.perUnit
	return m, nil
}

// degrees is the place of a node.
func (m *Mosaic) degrees(x, y float64) orb.Point {
	return orb.Point{(x + m.x0) / m.perUnit, (m.y0 - y) / m.perUnit}
}

// area is that of a face in m², with the sign it has on the grid.
func (m *Mosaic) area(face int32) float64 {
	f := m.faces
	var ring orb.Ring
	f.around(face, func(h uint32) {
		n := f.from(h)
		ring = append(ring, m.degrees(float64(f.x[n]), float64(f.y[n])))
	})
	return math.Copysign(math.Abs(ringArea(ring)), f.area[face])
}

func (m *Mosaic) corner(face int32) orb.Point {
	n := m.faces.from(m.faces.first[face])
	return m.degrees(float64(m.faces.x[n]), float64(m.faces.y[n]))
}

// Overlaps returns every pair of features that overlap, the largest first.
func (m *Mosaic) Overlaps() []Overlap {
	found := map[[2]int32]*Overlap{}
	for i, label := range m.faces.label {
		if len(label) < 2 {
			continue
		}
		area, at := m.area(int32(i)), m.corner(int32(i))
		for k, a := range label {
			for _, b := range label[k+1:] {
				o, ok := found[[2]int32{a, b}]
				if !ok {
					o = &Overlap{A: int(a), B: int(b), At: at}
					found[[2]int32{a, b}] = o
				}
				o.Area += area
			}
		}
	}
	var list []Overlap
	for _, o := range found {
		list = append(list, *o)
	}
	slices.SortFunc(list, func(a, b Overlap) int {
		return cmp.Or(cmp.Compare(b.Area, a.Area), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	return list
}

// Gaps returns every gap, the largest first.
func (m *Mosaic) Gaps() []Gap {
	var list []Gap
	for i, label := range m.faces.label {
		face := int32(i)
		if len(label) > 0 || m.faces.area[i] <= 0 {
			continue
		}
		g := Gap{At: m.corner(face), Sliver: m.faces.narrow(face)}
		for _, part := range append([]int32{face}, m.faces.islands[face]...) { // an island's outside has a negative area
			g.Area += m.area(part)
			m.faces.around(part, func(h uint32) {
				for _, feature := range m.faces.label[m.faces.face[h^1]] {
					if !slices.Contains(g.Beside, int(feature)) {
						g.Beside = append(g.Beside, int(feature))
					}
				}
			})
		}
		slices.Sort(g.Beside)
		list = append(list, g)
	}
	slices.SortStableFunc(list, func(a, b Gap) int { return cmp.Compare(b.Area, a.Area) })
	return list
}

// A Change is what a feature got and lost when a mosaic was cleaned, in m².
type Change struct{ Gained, Lost float64 }

// Clean returns the areas as a true coverage: every overlap and every sliver of
// a gap goes to one of the features beside it, an overlap to one that claims it,
// the one with the longest border along it first. Wide gaps stay. The result has
// one area for each feature, on the mosaic's grid, valid and oriented; nil for a
// feature that is left with nothing; and what each gained and lost. It fails where features overlap by more
// than a hundredth of what they cover, other than in slivers. The mosaic is used
// up.
func (m *Mosaic) Clean() ([]orb.MultiPolygon, []Change, error) {
	f := m.faces
	if !f.nearlyCoverage() {
		return nil, nil, ErrNoMosaic
	}
	features := len(m.builder.Feats) - 1
	changes := make([]Change, features)
	var loose []int32
	for i, label := range f.label {
		if len(label) > 1 || len(label) == 0 && f.narrow(int32(i)) {
			loose = append(loose, int32(i))
		}
	}
	before := slices.Clone(f.label)
	for _, left := range f.give(loose) { // land that only features claim which have none of their own beside it
		if len(f.label[left]) > 1 {
			f.claim(left, f.label[left][0])
		}
	}
	for i, was := range before {
		if now := f.label[i]; len(now) == 1 && !slices.Equal(was, now) {
			area := m.area(int32(i)) // of an island's outside, negative
			for _, feature := range was {
				if feature != now[0] {
					changes[feature].Lost += area
				}
			}
			if !slices.Contains(was, now[0]) {
				changes[now[0]].Gained += area
			}
		}
	}
	m.builder.redraw(f)
	s := &m.builder.Shape
	areas := make([]orb.MultiPolygon, features)
	for i := range areas {
		for p := s.Feats[i]; p < s.Feats[i+1]; p++ {
			var ring orb.Ring
			for v := s.Parts[p]; v < s.Parts[p+1]; v++ {
				ring = append(ring, m.degrees(float64(s.X[v]), float64(s.Y[v])))
			}
			ring = append(ring, ring[0])
			if last := len(areas[i]) - 1; s.Hole[p] && last >= 0 {
				areas[i][last] = append(areas[i][last], ring)
			} else {
				areas[i] = append(areas[i], orb.Polygon{ring})
			}
		}
	}
	return areas, changes, nil
}
