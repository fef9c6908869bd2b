package main

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/petadesa/petadesa/data/gpkg"
	"github.com/petadesa/petadesa/geo/raster"
)

func TestImportAndCopyOfARaster(t *testing.T) {
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	b := make([]byte, 0, 1201*1201*2)
	for i := range 1201 * 1201 {
		b = binary.BigEndian.AppendUint16(b, uint16(i%3000))
	}
	for _, name := range []string{"S08E112.hgt", "S09E112.hgt", "where.hgt"} {
		if err := os.WriteFile(at(name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	store, other := at("store.gpkg"), at("other.gpkg")
	out, err := petadesa(t, "import", "elevation", at("S08E112.hgt"), at("S09E112.hgt"), "--bbox", "112.5,-8.2,112.7,-7.9",
		"--attribution", "NASA", "--set", "source_date=2000-02", "--report", at("report.json"), "--store", store)
	if err != nil || !strings.Contains(out, "87001 cells stored") {
		t.Fatalf("%v: %s", err, out)
	}
	if report, err := os.ReadFile(at("report.json")); err != nil || !strings.Contains(string(report), `"raster": "elevation"`) {
		t.Error(err, string(report))
	}
	if _, err := petadesa(t, "copy", "--from", store, "--to", other); err != nil {
		t.Fatal(err)
	}
	var versions []string
	for _, path := range []string{store, other} {
		s, err := gpkg.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		infos, err := s.Rasters(t.Context())
		if err != nil || len(infos) != 1 || infos[0].SourceDate != "2000-02" || infos[0].Name != raster.Elevation {
			t.Fatal(err, infos)
		}
		versions = append(versions, infos[0].Version())
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	if versions[0] != versions[1] {
		t.Error("the copy is another raster")
	}
	for want, args := range map[string][]string{
		"does not say where": {"elevation", at("where.hgt")},
		"not a GeoTIFF":      {"population", at("S08E112.hgt")},
		"--map is not":       {"elevation", at("S08E112.hgt"), "--map", "a=b"},
		"say --upsert":       {"elevation", at("S08E112.hgt"), "--append"},
		"has no fields":      {"elevation", at("S08E112.hgt"), "--set", "name=x"},
		"one by one":         {"places", at("S08E112.hgt"), at("S09E112.hgt")},
		"west":               {"elevation", at("S08E112.hgt"), "--bbox", "1,2,3"},
	} {
		if _, err := petadesa(t, append([]string{"import", "--store", store}, args...)...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v; want %q", args, err, want)
		}
	}
}
