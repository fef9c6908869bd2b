package api

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	esbuild "github.com/evanw/esbuild/pkg/api"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/routing"
	"github.com/petadesa/petadesa/internal/needs"
	"github.com/petadesa/petadesa/internal/testdata"
)

// pairScript answers pairs of places from a pack, with the modules of the page.
const pairScript = `
import { readFileSync } from 'node:fs';
import { readPack, unzip } from './offline/pack';
import { readRoads } from './offline/roads';
import { findWay, nearest } from './offline/way';
const bytes = readFileSync(process.argv[2]);
const pack = readPack(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
const graph = readRoads(new Uint8Array(await unzip(pack.part('roads'))));
const answers = JSON.parse(readFileSync(process.argv[3], 'utf8')).map(({ vehicle, from, to }) => {
  const [a, b] = [nearest(graph, vehicle, ...from), nearest(graph, vehicle, ...to)];
  const way = a && b && findWay(graph, vehicle, a, b);
  return way ? way.millis : -1;
});
console.log(JSON.stringify(answers));
`

type pair struct {
	Vehicle  routing.Vehicle `json:"vehicle"`
	From, To orb.Point
}

// MarshalJSON writes the pair as the script reads it.
func (p pair) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]any{"vehicle": p.Vehicle, "from": p.From, "to": p.To})
}

// TestRoutesInTheBrowserCostTheSame asks the page's own routing, over a pack as it
// is sent, for random pairs of places, and the server's for the same: each way
// takes the same milliseconds.
func TestRoutesInTheBrowserCostTheSame(t *testing.T) {
	script := pairBundle(t)
	t.Run("bundle", func(t *testing.T) { comparePairs(t, script, regency(t).Snapshot()) })
	t.Run("Lawang, Singosari, Jabung", func(t *testing.T) {
		b, err := os.ReadFile(testdata.Path(t, "malang", "roads_lawang_singosari_jabung.geojson"))
		if err != nil {
			t.Fatal(err)
		}
		comparePairs(t, script, realRoads(t, b))
	})
}

// pairBundle makes one script of the modules.
func pairBundle(t *testing.T) string {
	needs.Program(t, "node", "Node 20 or newer")
	root, err := filepath.Abs(filepath.Join("..", "frontend", "src"))
	if err != nil {
		t.Fatal(err)
	}
	result := esbuild.Build(esbuild.BuildOptions{
		Stdin:    &esbuild.StdinOptions{Contents: pairScript, ResolveDir: root, Loader: esbuild.LoaderTS},
		Bundle:   true,
		Format:   esbuild.FormatESModule,
		Platform: esbuild.PlatformNode,
	})
	if len(result.Errors) > 0 {
		t.Fatal(result.Errors)
	}
	path := filepath.Join(t.TempDir(), "pairs.mjs")
	if err := os.WriteFile(path, result.OutputFiles[0].Contents, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func realRoads(t *testing.T, b []byte) *geo.Snapshot {
	fc, err := geojson.UnmarshalFeatureCollection(b)
	if err != nil {
		t.Fatal(err)
	}
	c, _ := data.StandardCollection("roads")
	table := geo.Table{Collection: c}
	classes := []string{"national", "provincial", "regency", "village"}
	for i, f := range fc.Features {
		r := geo.Record{ID: strings.Repeat("0", 5) + string(rune('a'+i%26)) + jsonNumber(i), Geometry: f.Geometry}
		for _, field := range c.Fields {
			switch field.Name {
			case "class":
				r.Values = append(r.Values, classes[i%len(classes)])
			case "oneway":
				r.Values = append(r.Values, i%40 == 0)
			default:
				r.Values = append(r.Values, nil)
			}
		}
		table.Records = append(table.Records, r)
	}
	return build(t, nil, table)
}

func jsonNumber(i int) string {
	b, _ := json.Marshal(i)
	return string(b)
}

func comparePairs(t *testing.T, script string, snap *geo.Snapshot) {
	f := &fixed{}
	f.snapshot.Store(snap)
	roads := snap.Layer("roads")
	area := savedArea{Bound: roads.Bound.Pad(0.02)}
	h := New(Config{Source: f})
	h.service.signals.patience = time.Minute // the race detector takes its time
	if _, err := h.service.routers.of(t.Context(), roads.Version, func(ctx context.Context) (*routing.Router, error) { return routing.NewRouter(ctx, roads) }); err != nil {
		t.Fatal(err)
	}
	w := sendTo(h, http.MethodGet, "/api/offline/pack?bbox="+area.text(), "")
	if w.Code != http.StatusOK {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	router, err := routing.NewRouter(t.Context(), roads)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(6, 7))
	b := roads.Bound
	place := func() orb.Point {
		return orb.Point{b.Min[0] + random.Float64()*(b.Max[0]-b.Min[0]), b.Min[1] + random.Float64()*(b.Max[1]-b.Min[1])}
	}
	var pairs []pair
	var want []int64
	found := 0
	for i := range 240 {
		p := pair{routing.Vehicles()[i%3], place(), place()}
		if i%10 == 0 { // close together: the same edge, or the next
			p.To = orb.Point{p.From[0] + 0.0004, p.From[1] + 0.0002}
		}
		routes, err := router.Routes(t.Context(), router.Metric(p.Vehicle), []orb.Point{p.From, p.To}, 0)
		millis := int64(-1)
		if err == nil {
			millis = routes[0].Millis
			found++
		}
		pairs, want = append(pairs, p), append(want, millis)
	}
	if found < 100 {
		t.Fatalf("only %d pairs have a way", found)
	}
	got := runPairs(t, script, w.Body.Bytes(), pairs)
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%s from %v to %v: %d ms in the browser, %d on the server", pairs[i].Vehicle, pairs[i].From, pairs[i].To, got[i], want[i])
		}
	}
	t.Logf("%d pairs, %d with a way, %d edges, pack of %d bytes", len(pairs), found, len(router.Edges), w.Body.Len())
}

func runPairs(t *testing.T, script string, pack []byte, pairs []pair) []int64 {
	dir := t.TempDir()
	asked, err := json.Marshal(pairs)
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{"pack": pack, "pairs.json": asked} {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.CommandContext(t.Context(), "node", script, filepath.Join(dir, "pack"), filepath.Join(dir, "pairs.json")).Output()
	if err != nil {
		t.Fatalf("node: %v", err)
	}
	var got []int64
	if err := json.Unmarshal(out, &got); err != nil || len(got) != len(pairs) {
		t.Fatalf("%d answers of %d: %v", len(got), len(pairs), err)
	}
	return got
}
