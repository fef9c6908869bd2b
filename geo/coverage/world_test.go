package coverage

import (
	"context"
	"fmt"
	"math"
	"net/url"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/lattice"
)

// logModel is a model simple enough to check by hand: −60 dBm at 100 m, 35 dB
// less each decade.
type logModel struct{}

func (logModel) Name() string    { return "35 dB a decade" }
func (logModel) Version() string { return "1" }

func (logModel) Signal(_ context.Context, t Tower, weakest float64) (*Signal, error) {
	reach := 100 * math.Pow(10, (-60-weakest)/35)
	lon, lat := metresPerDegree(t.At[1])
	w := lattice.Covering(orb.Bound{
		Min: orb.Point{t.At[0] - reach/lon, t.At[1] - reach/lat},
		Max: orb.Point{t.At[0] + reach/lon, t.At[1] + reach/lat},
	})
	s := &Signal{Window: w, Levels: make([]int16, w.Len())}
	for i := range s.Levels {
		s.Levels[i] = level(logSignal(t.At, w.Cell(i)))
	}
	return s, nil
}

func logSignal(at orb.Point, c lattice.Cell) float64 {
	return -60 - 35*math.Log10(max(Distance(at, c.Center()), 10)/100)
}

// world is a small regency: villages in a jittered grid of which the corners are
// shared, in two districts, and random everything else.
type world struct {
	villages, claims, towers, roads, places, tests []geo.Record
}

var worldOperators = []string{"Alpha", "Beta", "Gamma"}

func table(id string, records []geo.Record) geo.Table {
	c, _ := data.StandardCollection(id)
	return geo.Table{Collection: c, Records: records}
}

// record makes a record of a standard collection.
func record(collection, id string, g orb.Geometry, values map[string]any) geo.Record {
	c, _ := data.StandardCollection(collection)
	r := geo.Record{ID: id, Geometry: g}
	for _, f := range c.Fields {
		r.Values = append(r.Values, values[f.Name])
	}
	return r
}

