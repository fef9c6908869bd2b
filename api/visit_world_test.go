package api

import (
	"testing"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// visited is a world with roads, signal, and places to go to: a road along
// latitude -8.05 through three villages, a damaged branch to the beach, a lone
// road across nothing, and signal in the west.
func visited(t testing.TB) *fixed {
	t.Helper()
	line := func(points ...orb.Point) orb.LineString { return points }
	roads := geo.Table{
		Collection: geo.Collection{
			ID: "roads", Title: "Roads", Geometry: geo.Line, MinZoom: 5, MaxZoom: 14,
			Fields: append(texts("name", "name_en", "ref", "class", "surface", "condition"), geo.Field{Name: "oneway", Type: geo.Boolean}),
		},
		Records: []geo.Record{
			{ID: "main", Geometry: line(orb.Point{112.51, -8.05}, orb.Point{112.65, -8.05}, orb.Point{112.79, -8.05}), Values: []any{"Jalan <Raya>", "Main Road", "P1", "provincial", "asphalt", "good", nil}},
			{ID: "beach", Geometry: line(orb.Point{112.55, -8.05}, orb.Point{112.55, -8.07}), Values: []any{nil, nil, nil, "village", "gravel", "damaged", nil}},
			{ID: "round", Geometry: line(orb.Point{112.55, -8.05}, orb.Point{112.56, -8.03}, orb.Point{112.7, -8.03}, orb.Point{112.7, -8.05}), Values: []any{"Jalan Utara", nil, nil, "provincial", nil, "good", nil}},
			{ID: "spur", Geometry: line(orb.Point{112.63, -8.03}, orb.Point{112.63, -8.02}), Values: []any{"Jalan Buntu", nil, nil, "path", nil, nil, nil}},
			{ID: "lone", Geometry: line(orb.Point{112.65, -8.3}, orb.Point{112.68, -8.3}), Values: []any{"Jalan Sunyi", nil, nil, "village", nil, nil, nil}},
			{ID: "down", Geometry: line(orb.Point{112.79, -8.05}, orb.Point{112.79, -8.06}), Values: []any{"Jalan Searah", nil, nil, "village", nil, nil, true}},
		},
	}
	signal := geo.Table{
		Collection: geo.Collection{
			ID: "coverage", Title: "Coverage", Geometry: geo.Polygon, MinZoom: 5, MaxZoom: 14,
			Fields: append(texts("operator", "technology", "evidence"), geo.Field{Name: "down_mbps", Type: geo.Number}),
		},
		Records: []geo.Record{
			{ID: "west", Geometry: square(112.45, -8.15, 0.15), Values: []any{"Alpha", "4g", "claimed", 20.0}},
			{ID: "north", Geometry: orb.Bound{Min: orb.Point{112.55, -8.04}, Max: orb.Point{112.71, -8.0}}.ToPolygon(), Values: []any{"Beta", "4g", "claimed", 20.0}},
		},
	}
	destinations := geo.Table{
		Collection: geo.Collection{
			ID: "destinations", Title: "Destinations", Geometry: geo.Point, MinZoom: 5, MaxZoom: 14,
			Fields: append(texts("name", "name_en", "category", "village_code", "opening_hours", "price_date", "source", "quality", "website", "facilities"),
				geo.Field{Name: "price_idr_min", Type: geo.Integer, Unit: "IDR"}, geo.Field{Name: "price_idr_max", Type: geo.Integer, Unit: "IDR"}),
		},
		Records: []geo.Record{
			{ID: "pantai", Geometry: orb.Point{112.55, -8.0701}, Values: []any{"Pantai <Ngliyep>", "Ngliyep Beach", "beach", "35.07.01.2001", "Mo-Fr 08:00-17:00; Sa,Su 06:00-18:00", "2024-05", "Dinas", "confirmed", "https://example.org/ngliyep", "toilet; parkir", int64(10000), int64(15000)}},
			{ID: "coban", Geometry: orb.Point{112.65, -8.051}, Values: []any{"Coban Rondo", nil, "waterfall", "35.07.01.2002", "24/7", nil, nil, "village_point", "javascript:alert(1)", nil, nil, nil}},
			{ID: "candi", Geometry: orb.Point{112.75, -8.052}, Values: []any{"Candi", nil, "temple", nil, "buka tiap hari", nil, nil, nil, nil, nil, int64(0), int64(0)}},
			{ID: "sea", Geometry: nil, Values: []any{"Nowhere", nil, "beach", nil, nil, nil, nil, nil, nil, nil, nil, nil}},
		},
	}
	products := geo.Table{
		Collection: geo.Collection{ID: "products", Title: "Products", Geometry: geo.None, MinZoom: 5, MaxZoom: 14, Fields: texts("name", "category", "village_code")},
		Records:    []geo.Record{{ID: "kopi", Values: []any{"Kopi", "drink", "35.07.01.2001"}}},
	}
	f := &fixed{}
	f.snapshot.Store(build(t, nil, villageTable(), roads, signal, destinations, products))
	return f
}
