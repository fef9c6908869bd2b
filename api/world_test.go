package api

import (
	"context"
	"io"
	"iter"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data/export"
	"github.com/petadesa/petadesa/geo"
)

// fixed is a Source that the test moves.
type fixed struct {
	snapshot atomic.Pointer[geo.Snapshot]
	state    atomic.Pointer[State]
}

func (f *fixed) Snapshot() *geo.Snapshot { return f.snapshot.Load() }

func (f *fixed) State() State {
	if s := f.state.Load(); s != nil {
		return *s
	}
	return State{OK: true}
}

var _ Source = (*fixed)(nil)

func texts(names ...string) []geo.Field {
	var all []geo.Field
	for _, n := range names {
		all = append(all, geo.Field{Name: n, Type: geo.String})
	}
	return all
}

func square(west, south, size float64) orb.MultiPolygon {
	e, n := west+size, south+size
	return orb.MultiPolygon{{{{west, south}, {e, south}, {e, n}, {west, n}, {west, south}}}}
}

// villageTable has three squares side by side, a triangle whose box is larger
// than it is, and names that try to be markup.
func villageTable() geo.Table {
	triangle := orb.MultiPolygon{{{{112.6, -8.4}, {112.8, -8.4}, {112.6, -8.2}, {112.6, -8.4}}}}
	row := func(id string, g orb.Geometry, name, district string, people any, area float64, urban any, quality any) geo.Record {
		return geo.Record{ID: id, Geometry: g, Values: []any{id, name, district[:8], district[9:], people, area, urban, "65154", quality}}
	}
	return geo.Table{
		Collection: geo.Collection{
			ID: "villages", Title: "Villages", Description: "Desa & kelurahan.", Geometry: geo.Polygon, MinZoom: 5, MaxZoom: 14, Attribution: "Somebody",
			Fields: append(texts("code", "name", "district_code", "district"),
				geo.Field{Name: "population", Type: geo.Integer, Unit: "people"}, geo.Field{Name: "area_km2", Type: geo.Number, Unit: "km²"},
				geo.Field{Name: "urban", Type: geo.Boolean}, geo.Field{Name: "postal_code", Type: geo.String}, geo.Field{Name: "quality", Type: geo.String}),
		},
		Records: []geo.Record{
			row("35.07.01.2001", square(112.5, -8.1, 0.1), "Donomulyo", "35.07.01 Donomulyo", int64(4200), 12.5, false, nil),
			row("35.07.01.2002", square(112.6, -8.1, 0.1), "Sumber Manjing", "35.07.01 Donomulyo", int64(3100), 8.0, true, "approximate"),
			row("35.07.02.2001", square(112.7, -8.1, 0.1), "<script>alert(1)</script>", "35.07.02 Pagak", nil, 9.25, nil, nil),
			row("35.07.02.2002", triangle, "Segitiga", "35.07.02 Pagak", int64(3100), 7.75, true, nil),
		},
	}
}

func destinationTable() geo.Table {
	return geo.Table{
		Collection: geo.Collection{ID: "destinations", Title: "Destinations", Geometry: geo.Point, MinZoom: 5, MaxZoom: 14, Fields: texts("name", "category", "village_code")},
		Records: []geo.Record{
			{ID: "pantai-ngliyep", Geometry: orb.Point{112.55, -8.05}, Values: []any{"Pantai Ngliyép", "beach", "35.07.01.2001"}},
			{ID: "coban-rondo", Geometry: orb.Point{112.65, -8.05}, Values: []any{"Coban Rondo, \"tinggi\"", "waterfall", nil}},
			{ID: "kava", Geometry: orb.Point{179.9, -17}, Values: []any{"Across the line", "beach", nil}},
			{ID: "nowhere", Geometry: nil, Values: []any{"Nowhere", "beach", nil}},
		},
	}
}

func oddTable() geo.Table {
	return geo.Table{
		Collection: geo.Collection{ID: "odd", Title: "Odd <b>things</b>", Geometry: geo.None, MinZoom: 0, MaxZoom: 14, Fields: texts("limit", "bbox", "kind")},
		Records: []geo.Record{
			{ID: "a/b c", Values: []any{"1", "2", "=x"}},
			{ID: "é", Values: []any{"1", nil, "two\nlines"}},
		},
	}
}

func emptyTable() geo.Table {
	return geo.Table{Collection: geo.Collection{ID: "towers", Title: "Towers", Geometry: geo.Point, MinZoom: 8, MaxZoom: 14, Fields: texts("status")}}
}

// fataler is a *testing.T, a *testing.B or a *rapid.T.
type fataler interface {
	Helper()
	Fatal(args ...any)
}

// built is when the snapshots of the tests claim to have been built.
var built = time.Date(2025, 10, 1, 2, 3, 4, 500e6, time.UTC)

func build(t fataler, prev *geo.Snapshot, tables ...geo.Table) *geo.Snapshot {
	t.Helper()
	s, err := geo.Build(context.Background(), prev, tables, nil)
	if err != nil {
		t.Fatal(err)
	}
	s.Built = built
	return s
}

func world(t testing.TB) *fixed {
	t.Helper()
	f := &fixed{}
	f.snapshot.Store(build(t, nil, villageTable(), destinationTable(), oddTable(), emptyTable()))
	return f
}

func testConfig(t fataler, src Source) Config {
	t.Helper()
	basemap, err := ParseBasemap("https://{s}.tile.example.org/{z}/{x}/{y}.png", "© Example")
	if err != nil {
		t.Fatal(err)
	}
	var downloads []Download
	for _, f := range export.All() {
		downloads = append(downloads, Download{
			Name: f.Name, Title: f.Title, Media: f.Media, Extension: f.Extensions[0], Most: f.Most, Packed: f.Packed, Spools: f.Spools, Volatile: f.Volatile,
			Write: func(ctx context.Context, w io.Writer, c *geo.Collection, records iter.Seq2[geo.Record, error]) error {
				return export.Write(ctx, w, f, c, records)
			},
		})
	}
	return Config{
		Downloads: downloads,
		Source:    src, Version: "1.2.3", Basemap: basemap, Log: slog.New(slog.DiscardHandler),
		TrustedProxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")},
		App: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case "/panic":
				panic("a fault with secret details")
			case "/nothing":
				http.NotFound(w, r)
				return
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = w.Write([]byte("<!doctype html><title>map</title>"))
		}),
	}
}

// ask sends a request to a handler, headers as "Name: value".
func ask(h http.Handler, method, url string, headers ...string) *httptest.ResponseRecorder {
	return sendTo(h, method, url, "", headers...)
}

// sendTo is ask with a body.
func sendTo(h http.Handler, method, url, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://map.test:8080/", strings.NewReader(body))
	r.RequestURI = url
	if u, err := r.URL.Parse(url); err == nil {
		r.URL = u
	}
	for _, line := range headers {
		name, value, _ := cutHeader(line)
		if name == "Peer" {
			r.RemoteAddr = value
			continue
		}
		r.Header.Add(name, value)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}