func (w *world) snapshot(t rapid.TB) *geo.Snapshot {
	snap, err := geo.Build(context.Background(), nil, []geo.Table{
		table("villages", w.villages), table("coverage", w.claims), table("towers", w.towers),
		table("roads", w.roads), table("destinations", w.places), table("measurements", w.tests),
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return snap
}

func drawWorld(t *rapid.T) *world {
	w := &world{}
	const n, side = 3, 0.011
	var corner [n + 1][n + 1]orb.Point
	for i := range n + 1 {
		for j := range n + 1 {
			jitter := func() float64 { return rapid.Float64Range(-0.0025, 0.0025).Draw(t, "jitter") }
			corner[i][j] = orb.Point{112.6 + float64(i)*side + jitter(), -8.2 + float64(j)*side + jitter()}
		}
	}
	for i := range n {
		for j := range n {
			id := fmt.Sprintf("35.07.%02d.20%02d", i/2+1, i*n+j)
			v := map[string]any{"name": "V" + id, "district_code": id[:8], "district": "D" + id[6:8]}
			if rapid.IntRange(0, 9).Draw(t, "counted") > 0 {
				v["population"] = int64(rapid.IntRange(0, 9000).Draw(t, "people"))
			}
			ring := orb.Ring{corner[i][j], corner[i+1][j], corner[i+1][j+1], corner[i][j+1], corner[i][j]}
			w.villages = append(w.villages, record("villages", id, orb.Polygon{ring}, v))
		}
	}
	point := func(name string) orb.Point {
		return orb.Point{112.6 + rapid.Float64Range(0, n*side).Draw(t, name+" lon"), -8.2 + rapid.Float64Range(0, n*side).Draw(t, name+" lat")}
	}
	for k := range rapid.IntRange(0, 5).Draw(t, "claims") {
		p := drawPolygon(t, "claim")
		at := point("claim")
		for _, r := range p {
			for i := range r {
				r[i][0], r[i][1] = r[i][0]-112.5+at[0], r[i][1]+8.2+at[1]
			}
		}
		v := map[string]any{"operator": worldOperators[rapid.IntRange(0, 2).Draw(t, "operator")], "technology": "4g", "evidence": "claimed"}
		if rapid.Bool().Draw(t, "speed") {
			v["down_mbps"] = rapid.Float64Range(1, 30).Draw(t, "down")
		}
		w.claims = append(w.claims, record("coverage", fmt.Sprint("c", k), p, v))
	}
	w.towers = append(w.towers, record("towers", "first", point("tower"), map[string]any{
		"operators": "Alpha", "technologies": "4g", "status": "active", "frequency_mhz": 900.0, "height_m": 40.0,
	}))
	for k := range rapid.IntRange(0, 4).Draw(t, "towers") {
		w.towers = append(w.towers, drawTower(t, fmt.Sprint("t", k), point("tower")))
	}
	for k := range rapid.IntRange(1, 3).Draw(t, "roads") {
		line := orb.LineString{point("road"), point("road"), point("road")}
		w.roads = append(w.roads, record("roads", fmt.Sprint("r", k), line, map[string]any{"class": []string{"national", "village"}[k%2]}))
	}
	for k := range rapid.IntRange(0, 6).Draw(t, "places") {
		w.places = append(w.places, record("destinations", fmt.Sprint("p", k), point("place"), map[string]any{"name": "P", "category": "beach"}))
	}
	for k := range rapid.IntRange(0, 5).Draw(t, "tests") {
		w.tests = append(w.tests, record("measurements", fmt.Sprint("m", k), point("test"), map[string]any{
			"tests": int64(rapid.IntRange(1, 30).Draw(t, "number")), "network": "mobile", "down_mbps": rapid.Float64Range(0, 20).Draw(t, "measured"),
		}))
	}
	return w
}

func drawTower(t *rapid.T, id string, at orb.Point) geo.Record {
	operators := worldOperators[rapid.IntRange(0, 2).Draw(t, "of")]
	if rapid.Bool().Draw(t, "shared") {
		operators = "Alpha;Gamma"
	}
	v := map[string]any{"operators": operators, "technologies": "2g;4g", "status": "active", "frequency_mhz": 900.0, "height_m": 40.0}
	if rapid.Bool().Draw(t, "vague") {
		v["position_error_m"] = rapid.Float64Range(1, 500).Draw(t, "error")
	}
	return record("towers", id, at, v)
}

func testEngine() *Engine {
	return New(Options{Model: func(*geo.Snapshot) Model { return logModel{} }})
}

func ask(t rapid.TB, e *Engine, snap *geo.Snapshot, query string) *Answer {
	v, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	q, err := ParseQuery(v)
	if err != nil {
		t.Fatal(query, err)
	}
	a, err := e.Gaps(context.Background(), snap, q)
	if err != nil {
		t.Fatal(query, err)
	}
	return a
}

func drawQuery(t *rapid.T) string {
	pick := func(name string, of ...string) string { return rapid.SampledFrom(of).Draw(t, name) }
	return fmt.Sprintf("operator=%s&evidence=%s%s%s%s",
		pick("operator", "any", "all", "2", "Alpha"), pick("evidence", "best", "claimed", "modelled", "measured"),
		pick("threshold", "", "&min_down=5", "&min_rsrp=-85"), pick("road", "", "", "&near_road=300", "&near_road=200&road_class=national"),
		pick("season", "", "&season=holiday"))
}

func sum(rows []Row) Row {
	var s Row
	for i := range rows {
		s.add(&rows[i])
	}
	return s
}

// counts are the numbers of a row that add up.
func counts(r Row) string {
	return fmt.Sprint(r.People.Total, r.People.Covered, r.People.Gap, r.People.Unknown, r.People.GapLow, r.People.GapHigh, r.People.GapExpected, r.Area.Total, r.Area.Covered, r.Area.Gap, r.Area.Unknown, r.Places, r.Road)
}

func TestSumsNest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		snap, e, q := w.snapshot(t), testEngine(), drawQuery(t)
		whole := ask(t, e, snap, q)
		for _, by := range []string{"village", "district", "regency"} {
			a := ask(t, e, snap, q+"&by="+by)
			if got, want := counts(sum(a.Rows)), counts(whole.Totals); got != want {
				t.Fatalf("%s by %s:\n%s\ntotals\n%s", q, by, got, want)
			}
			for _, r := range a.Rows {
				p := r.People
				if p.Covered+p.Gap+p.Unknown != p.Total || p.GapLow > p.Gap || p.Gap > p.GapHigh || p.Gap < 0 || p.Unknown < 0 {
					t.Fatalf("%s: %+v", r.Code, p)
				}
				if n := r.Area; n.Covered+n.Gap+n.Unknown != n.Total || n.Gap < 0 || n.Unknown < 0 {
					t.Fatalf("%s: %+v", r.Code, n)
				}
			}
		}
		if q := ask(t, e, snap, "evidence=best"); true {
			var people int64
			for _, v := range w.villages {
				if n, ok := v.Values[7].(int64); ok {
					people += n
				}
			}
			if q.Totals.People.Total != People(people*1000) {
				t.Fatalf("%v people of %d", q.Totals.People.Total, people)
			}
		}
	})
}

func TestOrderOfRecordsChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, q := drawWorld(t), drawQuery(t)
		before := ask(t, testEngine(), w.snapshot(t), q)
		turned := &world{}
		for _, p := range [][2]*[]geo.Record{
			{&w.villages, &turned.villages},
			{&w.claims, &turned.claims},
			{&w.towers, &turned.towers},
			{&w.roads, &turned.roads},
			{&w.places, &turned.places},
			{&w.tests, &turned.tests},
		} {
			*p[1] = rapid.Permutation(*p[0]).Draw(t, "order")
		}
		after := ask(t, testEngine(), turned.snapshot(t), q)
		if !slices.EqualFunc(before.Rows, after.Rows, func(a, b Row) bool { return slices.Equal(a.Cells(), b.Cells()) }) {
			t.Fatal("rows differ")
		}
	})
}

func TestMoreOperatorsNeverCoverLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		w.tests = nil // tests that name nobody count for any alone
		snap, e := w.snapshot(t), testEngine()
		q := "evidence=" + rapid.SampledFrom([]string{"best", "claimed", "modelled"}).Draw(t, "evidence") + "&sort=code&operator="
		anyone, all, each := ask(t, e, snap, q+"any").Rows, ask(t, e, snap, q+"all").Rows, ask(t, e, snap, q+"each").Rows
		byCode := map[string]int{}
		for i := range anyone {
			byCode[anyone[i].Code] = i
		}
		for _, b := range all {
			// What is not covered by all is covered by some, or by none.
			if a := anyone[byCode[b.Code]]; b.Area.Gap-*b.Area.Partial-a.Area.Gap < -200 || b.Area.Gap-*b.Area.Partial-a.Area.Gap > 200 || a.Area.Partial != nil {
				t.Fatalf("%s: all %v, of it partial %v, any %v", b.Code, b.Area.Gap, b.Area.Partial, a.Area.Gap)
			}
		}
		for _, r := range each {
			a, b := anyone[byCode[r.Code]], all[byCode[r.Code]]
			if a.People.Gap > r.People.Gap || r.People.Gap > b.People.Gap || a.Area.Gap > r.Area.Gap || r.Area.Gap > b.Area.Gap {
				t.Fatalf("%s: any %v %v, %s %v %v, all %v %v", r.Code, a.People.Gap, a.Area.Gap, r.Operator, r.People.Gap, r.Area.Gap, b.People.Gap, b.Area.Gap)
			}
		}
	})
}

