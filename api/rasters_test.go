package api

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/petadesa/petadesa/geo/lattice"
	"github.com/petadesa/petadesa/geo/raster"
)

func TestRastersAreNamedButAreNoCollections(t *testing.T) {
	src := world(t)
	d, _ := raster.Describe(raster.Elevation)
	d.Source, d.SourceDate, d.Attribution = "S09E112.hgt", "2000-02", "<b>NASA</b>"
	elevation, err := raster.New(raster.Info{Description: d, Blocks: []raster.BlockInfo{{Block: lattice.Block{Col: 1370, Row: 457}, Hash: "x"}}}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	src.snapshot.Store(src.Snapshot().WithRasters(elevation))
	h := New(testConfig(t, src))
	var doc struct{ Rasters []rasterDoc }
	answer := ask(h, http.MethodGet, "/api")
	if err := json.Unmarshal(answer.Body.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Rasters) != 1 || doc.Rasters[0].Source != "S09E112.hgt" || doc.Rasters[0].Version != elevation.Version() || doc.Rasters[0].BBox[0] != lattice.Lon(1370*256) {
		t.Errorf("%+v", doc)
	}
	if page := ask(h, http.MethodGet, "/api?f=html").Body.String(); !strings.Contains(page, "Elevation above sea level") || !strings.Contains(page, "&lt;b&gt;NASA") {
		t.Error("the page does not name the raster")
	}
	if list := ask(h, http.MethodGet, "/api/collections").Body.String(); strings.Contains(list, "elevation above") || strings.Contains(list, `"id":"elevation"`) {
		t.Error("the raster is listed as a collection")
	}
	if code := ask(h, http.MethodGet, "/api/collections/elevation").Code; code != http.StatusNotFound {
		t.Error(code)
	}
}
