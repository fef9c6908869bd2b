package coverage

import (
	"context"
	"errors"
	"math"
	"testing"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/lattice"
)

// scenery is one village of 3 × 3 km with an operator that claims its west, has a
// tower in its east, tests in both, and an official blank spot.
func scenery(t *testing.T) *geo.Snapshot {
	t.Helper()
	const w, e, s, n = 112.6, 112.63, -8.2, -8.17
	box := func(west, east float64) orb.Polygon {
		return orb.Bound{Min: orb.Point{west, s}, Max: orb.Point{east, n}}.ToPolygon()
	}
	test := func(id string, lon, down float64, tests int64) geo.Record {
		return record("measurements", id, orb.Point{lon, -8.185}, map[string]any{"down_mbps": down, "tests": tests, "network": "mobile", "source_date": "2026-05"})
	}
	snap, err := geo.Build(t.Context(), nil, []geo.Table{
		table("villages", []geo.Record{record("villages", "35.07.01.2001", box(w, e), map[string]any{
			"name": "Uji", "district_code": "35.07.01", "district": "Contoh", "population": int64(3000),
		})}),
		table("coverage", []geo.Record{record("coverage", "west", box(w, 112.615), map[string]any{
			"operator": "Alpha", "technology": "4g", "evidence": "claimed", "down_mbps": 10.0, "source_date": "2026-01",
		})}),
		table("towers", []geo.Record{record("towers", "east", orb.Point{112.625, -8.185}, map[string]any{
			"operators": "Alpha", "technologies": "4g", "status": "active", "height_m": 40.0,
		})}),
		table("measurements", []geo.Record{test("claimed-but-nothing", 112.605, 0, 40), test("thin", 112.61, 0, 2), test("unclaimed-but-fine", 112.62, 12, 30)}),
		table("blankspots", []geo.Record{
			record("blankspots", "list", nil, map[string]any{"unit": "village", "status": "blank", "village_code": "35.07.01.2001", "source_date": "2025-10"}),
			record("blankspots", "older", orb.Point{112.62, -8.185}, map[string]any{"unit": "point", "status": "blank", "source_date": "2024-03"}),
		}),
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return snap
}

func TestAtExplainsAPlace(t *testing.T) {
	snap, e := scenery(t), testEngine()
	for _, c := range []struct {
		lon, lat                           float64
		state, claimed, modelled, measured string
	}{
		{112.607, -8.18, StateCovered, StateCovered, StateCovered, StateUnknown},
		{112.626, -8.186, StateCovered, StateNot, StateCovered, StateUnknown},
		{112.5, -8.2, StateUnknown, StateUnknown, StateUnknown, StateUnknown},
	} {
		p, err := e.At(context.Background(), snap, c.lon, c.lat, &Query{Technology: "4g"})
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Operators) != 1 {
			t.Fatalf("%d operators", len(p.Operators))
		}
		o := p.Operators[0]
		if o.State != c.state || o.Claimed != c.claimed || o.Modelled != c.modelled || o.Measured != c.measured || o.Why == "" {
			t.Errorf("%v %v: %+v", c.lon, c.lat, o)
		}
		if inside := c.lon > 112.6; inside != (p.Village != nil) {
			t.Errorf("%v %v lies in %v", c.lon, c.lat, p.Village)
		}
		if c.lon > 112.62 {
			want := logSignal(orb.Point{112.625, -8.185}, mustCell(t, p.Cell))
			if o.RSRP == nil || math.Abs(*o.RSRP-want) > 0.006 || o.Tower.ID != "east" || len(p.Measurements) == 0 || p.Official.Date != "2025-10" || !o.Tower.Guessed {
				t.Errorf("%+v %+v %+v", o, p.Official, p.Measurements)
			}
		}
	}
	var bad *ParamError
	if _, err := e.At(context.Background(), snap, math.NaN(), 0, &Query{}); !errors.As(err, &bad) || bad.Parameter != "lon" {
		t.Error(err)
	}
}

func mustCell(t *testing.T, id string) lattice.Cell {
	t.Helper()
	cell, ok := ParseCellID(id)
	if !ok {
		t.Fatal(id)
	}
	return cell
}

func TestReconcileFindsEachContradiction(t *testing.T) {
	snap, e := scenery(t), testEngine()
	r, err := e.Reconcile(context.Background(), snap, &Query{})
	if err != nil {
		t.Fatal(err)
	}
	// The tests name no operator, so they are compared with what anybody claims;
	// the thin one is in the same village as a solid one.
	want := map[string]int{NonAligned: 1, UnderClaimed: 1, StaleList: 2, ModelOrList: 2}
	for kind, n := range want {
		if r.Counts[kind] != n {
			t.Errorf("%s: %d, want %d", kind, r.Counts[kind], n)
		}
	}
	for _, row := range r.Rows {
		if row.VillageCode != "35.07.01.2001" || len(row.Evidence) != 2 || row.Evidence[0].Count == 0 || row.Evidence[1].Count == 0 || row.Evidence[1].Date == "" && row.Type != ModelOrList {
			t.Errorf("%+v", row)
		}
		if row.Type == NonAligned && (row.Cells != 2 || row.Thin || row.Evidence[1].Count != 42) {
			t.Errorf("%+v", row)
		}
		if row.Unit == "point" && (row.Lon == nil || row.ID != "older") {
			t.Errorf("%+v", row)
		}
	}
}
