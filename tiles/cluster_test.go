package tiles

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/tiles/mvt"
)

func TestPointsClusterAtLowZooms(t *testing.T) {
	const n = 1000
	layers := build(t, places("places", n))
	for z := 4; z <= 12; z++ {
		counted, categories := 0, 0
		cutAll(t, layers, z, Query{}, func(_ Address, tile mvt.Tile) {
			if len(tile.Layers) == 0 {
				return
			}
			for _, f := range tile.Layers[0].Features {
				if p := f.Parts[0][0]; p[0] < 0 || p[1] < 0 || p[0] >= 4096 || p[1] >= 4096 {
					continue // of the buffer: the next tile counts it
				}
				many, ok := f.Properties[clusterCount].(uint64)
				if !ok {
					counted++
					continue
				}
				if z >= 10 {
					t.Errorf("zoom %d has clusters", z)
				}
				counted += int(many)
				var c map[string]int
				if err := json.Unmarshal([]byte(f.Properties[clusterCategories].(string)), &c); err != nil {
					t.Fatal(err)
				}
				for _, k := range c {
					categories += k
				}
				checkBox(t, f.Properties[clusterBBox].(string))
				if e := f.Properties[clusterExpansion].(uint64); int(e) <= z || e > geo.MaxTileZoom {
					t.Errorf("a cluster of zoom %d falls apart at %d", z, e)
				}
			}
		})
		if counted != n {
			t.Errorf("zoom %d: %d points, want %d", z, counted, n)
		}
		if z == 4 && categories != n-n/3 {
			t.Errorf("zoom %d: %d have a category, want %d", z, categories, n-n/3)
		}
	}
}

func checkBox(t *testing.T, s string) {
	t.Helper()
	var v [4]float64
	for i, part := range strings.Split(s, ",") {
		f, err := strconv.ParseFloat(part, 64)
		if err != nil || i > 3 {
			t.Fatalf("bbox %q: %v", s, err)
		}
		v[i] = f
	}
	if v[0] < 112.59 || v[2] > 112.72 || v[1] < -8.01 || v[3] > -7.9 || v[0] > v[2] || v[1] > v[3] {
		t.Errorf("bbox %q", s)
	}
}

func TestClusteringCanBeTurnedOff(t *testing.T) {
	_, by := cutOne(t, build(t, places("places", 100)), At([2]float64{112.61, -7.99}, 5), Query{}, Options{ClusterBelow: -1})
	if n := len(by["places"].Features); n != 100 {
		t.Errorf("%d points", n)
	}
}
