package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	dir := t.TempDir()
	store, file := filepath.Join(dir, "s.gpkg"), filepath.Join(dir, "a.geojson")
	const two = `{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"35.07.01.2001","name":"Satu"},"geometry":{"type":"Polygon","coordinates":[[[112,-8],[112.01,-8],[112.01,-7.99],[112,-7.99],[112,-8]]]}},
{"type":"Feature","properties":{"code":"35.07.01.2002","name":"Dua"},"geometry":{"type":"Polygon","coordinates":[[[112.0099,-8],[112.02,-8],[112.02,-7.99],[112.0099,-7.99],[112.0099,-8]]]}}]}`
	if err := os.WriteFile(file, []byte(two), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "--store", store, "import", "villages", file)
	if out := must(t, "--store", store, "check"); !strings.Contains(out, "overlaps: 1 pairs, 12,") {
		t.Error(out)
	}
	var report struct {
		Collections []struct{ ID string }
	}
	if err := json.Unmarshal([]byte(must(t, "--store", store, "check", "villages", "--format", "json")), &report); err != nil || len(report.Collections) != 1 {
		t.Errorf("%+v, %v", report, err)
	}
	if out := must(t, "--store", store, "check", "--format", "html"); !strings.Contains(out, "<h1>Data quality</h1>") {
		t.Error(out)
	}
	if _, err := petadesa(t, "--store", store, "check", "nothing"); err == nil {
		t.Error("a collection that is not there was checked")
	}
	out := must(t, "--store", store, "import", "villages", file, "--clean-coverage")
	if !strings.Contains(out, "made a true coverage: 1 feature changed") {
		t.Error(out)
	}
	if out := must(t, "--store", store, "check", "villages"); !strings.Contains(out, "overlaps: 0 pairs") {
		t.Error(out)
	}
}
