package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
	"github.com/petadesa/petadesa/geo/routing"
)

// roads returns the roads of a snapshot ready for routes: those of an older
// one while they are made.
func (s *service) roads(ctx context.Context, snap *geo.Snapshot) (*routing.Router, error) {
	roads := snap.Layer("roads")
	if roads == nil || roads.Len() == 0 {
		return nil, problem(NoRoute, "there are no roads here yet")
	}
	return s.routers.now(ctx, roads.Version, func(ctx context.Context) (*routing.Router, error) { return routing.NewRouter(ctx, roads) })
}

// deriveRoads has the roads and the ways to the destinations ready.
func (s *service) deriveRoads(ctx context.Context, snap *geo.Snapshot) error {
	if l := snap.Layer("roads"); l == nil || l.Len() == 0 {
		return nil
	}
	router, err := s.roads(ctx, snap)
	if notReady(err) {
		return nil // on its way
	}
	if err != nil {
		return err
	}
	all, err := s.placesOf(ctx, snap)
	if err != nil {
		return err
	}
	for _, v := range routing.Vehicles() {
		router.Metric(v)
		if all == nil {
			continue
		}
		if _, err := s.spotsOf(ctx, router, v, all); err != nil {
			return err
		}
	}
	return nil
}

// deriveSignal has the usual signal ready.
func (s *service) deriveSignal(ctx context.Context, snap *geo.Snapshot) error {
	for _, operator := range []string{"any", "each"} {
		_, err := s.Coverage.Receptions(ctx, snap, &coverage.Query{Operator: operator})
		if errors.As(err, &coverage.ErrNoVillages{}) {
			return nil
		}
		if err != nil {
			return err
		}
	}
	_, err := s.scoreboard(ctx, snap)
	return err
}

// mindingFactor is by how much longer a road without signal seems to those who
// prefer the way with signal: a kilometre without counts like four with.
const mindingFactor = 3

// withSignal is the roads as those see them who prefer the way with signal.
func (s *service) withSignal(ctx context.Context, router *routing.Router, v routing.Vehicle, r *coverage.Reception) (*routing.Metric, error) {
	return s.minding.of(ctx, router.Version+" "+string(v)+" "+r.Version, func(ctx context.Context) (*routing.Metric, error) {
		m := router.Minding(v, func(edge int32) float64 {
			if edge%1024 == 0 && ctx.Err() != nil {
				return 1
			}
			return 1 + mindingFactor*r.Without(router.Line(edge))
		})
		return m, ctx.Err()
	})
}

// vehicle reads the parameter vehicle; missing is car.
func (p parameters) vehicle() (routing.Vehicle, error) {
	text, ok := p["vehicle"]
	if !ok {
		return routing.Car, nil
	}
	v, err := routing.ParseVehicle(text)
	if err != nil {
		bad := badParameter("vehicle", "there is no vehicle %s", quoted(text))
		for _, one := range routing.Vehicles() {
			bad.Allowed = append(bad.Allowed, string(one))
		}
		return "", bad
	}
	return v, nil
}

// point reads a place written as longitude,latitude.
func point(name, text string) (orb.Point, error) {
	wrong := badParameter(name, "%s %s is not a longitude from -180 to 180 and a latitude from -90 to 90, as in 112.63,-7.98", name, quoted(text))
	a, b, ok := strings.Cut(text, ",")
	if !ok {
		return orb.Point{}, wrong
	}
	lon, err1 := strconv.ParseFloat(strings.TrimSpace(a), 64)
	lat, err2 := strconv.ParseFloat(strings.TrimSpace(b), 64)
	if err1 != nil || err2 != nil || !(lon >= -180 && lon <= 180 && lat >= -90 && lat <= 90) {
		return orb.Point{}, wrong
	}
	return orb.Point{lon, lat}, nil
}

// onRoads turns an error of routing into a problem; places names the parameter
// and the position of each place.
func onRoads(err error, router *routing.Router, roads *geo.Layer, places []orb.Point, name func(place int) string) error {
	var off *routing.OffRoad
	var none *routing.NoRoute
	switch {
	case errors.As(err, &off):
		p := problem(OffRoad, "%s: there is no road that may be used within %d km", name(off.Place), routing.MaxOffRoad/1000)
		if at := places[off.Place]; roads != nil && !roads.Bound.Contains(at) {
			b := roads.Bound
			edge := orb.Point{min(max(at[0], b.Min[0]), b.Max[0]), min(max(at[1], b.Min[1]), b.Max[1])}
			p.Detail += fmt.Sprintf("; it lies %.0f km outside of the roads that are known here, which reach from %.2f,%.2f to %.2f,%.2f",
				max(routing.Distance(at, edge)/1000, 1), b.Min[0], b.Min[1], b.Max[0], b.Max[1])
		}
		p.Parameter, _, _ = strings.Cut(name(off.Place), " ")
		return p
	case errors.As(err, &none):
		a, b := name(none.From), name(none.To)
		if none.FromPart == none.ToPart {
			return problem(NoRoute, "there is no way from %s to %s in this direction: one-way roads stand between them", a, b)
		}
		parts := len(router.Components())
		return problem(NoRoute, "the roads at %s and at %s do not hang together: %s is on component %d with %.1f km of road, %s on component %d with %.1f km, of %d components, the longest first",
			a, b, a, none.FromPart+1, none.FromMetres/1000, b, none.ToPart+1, none.ToMetres/1000, parts)
	}
	return err
}

// receptions reads operator, technology and evidence and returns what is known
// of the signal: nothing where there are no villages to know it of.
func (s *service) receptions(r *http.Request, snap *geo.Snapshot, p parameters) ([]*coverage.Reception, error) {
	all, err := s.receptionsOf(r.Context(), snap, &coverage.Query{Operator: p["operator"], Technology: p["technology"], Evidence: p["evidence"]})
	return all, asParameter(err)
}

// receptionsOf is receptions of a query. Over a terrain the first takes a minute:
// nobody waits for all of that, it is NotReady.
func (s *service) receptionsOf(ctx context.Context, snap *geo.Snapshot, q *coverage.Query) ([]*coverage.Reception, error) {
	return s.signals.soon(ctx, signalKey(snap, q), func(ctx context.Context) ([]*coverage.Reception, error) { return s.allReceptions(ctx, snap, q) })
}

// allReceptions waits for the receptions of a query.
func (s *service) allReceptions(ctx context.Context, snap *geo.Snapshot, q *coverage.Query) ([]*coverage.Reception, error) {
	all, err := s.Coverage.Receptions(ctx, snap, q)
	if errors.As(err, &coverage.ErrNoVillages{}) {
		return nil, nil
	}
	return all, err
}

func signalKey(snap *geo.Snapshot, q *coverage.Query) string {
	return strings.Join([]string{snap.Version, q.Operator, q.Technology, q.Evidence}, "|")
}

// notReady reports whether an error says that something is being prepared.
func notReady(err error) bool {
	var p *Problem
	return errors.As(err, &p) && p.Kind == NotReady
}

// asParameter turns what coverage says of a parameter into a problem.
func asParameter(err error) error {
	var wrong *coverage.ParamError
	if !errors.As(err, &wrong) {
		return err
	}
	return &Problem{Kind: BadParameter, Parameter: wrong.Parameter, Allowed: wrong.Allowed, Detail: wrong.Parameter + " " + quoted(wrong.Value) + ": " + wrong.Reason}
}
