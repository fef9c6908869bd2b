package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/petadesa/petadesa/data/pgtest"
	"github.com/petadesa/petadesa/internal/testdata"
)

// petadesa runs one command in this process.
func petadesa(t *testing.T, args ...string) (stdout string, err error) {
	t.Helper()
	var out, log bytes.Buffer
	err = run(t.Context(), args, strings.NewReader(""), &out, &log)
	return out.String(), err
}

func must(t *testing.T, args ...string) string {
	t.Helper()
	out, err := petadesa(t, args...)
	if err != nil {
		t.Fatalf("petadesa %s: %v", strings.Join(args, " "), err)
	}
	return out
}

func TestCommandLine(t *testing.T) {
	gpkg := filepath.Join(t.TempDir(), "s.gpkg")
	tests := []struct {
		name string
		args []string
		want string // in the error; empty: none
	}{
		{"nothing is help", nil, ""},
		{"help", []string{"--help"}, ""},
		{"help of a command", []string{"import", "--help"}, ""},
		{"version", []string{"version"}, ""},
		{"unknown command", []string{"fly"}, "unexpected argument fly"},
		{"unknown flag", []string{"version", "--fast"}, "unknown flag --fast"},
		{"two modes", []string{"import", "roads", "x", "--append", "--upsert"}, "--append and --upsert can't be used together"},
		{"no such file", []string{"--store", gpkg, "import", "roads", "/nowhere.geojson"}, "no such file"},
		{"store of no kind", []string{"--store", "ftp://x", "export", "roads", "x.csv"}, `store "ftp://x"`},
		{"password is not shown", []string{"--store", "ftp://u:secret@x/y", "export", "roads", "x.csv"}, "u:xxxxx@x"},
		{"no such collection", []string{"--store", gpkg, "export", "nothing", "-"}, "not found"},
		{"copy from nowhere", []string{"copy", "--from", filepath.Join(t.TempDir(), "nowhere.gpkg"), "--to", gpkg}, "no such file"},
		{"copy onto itself", []string{"copy", "--from", gpkg, "--to", gpkg}, "the same store"},
		{"export to no format", []string{"--store", gpkg, "export", "roads", "x.dwg"}, "want a name that ends in"},
		{"bad bbox", []string{"--store", gpkg, "export", "tiles", "x.pmtiles", "--bbox", "1,2,3"}, "four numbers"},
		{"nobody serves", []string{"health", "--url", "http://127.0.0.1:1"}, "connection refused"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := petadesa(t, test.args...)
			if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

func TestFlagsFromTheEnvironment(t *testing.T) {
	t.Setenv("PETADESA_STORE", "ftp://env")
	if _, err := petadesa(t, "export", "roads", "x.csv"); err == nil || !strings.Contains(err.Error(), "ftp://env") {
		t.Errorf("error %v, want one that names the store of the environment", err)
	}
}

// The same file into both stores, and copies of it, serve the same snapshot.
func TestRealVillagesInBothStores(t *testing.T) {
	file := testdata.Path(t, "malang", "villages_malang_topo.geojson")
	dir := t.TempDir()
	stores := []string{pgtest.Start(t), filepath.Join(dir, "a.gpkg"), filepath.Join(dir, "b.gpkg")}
	for _, s := range stores[:2] {
		if out := must(t, "--store", s, "import", "villages", file, "--replace"); !strings.Contains(out, "390 rows read, 2 repaired, 0 refused; 390 stored") {
			t.Errorf("report: %s", out)
		}
	}
	must(t, "copy", "--from", stores[0], "--to", stores[2])
	var versions []string
	for _, s := range stores {
		url := serve(t, s)
		versions = append(versions, ready(t, url).Snapshot.Version)
		var items struct {
			Features []struct {
				Properties struct {
					Area float64 `json:"area_km2"`
				}
			}
		}
		get(t, url+"/api/collections/villages/items?limit=1000&skipGeometry=true", &items)
		sum := 0.0
		for _, f := range items.Features {
			sum += f.Properties.Area
		}
		if len(items.Features) != 390 || math.Abs(sum-3473.34) > 0.1 {
			t.Errorf("%d villages of %.3f km², want 390 of 3473.34 ± 0.1", len(items.Features), sum)
		}
	}
	if versions[0] != versions[1] || versions[1] != versions[2] {
		t.Errorf("snapshot versions differ: %v", versions)
	}
}

func TestBadFileChangesNothing(t *testing.T) {
	store := filepath.Join(t.TempDir(), "s.gpkg")
	must(t, "--store", store, "import", "villages", testdata.Path(t, "malang", "villages_malang_topo.geojson"))
	before := must(t, "--store", store, "export", "villages", "-")
	report := filepath.Join(t.TempDir(), "report.json")
	_, err := petadesa(t, "--store", store, "import", "villages", testdata.Path(t, "malang", "villages_malang_raw_latlng.geojson"), "--report", report)
	if err == nil || !strings.Contains(err.Error(), "--swap-axes") {
		t.Errorf("error %v, want one that names --swap-axes", err)
	}
	if after := must(t, "--store", store, "export", "villages", "-"); after != before {
		t.Error("a refused import changed the store")
	}
	var written struct{ Collection string }
	if raw, err := os.ReadFile(report); err != nil || json.Unmarshal(raw, &written) != nil || written.Collection != "villages" {
		t.Errorf("report file: %v, %+v", err, written)
	}
}

func TestServeFillsAnEmptyStoreAndExportsIt(t *testing.T) {
	store := filepath.Join(t.TempDir(), "s.gpkg")
	url := serve(t, store)
	if n := ready(t, url).Snapshot.Features; n < 1000 {
		t.Errorf("%d features of the bundle", n)
	}
	if out := must(t, "health", "--url", url); !strings.Contains(out, `"ok"`) {
		t.Errorf("health: %s", out)
	}
	if out := must(t, "--store", store, "export", "districts", "-"); strings.Count(out, `"type":"Feature"`) != 33 {
		t.Error("the export of districts has not 33 features")
	}
	archive := filepath.Join(t.TempDir(), "malang.pmtiles")
	must(t, "--store", store, "export", "tiles", archive, "--collections", "villages", "--max-zoom", "9")
	if info, err := os.Stat(archive); err != nil || info.Size() < 10_000 {
		t.Errorf("archive: %v, %v", info, err)
	}
}

// serve runs a server on a free port, with more flags if any, until the test
// ends, and waits for it.
func serve(t *testing.T, store string, flags ...string) (url string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	ctx, cancel := context.WithCancel(context.Background())
	var log bytes.Buffer
	done := make(chan error, 1)
	go func() {
		done <- run(ctx, append([]string{"--store", store, "serve", "--addr", addr}, flags...), strings.NewReader(""), io.Discard, &log)
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("serve ended with %v", err)
		}
	})
	url = "http://" + addr
	for range 600 {
		if res, err := http.Get(url + "/healthz"); err == nil {
			res.Body.Close()
			return url
		}
		select {
		case err := <-done:
			t.Fatalf("serve: %v\n%s", err, log.String())
		case <-time.After(50 * time.Millisecond):
		}
	}
	t.Fatal("the server does not answer")
	return ""
}

type readiness struct {
	Status   string
	Snapshot struct {
		Version  string
		Features int
	}
}

func ready(t *testing.T, url string) (r readiness) {
	t.Helper()
	get(t, url+"/readyz", &r)
	if r.Status != "ok" {
		t.Errorf("readyz says %q", r.Status)
	}
	return r
}

func get(t *testing.T, url string, into any) {
	t.Helper()
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", res.Status, body)
	}
	if err == nil {
		err = json.Unmarshal(body, into)
	}
	if err != nil {
		t.Fatalf("GET %s: %v", url, err)
	}
}

