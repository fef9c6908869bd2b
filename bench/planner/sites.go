package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
	"github.com/petadesa/petadesa/geo/lattice"
)

// sites measures twenty sites from a lattice of 500 m, at two thresholds.
func sites(ctx context.Context, out io.Writer, snap *geo.Snapshot, e *coverage.Engine, w *web) error {
	operators, err := e.OperatorsOf(ctx, snap, "4g")
	if err != nil {
		return err
	}
	for _, dbm := range []float64{coverage.PresenceRSRP, -95} {
		plan := func(count int) *coverage.SiteQuery {
			return &coverage.SiteQuery{
				Query: &coverage.Query{Technology: "4g", Evidence: "modelled", MinRSRP: dbm}, Count: count, LatticeM: 500, Weights: coverage.SiteWeights{People: 1},
				Tower: coverage.Tower{HeightM: 40, Operators: operators, Technologies: []string{"4g"}},
			}
		}
		if _, err := e.Gaps(ctx, snap, plan(1).Query); err != nil { // the gaps are there
			return err
		}
		// As many heights around, so that nothing of the towers was computed before.
		var a *coverage.SiteAnswer
		first, err := times(3, func(i int) error {
			sq := plan(20)
			sq.Tower.HeightM += float64(i) / 100
			a, err = e.Sites(ctx, snap, sq, nil)
			return err
		})
		if err != nil {
			return err
		}
		again, err := times(5, func(i int) error {
			_, err := e.Sites(ctx, snap, plan(16+i), nil)
			return err
		})
		if err != nil {
			return err
		}
		c := a.Certificate
		name := fmt.Sprintf("20 sites at %g dBm, %d candidates, %d compared: at least %.1f %% of the best (%s)", dbm, a.Candidates, a.Considered, 100*c.Ratio, c.Method)
		greedy, err := plainGreedy(ctx, snap, e, plan(20))
		if err != nil {
			return err
		}
		line(out, name, first, "greedy of all candidates on a plain, each gain counted anew cell by cell, no certificate", greedy)
		line(out, "the same towers, other numbers of sites", again, "the first time", first)
		http, err := times(3, func(i int) error {
			return w.post(ctx, "/api/coverage/sites", fmt.Sprintf(
				`{"count":20,"technology":"4g","candidates":{"lattice_m":500},"weights":{"people":1},"height_m":%v,"parameters":{"min_rsrp":"%v"}}`, 41+float64(i)/100, dbm))
		})
		if err != nil {
			return err
		}
		line(out, "20 sites over HTTP, nothing of them computed before", http, "the same by the engine", first)
	}
	return nil
}

// plainGreedy chooses as many sites by looking at each candidate again for each
// site, as one would write it first. The footprints are those of a plain.
func plainGreedy(ctx context.Context, snap *geo.Snapshot, e *coverage.Engine, sq *coverage.SiteQuery) (timing, error) {
	began, used := time.Now(), ownCPU()
	d, err := e.Demand(ctx, snap, sq.Query, sq.Tower)
	if err != nil {
		return timing{}, err
	}
	weight := make(map[lattice.Cell]int64, len(d.Cells))
	for i, c := range d.Cells {
		if n := int64(d.Gap[i].People); n > 0 {
			weight[c] = n
		}
	}
	m := coverage.NewModel(nil)
	const step = 5 // cells, about 500 m
	window := lattice.Covering(snap.Layer("villages").Bound)
	var footprints [][]lattice.Cell
	for row := window.Row; row < window.Row+window.Height; row += step {
		t := sq.Tower
		t.FrequencyMHz, t.At = 1800, lattice.Cell{Col: window.Col, Row: row}.Center()
		s, err := m.Signal(ctx, t, sq.Query.MinRSRP)
		if err != nil {
			return timing{}, err
		}
		for col := window.Col; col < window.Col+window.Width; col += step {
			var in []lattice.Cell
			for i, v := range s.Levels {
				if c := s.Cell(i); float64(v) >= 100*sq.Query.MinRSRP {
					if c.Col += col - window.Col; weight[c] > 0 {
						in = append(in, c)
					}
				}
			}
			if len(in) > 0 {
				footprints = append(footprints, in)
			}
		}
	}
	for range sq.Count {
		best, most := -1, int64(0)
		for i, f := range footprints {
			var gain int64
			for _, c := range f {
				gain += weight[c]
			}
			if gain > most {
				best, most = i, gain
			}
		}
		if best < 0 || ctx.Err() != nil {
			break
		}
		for _, c := range footprints[best] {
			weight[c] = 0
		}
	}
	took := time.Since(began)
	return timing{took, took, ownCPU() - used}, ctx.Err()
}
