package coverage

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/petadesa/petadesa/geo/coverage/propagation"
	"github.com/petadesa/petadesa/geo/coverage/siting"
	"github.com/petadesa/petadesa/geo/lattice"
)

// sweeps is a model that can tell of single cells, over terrain that was read
// once, what Signal says of them.
type sweeps interface {
	Relief(ctx context.Context, w lattice.Window) (*propagation.Relief, error)
	Sweep(r *propagation.Relief) *propagation.Sweep
	Begin(s *propagation.Sweep, t Tower, dbm, weakest float64) (bool, error)
}

// Relief reads the terrain of a window.
func (m *propagationModel) Relief(ctx context.Context, w lattice.Window) (*propagation.Relief, error) {
	return propagation.ReadRelief(ctx, m.terrain, w)
}

// Sweep returns a sweep over a relief.
func (m *propagationModel) Sweep(r *propagation.Relief) *propagation.Sweep {
	return m.model.NewSweep(r)
}

// Begin turns a sweep to a tower, of which levels of dbm or more are wanted and
// signals are computed down to weakest.
func (m *propagationModel) Begin(s *propagation.Sweep, t Tower, dbm, weakest float64) (bool, error) {
	tx := m.transmitter(t)
	whole, err := m.reach(tx, weakest)
	if err != nil {
		return false, err
	}
	dbm -= 0.02 // what is rounded up to a level
	return s.Begin(tx, dbm, min(max(m.model.Reach(tx, dbm), 100), whole), whole), nil
}

// reached is what was computed for a list of candidates, for the next plan with other
// numbers: of the same towers, places and demand.
type reached struct{ covers [][]siting.Run }

// Bytes returns how much memory the runs take.
func (c reached) Bytes() int64 {
	n := int64(24 * len(c.covers))
	for _, cover := range c.covers {
		n += int64(8 * cap(cover))
	}
	return n
}

// key tells what candidates reach apart.
func (r *siteReach) key(all []candidate) string {
	h := sha256.New()
	var buf []byte
	for _, c := range r.demand.cells {
		buf = binary.LittleEndian.AppendUint64(buf, uint64(c.ID()))
	}
	for i := range all {
		buf = binary.LittleEndian.AppendUint64(buf, math.Float64bits(all[i].at[0]))
		buf = binary.LittleEndian.AppendUint64(buf, math.Float64bits(all[i].at[1]))
	}
	h.Write(buf)
	return fmt.Sprintf("reached/%s/%s/%s/%d/%x", r.model.Version(), r.threshold.key(), signalKey(&r.tower), len(all), h.Sum(nil))
}

// known is signals, or what they were when they were asked for before.
func (r *siteReach) known(ctx context.Context, all []candidate, progress func(string, int, int)) error {
	var mu sync.Mutex
	here := true // what is computed may outlast who asked, and must not tell them then
	defer func() {
		mu.Lock()
		here = false
		mu.Unlock()
	}()
	tell := func(stage string, done, of int) {
		mu.Lock()
		defer mu.Unlock()
		if here {
			progress(stage, done, of)
		}
	}
	kept, err := cached(ctx, r.engine.cache, r.key(all), func(ctx context.Context) (reached, error) {
		fresh := slices.Clone(all)
		err := r.signals(ctx, fresh, tell)
		covers := make([][]siting.Run, len(fresh))
		for i := range fresh {
			covers[i] = fresh[i].cover
		}
		return reached{covers}, err
	})
	if err != nil {
		return err
	}
	for i := range all {
		all[i].cover = kept.covers[i]
	}
	return nil
}

// signals gives each candidate the demand that its signal reaches over terrain.
func (r *siteReach) signals(ctx context.Context, all []candidate, progress func(string, int, int)) error {
	one, err := r.reacher(ctx)
	if err != nil {
		return err
	}
	errs := make([]error, len(all))
	var next, done atomic.Int64
	var tell sync.Mutex
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		reach := one()
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(all) {
					return
				}
				if all[i].cover, errs[i] = reach(ctx, &all[i]); errs[i] != nil {
					return
				}
				if n := done.Add(1); n%16 == 0 || int(n) == len(all) {
					tell.Lock()
					progress("signals", int(n), len(all))
					tell.Unlock()
				}
			}
		})
	}
	wg.Wait()
	return errors.Join(append(errs, ctx.Err())...)
}

