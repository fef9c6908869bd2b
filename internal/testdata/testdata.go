// Package testdata finds the real files that tests and benchmarks read, which
// lie outside the repository, and reads villages from them. Only tests and
// benchmarks import it.
package testdata

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/paulmach/orb/geojson"

	"github.com/petadesa/petadesa/geo"
)

// Dir returns the folder of the real files: PETADESA_TESTDATA, or
// ../shared/testdata beside the repository.
func Dir() (string, error) {
	if d := os.Getenv("PETADESA_TESTDATA"); d != "" {
		return d, nil
	}
	root, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		up := filepath.Dir(root)
		if up == root {
			return "", errors.New("not inside a Go module")
		}
		root = up
	}
	d := filepath.Join(root, "..", "shared", "testdata")
	if _, err := os.Stat(d); err != nil {
		return "", fmt.Errorf("test data: %w (set PETADESA_TESTDATA)", err)
	}
	return d, nil
}

// Path returns the path of a real file, and skips the test where there are none.
func Path(t testing.TB, name ...string) string {
	t.Helper()
	d, err := Dir()
	if err != nil {
		t.Skipf("real test data absent: %v", err)
	}
	return filepath.Join(append([]string{d}, name...)...)
}

// Villages reads one of the malang/villages_*.geojson files as a table of the
// collection villages with code, name, district_code and district.
func Villages(t testing.TB, file string) geo.Table {
	t.Helper()
	table, err := ReadVillages(Path(t, "malang", file))
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// ReadVillages is Villages for programs.
func ReadVillages(path string) (geo.Table, error) {
	t := geo.Table{Collection: geo.Collection{
		ID: "villages", Title: "Villages", Geometry: geo.Polygon, MinZoom: 0, MaxZoom: 14,
		Fields: []geo.Field{{Name: "code", Type: geo.String}, {Name: "name", Type: geo.String}, {Name: "district_code", Type: geo.String}, {Name: "district", Type: geo.String}},
	}}
	raw, err := os.ReadFile(path)
	if err != nil {
		return t, err
	}
	var fc geojson.FeatureCollection
	if err := json.Unmarshal(raw, &fc); err != nil {
		return t, fmt.Errorf("read %s: %w", path, err)
	}
	for i, f := range fc.Features {
		code := text(f.Properties, "code", "kode")
		if code == "" {
			return t, fmt.Errorf("read %s: feature %s has no code", path, strconv.Itoa(i))
		}
		t.Records = append(t.Records, geo.Record{ID: code, Geometry: f.Geometry, Values: []any{
			code, text(f.Properties, "name", "nama"), code[:min(8, len(code))], text(f.Properties, "kecamatan"),
		}})
	}
	return t, nil
}

func text(p geojson.Properties, names ...string) string {
	for _, n := range names {
		if s, ok := p[n].(string); ok {
			return s
		}
	}
	return ""
}
