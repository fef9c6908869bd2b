package storetest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
)

// Polygons returns a collection of n polygons with about the given number of
// vertices each, and properties like those of villages.
func Polygons(id string, n, vertices int) geo.Table {
	c, _ := data.StandardCollection("villages")
	c.ID = id
	random := rand.New(rand.NewPCG(uint64(n), uint64(vertices)))
	t := geo.Table{Collection: c, Records: make([]geo.Record, n)}
	for i := range t.Records {
		r := &t.Records[i]
		r.ID = fmt.Sprintf("35.%06d", i)
		r.Geometry = orb.MultiPolygon{{wobble(random, orb.Point{95 + random.Float64()*46, -11 + random.Float64()*17}, vertices)}}
		r.Values = []any{
			r.ID, fmt.Sprint(3500000000 + i), fmt.Sprintf("Village %d", i), "desa", r.ID[:5], "District " + r.ID[:5],
			random.Float64() * 50, int64(random.IntN(20000)), float64(random.IntN(2000)), "65100", "a test", "2025-01-01", nil,
		}
	}
	return t
}

// wobble is a closed ring around a point.
func wobble(random *rand.Rand, center orb.Point, n int) orb.Ring {
	ring := make(orb.Ring, n+1)
	for i := range n {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		radius := 0.005 + 0.005*random.Float64()
		ring[i] = orb.Point{center[0] + radius*cos, center[1] + radius*sin}
	}
	ring[n] = ring[0]
	return ring
}

// Nasty returns a table of each geometry type with everything that is allowed
// and easily lost: odd names, odd text, extreme numbers, missing values, every
// geometry a Mixed collection takes.
func Nasty() []geo.Table {
	fields := []geo.Field{
		{Name: "id", Type: geo.String, Title: "A name the table has already"},
		{Name: "ID", Type: geo.Integer},
		{Name: "geom", Type: geo.Boolean, Enum: []string{"true"}},
		{Name: `"; DROP TABLE petadesa.collections; --`, Type: geo.String, Unit: "m²"},
		{Name: "fid", Type: geo.Number},
		{Name: "nama désa 😀 'x' $1 ?", Type: geo.String},
		{Name: strings.Repeat("é", 31), Type: geo.Number},
		{Name: strings.ToUpper(strings.Repeat("é", 31)), Type: geo.Boolean},
		{Name: "ctid", Type: geo.Integer},
		{Name: "select", Type: geo.Number},
	}
	values := [][]any{
		{nil, nil, nil, nil, nil, nil, nil, nil, nil, nil},
		{"", int64(0), false, "", 0.0, "", 0.0, false, int64(0), 0.0},
		{"\t\n\r\\N", int64(math.MinInt64), true, "'\"`$$;--", math.MaxFloat64, "<script>alert(1)</script>", math.SmallestNonzeroFloat64, true, int64(math.MaxInt64), 0.1},
		{"désa 𝔇 \u202e rtl \ufffd", int64(1) << 53, nil, strings.Repeat("x", 100_000), -1e-300, "\u0001", math.Pi, nil, int64(-1), 1e15},
	}
	ids := []string{"a", "A", "ä", "'; DROP TABLE \"x\"; --", strings.Repeat("long", data.MaxIDBytes/4), "35.07.29.2002", " ", "😀", "\u0001"}
	ring := orb.Ring{{112.5, -8}, {math.Nextafter(112.6, 113), -8.1}, {112.7, -7.9}, {112.5, -8}}
	hole := orb.Ring{{112.55, -8}, {112.6, -8}, {112.6, -8.01}, {112.55, -8}}
	line := orb.LineString{{-180, -90}, {180, 90}, {math.Copysign(0, -1), 5e-324}}
	geometries := map[geo.GeometryType][]orb.Geometry{
		geo.Point:   {orb.Point{112.123456789012345, -8.1}, nil, orb.Point{0, 0}, orb.Point{-180, 90}},
		geo.Line:    {line, orb.MultiLineString{line, line[1:]}},
		geo.Polygon: {orb.MultiPolygon{{ring}}, orb.MultiPolygon{{ring, hole}, {ring}}},
		geo.None:    {nil},
		geo.Mixed: {
			nil,
			orb.Point{1, 2},
			line,
			orb.Polygon{ring, hole},
			orb.MultiPoint{{1, 2}, {1, 2}},
			orb.MultiLineString{line},
			orb.MultiPolygon{{ring}},
			orb.Collection{orb.Point{1, 2}, orb.Collection{orb.MultiPoint{{3, 4}}, line}, orb.Polygon{ring}},
		},
	}
	var tables []geo.Table
	for i, kind := range []geo.GeometryType{geo.Line, geo.Mixed, geo.None, geo.Point, geo.Polygon} {
		c := geo.Collection{
			ID: []string{"group", "mixed_", "order", "select", "table"}[i], Title: "Title of 'it' \"all\"", Description: "Two\nlines; $1",
			Geometry: kind, Fields: fields, MinZoom: i, MaxZoom: 10 + i, Attribution: "© <b>nobody</b>", License: "CC0-1.0",
		}
		t := geo.Table{Collection: c}
		for n, id := range ids {
			t.Records = append(t.Records, geo.Record{ID: id, Geometry: geometries[kind][n%len(geometries[kind])], Values: values[n%len(values)]})
		}
		tables = append(tables, t)
	}
	return tables
}

// places is a small table of points with a name and a number.
func places(names ...string) geo.Table {
	t := geo.Table{Collection: geo.Collection{
		ID: "places", Title: "Places", Geometry: geo.Point, MaxZoom: 14,
		Fields: []geo.Field{{Name: "name", Type: geo.String}, {Name: "n", Type: geo.Integer}},
	}}
	for i, name := range names {
		t.Records = append(t.Records, geo.Record{ID: name, Geometry: orb.Point{float64(i), 1}, Values: []any{"the " + name, int64(i)}})
	}
	return t
}

func named(id string, t geo.Table) geo.Table {
	t.Collection.ID = id
	return t
}
