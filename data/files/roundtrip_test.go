package files

import (
	"bytes"
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/export"
	"github.com/petadesa/petadesa/geo"
)

// What is exported and imported again is what it was, to the bit.
func TestImportUndoesExport(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := drawTable(t)
		for _, format := range []string{"geojson", "geojsonseq", "gpkg"} {
			f, err := export.Named(format)
			if err != nil {
				t.Fatal(err)
			}
			var file bytes.Buffer
			if err := export.Write(context.Background(), &file, f, &table.Collection, export.Records(&table)); err != nil {
				t.Fatal(err)
			}
			store := &memory{}
			report, err := Import(context.Background(), store, Stream("x", &file), Options{Collection: table.Collection.ID})
			if err != nil {
				t.Fatalf("%s: %v", format, err)
			}
			if report.Repaired != 0 {
				t.Fatalf("%s: repaired %v", format, report.Problems)
			}
			same := sameFloat
			if f.Name == "gpkg" { // a store has no negative zero
				same = func(a, b float64) bool { return a == b }
			}
			got := store.tables[table.Collection.ID]
			slices.SortFunc(table.Records, func(a, b geo.Record) int { return strings.Compare(a.ID, b.ID) })
			if diff := cmp.Diff(table, got, cmpopts.EquateEmpty(), cmp.Comparer(same)); diff != "" {
				t.Fatalf("%s:\n%s", format, diff)
			}
		}
	})
}

func sameFloat(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) }

// drawTable draws a collection as Import would describe it, and records in the
// form that stores keep.
func drawTable(t *rapid.T) geo.Table {
	standard := rapid.SampledFrom([]string{"", "towers", "roads", "blankspots", "measurements"}).Draw(t, "collection")
	c, ok := data.StandardCollection(standard)
	if !ok {
		kind := rapid.SampledFrom([]geo.GeometryType{geo.Point, geo.Line, geo.Polygon}).Draw(t, "geometry")
		c = geo.Collection{ID: "thing", Title: "thing", Geometry: kind, MaxZoom: 14}
		for _, name := range rapid.SliceOfNDistinct(rapid.StringMatching(`[^\x00]{1,8}`), 0, 5, rapid.ID).Draw(t, "names") {
			kind := rapid.SampledFrom([]geo.FieldType{geo.String, geo.Integer, geo.Number, geo.Boolean}).Draw(t, "type")
			c.Fields = append(c.Fields, geo.Field{Name: name, Type: kind})
		}
		if c.FieldIndex("source") < 0 {
			c.Fields = append(c.Fields, geo.Field{Name: "source", Type: geo.String})
		}
	}
	table := geo.Table{Collection: c}
	for n, id := range rapid.SliceOfNDistinct(rapid.StringMatching(`[^\x00]{1,12}`), 1, 6, rapid.ID).Draw(t, "ids") {
		r := geo.Record{ID: id, Geometry: data.Canonical(c.Geometry, drawGeometry(t, c.Geometry))}
		for _, f := range c.Fields {
			r.Values = append(r.Values, drawValue(t, f, n == 0 || f.Name == "source"))
		}
		table.Records = append(table.Records, r)
	}
	return table
}

func drawValue(t *rapid.T, f geo.Field, needed bool) any {
	switch {
	case !needed && rapid.Bool().Draw(t, "missing"):
		return nil
	case len(f.Enum) > 0:
		return rapid.SampledFrom(f.Enum).Draw(t, f.Name)
	}
	switch f.Type {
	case geo.String:
		// "Òµ" may be a text, or one that was read in a wrong encoding: an import mends it.
		whole := func(s string) bool { _, scrambled := unscrambled(s); return !scrambled }
		return rapid.StringMatching(`[^\x00]{0,20}`).Filter(whole).Draw(t, f.Name)
	case geo.Integer:
		return rapid.Int64().Draw(t, f.Name)
	case geo.Number:
		return rapid.Float64Range(-math.MaxFloat64, math.MaxFloat64).Draw(t, f.Name)
	default:
		return rapid.Bool().Draw(t, f.Name)
	}
}

func drawGeometry(t *rapid.T, kind geo.GeometryType) orb.Geometry {
	lon, lat := rapid.Float64Range(-179, 178), rapid.Float64Range(-89, 88)
	point := func() orb.Point { return orb.Point{lon.Draw(t, "lon"), lat.Draw(t, "lat")} }
	line := func() orb.LineString {
		l := orb.LineString{point()}
		for range rapid.IntRange(1, 5).Draw(t, "points") {
			last := l[len(l)-1]
			l = append(l, orb.Point{math.Nextafter(last[0], 180), point()[1]})
		}
		return l
	}
	// Polygons side by side, with a hole, so that they are valid.
	polygon := func(i int) orb.Polygon {
		x, y := float64(10*i)+rapid.Float64Range(0, 1).Draw(t, "x"), rapid.Float64Range(-60, 60).Draw(t, "y")
		w, h := rapid.Float64Range(1, 5).Draw(t, "w"), rapid.Float64Range(1, 5).Draw(t, "h")
		p := orb.Polygon{{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}, {x, y}}}
		if rapid.Bool().Draw(t, "hole") {
			p = append(p, orb.Ring{{x + w/4, y + h/4}, {x + w/4, y + h/2}, {x + w/2, y + h/2}, {x + w/4, y + h/4}})
		}
		return p
	}
	switch kind {
	case geo.Point:
		return point()
	case geo.Line:
		if rapid.Bool().Draw(t, "multi") {
			return orb.MultiLineString{line(), line()}
		}
		return line()
	case geo.Polygon:
		return orb.MultiPolygon{polygon(0), polygon(1)}
	}
	switch rapid.IntRange(0, 4).Draw(t, "mixed") {
	case 0:
		return nil
	case 1:
		return orb.Polygon(polygon(0))
	case 2:
		return orb.MultiPoint{point(), point()}
	case 3:
		return orb.Collection{point(), line(), polygon(2)}
	}
	return point()
}
