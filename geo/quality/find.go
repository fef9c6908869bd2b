package quality

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/petadesa/petadesa/geo"
)

// finding gathers the problems of one layer.
type finding struct {
	layer *geo.Layer
	of    map[string]*Problem
}

// note adds a feature that has a problem.
func (f *finding) note(code string, i int, format string, args ...any) {
	p := f.of[code]
	if p == nil {
		p = &Problem{Code: code, Examples: []Example{}}
		f.of[code] = p
	}
	p.Count++
	if len(p.Examples) < maxExamples {
		p.Examples = append(p.Examples, Example{f.layer.ID(i), f.name(i), fmt.Sprintf(format, args...)})
	}
}

func (f *finding) list() []Problem {
	var all []Problem
	for _, p := range f.of {
		all = append(all, *p)
	}
	slices.SortFunc(all, func(a, b Problem) int { return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Code, b.Code)) })
	return all
}

func (f *finding) name(i int) string { return text(f.layer, "name", i) }

func text(l *geo.Layer, field string, i int) string {
	if c := l.Column(field); c != nil && c.Field.Type == geo.String {
		s, _ := c.Value(i).(string)
		return s
	}
	return ""
}

// values looks at each feature by itself.
func (f *finding) values() {
	l := f.layer
	for c := range l.Columns {
		col := &l.Columns[c]
		possible, known := Possible(col.Field.Name)
		if !known || col.Field.Type != geo.Integer && col.Field.Type != geo.Number {
			continue
		}
		for i := range l.Len() {
			if x, ok := col.Float(i); ok && !possible.Holds(x) {
				f.note(CodeRange, i, "%s is %g, not within %g to %g", col.Field.Name, x, possible.Min, possible.Max)
			}
		}
	}
	low, high := l.Column("price_idr_min"), l.Column("price_idr_max")
	for i := range l.Len() {
		if low != nil && high != nil && low.Field.Type != geo.String && high.Field.Type != geo.String && low.Field.Type != geo.Boolean && high.Field.Type != geo.Boolean {
			a, ok := low.Float(i)
			if b, also := high.Float(i); ok && also && a > b {
				f.note(CodeContradiction, i, "price_idr_min %g is above price_idr_max %g", a, b)
			}
		}
		if code, district := text(l, "code", i), text(l, "district_code", i); l.Collection.ID == "villages" && district != "" && len(code) >= 8 && code[:8] != district {
			f.note(CodeContradiction, i, "district_code is %s, the code's own %s", district, code[:8])
		}
		if nameColumn := l.Column("name"); nameColumn != nil && !nameColumn.Has(i) && (l.Collection.ID == "villages" || l.Collection.ID == "districts" || l.Collection.ID == "destinations") {
			f.note(CodeNameless, i, "has no name")
		}
	}
}

// BesideM is how far outside the village it declares a place may be and not be
// taken for a mistake: coasts and borders are drawn no finer.
const BesideM = 100

// villages asks whether places are where they say. A code of a regency that is
// not stored is not judged.
func (f *finding) villages(villages *geo.Layer) {
	col := f.layer.Column("village_code")
	if villages == nil || villages.Len() == 0 || col == nil || col.Field.Type != geo.String {
		return
	}
	regencies := map[string]bool{}
	for i := range villages.Len() {
		regencies[prefix(villages.ID(i))] = true
	}
	for i := range f.layer.Len() {
		code := text(f.layer, "village_code", i)
		if code == "" || !regencies[prefix(code)] {
			continue
		}
		at, known := villages.Find(code)
		if !known {
			f.note(CodeUnknownVillage, i, "no village has the code %q", code)
			continue
		}
		p, ok := f.layer.Geometry(i).(orb.Point)
		if !ok {
			continue
		}
		if d := DistanceM(villages.Geometry(at), p); d > BesideM {
			f.note(CodeOutside, i, "%s from %s, %s; it is in %s", distance(d), code, text(villages, "name", at), whereIs(villages, p))
		}
	}
}

func prefix(code string) string { return code[:min(len(code), len("35.07"))] }

func distance(m float64) string {
	if m < 1000 {
		return fmt.Sprintf("%.0f m", m)
	}
	return fmt.Sprintf("%.1f km", m/1000)
}

// whereIs names the village around a point.
func whereIs(villages *geo.Layer, p orb.Point) string {
	for _, i := range villages.Search(orb.Bound{Min: p, Max: p}, nil) {
		if contains(villages.Geometry(int(i)), p) {
			return villages.ID(int(i)) + ", " + text(villages, "name", int(i))
		}
	}
	return "none"
}

func contains(g orb.Geometry, p orb.Point) bool {
	switch g := g.(type) {
	case orb.Polygon:
		return planar.PolygonContains(g, p)
	case orb.MultiPolygon:
		return planar.MultiPolygonContains(g, p)
	}
	return false
}

// DistanceM is how far in metres a point is from an area, 0 inside it: on the
// plane through the point, right to a percent up to 100 km.
func DistanceM(area orb.Geometry, p orb.Point) float64 {
	if contains(area, p) {
		return 0
	}
	const perDegree = orb.EarthRadius * math.Pi / 180
	shrink := math.Cos(p[1] * math.Pi / 180)
	flat := func(q orb.Point) (x, y float64) {
		return (q[0] - p[0]) * shrink * perDegree, (q[1] - p[1]) * perDegree
	}
	best := math.Inf(1)
	eachRing(area, func(r orb.Ring) {
		for i := 1; i < len(r); i++ {
			ax, ay := flat(r[i-1])
			bx, by := flat(r[i])
			dx, dy := bx-ax, by-ay
			t := 0.0
			if l := dx*dx + dy*dy; l > 0 {
				t = max(0, min(1, -(ax*dx+ay*dy)/l))
			}
			best = min(best, math.Hypot(ax+t*dx, ay+t*dy))
		}
	})
	return best
}

func eachRing(g orb.Geometry, f func(orb.Ring)) {
	switch g := g.(type) {
	case orb.Polygon:
		for _, r := range g {
			f(r)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			eachRing(p, f)
		}
	}
}

func geometries(l *geo.Layer) []orb.Geometry {
	all := make([]orb.Geometry, l.Len())
	for i := range all {
		all[i] = l.Geometry(i)
	}
	return all
}

// duplicates compares destinations by name and place.
func (f *finding) duplicates(villages *geo.Layer) {
	l := f.layer
	mentions := make([]Mention, l.Len())
	for i := range mentions {
		m := Mention{Name: f.name(i), Village: text(l, "village_code", i)}
		if villages != nil {
			if v, ok := villages.Find(m.Village); ok {
				m.District = text(villages, "district_code", v)
			}
		}
		m.At, m.Located = l.Geometry(i).(orb.Point)
		mentions[i] = m
	}
	found := FindDuplicates(mentions)
	for _, g := range found.Groups {
		for _, i := range g[1:] {
			f.note(CodeDuplicate, i, "the same as %s, %s", l.ID(g[0]), f.name(g[0]))
		}
	}
	for _, a := range found.Near {
		f.note(CodeNear, a.Doubt, "%s from %s, %s", distance(a.DistanceM), l.ID(a.Keep), f.name(a.Keep))
	}
	for _, a := range found.Conflicts {
		f.note(CodeConflict, a.Doubt, "%s from %s, %s", distance(a.DistanceM), l.ID(a.Keep), f.name(a.Keep))
	}
}
