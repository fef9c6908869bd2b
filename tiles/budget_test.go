package tiles

import (
	"testing"

	"github.com/paulmach/orb"
)

func TestTheLeastImportantGoFirst(t *testing.T) {
	var lines []orb.LineString
	for i := range 300 {
		y := -8 + float64(i)*0.0005
		lines = append(lines, orb.LineString{{112.6, y}, {112.61, y + 0.001}, {112.62, y}, {112.63, y + 0.001}})
	}
	layers := build(t, squares("squares", 100), tracks("tracks", lines...))
	whole, _ := cutOne(t, layers, here, Query{}, Options{})
	if whole.Dropped != 0 {
		t.Fatalf("%d features were dropped though all fit", whole.Dropped)
	}
	for _, share := range []int{2, 3, 10} {
		budget := len(whole.Data) / share
		tile, by := cutOne(t, layers, here, Query{}, Options{Budget: budget})
		if len(tile.Data) > budget || len(tile.Data) < budget/2 {
			t.Errorf("%d bytes for a budget of %d", len(tile.Data), budget)
		}
		if tile.Dropped+tile.Features != whole.Features || tile.Dropped == 0 {
			t.Errorf("%d dropped and %d left of %d", tile.Dropped, tile.Features, whole.Features)
		}
		classes := map[any]int{}
		for _, f := range by["tracks"].Features {
			classes[f.Properties["class"]]++
		}
		if classes["path"] > 0 && classes["village"] < 100 || classes["village"] > 0 && classes["toll"] < 100 {
			t.Errorf("budget 1/%d leaves %v", share, classes)
		}
		again, _ := cutOne(t, layers, here, Query{}, Options{Budget: budget})
		if string(again.Data) != string(tile.Data) {
			t.Error("other features go the next time")
		}
	}
}

func TestABudgetForNothing(t *testing.T) {
	tile, _ := cutOne(t, layersOf(t), here, Query{}, Options{Budget: 1})
	if len(tile.Data) != 0 || tile.Features != 0 {
		t.Errorf("%d bytes, %d features", len(tile.Data), tile.Features)
	}
	s := NewServer(Options{Budget: 2000})
	w := get(t, s, Request{Layers: layersOf(t), Address: here})
	if w.Header().Get(DroppedHeader) == "" || w.Body.Len() > 2000 || s.Stats().OverBudget != 1 || s.Stats().Dropped == 0 {
		t.Errorf("%d bytes, %s %q, %+v", w.Body.Len(), DroppedHeader, w.Header().Get(DroppedHeader), s.Stats())
	}
}
