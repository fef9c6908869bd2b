package coverage

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

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

func newDemandRows(cells []lattice.Cell) *demandRows {
	r := &demandRows{cells: cells}
	if len(cells) == 0 {
		return r
	}
	r.first = cells[0].Row
	for i, c := range cells {
		for int(c.Row-r.first) >= len(r.from) {
			r.from = append(r.from, uint32(i))
		}
	}
	r.from = append(r.from, uint32(len(cells)))
	return r
}

// between returns which of the demand lies in the columns from up to, but not, to
// of a row.
func (r *demandRows) between(row, from, to int32) (first, end uint32) {
	k := int(row - r.first)
	if k < 0 || k+1 >= len(r.from) || from >= to {
		return 0, 0
	}
	here := r.cells[r.from[k]:r.from[k+1]]
	at := func(col int32) uint32 {
		low, high := 0, len(here)
		for low < high {
			if mid := (low + high) / 2; here[mid].Col < col {
				low = mid + 1
			} else {
				high = mid
			}
		}
		return r.from[k] + uint32(low)
	}
	return at(from), at(to)
}

// run appends the demand in the columns from up to, but not, to.
func (r *demandRows) run(dst []siting.Run, row, from, to int32) []siting.Run {
	a, b := r.between(row, from, to)
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
	if err := r.discs(ctx, all); err != nil {
		return nil, err
	}
	if r.plain() {
		progress("signals", len(all), len(all))
		return covering(all), nil
	}
	if all = covering(all); len(all) > MaxTerrainCandidate {
		all = likeliest(all, weights)
	}
	if err := r.known(ctx, all, progress); err != nil {
		return nil, err
	}
	return covering(all), nil
}

// plain reports whether footprints do not depend on terrain.
func (r *siteReach) plain() bool {
	flat, ok := r.model.(interface{ Flat() bool })
	return r.threshold.RadiusM > 0 || ok && flat.Flat()
}

// entire gives the chosen candidates what they cover of all demand, also of that which
// does not count.
func (r *siteReach) entire(ctx context.Context, d *Demand, chosen []candidate) error {
	r.demand = newDemandRows(d.Cells)
	if r.plain() {
		return r.discs(ctx, chosen)
	}
	return r.signals(ctx, chosen, func(string, int, int) {})
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

// Flat reports whether the model takes the ground as a plain.
func (m *propagationModel) Flat() bool { return m.terrain == nil }
