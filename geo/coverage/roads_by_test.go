package coverage

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestRoadsByIsTheRoadOfTheRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		e, snap := testEngine(), w.snapshot(t)
		by, err := e.RoadsBy(t.Context(), snap, "class")
		if err != nil {
			t.Fatal(err)
		}
		villages := snap.Layer("villages")
		for _, r := range ask(t, e, snap, "by=village").Rows {
			v, _ := villages.Find(r.Code)
			sum := 0.0
			for _, metres := range by[v] {
				sum += metres
			}
			if want := float64(r.Road.Total) / 10; math.Abs(sum-want) > 0.1*float64(1+len(w.roads)*200) {
				t.Fatalf("%s: %f m of road, the rows say %f", r.Code, sum, want)
			}
		}
	})
}
