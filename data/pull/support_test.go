package pull

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/fetch"
	"github.com/petadesa/petadesa/data/gpkg"
	"github.com/petadesa/petadesa/geo"
)

// An invented regency: districts side by side, each a column of villages that
// are squares of a hundredth of a degree and share their borders.
type regency struct {
	code                string
	districts, villages int
	west, south         float64
}

var made = regency{code: "99.01", districts: 3, villages: 4, west: 112.5, south: -8.3}

func (g regency) village(d, v int) (code, name string) {
	kind := 2000
	if v == g.villages {
		kind = 1000 // the last of a district is a kelurahan
	}
	return fmt.Sprintf("%s.%02d.%d", g.code, d, kind+v), fmt.Sprintf("Desa''%d-%d", d, v)
}

// ring is a square, latitude first when flipped.
func ring(west, south, width, height float64, flipped bool) string {
	var b strings.Builder
	b.WriteString("[")
	for i, corner := range [][2]float64{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}} {
		x, y := west+corner[0]*width, south+corner[1]*height
		if flipped {
			x, y = y, x
		}
		if i > 0 {
			b.WriteString(",")
		}
		fmt.Fprintf(&b, "[%.6f,%.6f]", x, y)
	}
	return b.String() + "]"
}

const head = "/*\nfilename : made up; no real place\n*/\n"

func dump(rows []string) []byte {
	return []byte(head + "INSERT INTO wilayah_boundaries(kode,nama,lat,lng,path) VALUES\n\t" + strings.Join(rows, ",\n\t") + ";\n")
}

func (g regency) square(d, v int) (west, south float64) {
	return g.west + float64(d-1)*0.01, g.south + float64(v-1)*0.01
}

func (g regency) villagesSQL() []byte {
	var rows []string
	for d := 1; d <= g.districts; d++ {
		for v := 1; v <= g.villages; v++ {
			code, name := g.village(d, v)
			west, south := g.square(d, v)
			path := "[" + ring(west, south, 0.01, 0.01, true) + "]"
			if v%2 == 0 {
				path = "[" + path + "]" // some are multipolygons
			}
			rows = append(rows, fmt.Sprintf("('%s','%s',%f,%f,'%s')", code, name, south+0.005, west+0.005, path))
		}
	}
	return dump(rows)
}

func (g regency) districtsSQL() []byte {
	var rows []string
	for d := 1; d <= g.districts; d++ {
		rows = append(rows, fmt.Sprintf("('%s.%02d','Kecamatan %d',0,0,'[%s]')", g.code, d, d, ring(g.west, g.south, 0.01, 0.04, true)))
	}
	return dump(rows)
}

func (g regency) regenciesSQL() []byte {
	return dump([]string{
		fmt.Sprintf("('%s','Kabupaten Rekaan',0,0,'[%s]')", g.code, ring(g.west, g.south, 0.03, 0.04, true)),
		fmt.Sprintf("('%s.72','Kota Sebelah',0,0,'[%s]')", g.code[:2], ring(g.west+0.03, g.south, 0.03, 0.04, true)),
		fmt.Sprintf("('%s.02','Kabupaten Jauh',0,0,'[%s]')", g.code[:2], ring(g.west+0.06, g.south, 0.03, 0.04, true)),
	})
}

func (g regency) postcodesSQL() []byte {
	var b bytes.Buffer
	b.WriteString("CREATE TABLE wilayah_kodepos (kode varchar(13), kodepos varchar(5) DEFAULT NULL);\nINSERT INTO wilayah_kodepos(kode,kodepos)\nVALUES\n('11.01.01.2001','23773')")
	for d := 1; d <= g.districts; d++ {
		for v := 1; v < g.villages; v++ {
			code, _ := g.village(d, v)
			fmt.Fprintf(&b, ",\n('%s','65%d%02d')", code, d, v)
		}
	}
	b.WriteString(";\n")
	return b.Bytes()
}

// arcgis answers as BIG's service does, a page at a time.
func (g regency) arcgis(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	offset, _ := strconv.Atoi(q.Get("resultOffset"))
	count, _ := strconv.Atoi(q.Get("resultRecordCount"))
	if q.Get("where") != "KDPKAB='"+g.code+"'" || q.Get("f") != "geojson" || count == 0 {
		fmt.Fprint(w, `{"error":{"code":400,"message":"Unable to complete operation."}}`)
		return
	}
	count = min(count, 5) // the service's own limit
	features := []json.RawMessage{}
	for i := offset; i < min(offset+count, g.districts*g.villages); i++ {
		d, v := i/g.villages+1, i%g.villages+1
		code, name := g.village(d, v)
		west, south := g.square(d, v)
		features = append(features, json.RawMessage(fmt.Sprintf(
			`{"type":"Feature","id":%d,"geometry":{"type":"Polygon","coordinates":[%s]},"properties":{"KDEPUM":%q,"KDEBPS":"99010%d0%02d","NAMOBJ":%q,"WADMKC":"Kecamatan %d","KDCPUM":%q,"LUASWH":1.2}}`,
			i+1, ring(west, south, 0.01, 0.01, false), code, d, v, strings.ReplaceAll(name, "''", "'"), d, code[:8])))
	}
	w.Header().Set("Content-Type", "application/geo+json")
	json.NewEncoder(w).Encode(map[string]any{
		"type": "FeatureCollection", "features": features,
		"exceededTransferLimit": offset+count < g.districts*g.villages,
	})
}

