package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"github.com/petadesa/petadesa/geo"
)

// Each form is offered, declared, linked to and sent: whole, with a name.
func TestDownloads(t *testing.T) {
	cfg := testConfig(t, world(t))
	h := New(cfg)
	page := ask(h, "GET", items+"?limit=1").Body.String()
	openapi := ask(h, "GET", "/api/openapi").Body.String()
	shown := ask(h, "GET", items+"?f=html&limit=1&district=Pagak").Body.String()
	for _, d := range cfg.Downloads {
		start := map[string]string{
			"geojson": `{"type":"FeatureCollection","name":"villages"`, "gpkg": "SQLite format 3\x00", "xlsx": "PK\x03\x04", "csv": "id,wkt,", "csv-excel": "\ufeffid,wkt,",
			"kml": "<?xml", "fgb": "fgb\x03fgb", "parquet": "PAR1", "geojsonseq": "\x1e{",
		}[d.Name]
		t.Run(d.Name, func(t *testing.T) {
			c := scenario{url: items + "?f=" + d.Name, want: []string{
				"Content-Type: " + d.Media, `Content-Disposition: attachment; filename="villages` + d.Extension + `"`,
				"OGC-NumberReturned: 4", "OGC-NumberMatched: 4", "ETag: *", "Content-Crs: *", "Link: ",
			}}
			w := c.run(t, h)
			if start == "" || !strings.HasPrefix(w.Body.String(), start) {
				t.Errorf("it begins with %q", clip(w.Body.String()))
			}
			scenario{url: items + "?f=" + d.Name, headers: []string{"If-None-Match: " + w.Header().Get("ETag")}, status: 304}.run(t, h)
			scenario{method: "HEAD", url: items + "?f=" + d.Name, want: []string{"Content-Disposition: *"}}.run(t, h)
			scenario{url: items + "?limit=2&f=" + d.Name, want: []string{"OGC-NumberReturned: 2", "OGC-NumberMatched: 4", "Link: *"}}.run(t, h)
			scenario{url: items + "?f=" + d.Name + "&filter=nothing%20=%201", status: 400, want: []string{"Content-Disposition: ", "Content-Type: application/problem+json"}}.run(t, h)
			if strings.HasPrefix(d.Name, "csv") || strings.HasPrefix(d.Name, "geojson") && d.Name != "geojsonseq" {
				return // other forms have these media types too
			}
			scenario{url: items, headers: []string{"Accept: " + bare(d.Media)}, want: []string{"Content-Type: " + d.Media}}.run(t, h)
		})
		for where, in := range map[string]string{
			"an alternate link": page, "the OpenAPI document": openapi,
		} {
			if !strings.Contains(in, `"`+d.Media+`"`) && !strings.Contains(in, `"`+bare(d.Media)+`"`) {
				t.Errorf("%s is not in %s", d.Name, where)
			}
		}
		if want := `/items?district=Pagak&amp;f=` + d.Name + `"`; !strings.Contains(shown, want) {
			t.Errorf("the page has no link to %s", want)
		}
	}
	scenario{url: items, headers: []string{"Accept: application/geo+json"}, want: []string{"Content-Disposition: "}}.run(t, h)
	scenario{url: items + "?f=shp", status: 400, body: []string{"gpkg"}}.run(t, h)
}

// A file that fails on the way is not taken for whole, or is a problem when
// nothing was sent; what it holds is freed.
func TestADownloadThatFails(t *testing.T) {
	cfg := testConfig(t, world(t))
	failing := errors.New("the disk is full")
	for _, n := range []int{0, 3 * spillBytes} {
		cfg.Downloads = []Download{{Name: "x", Title: "X", Media: "application/x", Extension: ".x", Packed: true, Spools: true, Write: func(_ context.Context, w io.Writer, _ *geo.Collection, _ iter.Seq2[geo.Record, error]) error {
			for range n / 1000 {
				if _, err := w.Write(make([]byte, 1000)); err != nil {
					return err
				}
			}
			return failing
		}}}
		srv := httptest.NewServer(New(cfg))
		for range 2 * maxDownloads {
			res, err := http.Get(srv.URL + items + "?f=x")
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(res.Body)
			_ = res.Body.Close()
			if n == 0 && (res.StatusCode != 500 || bytes.Contains(body, []byte("disk"))) || n > 0 && err == nil {
				t.Errorf("status %d, %d bytes, %v", res.StatusCode, len(body), err)
			}
		}
		srv.Close()
	}
}

