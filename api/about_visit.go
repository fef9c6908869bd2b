package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
	"github.com/petadesa/petadesa/geo/hours"
	"github.com/petadesa/petadesa/geo/routing"
)

// visitFacts is what a visitor asks of a destination. It is what the page shows on a
// place's card; saved areas carry it for when there is no network.
type visitFacts struct {
	ID string `json:"id"`
	placeHours
	Open      string   `json:"open,omitempty"`         // at the time of the answer: open, closed, unknown
	Changes   string   `json:"open_changes,omitempty"` // when that changes, within a week
	Signal    string   `json:"signal"`                 // of any operator: covered, not covered, unknown
	Evidence  string   `json:"signal_evidence"`
	Operators []string `json:"signal_operators"`
	Pending   bool     `json:"signal_pending,omitempty"` // it is being prepared: ask again
	From      string   `json:"from,omitempty"`           // the town that the way is told from
	Distance  *metres  `json:"distance_m,omitempty"`
	Minutes   int      `json:"minutes,omitempty"`
	Before    *metres  `json:"last_signal_before_m"` // how far before the place the last signal on the way is; null: it has signal, or nothing is known
	Way       []string `json:"way"`                  // the way in sentences
}

// aboutVisit is GET /api/visit: what a visitor asks of a destination.
func (s *service) aboutVisit(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	p, err := parse(r, []string{"id", "lang"})
	if err != nil {
		return err
	}
	ctx := r.Context()
	all, err := s.placesOf(ctx, snap)
	if err != nil {
		return err
	}
	if all == nil {
		return problem(NotFound, "there are no destinations here yet")
	}
	i, ok := all.layer.Find(p["id"])
	if !ok {
		return problem(NotFound, "there is no destination %s", quoted(p["id"]))
	}
	l, err := p.language()
	if err != nil {
		return err
	}
	router, err := s.roads(ctx, snap)
	if none := (*Problem)(nil); errors.As(err, &none) && none.Kind == NoRoute {
		router, err = nil, nil
	}
	if err != nil {
		return err
	}
	heard, err := s.heardSoFar(ctx, snap)
	if err != nil {
		return err
	}
	now := time.Now().In(hours.Zone()).Truncate(time.Minute)
	identity := []string{"visit", snap.Version, r.URL.RawQuery, string(l), now.Format(time.RFC3339), fmt.Sprint(heard.pending)}
	if router != nil {
		identity = append(identity, router.Version)
	}
	return s.respond(w, r, answer{media: asJSON.media, identity: identity, prepare: func() (func(io.Writer) error, error) {
		facts, way, err := s.visitFacts(ctx, snap, router, heard, all, i)
		if err != nil {
			return nil, err
		}
		facts.Pending = heard.pending
		if facts.Way = way.words(l); facts.Way == nil {
			facts.Way = []string{}
		}
		if schedule := all.schedules[i]; schedule != nil {
			state, _ := schedule.At(now, all.at[i])
			facts.Open = state.String()
			if next, ok := schedule.Next(now, all.at[i]); ok {
				facts.Changes = next.Format(time.RFC3339)
			}
		}
		return func(w io.Writer) error { return json.NewEncoder(w).Encode(facts) }, nil
	}})
}

// signals are what a visitor is told of: of any operator and of each at a place, and
// on the way to it. Each is empty where there are no villages to know it of.
type signals struct {
	there, along []*coverage.Reception
	pending      bool // they are being prepared
}

// heard is what is known of the signal; while that is being computed it is NotReady.
func (s *service) heard(ctx context.Context, snap *geo.Snapshot) (signals, error) {
	var all signals
	for _, q := range []struct {
		operator string
		of       *[]*coverage.Reception
	}{{"any", &all.there}, {"each", &all.there}, {"", &all.along}} {
		some, err := s.receptionsOf(ctx, snap, &coverage.Query{Operator: q.operator})
		if err != nil || some == nil {
			return signals{}, err
		}
		*q.of = append(*q.of, some...)
	}
	return all, nil
}

// heardSoFar is heard for who would rather be told the rest than wait.
func (s *service) heardSoFar(ctx context.Context, snap *geo.Snapshot) (signals, error) {
	all, err := s.heard(ctx, snap)
	if notReady(err) {
		return signals{pending: true}, nil
	}
	return all, err
}

// visitFacts are those that do not hinge on the time.
func (s *service) visitFacts(ctx context.Context, snap *geo.Snapshot, router *routing.Router, heard signals, all *places, i int) (*visitFacts, *approach, error) {
	near := describePlace(snap, all, i, heard.there, "").Properties
	f := &visitFacts{ID: near.ID, placeHours: near.placeHours, Signal: near.Signal, Evidence: near.Evidence, Operators: near.Operators}
	if !all.placed[i] {
		return f, nil, nil
	}
	way, err := s.approachTo(ctx, snap, router, heard.along, all.at[i])
	if err != nil || way == nil || way.Town == "" {
		return f, way, err
	}
	distance := metres(way.metre)
	f.From, f.Distance, f.Minutes, f.Before = way.Town, &distance, way.Mins, way.along.BeforeEnd
	return f, way, nil
}
