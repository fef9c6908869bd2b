package coverage

import (
	"context"
	"errors"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// What sites gain is what a scenario with them says, and more towers never leave
// more without signal.
func TestSitesAreTheScenario(t *testing.T) {
	property := func(t *rapid.T) {
		w := drawWorld(t)
		snap, e := w.snapshot(t), testEngine()
		q := &Query{Technology: "4g", Operator: "Alpha", Evidence: "modelled", MinRSRP: -85}
		sq := &SiteQuery{
			Query: q, Count: rapid.IntRange(1, 4).Draw(t, "count"), LatticeM: rapid.Float64Range(200, 900).Draw(t, "lattice"),
			Weights: SiteWeights{People: 1}, MinSpacingM: float64(rapid.SampledFrom([]int{0, 700}).Draw(t, "spacing")),
			Tower: Tower{HeightM: 40, FrequencyMHz: 900, Operators: []string{"Alpha"}, Technologies: []string{"4g"}},
		}
		if rapid.Bool().Draw(t, "several") {
			sq.Weights = SiteWeights{People: 2, Places: 1, RoadKm: 1}
		}
		a, err := e.Sites(context.Background(), snap, sq, nil)
		if err != nil {
			t.Fatal(err)
		}
		if a.Certificate.Value > a.Certificate.UpperBound || a.Certificate.Ratio > 1 {
			t.Fatalf("certificate %+v", a.Certificate)
		}
		change := &Change{}
		gap := People(1 << 60)
		for i, s := range a.Sites {
			tower := sq.Tower
			tower.ID, tower.At = string(rune('a'+i)), orb.Point{s.Lon, s.Lat}
			change.Add = append(change.Add, tower)
			for _, other := range a.Sites[:i] {
				if d := Distance(orb.Point{s.Lon, s.Lat}, orb.Point{other.Lon, other.Lat}); d < sq.MinSpacingM {
					t.Fatalf("two sites %v m apart", d)
				}
			}
			asked := *q
			asked.Change = change
			d, err := e.Difference(context.Background(), snap, &asked)
			if err != nil {
				t.Fatal(err)
			}
			if d.After.People.Gap > min(gap, d.Before.People.Gap) || d.CellsLost != 0 {
				t.Fatalf("a tower raises the gap from %v to %v", d.Before.People.Gap, d.After.People.Gap)
			}
			gap = d.After.People.Gap
			// Places are not compared: several in one cell can be counted as fewer by the
			// plan than by the scenario, a fault that is known and open (docs/decisions/planner.md).
			if d.Delta.People.Covered != s.Cumulative.People.Covered || d.Delta.Area.Gap != s.Cumulative.Area.Gap ||
				d.Delta.Road.Gap != s.Cumulative.Road.Gap {
				t.Fatalf("site %d: the scenario covers %+v, the plan %+v", i+1, d.Delta, s.Cumulative)
			}
			var sum People
			for _, r := range d.Rows {
				sum += r.Delta.People.Gap
			}
			if sum != d.Delta.People.Gap {
				t.Fatalf("the villages' changes add up to %v, not %v", sum, d.Delta.People.Gap)
			}
		}
	}
	left := 12 // worlds: the signals of hundreds of candidates are computed in each
	rapid.Check(t, func(t *rapid.T) {
		if left--; left >= 0 {
			property(t)
		}
	})
}

func TestSitesThatCannotBe(t *testing.T) {
	w := drawExample(t)
	snap, e := w.snapshot(t), testEngine()
	good := func() *SiteQuery {
		return &SiteQuery{
			Query: &Query{Technology: "4g", Operator: "Alpha", Evidence: "modelled"}, Count: 2, LatticeM: 500, Weights: SiteWeights{People: 1},
			Tower: Tower{HeightM: 40, FrequencyMHz: 900, Operators: []string{"Alpha"}, Technologies: []string{"4g"}},
		}
	}
	for name, test := range map[string]struct {
		change    func(*SiteQuery)
		parameter string
	}{
		"none":           {func(q *SiteQuery) { q.Count = 0 }, "count"},
		"too many":       {func(q *SiteQuery) { q.Count = 1000 }, "count"},
		"nothing counts": {func(q *SiteQuery) { q.Weights = SiteWeights{} }, "weights"},
		"negative":       {func(q *SiteQuery) { q.Weights.Places = -1 }, "weights.places"},
		"fine lattice":   {func(q *SiteQuery) { q.LatticeM = 1 }, "candidates.lattice_m"},
		"no rule":        {func(q *SiteQuery) { q.LatticeM = 0 }, "candidates"},
		"radius":         {func(q *SiteQuery) { q.NearRoad = 0.5 }, "candidates.near_road"},
		"spacing":        {func(q *SiteQuery) { q.MinSpacingM = -1 }, "min_spacing_m"},
		"no collection":  {func(q *SiteQuery) { q.On = "castles" }, "candidates.on"},
		"claims":         {func(q *SiteQuery) { q.Query.Evidence = "claimed" }, "evidence"},
		"speeds":         {func(q *SiteQuery) { q.Query.MinDown = 5 }, "preset"},
		"fibre":          {func(q *SiteQuery) { q.Query.Technology = "fibre" }, "technology"},
		"all excluded": {func(q *SiteQuery) {
			q.Exclude = []orb.MultiPolygon{{orb.Bound{Min: orb.Point{112, -9}, Max: orb.Point{113, -8}}.ToPolygon()}}
		}, "candidates"},
	} {
		q := good()
		test.change(q)
		_, err := e.Sites(t.Context(), snap, q, nil)
		var wrong *ParamError
		if !errors.As(err, &wrong) || wrong.Parameter != test.parameter {
			t.Errorf("%s: error %v, want one about %s", name, err, test.parameter)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := e.Sites(ended, snap, good(), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// drawExample returns one world, the same each time.
func drawExample(t *testing.T) *world {
	t.Helper()
	return rapid.Custom(drawWorld).Example(7)
}
