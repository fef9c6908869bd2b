package geo

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/paulmach/orb"
)

// checkedOrder returns the positions of the records in order of id, having
// found that each of them fits the collection.
func checkedOrder(t *Table) ([]int, error) {
	order := make([]int, len(t.Records))
	for i := range t.Records {
		order[i] = i
		if err := CheckRecord(&t.Collection, &t.Records[i]); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(t.Records[a].ID, t.Records[b].ID) })
	for i := 1; i < len(order); i++ {
		if id := t.Records[order[i]].ID; id == t.Records[order[i-1]].ID {
			return nil, fmt.Errorf("collection %s: id %q is there twice", t.Collection.ID, id)
		}
	}
	return order, nil
}

// CheckRecord reports what in a record does not fit its collection: its id, the
// type of a value or of the geometry, or a coordinate that is not a position on
// Earth. It does not ask whether polygons are simple.
func CheckRecord(c *Collection, r *Record) error {
	if r.ID == "" || !utf8.ValidString(r.ID) {
		return fmt.Errorf("collection %s: id %q: want text in UTF-8", c.ID, r.ID)
	}
	if len(r.Values) != len(c.Fields) {
		return fmt.Errorf("collection %s: feature %q has %d values for %d fields", c.ID, r.ID, len(r.Values), len(c.Fields))
	}
	for i, v := range r.Values {
		if !fits(v, c.Fields[i].Type) {
			return fmt.Errorf("collection %s: feature %q: field %q: %v (%T) is not a %s", c.ID, r.ID, c.Fields[i].Name, v, v, c.Fields[i].Type)
		}
	}
	if err := checkGeometry(c.Geometry, r.Geometry); err != nil {
		return fmt.Errorf("collection %s: feature %q: %w", c.ID, r.ID, err)
	}
	return nil
}

func fits(v any, t FieldType) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return t == String && utf8.ValidString(v)
	case int64:
		return t == Integer
	case float64:
		return t == Number && !math.IsNaN(v) && !math.IsInf(v, 0)
	case bool:
		return t == Boolean
	}
	return false
}

func checkGeometry(want GeometryType, g orb.Geometry) error {
	if g == nil {
		if want == Polygon || want == Line {
			return fmt.Errorf("geometry is missing, want %s", want)
		}
		return nil
	}
	ok := want == Mixed
	switch g.(type) {
	case orb.Point:
		ok = ok || want == Point
	case orb.LineString, orb.MultiLineString:
		ok = ok || want == Line
	case orb.Polygon, orb.MultiPolygon:
		ok = ok || want == Polygon
	case orb.MultiPoint, orb.Collection:
	default:
		ok = false
	}
	if !ok {
		return fmt.Errorf("geometry is a %s, want %s", g.GeoJSONType(), want)
	}
	var bad error
	EachPoint(g, func(p orb.Point) {
		if !(math.Abs(p[0]) <= 180 && math.Abs(p[1]) <= 90) && bad == nil {
			bad = fmt.Errorf("coordinate %v, %v is not a longitude and latitude", p[0], p[1])
		}
	})
	return bad
}

// EachPoint calls f with every vertex of g.
func EachPoint(g orb.Geometry, f func(orb.Point)) {
	switch g := g.(type) {
	case orb.Point:
		f(g)
	case orb.MultiPoint:
		for _, p := range g {
			f(p)
		}
	case orb.LineString:
		for _, p := range g {
			f(p)
		}
	case orb.Ring:
		for _, p := range g {
			f(p)
		}
	case orb.MultiLineString:
		for _, l := range g {
			EachPoint(l, f)
		}
	case orb.Polygon:
		for _, r := range g {
			EachPoint(r, f)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			EachPoint(p, f)
		}
	case orb.Collection:
		for _, m := range g {
			EachPoint(m, f)
		}
	}
}
