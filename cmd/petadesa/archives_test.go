package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is exported is what is served, byte for byte, and so it is when it comes
// back from an archive.
func TestArchivesServeWhatWasExported(t *testing.T) {
	dir := t.TempDir()
	store, folder := filepath.Join(dir, "s.gpkg"), filepath.Join(dir, "archives")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	first := serve(t, store) // fills the store
	must(t, "--store", store, "export", "tiles", filepath.Join(folder, "boxed.mbtiles"), "--collections", "villages,districts", "--max-zoom", "10")
	named := filepath.Join(dir, "named.pmtiles")
	must(t, "--store", store, "export", "tiles", named, "--collections", "villages,districts", "--max-zoom", "10")
	far := httptest.NewServer(http.FileServer(http.Dir(dir)))
	t.Cleanup(far.Close)
	url := serve(t, store, "--archives", folder, "--archive", "malang="+named, "--archive", "far="+far.URL+"/named.pmtiles")

	compared := 0
	for _, z := range []int{5, 8, 9, 10} {
		x0, y0 := 832>>(10-z), 532>>(10-z) // the regency
		for x := x0; x <= x0+(2<<max(0, z-9)); x++ {
			for y := y0; y <= y0+(4>>(10-z)); y++ {
				at := fmt.Sprintf("/%d/%d/%d.mvt", z, x, y)
				status, header, want := ask(t, first+"/tiles/villages,districts"+at, "Accept-Encoding", "gzip")
				for _, name := range []string{"malang", "boxed", "far"} {
					gotStatus, gotHeader, got := ask(t, url+"/tiles/"+name+at, "Accept-Encoding", "gzip")
					if gotStatus != status || !bytes.Equal(got, want) || gotHeader.Get("Content-Encoding") != header.Get("Content-Encoding") {
						t.Errorf("%s%s: %d, %d bytes %q; the server's own: %d, %d bytes %q", name, at,
							gotStatus, len(got), gotHeader.Get("Content-Encoding"), status, len(want), header.Get("Content-Encoding"))
					}
				}
				if status == http.StatusOK {
					compared++
				}
			}
		}
	}
	if compared < 10 {
		t.Errorf("only %d tiles compared", compared)
	}

	var doc struct {
		Tiles   []string
		MaxZoom int
	}
	get(t, url+"/tiles/malang.json", &doc)
	if doc.MaxZoom != 10 || len(doc.Tiles) != 1 || !strings.HasPrefix(doc.Tiles[0], url+"/tiles/malang/{z}/{x}/{y}.mvt?v=") {
		t.Errorf("TileJSON %+v", doc)
	}
	versioned := strings.NewReplacer("{z}", "9", "{x}", "416", "{y}", "267").Replace(doc.Tiles[0])
	if _, header, _ := ask(t, versioned); !strings.Contains(header.Get("Cache-Control"), "immutable") {
		t.Errorf("a tile by its version has Cache-Control %q", header.Get("Cache-Control"))
	}
	list := string(fetch(t, url+"/api/tiles"))
	for _, name := range []string{"malang", "boxed", "far"} {
		if !strings.Contains(list, "/tiles/"+name+".json") {
			t.Errorf("%s is not among the tile sets", name)
		}
	}
	checkProblem(t, url+"/tiles/malang/11/0/0.mvt", 404, "tile-outside")
	checkProblem(t, url+"/tiles/malang/9/416/267.png", 404, "not-found")
	checkProblem(t, url+"/tiles/malang/9/416/267.mvt?properties=name", 400, "unknown-parameter")
	checkProblem(t, url+"/tiles/malang,boxed/9/416/267.mvt", 404, "unknown-collection")
}

func TestBadArchives(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "a.pmtiles")
	if err := os.WriteFile(text, []byte("no archive"), 0o600); err != nil {
		t.Fatal(err)
	}
	for flag, want := range map[string]string{
		"--archive=a=" + text:                    "begins neither like PMTiles",
		"--archive=a/b=" + text:                  "stands in addresses",
		"--archive=a=" + dir + "/none":           "no such file",
		"--archives=" + dir + "/none":            "no such file",
		"--archive=a=http://127.0.0.1:1/x?key=s": "connection refused",
	} {
		_, err := petadesa(t, "--store", filepath.Join(dir, "s.gpkg"), "serve", "--addr", "127.0.0.1:0", flag)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "key=s") {
			t.Errorf("%s: error %v, want %q", flag, err, want)
		}
	}
}