func TestRaisingTheThresholdNeverLowersAGap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		snap, e := w.snapshot(t), testEngine()
		low, up := rapid.Float64Range(-130, -50).Draw(t, "low"), rapid.Float64Range(0, 6).Draw(t, "up")
		never(t, ask(t, e, snap, fmt.Sprintf("sort=code&evidence=modelled&min_rsrp=%v", low)), ask(t, e, snap, fmt.Sprintf("sort=code&evidence=modelled&min_rsrp=%v", low+up)), 0)
		// Where an area that was enough becomes one that tells nothing, known and covered
		// parts of a cell are rounded apart.
		const borderCells = 500
		speed := rapid.Float64Range(0.1, 20).Draw(t, "speed")
		never(t, ask(t, e, snap, fmt.Sprintf("sort=code&evidence=claimed&min_down=%v", speed)), ask(t, e, snap, fmt.Sprintf("sort=code&evidence=claimed&min_down=%v", speed+up)), borderCells)
	})
}

// never fails when a gap of the first answer is greater than of the second.
// Amounts may differ by the units that cells lose by rounding.
func never(t *rapid.T, less, more *Answer, units int64) {
	t.Helper()
	p, m := People(units), Area(units)
	for i := range less.Rows {
		a, b := less.Rows[i], more.Rows[i]
		if a.People.Gap > b.People.Gap+p || a.People.GapLow > b.People.GapLow+p || a.People.GapHigh > b.People.GapHigh+p || a.People.GapExpected > b.People.GapExpected+p ||
			a.Area.Gap > b.Area.Gap+m || a.Places.Gap > b.Places.Gap || a.Road.Gap > b.Road.Gap {
			t.Fatalf("%s:\n%+v\n%+v", a.Code, a, b)
		}
	}
}

func TestATowerNeverRaisesAGap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		// Each operator has a tower, so that what is known stays the same.
		for i, o := range worldOperators {
			w.towers = append(w.towers, record("towers", "base"+o, orb.Point{112.6 + float64(i)*0.01, -8.19}, map[string]any{
				"operators": o, "technologies": "4g", "status": "active", "frequency_mhz": 900.0, "height_m": 40.0,
			}))
		}
		more := *w
		more.towers = append(slices.Clone(w.towers), drawTower(t, "new", orb.Point{112.6 + rapid.Float64Range(0, 0.03).Draw(t, "x"), -8.2 + rapid.Float64Range(0, 0.03).Draw(t, "y")}))
		q := "sort=code&poi=destinations&operator=" + rapid.SampledFrom([]string{"any", "all", "2", "Alpha"}).Draw(t, "operator") +
			"&evidence=" + rapid.SampledFrom([]string{"best", "modelled"}).Draw(t, "evidence") + rapid.SampledFrom([]string{"", "&min_rsrp=-80", "&near_road=500"}).Draw(t, "rest")
		e := testEngine()
		before, after := ask(t, e, w.snapshot(t), q), ask(t, e, more.snapshot(t), q)
		never(t, after, before, 0)

		// As a what-if it is the same, taken away again it is nothing.
		v, _ := url.ParseQuery(q)
		ifs, _ := ParseQuery(v)
		snap := more.snapshot(t)
		ifs.Change = &Change{Add: towersOf(snap.Layer("towers"))[slices.IndexFunc(towersOf(snap.Layer("towers")), func(t Tower) bool { return t.ID == "new" }):][:1]}
		built, err := e.Gaps(context.Background(), w.snapshot(t), ifs)
		if err != nil {
			t.Fatal(err)
		}
		ifs.Change = &Change{Remove: []string{"new"}}
		gone, err := e.Gaps(context.Background(), snap, ifs)
		if err != nil {
			t.Fatal(err)
		}
		for i := range after.Rows {
			if counts(gone.Rows[i]) != counts(before.Rows[i]) {
				t.Fatalf("removed:\n%+v\nbefore:\n%+v", gone.Rows[i], before.Rows[i])
			}
			if ifs.Evidence == "modelled" && counts(built.Rows[i]) != counts(after.Rows[i]) {
				t.Fatalf("what-if:\n%+v\nbuilt:\n%+v", built.Rows[i], after.Rows[i])
			}
		}
	})
}
