package tiles

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/tiles/mvt"
)

// cutOne cuts and decodes a tile.
func cutOne(t testing.TB, layers []*geo.Layer, a Address, q Query, o Options) (Tile, map[string]mvt.Layer) {
	t.Helper()
	tile, err := Cut(context.Background(), layers, a, q, o)
	if err != nil {
		t.Fatal(err)
	}
	decoded, err := mvt.Decode(tile.Data)
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]mvt.Layer{}
	for _, l := range decoded.Layers {
		by[l.Name] = l
	}
	return tile, by
}

func TestLayersAndProperties(t *testing.T) {
	_, layers := cutOne(t, layersOf(t), here, Query{}, Options{})
	if len(layers) != 3 {
		t.Fatalf("%d layers", len(layers))
	}
	squares := layers["squares"]
	if squares.Version != 2 || squares.Extent != 4096 {
		t.Errorf("version %d, extent %d", squares.Version, squares.Extent)
	}
	for _, f := range squares.Features {
		if !f.HasID || f.Properties["id"] != nil {
			t.Errorf("a number is not the id: %v, %v", f.HasID, f.Properties)
		}
		if f.ID == 1 && (f.Properties["name"] != "square 0" || f.Properties["people"] != int64(-3) || f.Properties["height"] != float32(0) || f.Properties["old"] != true) {
			t.Errorf("properties %v", f.Properties)
		}
	}
	for _, f := range layers["places"].Features {
		id, _ := f.Properties["id"].(string)
		if f.HasID || !strings.HasPrefix(id, "place-") {
			t.Errorf("id %v, %q", f.HasID, id)
		}
		if v, ok := f.Properties["category"]; ok && v == nil {
			t.Error("a missing value is there")
		}
	}
}

func TestSelection(t *testing.T) {
	q := Query{Properties: []string{"name"}, FilterKey: "big", Filter: func(l *geo.Layer) (func(int) bool, error) {
		if c := l.Column("people"); c != nil {
			return func(i int) bool { n, ok := c.Float(i); return ok && n > 50 }, nil
		}
		return nil, nil
	}}
	_, layers := cutOne(t, layersOf(t), here, q, Options{})
	for _, f := range layers["squares"].Features {
		if len(f.Properties) != 1 || f.ID <= 54 {
			t.Errorf("feature %d: %v", f.ID, f.Properties)
		}
	}
	if _, layers = cutOne(t, layersOf(t), here, Query{Properties: []string{}}, Options{}); len(layers["squares"].Features[0].Properties) != 0 {
		t.Error("no properties were asked for")
	}
	for _, extent := range []int{512, 1024, 2048, 8192} {
		if _, layers = cutOne(t, layersOf(t), here, Query{Extent: extent}, Options{}); int(layers["squares"].Extent) != extent {
			t.Errorf("extent %d", layers["squares"].Extent)
		}
	}
}

func TestZoomsAreEnforced(t *testing.T) {
	table := places("places", 10)
	table.Collection.MinZoom = 8
	layers := build(t, squares("squares", 4), table)
	if _, by := cutOne(t, layers, At(orb.Point{112.61, -7.99}, 7), Query{}, Options{}); len(by) != 1 {
		t.Errorf("%d layers at a zoom that one is not drawn at", len(by))
	}
	if _, err := Cut(context.Background(), layers, At(orb.Point{112.61, -7.99}, 15), Query{}, Options{}); !errors.Is(err, ErrOutOfRange) {
		t.Errorf("above all: %v", err)
	}
}

func TestTheSameBytesEveryTime(t *testing.T) {
	layers := layersOf(t)
	for z := 4; z <= 14; z++ {
		a := At(orb.Point{112.63, -7.99}, z)
		first, err := Cut(context.Background(), layers, a, Query{}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for range 20 {
			again, err := Cut(context.Background(), layersOf(t), a, Query{}, Options{})
			if err != nil || !bytes.Equal(again.Data, first.Data) {
				t.Fatalf("zoom %d: %v, other bytes", z, err)
			}
		}
	}
}

func TestMixedLayersAndLayersWithoutGeometry(t *testing.T) {
	mixed := geo.Table{Collection: geo.Collection{ID: "mixed", Geometry: geo.Mixed, MaxZoom: 14}, Records: []geo.Record{
		{ID: "1", Geometry: orb.Polygon{{{112.6, -8}, {112.7, -8}, {112.7, -7.9}, {112.6, -8}}}},
		{ID: "2", Geometry: orb.LineString{{112.6, -8}, {112.7, -7.9}}},
		{ID: "3", Geometry: orb.MultiPoint{{112.61, -7.99}, {112.62, -7.98}}},
		{ID: "4"},
	}}
	none := geo.Table{Collection: geo.Collection{ID: "none", Geometry: geo.None, MaxZoom: 14}, Records: []geo.Record{{ID: "1"}}}
	_, by := cutOne(t, build(t, mixed, none), here, Query{}, Options{})
	var kinds []mvt.GeometryType
	for _, f := range by["mixed"].Features {
		kinds = append(kinds, f.Type)
	}
	if len(by) != 1 || len(kinds) != 3 || kinds[0] != mvt.Polygon || kinds[1] != mvt.LineString || kinds[2] != mvt.Point {
		t.Errorf("%d layers, features %v", len(by), kinds)
	}
}

func TestCancelledWorkStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Cut(ctx, layersOf(t), here, Query{}, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func TestNumberIDs(t *testing.T) {
	for id, want := range map[string]bool{
		"0": true, "7": true, "9007199254740991": true, "9007199254740992": false, "007": false, "-1": false, "1.5": false, "": false, "35.07.29": false, "99999999999999999999": false, "1e3": false,
	} {
		if _, ok := number(id); ok != want {
			t.Errorf("%q: %v", id, ok)
		}
	}
}
