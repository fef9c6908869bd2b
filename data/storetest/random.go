package storetest

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
)

// Table draws a random table that any store must keep as it is.
func Table(id string) *rapid.Generator[geo.Table] {
	return rapid.Custom(func(t *rapid.T) geo.Table {
		kind := rapid.SampledFrom([]geo.GeometryType{geo.Point, geo.Line, geo.Polygon, geo.Mixed, geo.None}).Draw(t, "kind")
		text := rapid.StringMatching(`[^\x00]{0,12}`)
		c := geo.Collection{ID: id, Title: text.Draw(t, "title"), Geometry: kind, MaxZoom: rapid.IntRange(0, 16).Draw(t, "zoom"), Fields: []geo.Field{}}
		names := rapid.SliceOfNDistinct(rapid.StringMatching(`[^\x00]{1,8}`), 0, 6, rapid.ID).Draw(t, "names")
		for _, name := range names {
			kind := rapid.SampledFrom([]geo.FieldType{geo.String, geo.Integer, geo.Number, geo.Boolean}).Draw(t, "type")
			c.Fields = append(c.Fields, geo.Field{Name: name, Type: kind})
		}
		table := geo.Table{Collection: c}
		for _, id := range rapid.SliceOfNDistinct(rapid.StringMatching(`[^\x00]{1,20}`), 1, 12, rapid.ID).Draw(t, "ids") {
			r := geo.Record{ID: id, Geometry: geometry(t, kind), Values: make([]any, len(c.Fields))}
			for i, f := range c.Fields {
				r.Values[i] = value(t, f.Type)
			}
			table.Records = append(table.Records, r)
		}
		return table
	})
}

func value(t *rapid.T, kind geo.FieldType) any {
	if rapid.Bool().Draw(t, "missing") {
		return nil
	}
	switch kind {
	case geo.String:
		return rapid.StringMatching(`[^\x00]*`).Draw(t, "text")
	case geo.Integer:
		return rapid.Int64().Draw(t, "integer")
	case geo.Number:
		return rapid.Float64Range(-math.MaxFloat64, math.MaxFloat64).Draw(t, "number") + 0
	default:
		return rapid.Bool().Draw(t, "boolean")
	}
}

func geometry(t *rapid.T, kind geo.GeometryType) orb.Geometry {
	point := rapid.Custom(func(t *rapid.T) orb.Point {
		return orb.Point{rapid.Float64Range(-180, 180).Draw(t, "lon"), rapid.Float64Range(-90, 90).Draw(t, "lat")}
	})
	points := func(least int) []orb.Point { return rapid.SliceOfN(point, least, 8).Draw(t, "points") }
	ring := func() orb.Ring {
		r := points(3)
		return append(r, r[0])
	}
	switch kind {
	case geo.Point:
		if rapid.Bool().Draw(t, "none") {
			return nil
		}
		return point.Draw(t, "point")
	case geo.Line:
		if rapid.Bool().Draw(t, "single") {
			return orb.LineString(points(2))
		}
		return orb.MultiLineString{points(2), points(2)}
	case geo.Polygon:
		return orb.MultiPolygon{{ring(), ring()}, {ring()}}
	case geo.Mixed:
		return rapid.SampledFrom([]orb.Geometry{
			nil, point.Draw(t, "point"), orb.MultiPoint(points(1)), orb.LineString(points(2)),
			orb.Polygon{ring()},
			orb.MultiLineString{points(2)},
			orb.Collection{point.Draw(t, "point"), orb.Collection{orb.MultiPolygon{{ring()}}}},
		}).Draw(t, "any")
	}
	return nil
}

func testRandom(t *testing.T, target Target) {
	s := target.open(t, target.Fresh(t))
	rapid.Check(t, func(rt *rapid.T) {
		table := Table("random").Draw(rt, "table")
		if err := s.Write(t.Context(), Batch(data.Replace, table)); err != nil {
			rt.Fatal(err)
		}
		got, err := s.Load(t.Context(), "random")
		if err != nil {
			rt.Fatal(err)
		}
		if diff := cmp.Diff(Sorted([]geo.Table{table}), Sorted(got), cmpopts.EquateEmpty()); diff != "" {
			rt.Fatal(diff)
		}
	})
}
