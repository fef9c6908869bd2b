package coverage

import (
	"context"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// distances in m from the point of each village to the nearest of something;
// NaN: there is none.
type distances []float64

// Bytes returns how much memory the distances take.
func (d distances) Bytes() int64 { return int64(8 * len(d)) }

// length returns the distance of village v.
func (d distances) length(v int) *Length {
	if math.IsNaN(d[v]) {
		return nil
	}
	l := Length(math.Round(d[v] * 10))
	return &l
}

// point returns where a village is measured from: the point that its name
// stands at, deep inside, else the middle of its bounds.
func (s *scene) point(v int) (orb.Point, bool) {
	if l := s.snap.Layer("villages_label"); l != nil {
		if i, ok := l.Find(s.villages.ID(v)); ok {
			return pointOf(l.Geometry(i))
		}
	}
	g := s.villages.Geometry(v)
	if g == nil || g.Bound().IsEmpty() {
		return orb.Point{}, false
	}
	return g.Bound().Center(), true
}

// perVillage measures from each village's point.
func (s *scene) perVillage(ctx context.Context, key string, from func(orb.Point) float64) (distances, error) {
	build := func(ctx context.Context) (distances, error) {
		d := make(distances, s.villages.Len())
		for v := range d {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			d[v] = math.NaN()
			if p, ok := s.point(v); ok {
				d[v] = from(p)
			}
		}
		return d, nil
	}
	if key == "" {
		return build(ctx)
	}
	return cached(ctx, s.engine.cache, key, build)
}

func (s *scene) nearestTowers(ctx context.Context, operator, technology string) (distances, error) {
	if !s.isOperator(operator, technology) {
		operator = ""
	}
	from := func(s *scene) func(p orb.Point) float64 {
		return func(p orb.Point) float64 {
			d, _ := s.nearestTower(p, operator, technology)
			return d
		}
	}
	if s.change != nil && len(s.change.Remove) > 0 {
		return s.perVillage(ctx, "", from(s))
	}
	now := *s
	now.change = nil
	d, err := now.perVillage(ctx, s.key("nearest tower", "villages", "towers")+"/"+operator+"/"+technology, from(&now))
	if err != nil || s.change == nil {
		return d, err
	}
	added := *s
	added.towers = nil
	more, err := added.perVillage(ctx, "", from(&added))
	if err != nil {
		return nil, err
	}
	for v := range more {
		more[v] = least(more[v], d[v])
	}
	return more, nil
}

// isOperator reports whether towers of a technology name that operator: not
// any, all, or a number.
func (s *scene) isOperator(operator, technology string) bool {
	return slices.Contains(s.operators(technology, "modelled"), operator)
}

// nearestTower returns the distance in m to the nearest tower that carries a
// technology of an operator ("" any), and the tower; NaN: none.
func (s *scene) nearestTower(p orb.Point, operator, technology string) (float64, *Tower) {
	best, which := math.NaN(), (*Tower)(nil)
	try := func(t *Tower) {
		if technology == "any" && !slices.ContainsFunc(t.Technologies, func(x string) bool { return slices.Contains(mobile, x) }) {
			return
		}
		if technology != "any" && !slices.Contains(t.Technologies, technology) || operator != "" && !slices.Contains(t.Operators, operator) {
			return
		}
		// A degree of latitude is nowhere shorter than 110,574 m.
		if math.Abs(p[1]-t.At[1])*110_574 > best {
			return
		}
		if d := Distance(p, t.At); !(d >= best) {
			best, which = d, t
		}
	}
	for i := range s.towers {
		if t := &s.towers[i]; t.Status == "active" && (s.change == nil || !slices.Contains(s.change.Remove, t.ID)) {
			try(t)
		}
	}
	if s.change != nil {
		for i := range s.change.Add {
			try(&s.change.Add[i])
		}
	}
	return best, which
}

func (s *scene) nearestRoads(ctx context.Context) (distances, error) {
	l := s.snap.Layer("roads")
	return s.perVillage(ctx, s.key("nearest road", "villages", "roads"), func(p orb.Point) float64 { return nearestIn(l, p, nil) })
}

// nearestFibres measures to areas with fibre, towers that have it, and the
// lines or points of a collection fibre.
func (s *scene) nearestFibres(ctx context.Context) (distances, error) {
	return s.perVillage(ctx, s.key("nearest fibre", "villages", "coverage", "towers", "fibre"), s.nearestFibre)
}

func (s *scene) nearestFibre(p orb.Point) float64 {
	best := nearestIn(s.snap.Layer("fibre"), p, nil)
	best = least(best, nearestIn(s.snap.Layer("coverage"), p, func(i int) bool { return s.claims[i].technology == "fibre" }))
	for _, t := range s.towers {
		if t.Status == "active" && slices.Contains(t.Technologies, "fibre") {
			best = least(best, Distance(p, t.At))
		}
	}
	return best
}

// least is the lesser of two distances, of which NaN is none.
func least(a, b float64) float64 {
	if math.IsNaN(a) || b < a {
		return b
	}
	return a
}

// nearestIn returns the distance in m to the nearest wanted feature of a layer,
// NaN when there is none. It looks in boxes that double until one must hold the nearest.
func nearestIn(l *geo.Layer, p orb.Point, wanted func(i int) bool) float64 {
	if l == nil || l.Bound.IsEmpty() {
		return math.NaN()
	}
	perLon, perLat := metresPerDegree(p[1])
	for reach := 500.0; ; reach *= 2 {
		box := orb.Bound{
			Min: orb.Point{p[0] - reach/perLon, p[1] - reach/perLat},
			Max: orb.Point{p[0] + reach/perLon, p[1] + reach/perLat},
		}
		best := math.NaN()
		for _, i := range l.Search(box, nil) {
			if wanted == nil || wanted(int(i)) {
				best = least(best, distanceTo(l.Geometry(int(i)), p, perLon, perLat))
			}
		}
		if best <= reach || box.Contains(l.Bound.Min) && box.Contains(l.Bound.Max) || reach > 3e7 {
			return best
		}
	}
}

// distanceTo returns the distance in m from a point to a geometry; inside of a
// polygon it is 0.
func distanceTo(g orb.Geometry, p orb.Point, perLon, perLat float64) float64 {
	best := math.NaN()
	line := func(l []orb.Point) {
		for k := range l {
			best = least(best, toSegment(p, l[max(k-1, 0)], l[k], perLon, perLat))
		}
	}
	switch g := g.(type) {
	case orb.Point:
		line([]orb.Point{g})
	case orb.MultiPoint:
		for _, q := range g {
			line([]orb.Point{q})
		}
	case orb.Polygon:
		if inside(g, p) {
			return 0
		}
		for _, r := range g {
			line(r)
		}
	case orb.MultiPolygon:
		for _, m := range g {
			best = least(best, distanceTo(m, p, perLon, perLat))
		}
	default:
		eachLine(g, func(l orb.LineString) { line(l) })
	}
	return best
}

func toSegment(p, a, b orb.Point, perLon, perLat float64) float64 {
	x, y := (p[0]-a[0])*perLon, (p[1]-a[1])*perLat
	dx, dy := (b[0]-a[0])*perLon, (b[1]-a[1])*perLat
	t := 0.0
	if square := dx*dx + dy*dy; square > 0 {
		t = min(max((x*dx+y*dy)/square, 0), 1)
	}
	return math.Hypot(x-t*dx, y-t*dy)
}

// inside is the even–odd rule.
func inside(p orb.Polygon, at orb.Point) bool {
	in := false
	for _, r := range p {
		for i := range r {
			a, b := r[i], r[(i+1)%len(r)]
			if (a[1] > at[1]) != (b[1] > at[1]) && at[0] < a[0]+(b[0]-a[0])*(at[1]-a[1])/(b[1]-a[1]) {
				in = !in
			}
		}
	}
	return in
}
