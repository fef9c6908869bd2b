package coverage

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/petadesa/petadesa/geo/coverage/siting"
	"github.com/petadesa/petadesa/geo/lattice"
)

// candidates lists where towers may be built: in the middle of cells of the
// land that the query selects, on a lattice; and on the points of a collection.
func (s *scene) candidates(ctx context.Context, q *Query, sq *SiteQuery) ([]candidate, error) {
	chosen, err := s.choose(q)
	if err != nil {
		return nil, err
	}
	var near *Set
	if sq.NearRoad > 0 {
		if near, err = corridor(ctx, s.Grid, s.snap.Layer("roads"), wantedClasses(q.RoadClass), sq.NearRoad); err != nil {
			return nil, err
		}
	}
	excluded := s.Grid.NewBuilder()
	for _, area := range sq.Exclude {
		excluded.AddPolygon(area)
	}
	no := excluded.Set()
	allows := func(i int32) bool {
		return i >= 0 && (near == nil || near.Mask(i) != 0) && no.Mask(i) == 0
	}
	var all []candidate
	if sq.LatticeM > 0 {
		window := lattice.Covering(s.villages.Bound)
		land := s.selected(chosen, window)
		perLon, perLat := metresPerDegree(s.villages.Bound.Center()[1])
		across := max(int32(math.Round(sq.LatticeM*lattice.PerDegree/perLon)), 1)
		down := max(int32(math.Round(sq.LatticeM*lattice.PerDegree/perLat)), 1)
		for row := window.Row + down/2; row < window.Row+window.Height; row += down {
			for col := window.Col + across/2; col < window.Col+window.Width; col += across {
				c := lattice.Cell{Col: col, Row: row}
				if i := s.Grid.Index(c); allows(i) && land.Has(i) {
					all = append(all, candidate{at: c.Center()})
				}
			}
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if len(all) > MaxSiteCandidates {
				return nil, tooMany(len(all))
			}
		}
	}
	if sq.On != "" {
		l := s.snap.Layer(sq.On)
		if l == nil {
			return nil, &ParamError{Parameter: "candidates.on", Value: sq.On, Reason: "there is no such collection"}
		}
		for i := range l.Len() {
			at, ok := pointOf(l.Geometry(i))
			if !ok {
				continue
			}
			p, v := s.settleAt(s.owners, at)
			if v >= 0 && allows(p.cell) && slices.Contains(chosen, int(v)) {
				all = append(all, candidate{at: at, feature: l.ID(i)})
			}
		}
		if len(all) > MaxSiteCandidates {
			return nil, tooMany(len(all))
		}
	}
	if len(all) == 0 {
		return nil, &ParamError{Parameter: "candidates", Reason: "no place is left to build on: the rule excludes them all"}
	}
	return all, nil
}

func tooMany(n int) error {
	return &ParamError{Parameter: "candidates", Value: fmt.Sprint(n), Reason: fmt.Sprintf("these are more than the %d candidates that are compared; take a wider lattice, or fewer villages", MaxSiteCandidates)}
}

// demandRows finds the demand in a stretch of a row of cells.
type demandRows struct {
	cells []lattice.Cell // in order of row and column
	first int32          // row
	from  []uint32       // of each row from the first: its first cell
}

func newDemandRows(d *Demand) *demandRows {
	r := &demandRows{cells: d.Cells}
	if len(d.Cells) == 0 {
		return r
	}
	r.first = d.Cells[0].Row
	for i, c := range d.Cells {
		for int(c.Row-r.first) >= len(r.from) {
			r.from = append(r.from, uint32(i))
		}
	}
	r.from = append(r.from, uint32(len(d.Cells)))
	return r
}

// run appends the demand in the columns from up to, but not, to.
func (r *demandRows) run(dst []siting.Run, row, from, to int32) []siting.Run {
	k := int(row - r.first)
	if k < 0 || k+1 >= len(r.from) || from >= to {
		return dst
	}
	here := r.cells[r.from[k]:r.from[k+1]]
	at := func(col int32) uint32 {
		i, _ := slices.BinarySearchFunc(here, col, func(c lattice.Cell, col int32) int { return cmp.Compare(c.Col, col) })
		return r.from[k] + uint32(i)
	}
	a, b := at(from), at(to)
	if a == b {
		return dst
	}
	if n := len(dst); n > 0 && dst[n-1].End == a {
		dst[n-1].End = b
		return dst
	}
	return append(dst, siting.Run{Start: a, End: b})
}

// siteReach finds what a tower would cover.
type siteReach struct {
	*scene
	threshold *Threshold
	tower     Tower // as it sends the technology
	demand    *demandRows
}

