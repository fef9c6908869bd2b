package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/petadesa/petadesa/api"
	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
	"github.com/petadesa/petadesa/internal/testdata"
)

// still is a source that never changes.
type still struct{ snap *geo.Snapshot }

func (s still) Snapshot() *geo.Snapshot { return s.snap }
func (still) State() api.State          { return api.State{OK: true} }

// handlerOf answers from a store, as serve does.
func handlerOf(t *testing.T, url string) http.Handler {
	t.Helper()
	c := &console{store: url, stdout: &bytes.Buffer{}, log: logger(&bytes.Buffer{}, "error", "text")}
	var snap *geo.Snapshot
	if err := c.withSnapshot(t.Context(), func(s *geo.Snapshot) error { snap = s; return nil }); err != nil {
		t.Fatal(err)
	}
	return api.New(api.Config{Source: still{snap}, Downloads: downloads()})
}

func body(t *testing.T, h http.Handler, address string) []byte {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", address, nil))
	if w.Code != 200 {
		t.Fatalf("%s: %d %s", address, w.Code, w.Body)
	}
	return w.Body.Bytes()
}

// cells are texts by row and column.
type cells map[string]map[string]string

// flat puts the paths of a JSON object together as columns are named.
func flat(prefix string, v any, to map[string]string) {
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			flat(strings.TrimPrefix(prefix+"_"+name, "_"), member, to)
		}
	case json.Number:
		to[prefix] = v.String()
	case string:
		to[prefix] = v
	}
}

func fromJSON(t *testing.T, raw []byte, list, inner string) cells {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var doc map[string]any
	if err := d.Decode(&doc); err != nil {
		t.Fatal(err)
	}
	all := cells{}
	for _, row := range doc[list].([]any) {
		if inner != "" {
			row = row.(map[string]any)[inner]
		}
		r := map[string]string{}
		flat("", row, r)
		all[r["code"]] = r
	}
	return all
}

func fromRows(rows [][]string) cells {
	all := cells{}
	for _, row := range rows[1:] {
		r := map[string]string{}
		for k, name := range rows[0] {
			if k < len(row) {
				r[name] = row[k]
			}
		}
		all[r["code"]] = r
	}
	return all
}

func fromCSV(t *testing.T, raw []byte) cells {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return fromRows(rows)
}

func fromXLSX(t *testing.T, raw []byte) cells {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	return fromRows(rows)
}

// sameCells compares tables cell by cell. Numbers must be the same to the last
// digit, however their form ends them.
func sameCells(t *testing.T, what string, got, want cells) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d rows, want %d", what, len(got), len(want))
	}
	columns, numeric := coverage.Columns(), map[string]bool{}
	for _, c := range columns {
		numeric[c] = coverage.Numeric(c)
	}
	for code, row := range want {
		for _, column := range columns {
			a, b := got[code][column], row[column]
			if numeric[column] && a != "" && b != "" {
				x, err := strconv.ParseFloat(a, 64)
				if err != nil {
					t.Fatalf("%s: %s %s: %v", what, code, column, err)
				}
				a = strconv.FormatFloat(x, 'f', -1, 64)
			}
			if a != b {
				t.Fatalf("%s: %s %s is %q, want %q", what, code, column, a, b)
			}
		}
	}
}

// All ways to ask a question have the same numbers, cell by cell: JSON, CSV,
// spreadsheet and GeoJSON of the service, and those of the command line.
func TestGapsAreTheSameEverywhere(t *testing.T) {
	t.Run("bundled regency", func(t *testing.T) { gapsAreTheSame(t, filepath.Join(t.TempDir(), "regency.gpkg")) })
	t.Run("real villages", func(t *testing.T) {
		villages := testdata.Path(t, "malang", "villages_malang_topo.geojson")
		store := filepath.Join(t.TempDir(), "real.gpkg")
		must(t, "--store", store, "gaps", "--by", "regency") // fills it with the bundle
		must(t, "--store", store, "import", "villages", villages, "--replace")
		gapsAreTheSame(t, store)
	})
}

