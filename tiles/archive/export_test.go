package archive

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/tiles"
	"github.com/petadesa/petadesa/tiles/archive/pmtiles"
)

// snapshot holds four squares that are villages, a road, points that cluster,
// and a point at the world's edge.
func snapshot(t testing.TB) *geo.Snapshot {
	t.Helper()
	name := []geo.Field{{Name: "name", Type: geo.String}}
	squares := geo.Table{Collection: geo.Collection{ID: "villages", Title: "Villages", Geometry: geo.Polygon, MinZoom: 3, MaxZoom: 12, Fields: name, Attribution: "© nobody"}}
	for i, at := range []orb.Point{{112.5, -8}, {112.6, -8}, {112.5, -8.1}, {112.6, -8.1}} {
		b := orb.Bound{Min: at, Max: orb.Point{at[0] + .1, at[1] + .1}}
		squares.Records = append(squares.Records, geo.Record{ID: string(rune('a' + i)), Geometry: orb.MultiPolygon{b.ToPolygon()}, Values: []any{"Village"}})
	}
	road := geo.Table{Collection: geo.Collection{ID: "roads", Title: "Roads", Geometry: geo.Line, MinZoom: 5, MaxZoom: 11, Fields: name}, Records: []geo.Record{
		{ID: "1", Geometry: orb.LineString{{112.45, -8.05}, {112.75, -8.02}}, Values: []any{"Road"}},
	}}
	points := geo.Table{Collection: geo.Collection{ID: "towers", Title: "Towers", Geometry: geo.Point, MinZoom: 0, MaxZoom: 12, Fields: name}}
	for i := range 40 {
		p := orb.Point{112.4 + float64(i*37%40)/100, -8.2 + float64(i*11%40)/100}
		points.Records = append(points.Records, geo.Record{ID: string(rune('A' + i)), Geometry: p, Values: []any{nil}})
	}
	points.Records = append(points.Records, geo.Record{ID: "edge", Geometry: orb.Point{179.9999, -89}, Values: []any{"Edge"}})
	s, err := geo.Build(t.Context(), nil, []geo.Table{squares, road, points}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func exported(t testing.TB, name string, j Job) (string, Stats) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	stats, err := Export(t.Context(), path, j)
	if err != nil {
		t.Fatal(err)
	}
	return path, stats
}

func openTest(t testing.TB, location string) Archive {
	t.Helper()
	a, err := Open(t.Context(), location)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

// TestEveryTileIsTheServedOne asks a server for every tile of the world that
// lies near the data, and compares: nothing is missing, nothing is too much, no
// byte differs.
func TestEveryTileIsTheServedOne(t *testing.T) {
	s := snapshot(t)
	server := tiles.NewServer(tiles.Options{})
	for _, name := range []string{"a.pmtiles", "a.mbtiles"} {
		path, stats := exported(t, name, Job{Snapshot: s, MaxZoom: 11})
		a := openTest(t, path)
		tilesThere := uint64(0)
		for z := range maptile.Zoom(12) {
			lo, hi := maptile.At(orb.Point{112.0, -7.5}, z), maptile.At(orb.Point{113.2, -8.6}, z)
			edge := maptile.At(orb.Point{179.9999, -85.05}, z)
			at := map[tiles.Address]bool{edge: true}
			for x := lo.X; x <= hi.X; x++ {
				for y := lo.Y; y <= hi.Y; y++ {
					at[maptile.New(x, y, z)] = true
				}
			}
			for at := range at {
				want := served(t, server, s, at)
				got, err := a.Tile(t.Context(), at)
				if err != nil {
					t.Fatal(err)
				}
				switch body := want.Body.Bytes(); {
				case len(body) == 0 && len(got.Data) != 0:
					t.Errorf("%s: tile %v is there, but nothing is in it", name, at)
				case len(body) == 0:
				case got.Encoding != "gzip" || got.ETag == "":
					t.Errorf("%s: tile %v: %d bytes, encoding %q, ETag %q", name, at, len(got.Data), got.Encoding, got.ETag)
				case want.Header().Get("Content-Encoding") == "gzip" && !bytes.Equal(got.Data, body), // else too small to compress
					!bytes.Equal(unpacked(t, got.Data, got.Encoding), unpacked(t, body, want.Header().Get("Content-Encoding"))):
					t.Errorf("%s: tile %v has %d bytes, served are %d", name, at, len(got.Data), len(body))
				default:
					tilesThere++
				}
			}
		}
		if tilesThere != stats.Tiles {
			t.Errorf("%s: %d tiles are in the archive, %d hold something", name, stats.Tiles, tilesThere)
		}
	}
}

func served(t testing.TB, server *tiles.Server, s *geo.Snapshot, at tiles.Address) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
	r.Header.Set("Accept-Encoding", "gzip")
	w := httptest.NewRecorder()
	if err := server.ServeTile(w, r, tiles.Request{Layers: s.Layers(), Address: at}); err != nil {
		t.Fatal(err)
	}
	return w
}

func unpacked(t testing.TB, data []byte, encoding string) []byte {
	t.Helper()
	compression := pmtiles.Plain
	if encoding == "gzip" {
		compression = pmtiles.Gzip
	}
	b, err := pmtiles.Expand(data, compression, 1<<24)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTheSameFileByAnyNumberOfWorkers(t *testing.T) {
	s := snapshot(t)
	for _, name := range []string{"a.pmtiles", "a.mbtiles"} {
		var first []byte
		for _, workers := range []int{1, 2, 7} {
			path, _ := exported(t, name, Job{Snapshot: s, MaxZoom: 10, Workers: workers})
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if first == nil {
				first = b
			}
			if !bytes.Equal(first, b) {
				t.Errorf("%s: %d workers make another file", name, workers)
			}
		}
	}
}

func TestWhatAnArchiveSaysAboutItself(t *testing.T) {
	s := snapshot(t)
	bounds := orb.Bound{Min: orb.Point{112.5, -8.1}, Max: orb.Point{112.6, -8}}
	for _, name := range []string{"a.pmtiles", "a.mbtiles"} {
		path, _ := exported(t, name, Job{Snapshot: s, Collections: []string{"villages", "roads"}, MinZoom: 2, MaxZoom: 13, Bounds: &bounds, Name: "Malang"})
		d := openTest(t, path).Describe()
		if d.Name != "Malang" || d.Attribution != "© nobody" || d.MediaType != tiles.VectorTile || d.Version == "" || d.MinZoom != 3 || d.MaxZoom != 12 {
			t.Errorf("%s: %+v", name, d)
		}
		if d.Bounds != bounds || !bounds.Contains(d.Center) || d.CenterZoom < 3 || d.CenterZoom > 12 {
			t.Errorf("%s: bounds %v, centre %v at %d", name, d.Bounds, d.Center, d.CenterZoom)
		}
		if len(d.VectorLayers) != 2 || d.VectorLayers[0].ID != "villages" || d.VectorLayers[1].MinZoom != 5 || d.VectorLayers[1].MaxZoom != 11 || d.VectorLayers[0].Fields["name"] == "" {
			t.Errorf("%s: layers %+v", name, d.VectorLayers)
		}
	}
}

func TestAFailedExportLeavesWhatWasThere(t *testing.T) {
	s := snapshot(t)
	for _, name := range []string{"a.pmtiles", "a.mbtiles"} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		_, err := Export(ctx, path, Job{Snapshot: s, MaxZoom: 11, Progress: func(done, total int) {
			if done == total/2 {
				cancel()
			}
		}})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: stopped halfway: %v", name, err)
		}
		sea := orb.Bound{Min: orb.Point{10, 10}, Max: orb.Point{11, 11}}
		if _, err := Export(t.Context(), path, Job{Snapshot: s, MinZoom: 6, MaxZoom: 8, Bounds: &sea}); !errors.Is(err, ErrEmpty) {
			t.Errorf("%s: of the sea: %v", name, err)
		}
		if b, err := os.ReadFile(path); err != nil || string(b) != "old" {
			t.Errorf("%s: now it holds %.20q, %v", name, b, err)
		}
		left, err := os.ReadDir(filepath.Dir(path))
		if err != nil || len(left) != 1 {
			t.Errorf("%s: left behind: %v, %v", name, left, err)
		}
	}
}

