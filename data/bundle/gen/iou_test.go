package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/paulmach/orb/geojson"
	"github.com/peterstace/simplefeatures/geom"

	"github.com/petadesa/petadesa/internal/testdata"
)

// truth reads the real villages for measuring; nothing of them is committed.
func truth(t *testing.T) map[string]geom.Geometry {
	t.Helper()
	raw, err := os.ReadFile(testdata.Path(t, "malang", "villages_malang_topo.geojson"))
	if err != nil {
		t.Fatal(err)
	}
	var fc struct{ Features []*geojson.Feature }
	if err := json.Unmarshal(raw, &fc); err != nil {
		t.Fatal(err)
	}
	real := map[string]geom.Geometry{}
	for _, f := range fc.Features {
		real[f.Properties["code"].(string)] = flat(t, f.Geometry)
	}
	return real
}

// flat projects a geometry to the plane of equal areas.
func flat(t *testing.T, g orb.Geometry) geom.Geometry {
	t.Helper()
	raw, err := wkb.Marshal(g)
	if err != nil {
		t.Fatal(err)
	}
	sf, err := geom.UnmarshalWKB(raw, geom.NoValidate{})
	if err != nil {
		t.Fatal(err)
	}
	return sf.TransformXY(func(p geom.XY) geom.XY {
		q := plane(orb.Point{p.X, p.Y})
		return geom.XY{X: q[0], Y: q[1]}
	})
}

// iou returns the mean over all villages of the area of intersection over union.
func iou(t *testing.T, w *world, real map[string]geom.Geometry) float64 {
	t.Helper()
	sum := 0.0
	for i, v := range w.villages {
		g, err := polygons(w.cells[i])
		if err != nil {
			t.Fatalf("village %s: %v", v.code, err)
		}
		cell := flat(t, g)
		common, err := geom.Intersection(cell, real[v.code])
		if err != nil {
			t.Fatalf("village %s: %v", v.code, err)
		}
		sum += common.Area() / (cell.Area() + real[v.code].Area() - common.Area())
	}
	return sum / float64(len(w.villages))
}

func TestCellsAgainstRealVillages(t *testing.T) {
	real := truth(t)
	w, err := readWorld(filepath.Join("..", "facts"))
	if err != nil {
		t.Fatal(err)
	}
	if w.misfit > 1e-3 {
		t.Errorf("a village's area is off by %.2g of it, want at most 0.001", w.misfit)
	}
	sites := make([]int, len(w.villages))
	for i := range sites {
		sites[i] = i
	}
	w.cells = clip(w.diagram, w.land, sites)
	fitted := iou(t, w, real)
	clear(w.diagram.weights)
	w.cells = clip(w.diagram, w.land, sites)
	plain := iou(t, w, real)
	t.Logf("mean IoU with the real villages: %.3f plain Voronoi, %.3f fitted", plain, fitted)
	if fitted < 0.48 || fitted < plain+0.015 {
		t.Errorf("mean IoU %.3f fitted, %.3f plain: want at least 0.48, and 0.015 more than plain", fitted, plain)
	}
}
