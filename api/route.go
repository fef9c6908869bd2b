package api

import (
	"context"
	"fmt"
	"io"
	"math"
	"net/http"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
	"github.com/petadesa/petadesa/geo/routing"
)

const (
	standardAlternatives = 2
	maxAlternatives      = 3
)

var (
	asGPX = format{name: "gpx", media: "application/gpx+xml"}
	asKML = format{name: "kml", media: "application/vnd.google-earth.kml+xml"}
)

func routeParameters() []string {
	return []string{"from", "to", "via", "vehicle", "alternatives", "prefer", "operator", "technology", "evidence", "lang", "f"}
}

// journey is what is asked of a route.
type journey struct {
	places   []orb.Point // from, via in order, to
	vehicle  routing.Vehicle
	most     int // alternatives
	signal   bool
	language language
	heard    []*coverage.Reception
	pending  bool // heard is being prepared
}

// name says which parameter gave a place.
func (j *journey) name(place int) string {
	switch place {
	case 0:
		return "from"
	case len(j.places) - 1:
		return "to"
	}
	return fmt.Sprintf("via %d", place)
}

// parseJourney reads the parameters of a route.
func (s *service) parseJourney(r *http.Request, snap *geo.Snapshot, p parameters) (*journey, error) {
	j := &journey{most: standardAlternatives}
	for _, name := range []string{"from", "via", "to"} {
		text, ok := p[name]
		if name == "via" {
			if !ok {
				continue
			}
			all := strings.FieldsFunc(text, func(r rune) bool { return r == '|' || r == ';' })
			if len(all) > routing.MaxVia {
				return nil, badParameter("via", "via has %d places; %d are allowed", len(all), routing.MaxVia)
			}
			for _, one := range all {
				at, err := point("via", one)
				if err != nil {
					return nil, err
				}
				j.places = append(j.places, at)
			}
			continue
		}
		if !ok {
			return nil, badParameter(name, "%s is missing: a longitude and a latitude, as in 112.63,-7.98", name)
		}
		at, err := point(name, text)
		if err != nil {
			return nil, err
		}
		j.places = append(j.places, at)
	}
	if len(j.places) == 2 && routing.Distance(j.places[0], j.places[1]) < 1 {
		return nil, badParameter("to", "from and to are the same place: there is no way to go")
	}
	var err error
	if j.vehicle, err = p.vehicle(); err != nil {
		return nil, err
	}
	if text, ok := p["alternatives"]; ok {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n > maxAlternatives {
			return nil, badParameter("alternatives", "alternatives %s is not a number from 0 to %d", quoted(text), maxAlternatives)
		}
		j.most = n
	}
	prefer, err := p.oneOf("prefer", "time", "signal")
	if err != nil {
		return nil, err
	}
	j.signal = prefer == "signal"
	if j.language, err = p.language(); err != nil {
		return nil, err
	}
	j.heard, err = s.receptions(r, snap, p)
	if notReady(err) && !j.signal {
		j.pending, err = true, nil // the way is worth telling without
	}
	return j, err
}

// oneOf reads a parameter that has one of some words; missing is the first.
func (p parameters) oneOf(name string, allowed ...string) (string, error) {
	text, ok := p[name]
	if !ok {
		return allowed[0], nil
	}
	words, err := parameters{name: strings.ReplaceAll(text, ",", ";")}.oneOrMore(name, allowed)
	if err != nil {
		return "", err
	}
	return words[0], nil
}

// language is id or en.
type language string

const (
	indonesian language = "id"
	english    language = "en"
)

func (p parameters) language() (language, error) {
	text, err := p.oneOf("lang", string(indonesian), string(english))
	return language(text), err
}

// of picks the text of the language.
func (l language) of(id, en string) string {
	if l == english {
		return en
	}
	return id
}

// route is GET /api/route: the way on the roads between two places, over others,
// and where there is signal on it.
func (s *service) route(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	p, err := parse(r, routeParameters())
	if err != nil {
		return err
	}
	form, err := choose(r, p, asGeoJSON, asGPX, asKML)
	if err != nil {
		return err
	}
	j, err := s.parseJourney(r, snap, p)
	if err != nil {
		return err
	}
	router, err := s.roads(r.Context(), snap)
	if err != nil {
		return err
	}
	return s.respond(w, r, answer{
		media: form.media, identity: []string{"route", snap.Version, router.Version, r.URL.RawQuery, form.name, fmt.Sprint(j.pending)}, quick: true,
		prepare: func() (func(io.Writer) error, error) {
			found, err := s.findRoutes(r.Context(), snap, router, j)
			if err != nil {
				return nil, err
			}
			all := make([]*routeFeature, len(found))
			for i := range found {
				if all[i], err = describeRoute(r.Context(), snap, router, j, &found[i]); err != nil {
					return nil, err
				}
			}
			best := all[0]
			best.Properties.Alternatives = all[1:] // none is an empty list
			switch form.name {
			case "gpx":
				w.Header().Set("Content-Disposition", `attachment; filename="route.gpx"`)
				return func(out io.Writer) error { return writeGPX(out, best, s.Title) }, nil
			case "kml":
				w.Header().Set("Content-Disposition", `attachment; filename="route.kml"`)
				return func(out io.Writer) error { return writeKML(out, best, s.Title) }, nil
			}
			return func(out io.Writer) error {
				body, err := best.appendJSON(nil)
				if err != nil {
					return err
				}
				_, err = out.Write(append(body, '\n'))
				return err
			}, nil
		},
	})
}

// foundRoute is a route and what it was chosen for.
type foundRoute struct {
	routing.Route
	prefer string
}

// findRoutes returns the route and its alternatives. Who prefers signal is also
// told the fastest way.
func (s *service) findRoutes(ctx context.Context, snap *geo.Snapshot, router *routing.Router, j *journey) ([]foundRoute, error) {
	byTime := router.Metric(j.vehicle)
	metric, prefer := byTime, "time"
	if j.signal && len(j.heard) > 0 {
		var err error
		if metric, err = s.withSignal(ctx, router, j.vehicle, j.heard[0]); err != nil {
			return nil, err
		}
		prefer = "signal"
	}
	routes, err := router.Routes(ctx, metric, j.places, j.most)
	if err != nil {
		return nil, onRoads(err, router, snap.Layer("roads"), j.places, j.name)
	}
	var all []foundRoute
	for _, one := range routes {
		one.Retime(byTime)
		all = append(all, foundRoute{one, prefer})
	}
	if metric != byTime && j.most > 0 {
		fastest, err := router.Routes(ctx, byTime, j.places, 0)
		if err != nil {
			return nil, onRoads(err, router, snap.Layer("roads"), j.places, j.name)
		}
		if !sameWay(&fastest[0], &all[0].Route) {
			all = append(all[:min(len(all), j.most)], foundRoute{fastest[0], "time"})
		}
	}
	return all, nil
}

func sameWay(a, b *routing.Route) bool {
	return a.Millis == b.Millis && math.Abs(a.Metres-b.Metres) < 0.01
}
