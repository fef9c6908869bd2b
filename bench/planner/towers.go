package main

import (
	"context"
	"fmt"
	"io"
	"math"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
)

// firstQuery asks for claims with nothing computed before, and again.
func firstQuery(ctx context.Context, out io.Writer, snap *geo.Snapshot) error {
	q := &coverage.Query{Evidence: "claimed"}
	first, err := times(7, func(int) error {
		_, err := coverage.New(coverage.Options{Model: coverage.ModelOf}).Gaps(ctx, snap, q)
		return err
	})
	if err != nil {
		return err
	}
	e := coverage.New(coverage.Options{Model: coverage.ModelOf})
	again, err := times(101, func(int) error {
		_, err := e.Gaps(ctx, snap, q)
		return err
	})
	if err != nil {
		return err
	}
	line(out, "claimed gaps of all villages, asked again", again, "with nothing computed before, villages included", first)
	return nil
}

// somewhere is a tower that was never computed before.
func somewhere(i int) orb.Point {
	return orb.Point{112.45 + 0.0041*float64(i%70) + 1e-6*float64(i), -8.3 + 0.003*float64(i%83)}
}

// reaches is how far a signal goes, in km: where it is dbm or more, and as far as it
// is computed for the interval.
func reaches(ctx context.Context, snap *geo.Snapshot, t coverage.Tower, dbm float64) (covered, computed float64, err error) {
	s, err := coverage.ModelOf(snap).Signal(ctx, t, dbm-11)
	if err != nil {
		return 0, 0, err
	}
	for i, v := range s.Levels {
		d := coverage.Distance(t.At, s.Cell(i).Center()) / 1000
		if v != coverage.NoSignal {
			computed = max(computed, d)
		}
		if float64(v) >= dbm*100 {
			covered = max(covered, d)
		}
	}
	return math.Round(covered*10) / 10, math.Round(computed*10) / 10, nil
}

// towers measures what-ifs, beside the same tower put into the list of towers and
// everything asked again.
func towers(ctx context.Context, out io.Writer, snap *geo.Snapshot, e *coverage.Engine, w *web) error {
	for _, mhz := range []float64{5900, 1800} {
		n := 0
		tower := func() coverage.Tower {
			n++
			return coverage.Tower{
				ID: fmt.Sprint("new-", n), At: somewhere(n), Operators: []string{"Telkomsel"}, Technologies: []string{"4g"}, FrequencyMHz: mhz, HeightM: 40, Status: "active",
			}
		}
		if err := coverage.ModelOf(snap).(interface{ Check(coverage.Tower) error }).Check(tower()); err != nil {
			continue // a plain's formula is not made for it
		}
		covered, computed, err := reaches(ctx, snap, tower(), coverage.PresenceRSRP)
		if err != nil {
			return err
		}
		name := fmt.Sprintf("a tower of %g MHz, received up to %g km, computed up to %g km", mhz, covered, computed)
		rebuilt, err := times(9, func(int) error { return listed(ctx, snap, e, tower()) })
		if err != nil {
			return err
		}
		engine, err := times(41, func(int) error {
			_, err := e.Difference(ctx, snap, &coverage.Query{Change: &coverage.Change{Add: []coverage.Tower{tower()}}})
			return err
		})
		if err != nil {
			return err
		}
		line(out, name+": difference by village", engine, "the tower put into the list, and all asked again", rebuilt)
		http, err := times(41, func(int) error {
			t := tower()
			return w.post(ctx, "/api/coverage/scenarios?save=false", fmt.Sprintf(
				`{"name":"x","technology":"4g","add":[{"lon":%v,"lat":%v,"height_m":40,"frequency_mhz":%v,"operators":["Telkomsel"]}]}`, t.At[0], t.At[1], mhz))
		})
		if err != nil {
			return err
		}
		line(out, "the same over HTTP", http, "the same", rebuilt)
	}
	return nil
}

// listed asks of a snapshot whose towers have one more.
func listed(ctx context.Context, snap *geo.Snapshot, e *coverage.Engine, t coverage.Tower) error {
	list := snap.Layer("towers").Table()
	r := geo.Record{ID: t.ID, Geometry: t.At}
	for _, f := range list.Collection.Fields {
		r.Values = append(r.Values, map[string]any{
			"operators": t.Operators[0], "technologies": t.Technologies[0], "frequency_mhz": t.FrequencyMHz, "height_m": t.HeightM, "status": t.Status,
		}[f.Name])
	}
	list.Records = append(list.Records, r)
	with, err := geo.Build(ctx, snap, []geo.Table{list}, nil)
	if err != nil {
		return err
	}
	_, err = e.Gaps(ctx, with.WithRasters(snap.Rasters()...), &coverage.Query{})
	return err
}
