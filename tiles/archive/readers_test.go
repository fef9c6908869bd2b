package archive

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/internal/needs"
	"github.com/petadesa/petadesa/internal/testdata/villages"
	"github.com/petadesa/petadesa/tiles"
	"github.com/petadesa/petadesa/tiles/archive/pmtiles"
)

// realVillages is a snapshot of real villages and the districts dissolved from
// them.
func realVillages(t testing.TB) *geo.Snapshot {
	t.Helper()
	s, err := geo.Build(t.Context(), nil, []geo.Table{villages.Table(t, "villages_malang_topo.geojson")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestReadByThePackageOfTheFormat has the makers' own JavaScript reader, and
// Mapbox's of vector tiles, read every tile of an export.
func TestReadByThePackageOfTheFormat(t *testing.T) {
	node := needs.Program(t, "node", "Node 20 or newer")
	folder, err := filepath.Abs("../../frontend")
	if err != nil {
		t.Fatal(err)
	}
	for _, module := range []string{"pmtiles", "@mapbox/vector-tile", "pbf"} {
		needs.File(t, filepath.Join(folder, "node_modules", module), "npm ci in frontend")
	}
	s := realVillages(t)
	path, stats := exported(t, "a.pmtiles", Job{Snapshot: s, MaxZoom: 11})

	want := map[string]string{} // of tiles by name: the hash of their bytes
	ask := struct {
		Path  string   `json:"path"`
		Tiles []string `json:"tiles"`
	}{Path: path}
	ids, err := candidates(t.Context(), s.Layers(), &Job{MaxZoom: 11})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		at, _ := pmtiles.At(id)
		tile, err := tiles.Cut(t.Context(), s.Layers(), at, tiles.Query{}, tiles.Options{})
		if err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprintf("%d/%d/%d", at.Z, at.X, at.Y)
		ask.Tiles = append(ask.Tiles, name)
		if len(tile.Data) > 0 {
			sum := sha256.Sum256(tile.Data)
			want[name] = hex.EncodeToString(sum[:])
		}
	}

	script, err := os.ReadFile("testdata/read.mjs")
	if err != nil {
		t.Fatal(err)
	}
	question, err := json.Marshal(ask)
	if err != nil {
		t.Fatal(err)
	}
	// As standard input the script finds packages from the working folder.
	read := exec.CommandContext(t.Context(), node, "--input-type=module", "-")
	read.Dir, read.Stdin, read.Env = folder, bytes.NewReader(script), append(os.Environ(), "READ="+string(question))
	var complaint bytes.Buffer
	read.Stderr = &complaint
	out, err := read.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, complaint.Bytes())
	}
	var got struct {
		Header struct {
			NumAddressedTiles, NumTileContents uint64
			MinZoom, MaxZoom, TileType         int
			MinLon, MaxLat                     float64
			Clustered                          bool
		}
		Metadata struct {
			VectorLayers []tiles.VectorLayer `json:"vector_layers"`
		}
		Tiles map[string]struct {
			Sum    string
			Layers map[string]int
		}
	}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatalf("%v: %.200s", err, out)
	}
	if h := got.Header; h.NumAddressedTiles != stats.Tiles || h.NumTileContents != stats.Contents || h.MinZoom != 0 || h.MaxZoom != 11 || h.TileType != 1 || !h.Clustered {
		t.Errorf("header %+v; written %+v", h, stats)
	}
	if len(got.Metadata.VectorLayers) != len(s.Layers()) {
		t.Errorf("layers %+v", got.Metadata.VectorLayers)
	}
	if len(got.Tiles) != len(want) {
		t.Errorf("%d tiles read, want %d", len(got.Tiles), len(want))
	}
	for name, sum := range want {
		if got.Tiles[name].Sum != sum || len(got.Tiles[name].Layers) == 0 {
			t.Errorf("tile %s: %+v", name, got.Tiles[name])
		}
	}
	if n := got.Tiles["0/0/0"].Layers["villages"]; n == 0 {
		t.Error("no village in the tile of the world")
	}
}

// TestReadByGDAL has ogrinfo read the greatest zoom of an MBTiles export, where
// every village is drawn, in some tiles again and again.
func TestReadByGDAL(t *testing.T) {
	ogrinfo := needs.GDAL(t, "ogrinfo")
	s := realVillages(t)
	path, _ := exported(t, "a.mbtiles", Job{Snapshot: s, MaxZoom: 10})
	out, err := exec.CommandContext(t.Context(), ogrinfo, "-ro", "-al", "-so", "-oo", "CLIP=NO", path).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, l := range s.Layers() {
		found := regexp.MustCompile(`(?s)Layer name: ` + l.Collection.ID + `\n.*?Feature Count: (\d+)\nExtent: \((\d+)`).FindSubmatch(out)
		if found == nil {
			t.Errorf("no layer %s: %s", l.Collection.ID, out)
			continue
		}
		if n, err := strconv.Atoi(string(found[1])); err != nil || n < l.Len() {
			t.Errorf("layer %s has %d features, GDAL reads %s", l.Collection.ID, l.Len(), found[1])
		}
	}
	if strings.Contains(string(out), "ERROR") || strings.Contains(string(out), "Warning") {
		t.Errorf("GDAL complains: %s", out)
	}
}