// When the client leaves, the work ends.
func TestADownloadEndsWithItsClient(t *testing.T) {
	cfg := testConfig(t, world(t))
	ended, begun := make(chan error, 1), make(chan bool, 1)
	cfg.Downloads = []Download{{Name: "x", Title: "X", Media: "application/x", Write: func(ctx context.Context, _ io.Writer, _ *geo.Collection, _ iter.Seq2[geo.Record, error]) error {
		begun <- true
		<-ctx.Done()
		ended <- ctx.Err()
		return ctx.Err()
	}}}
	srv := httptest.NewServer(New(cfg))
	defer srv.Close()
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-begun; cancel() }()
	r, _ := http.NewRequestWithContext(ctx, "GET", srv.URL+items+"?f=x", nil)
	if _, err := http.DefaultClient.Do(r); err == nil {
		t.Error("there was an answer")
	}
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestMoreThanAFormHolds(t *testing.T) {
	cfg := testConfig(t, world(t))
	for i := range cfg.Downloads {
		cfg.Downloads[i].Most = 3
	}
	h := New(cfg)
	scenario{url: items + "?f=xlsx", status: 413, body: []string{"4 features are more than the 3 that fit into Excel"}}.run(t, h)
	scenario{url: items + "?f=xlsx&limit=3"}.run(t, h)
}

// Pages in any order are the whole, each feature once.
func TestSortedPagesAreTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := geo.Table{Collection: geo.Collection{ID: "things", Title: "Things", Geometry: geo.Point, MaxZoom: 14, Fields: []geo.Field{
			{Name: "kind", Type: geo.String}, {Name: "n", Type: geo.Integer}, {Name: "x", Type: geo.Number}, {Name: "b", Type: geo.Boolean},
		}}}
		for i := range rapid.IntRange(0, 20).Draw(t, "features") {
			values := []any{rapid.SampledFrom([]string{"a", "b"}).Draw(t, "kind"), rapid.Int64Range(0, 3).Draw(t, "n"), float64(i % 3), rapid.Bool().Draw(t, "b")}
			if rapid.Bool().Draw(t, "missing") {
				values[rapid.IntRange(0, 3).Draw(t, "which")] = nil
			}
			table.Records = append(table.Records, geo.Record{ID: fmt.Sprint(i), Geometry: orb.Point{1, 1}, Values: values})
		}
		src := &fixed{}
		src.snapshot.Store(build(t, nil, table))
		h := New(testConfig(t, src))
		sort := rapid.SampledFrom([]string{"kind", "-kind", "n,-x", "-n,b", "%2Bx", "+b,-kind,n"}).Draw(t, "sort")
		all := strings.Split(strings.TrimSpace(ask(h, "GET", "/api/collections/things/items?f=csv&properties=&skipGeometry=true&sortby="+sort).Body.String()), "\r\n")[1:]
		sorted := slices.Clone(all)
		slices.Sort(sorted)
		if len(slices.Compact(sorted)) != len(table.Records) {
			t.Fatalf("%d of %d features", len(sorted), len(table.Records))
		}
		got := []string{}
		for next := "/api/collections/things/items?limit=" + strconv.Itoa(rapid.IntRange(1, 7).Draw(t, "limit")) + "&sortby=" + sort; next != ""; {
			var p featurePage
			if w := ask(h, "GET", next); json.Unmarshal(w.Body.Bytes(), &p) != nil || w.Code != 200 {
				t.Fatalf("%s: %d %s", next, w.Code, w.Body)
			}
			for _, f := range p.Features {
				got = append(got, f.ID)
			}
			next = ""
			for _, l := range p.Links {
				if l.Rel == "next" {
					next = strings.TrimPrefix(l.Href, "http://map.test:8080")
				}
			}
		}
		if !slices.Equal(got, all) {
			t.Fatalf("pages %v, whole %v", got, all)
		}
	})
}

func TestSortBy(t *testing.T) {
	h := New(testConfig(t, world(t)))
	for _, c := range []scenario{
		{name: "missing last", url: items + "?sortby=-population", json: []string{`features/3/properties/population = null`}},
		{name: "missing last, the other way", url: items + "?sortby=population", json: []string{`features/3/properties/population = null`}},
		{name: "no such property", url: items + "?sortby=nothing", status: 400, json: []string{`parameter = "sortby"`}},
		{name: "nothing", url: items + "?sortby=", status: 400},
		{name: "cursor of another order", url: items + "?sortby=name&cursor=" + makeCursor("villages", "35.07.01.2001"), status: 400},
		{name: "cursor at what is gone", url: items + "?sortby=name&cursor=" + makeCursor("villages\x00name", "35.99"), status: 400, body: []string{"is gone"}},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, h) })
	}
}
