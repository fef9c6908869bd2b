package files

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo/crs"
)

// A placer brings geometries to longitude and latitude on WGS 84, or says why
// they cannot be there.
type placer struct {
	asked   *crs.System // what the caller says the file is in; nil: nothing
	swap    bool
	systems map[int]*crs.System
}

// place returns g where it belongs; it may change what it is given.
func (p *placer) place(g orb.Geometry, srid int) (orb.Geometry, []flaw) {
	system, err := p.system(srid)
	if err != nil {
		return g, []flaw{refuse("geometry", CodeReference, "%v", err)}
	}
	if p.swap {
		g = transform(g, func(x, y float64) (float64, float64) { return y, x })
	}
	g, flaws := p.clamp(g, system)
	if f := misplaced(g.Bound(), system, p.asked != nil || srid != 0, p.swap); f.reason != "" {
		return g, []flaw{f}
	}
	if system.Geographic() {
		return g, flaws
	}
	g = transform(g, system.Inverse)
	if b := g.Bound(); !inWorld(b) {
		return g, []flaw{refuse("geometry", CodeOutside, "from EPSG:%d it comes to %s, outside the world", system.Code, corners(b))}
	}
	return g, nil
}

// clamp brings what lies outside the world by no more than the noise of
// floating point back to its edge.
func (p *placer) clamp(g orb.Geometry, system *crs.System) (orb.Geometry, []flaw) {
	const noise = 1e-9 // degrees, a tenth of a millimetre
	b := g.Bound()
	if !system.Geographic() || inWorld(b) || !inWorld(orb.Bound{Min: orb.Point{b.Min[0] + noise, b.Min[1] + noise}, Max: orb.Point{b.Max[0] - noise, b.Max[1] - noise}}) {
		return g, nil
	}
	g = transform(g, func(x, y float64) (float64, float64) { return max(-180, min(180, x)), max(-90, min(90, y)) })
	return g, []flaw{repair("geometry", CodeEdge, "%s is beyond the edge of the world by rounding only, and was put on it", corners(b))}
}

func (p *placer) system(srid int) (*crs.System, error) {
	if p.asked != nil {
		return p.asked, nil
	}
	if srid == 0 {
		srid = crs.WGS84
	}
	s, ok := p.systems[srid]
	if !ok {
		var err error
		if s, err = crs.Find(srid); err != nil {
			return nil, err
		}
		if p.systems == nil {
			p.systems = make(map[int]*crs.System)
		}
		p.systems[srid] = s
	}
	return s, nil
}

// misplaced judges bounds in the coordinates of the file, axes already in order.
func misplaced(b orb.Bound, system *crs.System, named, swapped bool) flaw {
	if system.Geographic() {
		switch {
		case inWorld(b):
			return flaw{}
		case extent(b) > 360 && !named:
			return refuse("geometry", CodeProjected, "coordinates like %s are not degrees: name their reference system with --crs EPSG:n", corners(b))
		case inWorld(exchanged(b)) && swapped:
			return refuse("geometry", CodeUnswapped, "after the exchange of axes latitude comes first, %s: the file has longitude first, so leave --swap-axes out", corners(b))
		case inWorld(exchanged(b)):
			return refuse("geometry", CodeSwapped, "latitude comes before longitude, %s: --swap-axes exchanges them", corners(b))
		default:
			return refuse("geometry", CodeOutside, "%s is outside the world", corners(b))
		}
	}
	switch {
	case inWorld(b):
		return refuse("geometry", CodeDegrees, "coordinates like %s are degrees, not metres of EPSG:%d", corners(b), system.Code)
	case holds(system, b):
		return flaw{}
	case holds(system, exchanged(b)):
		return refuse("geometry", CodeSwapped, "northing comes before easting, %s: --swap-axes exchanges them", corners(b))
	default:
		return refuse("geometry", CodeOutside, "%s is outside EPSG:%d (%s)", corners(b), system.Code, system.Name)
	}
}

func inWorld(b orb.Bound) bool {
	return b.Min[0] >= -180 && b.Max[0] <= 180 && b.Min[1] >= -90 && b.Max[1] <= 90
}

func holds(s *crs.System, b orb.Bound) bool {
	return s.Holds(b.Min[0], b.Min[1]) && s.Holds(b.Max[0], b.Max[1])
}

func exchanged(b orb.Bound) orb.Bound {
	return orb.Bound{Min: orb.Point{b.Min[1], b.Min[0]}, Max: orb.Point{b.Max[1], b.Max[0]}}
}

// extent is the greatest absolute coordinate.
func extent(b orb.Bound) float64 {
	return max(math.Abs(b.Min[0]), math.Abs(b.Max[0]), math.Abs(b.Min[1]), math.Abs(b.Max[1]))
}

// transform replaces each position of g.
func transform(g orb.Geometry, f func(x, y float64) (float64, float64)) orb.Geometry {
	all := func(path []orb.Point) {
		for i, p := range path {
			path[i][0], path[i][1] = f(p[0], p[1])
		}
	}
	switch t := g.(type) {
	case orb.Collection:
		for i := range t {
			t[i] = transform(t[i], f)
		}
	case orb.Point:
		t[0], t[1] = f(t[0], t[1])
		return t
	case orb.MultiPoint:
		all(t)
	case orb.LineString:
		all(t)
	case orb.MultiLineString:
		for _, l := range t {
			all(l)
		}
	case orb.Polygon:
		for _, r := range t {
			all(r)
		}
	case orb.MultiPolygon:
		for _, p := range t {
			transform(p, f)
		}
	}
	return g
}
