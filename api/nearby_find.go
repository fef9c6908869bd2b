package api

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"time"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
	"github.com/petadesa/petadesa/geo/hours"
	"github.com/petadesa/petadesa/geo/routing"
)

// findNearby answers a wish; without a router by distance alone.
func (s *service) findNearby(ctx context.Context, snap *geo.Snapshot, router *routing.Router, q *wish, base string) (*nearbyAnswer, error) {
	out := &nearbyAnswer{Type: "FeatureCollection", Sorted: "distance", Features: []nearbyFeature{}, Notices: notices(snap), Pending: q.pending}
	if q.byTime {
		out.Sorted = "time"
	}
	if q.open != nil {
		out.OpenAt = q.open.Format(time.RFC3339)
	}
	all, err := s.placesOf(ctx, snap)
	if err != nil || all == nil {
		return out, err
	}
	minutes, err := s.minutesTo(ctx, snap, router, q, all)
	if err != nil {
		return nil, err
	}
	type hit struct {
		place    int
		distance float64
		minutes  float64 // below zero: no way
	}
	var hits []hit
	for i := range all.at {
		if !all.placed[i] || all.layer.ID(i) == q.exclude || !q.wants(all, i, &out.Unknown) {
			continue
		}
		h := hit{i, routing.Distance(q.at, all.at[i]), -1}
		if minutes != nil {
			h.minutes = minutes[i]
		}
		if q.byTime && (h.minutes < 0 || h.minutes > float64(q.minutes)) {
			out.Unknown.NoRoute++
			continue
		}
		hits = append(hits, h)
	}
	slices.SortFunc(hits, func(a, b hit) int {
		if q.byTime {
			return cmp.Or(cmp.Compare(a.minutes, b.minutes), cmp.Compare(a.place, b.place))
		}
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(a.place, b.place))
	})
	out.Matched = len(hits)
	for _, h := range hits[:min(q.limit, len(hits))] {
		f := describePlace(snap, all, h.place, q.heard, base)
		f.Properties.Distance = metres(h.distance)
		if h.minutes >= 0 {
			f.Properties.Minutes = roundMinutes(h.minutes)
		}
		if schedule := all.schedules[h.place]; q.open != nil && schedule != nil {
			state, _ := schedule.At(*q.open, all.at[h.place])
			f.Properties.Open = state.String()
			if next, ok := schedule.Next(*q.open, all.at[h.place]); ok {
				f.Properties.Changes = next.Format(time.RFC3339)
			}
		}
		out.Features = append(out.Features, f)
	}
	out.Returned = len(out.Features)
	return out, nil
}

// wants reports whether a place is as wished, and counts those of which nobody
// knows.
func (q *wish) wants(all *places, i int, unknown *nearbyUnknown) bool {
	if !allows(q.categories, word(all.layer, "category", i)) || !allows(q.qualities, word(all.layer, "quality", i)) {
		return false
	}
	if q.price >= 0 {
		price, ok := number(all.layer, "price_idr_min", i)
		if !ok {
			unknown.Price++
			return false
		}
		if price > q.price {
			return false
		}
	}
	if q.open != nil {
		state := hours.Unknown
		if all.schedules[i] != nil {
			state, _ = all.schedules[i].At(*q.open, all.at[i])
		}
		if state == hours.Unknown {
			unknown.Hours++
		}
		if state != hours.Open {
			return false
		}
	}
	if q.signal {
		state := coverage.StateUnknown
		if len(q.heard) > 0 {
			state, _ = q.heard[0].At(all.at[i])
		}
		if state == coverage.StateUnknown {
			unknown.Signal++
		}
		return state == coverage.StateCovered
	}
	return true
}

// minutesTo is how long it takes to each place: along the roads, and on foot
// from where one is to them and from them to the place. Below zero: there is no
// way within the limit. Nil without roads.
func (s *service) minutesTo(ctx context.Context, snap *geo.Snapshot, router *routing.Router, q *wish, all *places) ([]float64, error) {
	if router == nil {
		return nil, nil
	}
	spots, err := s.spotsOf(ctx, router, q.vehicle, all)
	if err != nil {
		return nil, err
	}
	metric := router.Metric(q.vehicle)
	from := router.Spots(metric, []orb.Point{q.at})[0]
	if from.Edge < 0 {
		if !q.byTime {
			return nil, nil
		}
		return nil, onRoads(&routing.OffRoad{}, router, snap.Layer("roads"), []orb.Point{q.at}, func(int) string { return "lon and lat" })
	}
	minutes := make([]float64, len(spots))
	for i, ms := range router.Times(metric, from, spots, int64(q.minutes)*minuteMs) {
		if minutes[i] = -1; ms == routing.Unreachable {
			continue
		}
		minutes[i] = float64(ms) / minuteMs
		for _, walk := range []float64{from.Metres, spots[i].Metres} {
			if walk > onTheRoad {
				minutes[i] += walk / walkingMetres
			}
		}
	}
	return minutes, nil
}

// describePlace tells what is known of a destination.
func describePlace(snap *geo.Snapshot, all *places, i int, heard []*coverage.Reception, base string) nearbyFeature {
	l := all.layer
	f := nearbyFeature{Type: "Feature", ID: "destinations/" + l.ID(i), Geometry: geometry{all.at[i]}}
	p := &f.Properties
	p.ID, p.Name, p.NameEN, p.Category = l.ID(i), word(l, "name", i), word(l, "name_en", i), word(l, "category", i)
	p.Village, p.placeHours = villageOf(snap, word(l, "village_code", i)), all.hoursOf(i)
	for name, to := range map[string]**float64{"price_idr_min": &p.PriceMin, "price_idr_max": &p.PriceMax} {
		if price, ok := number(l, name, i); ok {
			*to = &price
		}
	}
	p.PriceDate, p.Source, p.Quality = word(l, "price_date", i), word(l, "source", i), word(l, "quality", i)
	p.Signal, p.Operators = coverage.StateUnknown, []string{}
	for k, r := range heard {
		state, evidence := r.At(all.at[i])
		if k == 0 {
			p.Signal, p.Evidence = state, evidence
		} else if state == coverage.StateCovered {
			p.Operators = append(p.Operators, r.Operator)
		}
	}
	p.Page = base + "/wisata/" + url.PathEscape(l.ID(i))
	return f
}