func gapsAreTheSame(t *testing.T, store string) {
	h := handlerOf(t, store)
	for k, q := range []url.Values{
		{"technology": {"4g"}},
		{"by": {"district"}, "operator": {"all"}, "technology": {"any"}, "season": {"holiday"}},
		{"by": {"cell"}, "village": {"35.07.06.2012"}, "min_rsrp": {"-90"}},
		{"near_road": {"500"}, "evidence": {"modelled"}, "operator": {"2"}, "sort": {"name"}},
	} {
		args := []string{"--store", store, "gaps"}
		for name, v := range q {
			args = append(args, "--"+strings.ReplaceAll(name, "_", "-")+"="+v[0])
		}
		ask := func(form string) []byte { return body(t, h, "/api/coverage/gaps?f="+form+"&"+q.Encode()) }
		want := fromCSV(t, ask("csv"))
		what := q.Encode() + " "
		if len(want) == 0 {
			t.Fatalf("%sno rows", what)
		}
		sameCells(t, what+"GeoJSON", fromJSON(t, ask("geojson"), "features", "properties"), want)
		sameCells(t, what+"spreadsheet", fromXLSX(t, ask("xlsx")), want)
		page := map[string]map[string]string{}
		for next := "/api/coverage/gaps?limit=10000&" + q.Encode(); next != ""; next = nextLink(t, h, next) {
			maps.Copy(page, fromJSON(t, body(t, h, next), "rows", ""))
		}
		sameCells(t, what+"JSON", page, want)
		sameCells(t, what+"command line, CSV", fromCSV(t, []byte(must(t, append(args, "--format=csv")...))), want)
		if k < 2 {
			continue // the other forms of the command line differ in no way by what is asked
		}
		sameCells(t, what+"command line, JSON", fromJSON(t, []byte(must(t, append(args, "--format=json")...)), "rows", ""), want)
		sameCells(t, what+"command line, GeoJSON", fromJSON(t, []byte(must(t, append(args, "--format=geojson")...)), "features", "properties"), want)
		sheet := filepath.Join(t.TempDir(), "x.xlsx")
		must(t, append(args, "--format=xlsx", "-o", sheet)...)
		raw, err := os.ReadFile(sheet)
		if err != nil {
			t.Fatal(err)
		}
		sameCells(t, what+"command line, spreadsheet", fromXLSX(t, raw), want)
		t.Logf("%s%d rows of %d columns are the same in 8 forms", what, len(want), len(coverage.Columns()))
	}
}

// nextLink returns the address of the next page, or nothing.
func nextLink(t *testing.T, h http.Handler, address string) string {
	t.Helper()
	var doc struct{ Links []struct{ Rel, Href string } }
	if err := json.Unmarshal(body(t, h, address), &doc); err != nil {
		t.Fatal(err)
	}
	for _, l := range doc.Links {
		if l.Rel == "next" {
			return l.Href
		}
	}
	return ""
}

func TestGapsCommandSaysWhatIsWrong(t *testing.T) {
	store := filepath.Join(t.TempDir(), "s.gpkg")
	for arg, want := range map[string]string{
		"--by=hamlet": "allowed: village, district, regency, cell", "--operator=Nobody": "no operator of that name",
		"--near-road=0": "want a number from 1", "--format=pdf": "must be one of", "--sort=x": "is no column",
	} {
		if _, err := petadesa(t, "--store", store, "gaps", arg); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", arg, err, want)
		}
	}
	if out := must(t, "--store", store, "gaps", "--by=regency"); !strings.Contains(out, "35.07") || !strings.Contains(out, "flat terrain") || !strings.Contains(out, "?by=regency&technology=4g") {
		t.Errorf("table:\n%s", out)
	}
}
