package archive

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/petadesa/petadesa/tiles"
)

func TestMetadataOfManyMakers(t *testing.T) {
	layer := func(min, max int) []tiles.VectorLayer {
		return []tiles.VectorLayer{{ID: "water", MinZoom: min, MaxZoom: max, Fields: map[string]string{"depth": "Number"}}}
	}
	for document, want := range map[string]metadata{
		``:                                   {},
		`null`:                               {},
		`[1, 2]`:                             {},
		`{"name": "A", "attribution": null}`: {Name: "A"},
		`{"name": 7, "description": "D", "version": 2}`:                                                     {Description: "D"},
		`{"vector_layers": "none"}`:                                                                         {},
		`{"vector_layers": [{"id": "water", "fields": {"depth": "Number"}}]}`:                               {VectorLayers: layer(-1, -1)},
		`{"vector_layers": [{"id": "water", "minzoom": 3, "maxzoom": 1e9, "fields": {"depth": "Number"}}]}`: {VectorLayers: layer(3, -1)},
	} {
		if got := readMetadata([]byte(document)); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", document, got, want)
		}
	}
	m := readMetadata([]byte(`{"vector_layers": [{"id": "a"}, {"id": "b", "minzoom": 2, "maxzoom": 3}]}`))
	d := tiles.Description{MinZoom: 1, MaxZoom: 9}
	m.describe(&d)
	if d.VectorLayers[0].MinZoom != 1 || d.VectorLayers[0].MaxZoom != 9 || d.VectorLayers[1].MinZoom != 2 || d.VectorLayers[1].MaxZoom != 3 {
		t.Errorf("%+v", d.VectorLayers)
	}
}

func FuzzMetadata(f *testing.F) {
	f.Add([]byte(`{"name":"A","vector_layers":[{"id":"a","minzoom":0,"maxzoom":14,"fields":{"name":"String"}}]}`))
	f.Add([]byte(`{"vector_layers":[{"fields":{"a":[{}]}}]}`))
	f.Fuzz(func(t *testing.T, document []byte) {
		m := readMetadata(document)
		d := tiles.Description{MinZoom: 1, MaxZoom: 9}
		m.describe(&d)
		if _, err := json.Marshal(d.TileJSON("{z}/{x}/{y}")); err != nil {
			t.Fatal(err)
		}
		for _, v := range d.VectorLayers {
			if v.MinZoom < 0 || v.MaxZoom > 31 {
				t.Fatalf("zooms %d to %d", v.MinZoom, v.MaxZoom)
			}
		}
	})
}