// A world is a server for all sources, whose answers tests replace by host and
// path prefix.
type world struct {
	*httptest.Server
	mu       sync.Mutex
	handlers map[string]http.HandlerFunc
	asked    []string
}

const (
	rawHost  = "/raw.githubusercontent.com/cahyadsn/"
	bigHost  = "/geoservices.big.go.id/"
	villages = rawHost + "wilayah_boundaries/main/db/kel/99/wilayah_boundaries_kel_99.01.sql"
)

func newWorld(t *testing.T, g regency) *world {
	w := &world{handlers: map[string]http.HandlerFunc{}}
	province := g.code[:2]
	w.file(rawHost+"wilayah_boundaries/main/db/kel/"+province+"/wilayah_boundaries_kel_"+g.code+".sql", g.villagesSQL())
	w.file(rawHost+"wilayah_boundaries/main/db/kec/wilayah_boundaries_kec_"+province+".sql", g.districtsSQL())
	w.file(rawHost+"wilayah_boundaries/main/db/kab/wilayah_boundaries_kab_"+province+".sql", g.regenciesSQL())
	w.file(rawHost+"wilayah_kodepos/main/db/wilayah_kodepos.sql", g.postcodesSQL())
	w.handlers[bigHost] = g.arcgis
	w.Server = httptest.NewServer(http.HandlerFunc(w.serve))
	t.Cleanup(w.Close)
	return w
}

func (w *world) file(path string, body []byte) {
	w.handle(path, func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("ETag", `"`+strconv.Itoa(len(body))+`"`)
		http.ServeContent(rw, r, "", time.Time{}, bytes.NewReader(body))
	})
}

func (w *world) handle(path string, h http.HandlerFunc) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.handlers[path] = h
}

func (w *world) serve(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	w.asked = append(w.asked, r.URL.Path)
	best := ""
	for prefix := range w.handlers {
		if strings.HasPrefix(r.URL.Path, prefix) && len(prefix) > len(best) {
			best = prefix
		}
	}
	h := w.handlers[best]
	w.mu.Unlock()
	if h == nil {
		http.NotFound(rw, r)
		return
	}
	h(rw, r)
}

func (w *world) requests(part string) (n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, path := range w.asked {
		if strings.Contains(path, part) {
			n++
		}
	}
	return n
}

// A job is one pull against a world.
type job struct {
	world     *world
	store     data.Store
	cache     string
	selection Selection
	dryRun    bool
	other     bool
	told      []string
}

func newJob(t *testing.T, w *world) *job {
	t.Helper()
	store, err := gpkg.Open(t.Context(), filepath.Join(t.TempDir(), "s.gpkg"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return &job{world: w, store: store, cache: t.TempDir(), selection: Selection{Code: "99.01", Skip: []string{"roads", "destinations", "elevation", "population"}}}
}

func (j *job) run(t *testing.T) (*Manifest, error) {
	t.Helper()
	return j.runContext(t, t.Context())
}

func (j *job) runContext(t *testing.T, ctx context.Context) (*Manifest, error) {
	t.Helper()
	catalogue, err := data.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	plan, err := Choose(catalogue, j.selection)
	if err != nil {
		t.Fatal(err)
	}
	client, err := fetch.New(fetch.Options{
		Dir: j.cache, Tries: 2, Backoff: time.Millisecond, Pace: time.Microsecond, Stall: 10 * time.Second, Timeout: 30 * time.Second,
		MaxAge: time.Hour, Secrets: []string{"hush-hush"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return plan.Run(ctx, Options{
		Store: j.store, Client: client, Program: "test", BaseURL: j.world.URL, DryRun: j.dryRun, Other: j.other,
		Now:  func() time.Time { return time.Date(2026, 7, 1, 2, 3, 4, 0, time.UTC) },
		Tell: func(format string, args ...any) { j.told = append(j.told, fmt.Sprintf(format, args...)) },
	})
}

// version is what a server would call the store's content.
func (j *job) version(t *testing.T) string {
	t.Helper()
	tables, err := j.store.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s, err := geo.Build(t.Context(), nil, tables, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s.Version
}

// table is a collection of the store by feature id and field.
func (j *job) table(t *testing.T, id string) (geo.Collection, map[string]map[string]any) {
	t.Helper()
	tables, err := j.store.Load(t.Context(), id)
	if err != nil || len(tables) != 1 {
		t.Fatalf("%s: %d tables, %v", id, len(tables), err)
	}
	rows := map[string]map[string]any{}
	for _, rec := range tables[0].Records {
		rows[rec.ID] = map[string]any{}
		for i, f := range tables[0].Collection.Fields {
			if rec.Values[i] != nil {
				rows[rec.ID][f.Name] = rec.Values[i]
			}
		}
	}
	return tables[0].Collection, rows
}

func contains(lines []string, part string) bool {
	return slices.ContainsFunc(lines, func(s string) bool { return strings.Contains(s, part) })
}
