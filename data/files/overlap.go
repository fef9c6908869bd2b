package files

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/geom"
	"github.com/peterstace/simplefeatures/rtree"

	"github.com/petadesa/petadesa/data/files/planar"
	"github.com/petadesa/petadesa/geo"
)

// Overlaps tells where areas lie over each other that should only touch.
type Overlaps struct {
	Checked bool      `json:"checked"`
	Why     string    `json:"why,omitempty"` // why not, or not wholly
	Pairs   int       `json:"pairs"`
	AreaKM2 float64   `json:"area_km2"`
	Worst   []Overlap `json:"worst"` // the largest, at most ten
}

// An Overlap is a pair of features that do.
type Overlap struct {
	A      string  `json:"a"`
	B      string  `json:"b"`
	AreaM2 float64 `json:"area_m2"`
}

func (o *Overlaps) String() string {
	if !o.Checked {
		return "not checked: " + o.Why
	}
	s := fmt.Sprintf("%s of features, %.3f km²", plural(o.Pairs, "pair"), o.AreaKM2)
	if o.Why != "" {
		s += " (" + o.Why + ")"
	}
	if len(o.Worst) > 0 {
		w := o.Worst[0]
		s += fmt.Sprintf("; the largest %s and %s, %.0f m²", w.A, w.B, w.AreaM2)
	}
	return s
}

// overlapCheck gathers the areas of a collection that should tile the land.
// Above a number of vertices it gives up, so that memory stays bounded.
type overlapCheck struct {
	wanted   bool
	vertices int
	ids      []string
	numbers  []int // of the rows
	areas    []orb.MultiPolygon
}

const maxOverlapVertices = 4 << 20

func (o *overlapCheck) add(asked bool, collection, id string, number int, g orb.Geometry) {
	area, ok := g.(orb.MultiPolygon)
	if one, single := g.(orb.Polygon); single {
		area, ok = orb.MultiPolygon{one}, true
	}
	if !ok || collection != "villages" && collection != "districts" && !asked {
		return
	}
	o.wanted = true
	geo.EachPoint(g, func(orb.Point) { o.vertices++ })
	if o.vertices > maxOverlapVertices {
		o.ids, o.numbers, o.areas = nil, nil, nil
		return
	}
	o.ids, o.numbers, o.areas = append(o.ids, id), append(o.numbers, number), append(o.areas, area)
}

// run intersects each pair of areas whose bounds meet.
func (o *overlapCheck) run(ctx context.Context) *Overlaps {
	switch {
	case !o.wanted:
		return nil
	case o.vertices > maxOverlapVertices:
		return &Overlaps{Why: fmt.Sprintf("%d vertices, more than %d", o.vertices, maxOverlapVertices), Worst: []Overlap{}}
	}
	result := &Overlaps{Checked: true, Worst: []Overlap{}}
	shapes := make([]geom.Geometry, len(o.areas))
	bounds := make([]orb.Bound, len(o.areas))
	items := make([]rtree.BulkItem, len(o.areas)) // BulkLoad reorders them
	for i, a := range o.areas {
		bounds[i], shapes[i] = a.Bound(), simple(a)
		items[i] = rtree.BulkItem{Box: box(bounds[i]), RecordID: i}
	}
	tree := rtree.BulkLoad(items)
	failed := 0
	var found []Overlap
	for i := range o.areas {
		if ctx.Err() != nil {
			return result
		}
		var near []int
		_ = tree.RangeSearch(box(bounds[i]), func(j int) error { // the function never fails
			if j > i {
				near = append(near, j)
			}
			return nil
		})
		slices.Sort(near)
		for _, j := range near {
			if planar.Disjoint(o.areas[i], o.areas[j], common(bounds[i], bounds[j])) {
				continue
			}
			both, err := geom.Intersection(shapes[i], shapes[j])
			if err != nil {
				failed++
				continue
			}
			if m2 := simpleArea(both); m2 > 0 {
				found = append(found, Overlap{o.ids[i], o.ids[j], m2})
			}
		}
	}
	if failed > 0 {
		result.Why = fmt.Sprintf("%s could not be intersected", plural(failed, "pair"))
	}
	var sum float64
	for _, f := range found {
		sum += f.AreaM2
	}
	result.Pairs, result.AreaKM2 = len(found), math.Round(sum)/1e6
	slices.SortStableFunc(found, func(a, b Overlap) int { return cmp.Compare(b.AreaM2, a.AreaM2) })
	for _, f := range found[:min(10, len(found))] {
		f.AreaM2 = math.Round(f.AreaM2*1000) / 1000
		result.Worst = append(result.Worst, f)
	}
	return result
}

func box(b orb.Bound) rtree.Box {
	return rtree.Box{MinX: b.Min[0], MinY: b.Min[1], MaxX: b.Max[0], MaxY: b.Max[1]}
}

// common is what two bounds that meet have in common.
func common(a, b orb.Bound) orb.Bound {
	return orb.Bound{
		Min: orb.Point{max(a.Min[0], b.Min[0]), max(a.Min[1], b.Min[1])},
		Max: orb.Point{min(a.Max[0], b.Max[0]), min(a.Max[1], b.Max[1])},
	}
}

// simpleArea is the area in m² of the polygons in g.
func simpleArea(g geom.Geometry) float64 { return geo.Area(multiPolygon(g)) }
