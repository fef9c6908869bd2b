package files

import (
	"context"
	"fmt"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"github.com/peterstace/simplefeatures/geom"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
)

// A region is where features must be to be imported.
type region struct {
	areas []regionArea
	bound orb.Bound
}

type regionArea struct {
	bound orb.Bound
	area  orb.MultiPolygon
}

// within names the region for messages.
func (o *Options) within() string {
	if o.Within != "" {
		return o.Within
	}
	return corners(*o.BBox)
}

// findRegion finds the areas of the store that Options.Within names: all of a
// collection, the feature of an id, or those of a code (35.07 stands for every
// village of that regency). Options.BBox is an area too; one of both is enough. Nil
// when the caller names no region.
func findRegion(ctx context.Context, store data.Store, opts *Options) (*region, error) {
	var r region
	if opts.BBox != nil {
		r.add(opts.BBox.ToPolygon())
	}
	if opts.Within == "" && opts.BBox == nil {
		return nil, nil
	}
	if opts.Within != "" {
		name, id, _ := strings.Cut(opts.Within, ":")
		tables, err := store.Load(ctx, name)
		if err != nil {
			return nil, fmt.Errorf("looking up collection %s: %w", name, err)
		}
		if len(tables) == 0 {
			return nil, fmt.Errorf("%w: within %s: the store has no collection %s", data.ErrNotFound, opts.Within, name)
		}
		for _, rec := range tables[0].Records {
			if id == "" || rec.ID == id || strings.HasPrefix(rec.ID, id+".") {
				r.add(rec.Geometry)
			}
		}
	}
	if len(r.areas) == 0 {
		return nil, fmt.Errorf("%w: within %s: there is no area of that name", data.ErrNotFound, opts.Within)
	}
	return &r, nil
}

func (r *region) add(g orb.Geometry) {
	var area orb.MultiPolygon
	switch t := g.(type) {
	case orb.Polygon:
		area = orb.MultiPolygon{t}
	case orb.MultiPolygon:
		area = t
	default:
		return
	}
	b := area.Bound()
	if len(r.areas) == 0 {
		r.bound = b
	}
	r.bound = r.bound.Union(b)
	r.areas = append(r.areas, regionArea{b, area})
}

// outside reports whether a record lies outside the region asked for. What has
// no place is not outside.
func (p *pipeline) outside(rec *geo.Record) bool {
	return p.region != nil && rec.Geometry != nil && !p.region.holds(rec.Geometry)
}

// holds reports whether a point is in the region, a line has a point in it, or
// an area shares with it at least a hundredth of either: neighbours whose
// borders differ by a sliver share less. Features are kept whole.
func (r *region) holds(g orb.Geometry) bool {
	b := g.Bound()
	for i := range r.areas {
		a := &r.areas[i]
		if !b.Intersects(a.bound) {
			continue
		}
		if a.holds(g) {
			return true
		}
	}
	return false
}

func (a *regionArea) holds(g orb.Geometry) bool {
	switch t := g.(type) {
	case orb.Point:
		return planar.MultiPolygonContains(a.area, t)
	case orb.MultiPoint:
		for _, p := range t {
			if a.holds(p) {
				return true
			}
		}
	case orb.LineString:
		return a.meets(t)
	case orb.MultiLineString:
		for _, l := range t {
			if a.meets(l) {
				return true
			}
		}
	case orb.Polygon, orb.MultiPolygon:
		return a.shares(t)
	case orb.Collection:
		for _, member := range t {
			if a.holds(member) {
				return true
			}
		}
	}
	return false
}

// meets reports whether a line has a vertex in the area or crosses its border.
func (a *regionArea) meets(line orb.LineString) bool {
	for _, p := range line {
		if a.bound.Contains(p) && planar.MultiPolygonContains(a.area, p) {
			return true
		}
	}
	for i := 1; i < len(line); i++ {
		b := orb.MultiPoint{line[i-1], line[i]}.Bound()
		if !b.Intersects(a.bound) {
			continue
		}
		for _, polygon := range a.area {
			for _, ring := range polygon {
				for k := 1; k < len(ring); k++ {
					if crosses(line[i-1], line[i], ring[k-1], ring[k]) {
						return true
					}
				}
			}
		}
	}
	return false
}

// crosses reports whether two segments cross inside both.
func crosses(a, b, c, d orb.Point) bool {
	side := func(p, q, r orb.Point) float64 { return (q[0]-p[0])*(r[1]-p[1]) - (q[1]-p[1])*(r[0]-p[0]) }
	return side(a, b, c)*side(a, b, d) < 0 && side(c, d, a)*side(c, d, b) < 0
}

func (a *regionArea) shares(g orb.Geometry) bool {
	common, err := geom.Intersection(simple(g), simple(a.area))
	if err != nil {
		return false
	}
	return common.Area() >= min(simple(g).Area(), simple(a.area).Area())/100
}