type reachFunc func(ctx context.Context, c *candidate) ([]siting.Run, error)

// reacher returns what makes functions, one for each goroutine, that tell what
// demand a candidate's signal reaches: cell by cell of the demand, where the model can,
// else by its whole signal.
func (r *siteReach) reacher(ctx context.Context) (func() reachFunc, error) {
	weakest := r.weakest(r.threshold, []Tower{r.tower})
	signal, least := r.signal(weakest), level(r.threshold.dbm())
	bySignal := func(ctx context.Context, c *candidate) ([]siting.Run, error) {
		t := r.tower
		t.At = c.at
		s, err := signal(ctx, t)
		if err != nil {
			return nil, err
		}
		return r.runs(s, least), nil
	}
	m, ok := r.model.(sweeps)
	if flat, is := r.model.(interface{ Flat() bool }); !ok || is && flat.Flat() {
		return func() reachFunc { return bySignal }, nil
	}
	bound := r.villages.Bound
	perLon, perLat := metresPerDegree(bound.Center()[1])
	w := lattice.Covering(bound.Pad(1.05 * maxReach / min(perLon, perLat)))
	key := "relief/" + r.model.Version() + "/" + r.villages.Version
	relief, err := cached(ctx, r.engine.cache, key, func(ctx context.Context) (*propagation.Relief, error) { return m.Relief(ctx, w) })
	if err != nil {
		return nil, err
	}
	return func() reachFunc {
		sweep := m.Sweep(relief)
		var columns []int32
		var dbm []float32
		return func(ctx context.Context, c *candidate) ([]siting.Run, error) {
			t := r.tower
			t.At = c.at
			switch ok, err := m.Begin(sweep, t, r.threshold.dbm(), weakest); {
			case err != nil:
				return nil, err
			case !ok:
				return bySignal(ctx, c)
			}
			var runs []siting.Run
			_, perLat := metresPerDegree(t.At[1])
			_, y := position(t.At)
			rows := int32(sweep.Radius()/(perLat/lattice.PerDegree)) + 2
			half := int32(sweep.Radius()/(metresAt(t.At[1])/lattice.PerDegree)) + 2
			col := lattice.At(t.At[0], t.At[1]).Col
			for row := int32(y) - rows; row <= int32(y)+rows; row++ {
				from, to := r.demand.between(row, col-half, col+half+1)
				if from == to {
					continue
				}
				columns, dbm = columns[:0], dbm[:0]
				for _, c := range r.demand.cells[from:to] {
					columns, dbm = append(columns, c.Col), append(dbm, 0)
				}
				sweep.Row(row, columns, dbm)
				for i, v := range dbm {
					if level(float64(v)) < least {
						continue
					}
					at := from + uint32(i)
					if n := len(runs); n > 0 && runs[n-1].End == at {
						runs[n-1].End++
					} else {
						runs = append(runs, siting.Run{Start: at, End: at + 1})
					}
				}
			}
			return runs, ctx.Err()
		}
	}, nil
}

// metresAt is the length of a degree of longitude in m, a little less than it is
// within a footprint of a latitude.
func metresAt(lat float64) float64 {
	perLon, _ := metresPerDegree(math.Min(math.Abs(lat)+0.2, 89))
	return perLon
}

// runs returns the demand where a signal is a level or more.
func (r *siteReach) runs(s *Signal, least int16) []siting.Run {
	var runs []siting.Run
	for y := range s.Height {
		values := s.Levels[int(y)*int(s.Width):][:s.Width]
		for x := int32(0); x < s.Width; x++ {
			if values[x] < least {
				continue
			}
			from := x
			for x < s.Width && values[x] >= least {
				x++
			}
			runs = r.demand.run(runs, s.Row+y, s.Col+from, s.Col+x)
		}
	}
	return runs
}