// cover gives candidates the demand that each would cover; those that cover
// none are left out. On a plain, all of a row of cells have the same footprint.
// Over terrain it is computed for each, the likeliest first.
func (r *siteReach) cover(ctx context.Context, all []candidate, weights []int64, progress func(string, int, int)) ([]candidate, error) {
	discs, err := r.discs(ctx, all)
	if err != nil {
		return nil, err
	}
	flat, ok := r.model.(interface{ Flat() bool })
	if r.threshold.RadiusM > 0 || ok && flat.Flat() {
		progress("signals", len(all), len(all))
		return covering(discs), nil
	}
	if discs = covering(discs); len(discs) > MaxTerrainCandidate {
		discs = likeliest(discs, weights)
	}
	if err := r.signals(ctx, discs, progress); err != nil {
		return nil, err
	}
	return covering(discs), nil
}

func covering(all []candidate) []candidate {
	return slices.DeleteFunc(all, func(c candidate) bool { return len(c.cover) == 0 })
}

// likeliest keeps the candidates whose surroundings hold most demand, in their
// order.
func likeliest(all []candidate, weights []int64) []candidate {
	running := make([]int64, len(weights)+1)
	for i, w := range weights {
		running[i+1] = running[i] + w
	}
	order, value := make([]int, len(all)), make([]int64, len(all))
	for i := range all {
		order[i] = i
		for _, run := range all[i].cover {
			value[i] += running[run.End] - running[run.Start]
		}
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(value[b], value[a]), cmp.Compare(a, b)) })
	order = order[:MaxTerrainCandidate]
	slices.Sort(order)
	kept := make([]candidate, len(order))
	for k, i := range order {
		kept[k] = all[i]
	}
	return kept
}

func (r *siteReach) dbm() float64 {
	if r.threshold.MinRSRP == 0 {
		return PresenceRSRP
	}
	return r.threshold.MinRSRP
}

// discs gives each candidate what it would cover on a plain, or within the
// radius of a buffer.
func (r *siteReach) discs(ctx context.Context, all []candidate) ([]candidate, error) {
	type span struct{ row, from, to int32 } // from the candidate's cell
	plain := NewModel(nil)
	patterns := map[int32][]span{}
	for i := range all {
		if i%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		c := lattice.At(all[i].at[0], all[i].at[1])
		pattern, ok := patterns[c.Row]
		if !ok {
			t := r.tower
			t.At = c.Center()
			if radius := r.threshold.RadiusM; radius > 0 {
				perLon, perLat := metresPerDegree(t.At[1])
				sx, sy := perLon/lattice.PerDegree, perLat/lattice.PerDegree
				for dy := -int32(radius / sy); float64(dy)*sy <= radius; dy++ {
					half := int32(math.Sqrt(max(radius*radius-float64(dy)*sy*float64(dy)*sy, 0)) / sx)
					pattern = append(pattern, span{dy, -half, half + 1})
				}
			} else {
				// The flat signal reaches as far as that over terrain may: the model ends
				// both there.
				weakest := r.dbm()
				if f, ok := r.model.(interface{ Flat() bool }); ok && !f.Flat() {
					weakest = math.Floor(min(weakest, PresenceRSRP) - fadingMargin)
				}
				s, err := plain.Signal(ctx, t, weakest)
				if err != nil {
					return nil, &ParamError{Parameter: "tower", Reason: err.Error()}
				}
				least := level(weakest)
				for y := range s.Height {
					values := s.Levels[int(y)*int(s.Width):][:s.Width]
					from := int32(slices.IndexFunc(values, func(v int16) bool { return v >= least }))
					if from < 0 {
						continue
					}
					to := from
					for to < s.Width && values[to] >= least {
						to++
					}
					pattern = append(pattern, span{s.Row + y - c.Row, s.Col + from - c.Col, s.Col + to - c.Col})
				}
			}
			patterns[c.Row] = pattern
		}
		for _, p := range pattern {
			all[i].cover = r.demand.run(all[i].cover, c.Row+p.row, c.Col+p.from, c.Col+p.to)
		}
	}
	return all, nil
}

// signals gives each candidate what its signal reaches over terrain.
func (r *siteReach) signals(ctx context.Context, all []candidate, progress func(string, int, int)) error {
	signal := r.signal(math.Floor(min(r.dbm(), PresenceRSRP) - fadingMargin))
	least := level(r.dbm())
	errs := make([]error, len(all))
	var next, done atomic.Int64
	var tell sync.Mutex
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(all) {
					return
				}
				t := r.tower
				t.At = all[i].at
				s, err := signal(ctx, t)
				if err != nil {
					errs[i] = err
					return
				}
				all[i].cover = r.runs(s, least)
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

// Flat reports whether the model takes the ground as a plain.
func (m *propagationModel) Flat() bool { return m.terrain == nil }
