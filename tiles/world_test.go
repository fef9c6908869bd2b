package tiles

import (
	"fmt"
	"testing"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// Small layers for tests, all around 112.6° E, 8° S.

func squares(id string, n int) geo.Table {
	t := geo.Table{Collection: geo.Collection{
		ID: id, Title: "Squares", Geometry: geo.Polygon, MinZoom: 4, MaxZoom: 14, Attribution: "Nobody",
		Fields: []geo.Field{{Name: "name", Type: geo.String}, {Name: "people", Type: geo.Integer}, {Name: "height", Type: geo.Number, Unit: "m"}, {Name: "old", Type: geo.Boolean}},
	}}
	for i := range n {
		x, y := 112.6+float64(i%10)*0.01, -8+float64(i/10)*0.01
		t.Records = append(t.Records, geo.Record{
			ID:       fmt.Sprint(i + 1),
			Geometry: orb.Polygon{{{x, y}, {x + 0.01, y}, {x + 0.01, y + 0.01}, {x, y + 0.01}, {x, y}}},
			Values:   []any{fmt.Sprintf("square %d", i), int64(i - 3), float64(i) / 3, i%2 == 0},
		})
	}
	return t
}

func places(id string, n int) geo.Table {
	t := geo.Table{Collection: geo.Collection{
		ID: id, Title: "Places", Geometry: geo.Point, MinZoom: 4, MaxZoom: 14,
		Fields: []geo.Field{{Name: "name", Type: geo.String}, {Name: "category", Type: geo.String}},
	}}
	for i := range n {
		t.Records = append(t.Records, geo.Record{
			ID: fmt.Sprintf("place-%d", i), Geometry: orb.Point{112.6 + float64(i%37)*0.003, -8 + float64(i/37)*0.002},
			Values: []any{fmt.Sprintf("place %d", i), []any{"beach", "temple", nil}[i%3]},
		})
	}
	return t
}

func tracks(id string, lines ...orb.LineString) geo.Table {
	t := geo.Table{Collection: geo.Collection{
		ID: id, Title: "Tracks", Geometry: geo.Line, MinZoom: 4, MaxZoom: 14, Fields: []geo.Field{{Name: "class", Type: geo.String}},
	}}
	classes := []any{"path", "toll", "village"}
	for i, l := range lines {
		t.Records = append(t.Records, geo.Record{ID: fmt.Sprintf("t%d", i), Geometry: l, Values: []any{classes[i%3]}})
	}
	return t
}

func layersOf(t testing.TB) []*geo.Layer {
	t.Helper()
	return build(t, squares("squares", 100), places("places", 50), tracks("tracks", orb.LineString{{112.55, -8.02}, {112.65, -7.98}, {112.75, -7.99}}))
}

var here = At(orb.Point{112.61, -7.99}, 10)