// The command selects as the API does, and says what is wrong in the same words.
func TestExportSelects(t *testing.T) {
	dir := t.TempDir()
	store, file := filepath.Join(dir, "s.gpkg"), filepath.Join(dir, "in.geojson")
	if err := os.WriteFile(file, []byte(`{"type":"FeatureCollection","features":[
		{"type":"Feature","id":"a","geometry":{"type":"Point","coordinates":[112,-8]},"properties":{"name":"A","n":1}},
		{"type":"Feature","id":"b","geometry":{"type":"Point","coordinates":[113,-8]},"properties":{"name":"B","n":3}},
		{"type":"Feature","id":"c","geometry":{"type":"Point","coordinates":[114,-8]},"properties":{"name":"C","n":2}}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "--store", store, "import", "things", file)
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"--filter", "n > 1", "--properties", "n", "--sortby=-n"}, "id,lon,lat,n\r\nb,113,-8,3\r\nc,114,-8,2\r\n"},
		{[]string{"--where", "name=A", "--properties", "name", "--skip-geometry"}, "id,name\r\na,A\r\n"},
		{[]string{"--bbox=112.5,-9,115,-7", "--limit", "1", "--properties", "n"}, "id,lon,lat,n\r\nb,113,-8,3\r\n"},
		{[]string{"--filter", `{"op":"=","args":[{"property":"n"},2]}`, "--filter-lang", "cql2-json", "--properties", "n"}, "id,lon,lat,n\r\nc,114,-8,2\r\n"},
	} {
		if got := must(t, append([]string{"--store", store, "export", "things", "-", "--format", "csv"}, test.args...)...); got != test.want {
			t.Errorf("%q: %q, want %q", test.args, got, test.want)
		}
	}
	for _, test := range []struct{ flag, want string }{
		{"--filter=nothing = 1", "nothing"},
		{"--sortby=nothing", `has no property "nothing"`},
		{"--bbox=1,2", "bbox"},
		{"--where=bbox=1", "bbox"},
		{"--limit=-1", "limit"},
		{"--datetime=soon", "datetime"},
		{"--format=shp", "want one of geojson, gpkg"},
	} {
		out := filepath.Join(dir, "out.csv")
		if _, err := petadesa(t, "--store", store, "export", "things", out, test.flag); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v", test.flag, err)
		}
		if _, err := os.Stat(out); err == nil {
			t.Errorf("%s left a file", test.flag)
		}
	}
	for _, name := range []string{"o.geojson", "o.geojsonseq", "o.csv", "o.xlsx", "o.gpkg", "o.fgb", "o.kml", "o.parquet"} {
		must(t, "--store", store, "export", "things", filepath.Join(dir, name), "--filter", "n > 1")
	}
	if got := must(t, "--store", filepath.Join(dir, "o.gpkg"), "export", "things", "-", "--format", "csv", "--properties", "n"); got != "id,lon,lat,n\r\nb,113,-8,3\r\nc,114,-8,2\r\n" {
		t.Errorf("the GeoPackage as a store: %q", got)
	}
}