func TestJobsThatAreRefused(t *testing.T) {
	s := snapshot(t)
	for name, j := range map[string]Job{
		"a.zip":     {Snapshot: s},
		"b.pmtiles": {Snapshot: s, MinZoom: 3, MaxZoom: 2},
		"c.pmtiles": {Snapshot: s, MaxZoom: 17},
		"d.pmtiles": {Snapshot: s, Collections: []string{"volcanoes"}},
		"e.pmtiles": {Snapshot: s, Bounds: &orb.Bound{Min: orb.Point{2, 2}, Max: orb.Point{1, 3}}},
	} {
		path := filepath.Join(t.TempDir(), name)
		if _, err := Export(t.Context(), path, j); err == nil {
			t.Errorf("%s is exported", name)
		}
	}
	if _, err := Export(t.Context(), filepath.Join(t.TempDir(), "no", "a.pmtiles"), Job{Snapshot: s}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("into a folder that is not there: %v", err)
	}
}

func TestProgressReachesItsEnd(t *testing.T) {
	last, all, calls := 0, 0, 0
	_, stats := exported(t, "a.pmtiles", Job{Snapshot: snapshot(t), MaxZoom: 9, Progress: func(done, total int) {
		if done != last+1 || all != 0 && total != all {
			t.Errorf("%d of %d after %d of %d", done, total, last, all)
		}
		last, all = done, total
		calls++
	}})
	if last != all || calls != stats.Looked {
		t.Errorf("%d of %d, %d looked at", last, all, stats.Looked)
	}
}
