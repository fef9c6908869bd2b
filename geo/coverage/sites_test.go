package coverage

import (
	"context"
	"errors"
	"fmt"
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
		q := &Query{
			Technology: "4g", Operator: rapid.SampledFrom([]string{"Alpha", "any", "all", "2", "Gamma"}).Draw(t, "operator"),
			Evidence: rapid.SampledFrom([]string{"modelled", "best"}).Draw(t, "evidence"), MinRSRP: -85,
		}
		switch rapid.IntRange(0, 5).Draw(t, "rest") {
		case 0:
			q.NearRoad = 400
		case 1:
			q.Districts = []string{"35.07.01"}
		case 2:
			q.Season = "holiday"
		case 3:
			q.RoadClass = []string{"national"}
		}
		sq := &SiteQuery{
			Query: q, Count: rapid.IntRange(1, 4).Draw(t, "count"), LatticeM: rapid.Float64Range(200, 900).Draw(t, "lattice"),
			Weights: SiteWeights{People: 1}, MinSpacingM: float64(rapid.SampledFrom([]int{0, 700}).Draw(t, "spacing")),
			Tower: Tower{HeightM: 40, FrequencyMHz: 900, Operators: []string{"Alpha"}, Technologies: []string{"4g"}},
		}
		if rapid.Bool().Draw(t, "several") {
			sq.Weights = SiteWeights{People: 2, Places: 1, RoadKm: 1}
		}
		sq.Tower.Operators = rapid.SampledFrom([][]string{{"Alpha"}, {"Alpha", "Beta", "Gamma"}}).Draw(t, "sharers")
		a, err := e.Sites(context.Background(), snap, sq, nil)
		var wrong *ParamError
		switch {
		case errors.As(err, &wrong) && (wrong.Parameter == "weights" || wrong.Parameter == "operator"):
			return // nothing to win, or nobody of that name
		case err != nil:
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
			if won(d.Delta) != won(s.Cumulative) {
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

// won is what a change wins of everything.
func won(r Row) string {
	return fmt.Sprint(r.People.Covered, r.People.Gap, r.People.Unknown, r.Area.Covered, r.Area.Gap, r.Area.Unknown, r.Places, r.Road)
}

// The gaps of cells add up to those of the villages that were asked for: also of
// cells that others share, and of places and roads out of all land.
func TestCellsHaveAllGaps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		e, snap, q := testEngine(), w.snapshot(t), drawQuery(t)
		if rapid.Bool().Draw(t, "one") {
			q += "&village=" + rapid.SampledFrom(w.villages).Draw(t, "village").ID
		}
		cells, whole := ask(t, e, snap, q+"&by=cell&limit=10000"), ask(t, e, snap, q)
		got, want := sum(cells.Rows), whole.Totals
		if got.People.Gap != want.People.Gap || got.Area.Gap != want.Area.Gap || got.Places.Gap != want.Places.Gap || got.Road.Gap != want.Road.Gap {
			t.Fatalf("%s: cells have %+v, villages %+v", q, got, want)
		}
	})
}
