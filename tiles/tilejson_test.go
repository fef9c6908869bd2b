package tiles

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/petadesa/petadesa/geo"
)

func TestTileJSON(t *testing.T) {
	layers := layersOf(t)
	tj := NewTileJSON(layers, "https://example.org/tiles/{z}/{x}/{y}.mvt?v="+Version(layers))
	raw, err := json.Marshal(tj)
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(raw, &m); err != nil {
		t.Fatal(err)
	}
	for _, member := range []string{"tilejson", "tiles", "vector_layers", "bounds", "center", "minzoom", "maxzoom", "attribution", "name", "version", "scheme"} {
		if m[member] == nil {
			t.Errorf("%s is missing", member)
		}
	}
	if tj.TileJSON != "3.0.0" || tj.MinZoom != 4 || tj.MaxZoom != 14 || tj.Attribution != "Nobody" {
		t.Errorf("%+v", tj)
	}
	if b := tj.Bounds; math.Abs(b[0]-112.55) > 1e-9 || math.Abs(b[2]-112.75) > 1e-9 || b[1] > -8 || b[3] < -7.9 {
		t.Errorf("bounds %v", b)
	}
	if f := tj.VectorLayers[0].Fields; f["name"] != "String" || f["height"] != "Number (m)" || f["old"] != "Boolean" {
		t.Errorf("fields %v", f)
	}
	empty := NewTileJSON(build(t, geo.Table{Collection: squares("squares", 0).Collection}), "x")
	if empty.Bounds[2] != 180 || len(empty.VectorLayers) != 1 {
		t.Errorf("no features: %+v", empty)
	}
}

func TestTileLimits(t *testing.T) {
	limits := TileLimits(layersOf(t))
	if len(limits) != 11 || limits[0].TileMatrix != "4" || limits[10].TileMatrix != "14" {
		t.Fatalf("%+v", limits)
	}
	for _, l := range limits {
		if l.MinTileCol > l.MaxTileCol || l.MinTileRow > l.MaxTileRow {
			t.Errorf("%+v", l)
		}
	}
	if l := limits[6]; l.MinTileCol != 832 || l.MaxTileCol != 832 || l.MinTileRow != 534 || l.MaxTileRow != 534 {
		t.Errorf("zoom 10: %+v", l)
	}
}

// The scale denominators are those of the standard's annex D.1.
func TestWebMercatorQuad(t *testing.T) {
	s := WebMercatorQuad()
	if len(s.TileMatrices) != geo.MaxTileZoom+1 {
		t.Fatalf("%d matrices", len(s.TileMatrices))
	}
	for z, want := range map[int]float64{0: 559082264.028717, 1: 279541132.014358, 10: 545978.773465544} {
		if got := s.TileMatrices[z].ScaleDenominator; math.Abs(got/want-1) > 1e-9 {
			t.Errorf("zoom %d: %.9f, want %.9f", z, got, want)
		}
	}
	if p := s.TileMatrices[0].PointOfOrigin; math.Abs(p[0]+20037508.342789244) > 1e-6 {
		t.Errorf("origin %v", p)
	}
}
