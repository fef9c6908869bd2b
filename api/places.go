package api

import (
	"context"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/hours"
	"github.com/petadesa/petadesa/geo/routing"
)

// places is what is asked of the destinations again and again.
type places struct {
	layer     *geo.Layer
	at        []orb.Point // NaN-free; see placed
	placed    []bool
	hours     []string // as they are written
	schedules []*hours.Schedule
}

// places returns the destinations of a snapshot; nil when there are none.
func (s *service) placesOf(ctx context.Context, snap *geo.Snapshot) (*places, error) {
	l := snap.Layer("destinations")
	if l == nil || l.Len() == 0 {
		return nil, nil
	}
	return s.places.of(ctx, l.Version, func(context.Context) (*places, error) { return newPlaces(l), nil })
}

func newPlaces(l *geo.Layer) *places {
	n := l.Len()
	p := &places{l, make([]orb.Point, n), make([]bool, n), make([]string, n), make([]*hours.Schedule, n)}
	for i := range n {
		if g := l.Geometry(i); g != nil {
			p.at[i], p.placed[i] = g.Bound().Center(), true
		}
		if p.hours[i] = strings.TrimSpace(word(l, "opening_hours", i)); p.hours[i] != "" {
			p.schedules[i], _ = hours.Parse(p.hours[i]) // what cannot be read is shown as it is
		}
	}
	return p
}

// spots are where the destinations meet the roads of a vehicle.
func (s *service) spotsOf(ctx context.Context, router *routing.Router, v routing.Vehicle, p *places) ([]routing.Spot, error) {
	return s.spots.of(ctx, router.Version+" "+p.layer.Version+" "+string(v), func(context.Context) ([]routing.Spot, error) {
		return router.Spots(router.Metric(v), p.at), nil
	})
}

// placeHours is what is known of when a place is open.
type placeHours struct {
	Text       string `json:"opening_hours"` // as it is written; empty: not known
	Understood bool   `json:"opening_hours_understood"`
}

func (p *places) hoursOf(i int) placeHours { return placeHours{p.hours[i], p.schedules[i] != nil} }
