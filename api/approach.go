package api

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
	"github.com/petadesa/petadesa/geo/routing"
)

// approach is how one gets to a place: the road nearest to it, and the way by car
// from the nearest town with the last signal on it.
type approach struct {
	road  roadLabel // the nearest
	off   float64   // metres from it; below zero: no road in reach
	Town  string    // where the way begins; empty: none is known
	metre float64
	Mins  int
	heard bool // the signal on the way was asked for
	along routeSignal
}

type roadLabel struct{ name, class string }

// approachTo finds the way to a place, and the signal on it from what is heard; nil
// without roads.
func (s *service) approachTo(ctx context.Context, snap *geo.Snapshot, router *routing.Router, heard []*coverage.Reception, at orb.Point) (*approach, error) {
	if router == nil {
		return nil, nil
	}
	metric := router.Metric(routing.Car)
	spot := router.Spots(metric, []orb.Point{at})[0]
	if spot.Edge < 0 {
		return &approach{off: -1}, nil
	}
	road := &router.Roads[router.Edges[spot.Edge].Road]
	a := &approach{road: roadLabel{cmp.Or(road.Name, road.Ref), road.Class}, off: spot.Metres}
	town, from, ok := s.town(snap, router, metric, spot)
	if !ok {
		return a, nil
	}
	routes, err := router.Routes(ctx, metric, []orb.Point{from, at}, 0)
	if errors.Is(err, routing.ErrNoRoute) || errors.Is(err, routing.ErrOffRoad) {
		return a, nil
	}
	if err != nil {
		return nil, err
	}
	way := &routes[0]
	a.Town, a.metre, a.Mins = town, way.Metres, int(math.Ceil(float64(way.Millis)/minuteMs))
	if heard == nil {
		return a, nil
	}
	a.heard, a.along = true, signalAlong(heard, way.Line(router.Network), way.Metres)
	return a, nil
}

// words says it in sentences.
func (a *approach) words(l language) []string {
	switch {
	case a == nil:
		return nil
	case a.off < 0:
		return []string{l.of("Tidak ada jalan yang terpetakan dalam 10 km.", "No road is mapped within 10 km.")}
	}
	said := []string{fmt.Sprintf(l.of("Jalan terdekat untuk mobil: %s, %s m dari tempatnya.", "The nearest road for cars: %s, %s m from the place."),
		cmp.Or(a.road.name, className(a.road.class, l)), grouped(a.off, l))}
	if a.Town != "" {
		said = append(said, fmt.Sprintf(l.of("Dari %s: %s, sekitar %d menit dengan mobil.", "From %s: %s, about %d minutes by car."), a.Town, km(a.metre, l), a.Mins))
	}
	if !a.heard {
		return said
	}
	switch signal := &a.along; {
	case len(signal.Gaps) == 0:
		said = append(said, l.of("Sinyal 4G ada di sepanjang jalan.", "There is 4G signal all the way."))
	case signal.BeforeEnd != nil && float64(*signal.BeforeEnd) >= a.metre-1:
		said = append(said, l.of("Tidak diketahui adanya sinyal 4G di sepanjang jalan.", "No 4G signal is known on the way."))
	case signal.BeforeEnd != nil:
		said = append(said, fmt.Sprintf(l.of("Sinyal 4G terakhir %s sebelum tiba.", "Last 4G signal %s before the place."), km(float64(*signal.BeforeEnd), l)))
	default:
		said = append(said, fmt.Sprintf(l.of("Sinyal 4G ada di tempat tiba; di jalan %s tanpa sinyal yang diketahui.", "4G signal on arrival; %s of the way without known signal."), km(float64(signal.Without), l)))
	}
	return said
}

// town is the town nearest to a spot by time: villages of towns are kelurahan. Where
// none is known, it is the village with the most people.
func (s *service) town(snap *geo.Snapshot, router *routing.Router, metric *routing.Metric, spot routing.Spot) (name string, at orb.Point, ok bool) {
	villages := snap.Layer("villages")
	if villages == nil {
		return "", at, false
	}
	var points []orb.Point
	var names []string
	most := -1.0
	var largest orb.Point
	var largestName string
	for i := range villages.Len() {
		g := villages.Geometry(i)
		if g == nil {
			continue
		}
		label := cmp.Or(word(villages, "district", i), word(villages, "name", i))
		if word(villages, "kind", i) == "kelurahan" {
			points, names = append(points, g.Bound().Center()), append(names, label)
		}
		if people, _ := number(villages, "population", i); people > most {
			most, largest, largestName = people, g.Bound().Center(), label
		}
	}
	if len(points) == 0 && most >= 0 {
		points, names = []orb.Point{largest}, []string{largestName}
	}
	best, soonest := -1, int64(math.MaxInt64)
	for i, ms := range router.Times(metric, spot, router.Spots(metric, points), maxReach*minuteMs) {
		if ms != routing.Unreachable && ms < soonest {
			best, soonest = i, ms
		}
	}
	if best < 0 {
		return "", at, false
	}
	return names[best], points[best], true
}
