package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/petadesa/petadesa/data/pull"
)

// publicSources is a server for the sources of a regency that is made up: two villages
// side by side, and the table of its one district.
func publicSources(t *testing.T) string {
	t.Helper()
	square := func(west float64) string {
		return fmt.Sprintf("[[[-8.1,%[1]g],[-8.1,%[2]g],[-8,%[2]g],[-8,%[1]g],[-8.1,%[1]g]]]", west, west+0.1)
	}
	const insert = "INSERT INTO wilayah_boundaries(kode,nama,lat,lng,path) VALUES\n"
	boundaries := "/raw.githubusercontent.com/cahyadsn/wilayah_boundaries/main/db/"
	answers := map[string]string{
		boundaries + "kel/99/wilayah_boundaries_kel_99.01.sql": insert + "('99.01.01.2001','Awal',-8.05,112.05,'" + square(112) + "'),\n('99.01.01.1002','Akhir',-8.05,112.15,'" + square(112.1) + "');\n",
		boundaries + "kec/wilayah_boundaries_kec_99.sql":       insert + "('99.01.01','Tengah',-8,112,'" + square(112) + "');\n",
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := answers[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, body)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func TestPullCommand(t *testing.T) {
	url, dir := publicSources(t), t.TempDir()
	store, manifest := filepath.Join(dir, "s.gpkg"), filepath.Join(dir, "m.json")
	args := []string{"--store", store, "pull", "99.01", "--base-url", url, "--cache", filepath.Join(dir, "cache"), "--manifest", manifest, "--only", "villages"}

	out, err := petadesa(t, args...)
	if err == nil || !strings.Contains(err.Error(), "--yes") || !strings.Contains(out, "Licence: MIT") || !strings.Contains(out, "if that fails, villages-big") {
		t.Errorf("without --yes: %v\n%s", err, out)
	}
	if _, err := os.Stat(manifest); err == nil {
		t.Error("a manifest without a pull")
	}

	out, err = petadesa(t, append(args, "--yes", "--skip", "postcodes-wilayah")...)
	if err != nil || !strings.Contains(out, "2 features of regency 99.01 are stored") || !strings.Contains(out, "districts-wilayah  completes 2 villages") {
		t.Fatalf("%v\n%s", err, out)
	}
	if out := must(t, "--store", store, "export", "villages", "-"); !strings.Contains(out, `"district":"Tengah"`) {
		t.Errorf("export: %s", out)
	}
	var m pull.Manifest
	if raw, err := os.ReadFile(manifest); err != nil || json.Unmarshal(raw, &m) != nil || m.Regency != "99.01" || len(m.Sources) != 2 {
		t.Errorf("manifest %+v, %v", m, err)
	}

	// A source that fails is named, what came is stored, and the status tells.
	out, err = petadesa(t, append(args, "--yes")...)
	if err == nil || !strings.Contains(err.Error(), "without postcodes-wilayah") || !strings.Contains(out, "left out") {
		t.Errorf("%v\n%s", err, out)
	}
	if out, err := petadesa(t, append(args, "--yes", "--skip", "postcodes-wilayah", "--dry-run")...); err != nil || !strings.Contains(out, "replaces the 2 features of villages") || !strings.Contains(out, "are checked, and not stored") {
		t.Errorf("%v\n%s", err, out)
	}

	if out := must(t, "pull", "--list"); !strings.Contains(out, "wilayah_boundaries") || !strings.Contains(out, "ODbL") {
		t.Errorf("list: %s", out)
	}
	for _, test := range []struct{ args, want string }{
		{"pull", "which regency"},
		{"pull Malang", "not the code of a regency"},
		{"pull 99.01 --only moon", "no source or collection"},
	} {
		if _, err := petadesa(t, strings.Fields(test.args)...); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want %q", test.args, err, test.want)
		}
	}
}

func TestPullOffline(t *testing.T) {
	dir := t.TempDir()
	store := filepath.Join(dir, "s.gpkg")
	_, err := petadesa(t, "--store", store, "pull", "99.01", "--base-url", "http://127.0.0.1:1", "--cache", filepath.Join(dir, "c"), "--manifest", filepath.Join(dir, "m.json"), "--yes", "--only", "villages", "--only", "neighbours")
	if err == nil || err.Error() != "offline: no source of villages can be reached; nothing was changed" {
		t.Errorf("error %v", err)
	}
}
