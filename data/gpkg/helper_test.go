package gpkg_test

import (
	"strconv"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

func points(id string, names ...string) geo.Table {
	t := geo.Table{Collection: geo.Collection{ID: id, Geometry: geo.Point, Fields: []geo.Field{{Name: "n", Type: geo.Integer}}}}
	for i, name := range names {
		t.Records = append(t.Records, geo.Record{ID: name, Geometry: orb.Point{float64(i), 1}, Values: []any{int64(i)}})
	}
	return t
}

func formatFloat(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
