package api

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
	"github.com/petadesa/petadesa/geo/hours"
	"github.com/petadesa/petadesa/geo/routing"
)

const (
	standardNearby = 20
	maxNearby      = 200
)

func nearbyParameters() []string {
	return []string{
		"lon", "lat", "from", "category", "max_minutes", "vehicle", "open_at", "price", "signal", "technology", "quality", "sort", "limit", "exclude",
	}
}

// wish is what is asked of the places near.
type wish struct {
	at         orb.Point
	categories []string
	qualities  []string
	vehicle    routing.Vehicle
	minutes    int // at most
	byTime     bool
	open       *time.Time
	price      float64               // at most, in IDR; below zero: any
	signal     bool                  // only with signal
	heard      []*coverage.Reception // the wished one first, then each operator's
	pending    bool                  // heard is being prepared
	limit      int
	exclude    string
}

type nearbyAnswer struct {
	Type     string          `json:"type"`
	Matched  int             `json:"numberMatched"`
	Returned int             `json:"numberReturned"`
	Sorted   string          `json:"sorted"`                   // time, distance
	Pending  bool            `json:"signal_pending,omitempty"` // it is being prepared: ask again
	OpenAt   string          `json:"open_at,omitempty"`
	Unknown  nearbyUnknown   `json:"left_out"` // what may match too: nobody knows
	Features []nearbyFeature `json:"features"`
	Notices  []string        `json:"notices"`
}

type nearbyUnknown struct {
	Hours   int `json:"hours_unknown"`
	Price   int `json:"price_unknown"`
	Signal  int `json:"signal_unknown"`
	NoRoute int `json:"unreachable"`
}

type nearbyFeature struct {
	Type       string           `json:"type"`
	ID         string           `json:"id"`
	Geometry   geometry         `json:"geometry"`
	Properties nearbyProperties `json:"properties"`
}

type nearbyProperties struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	NameEN   string   `json:"name_en"`
	Category string   `json:"category"`
	Village  *village `json:"village"`
	Distance metres   `json:"distance_m"` // as the crow flies
	Minutes  *metres  `json:"minutes"`    // on the roads and on foot to them; null: no way
	Open     string   `json:"open,omitempty"`
	Changes  string   `json:"open_changes,omitempty"` // when open changes next, RFC 3339
	placeHours
	PriceMin  *float64 `json:"price_idr_min"`
	PriceMax  *float64 `json:"price_idr_max"`
	PriceDate string   `json:"price_date"`
	Signal    string   `json:"signal"` // covered, not covered, unknown
	Evidence  string   `json:"signal_evidence"`
	Operators []string `json:"signal_operators"` // those that cover it
	Source    string   `json:"source"`
	Quality   string   `json:"quality"`
	Page      string   `json:"page"`
}

// village names a village.
type village struct {
	Code     string `json:"code"`
	Name     string `json:"name"`
	District string `json:"district"`
}

func villageOf(snap *geo.Snapshot, code string) *village {
	l := snap.Layer("villages")
	if l == nil || code == "" {
		return nil
	}
	i, ok := l.Find(code)
	if !ok {
		return nil
	}
	return &village{code, word(l, "name", i), word(l, "district", i)}
}

// nearby is GET /api/nearby: destinations, the nearest first.
func (s *service) nearby(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	p, err := parse(r, nearbyParameters())
	if err != nil {
		return err
	}
	q, err := s.parseWish(r, snap, p)
	if err != nil {
		return err
	}
	identity := []string{"nearby", snap.Version, r.URL.RawQuery, s.baseURL(r), fmt.Sprint(q.pending)}
	if q.open != nil {
		identity = append(identity, q.open.Format(time.RFC3339))
	}
	router, err := s.roads(r.Context(), snap)
	var none *Problem
	switch {
	case errors.As(err, &none) && none.Kind == NoRoute && !q.byTime:
		router = nil // without roads there is still a distance
	case err != nil:
		return err
	default:
		identity = append(identity, router.Version)
	}
	return s.respond(w, r, answer{
		media: asGeoJSON.media, identity: identity,
		prepare: func() (func(io.Writer) error, error) {
			out, err := s.findNearby(r.Context(), snap, router, q, s.baseURL(r))
			return func(w io.Writer) error { return json.NewEncoder(w).Encode(out) }, err
		},
	})
}

func (s *service) parseWish(r *http.Request, snap *geo.Snapshot, p parameters) (*wish, error) {
	q := &wish{price: -1, minutes: maxReach, exclude: p["exclude"]}
	var err error
	if q.at, err = p.start(); err != nil {
		return nil, err
	}
	if q.limit, err = p.limit(standardNearby, maxNearby); err != nil {
		return nil, err
	}
	if q.vehicle, err = p.vehicle(); err != nil {
		return nil, err
	}
	if text, ok := p["max_minutes"]; ok {
		if q.minutes, err = strconv.Atoi(text); err != nil || q.minutes < 1 || q.minutes > maxReach {
			return nil, badParameter("max_minutes", "max_minutes %s is not a whole number from 1 to %d", quoted(text), maxReach)
		}
	}
	standard := "distance"
	if p["max_minutes"] != "" || p["vehicle"] != "" {
		standard = "time"
	}
	sort, err := p.oneOf("sort", standard, map[string]string{"distance": "time", "time": "distance"}[standard])
	if err != nil {
		return nil, err
	}
	q.byTime = sort == "time" || p["max_minutes"] != ""
	if text, ok := p["price"]; ok {
		if q.price, err = strconv.ParseFloat(text, 64); err != nil || !(q.price >= 0 && q.price <= 1e9) {
			return nil, badParameter("price", "price %s is not a number of rupiah from 0", quoted(text))
		}
	}
	if q.open, err = p.instant("open_at"); err != nil {
		return nil, err
	}
	l := snap.Layer("destinations")
	if q.categories, err = p.words("category", l); err != nil {
		return nil, err
	}
	if q.qualities, err = p.words("quality", l); err != nil {
		return nil, err
	}
	operator, ok := p["signal"]
	q.signal = ok
	q.heard, err = s.receptions(r, snap, parameters{"operator": cmp.Or(operator, "any"), "technology": p["technology"]})
	if wrong := (*Problem)(nil); errors.As(err, &wrong) && wrong.Parameter == "operator" {
		wrong.Parameter = "signal"
	}
	var each []*coverage.Reception
	if err == nil {
		each, err = s.receptions(r, snap, parameters{"operator": "each", "technology": p["technology"]})
	}
	q.heard = append(q.heard[:min(len(q.heard), 1)], each...)
	if notReady(err) && !q.signal {
		q.heard, q.pending, err = nil, true, nil // the places are worth telling without
	}
	return q, err
}

// words reads a parameter that lists values that a property has.
func (p parameters) words(name string, l *geo.Layer) ([]string, error) {
	if _, ok := p[name]; !ok || l == nil {
		return nil, nil
	}
	var allowed []string
	if c := l.Column(name); c != nil && c.Field.Type == geo.String {
		allowed = slices.Sorted(slices.Values(c.Words()))
	}
	return p.oneOrMore(name, allowed)
}

// instant reads now, an RFC 3339 time, or a time of Western Indonesia without an
// offset.
func (p parameters) instant(name string) (*time.Time, error) {
	text, ok := p[name]
	if !ok {
		return nil, nil
	}
	at := time.Now().In(hours.Zone()).Truncate(time.Minute)
	if text == "now" {
		return &at, nil
	}
	text = strings.ReplaceAll(text, " ", "+") // a plus that was not escaped
	for _, form := range []string{time.RFC3339, "2006-01-02T15:04", "2006-01-02T15:04:05"} {
		if at, err := time.ParseInLocation(form, text, hours.Zone()); err == nil && at.Year() >= 1970 && at.Year() <= 2200 {
			at = at.In(hours.Zone())
			return &at, nil
		}
	}
	return nil, badParameter(name, "%s %s is neither now nor a time such as 2026-06-15T10:00 or 2026-06-15T10:00:00+07:00", name, quoted(text))
}

// allows reports whether a word is among those wished for.
func allows(wished []string, word string) bool {
	return len(wished) == 0 || slices.Contains(wished, word)
}

func roundMinutes(m float64) *metres {
	v := metres(math.Round(m*10) / 10)
	return &v
}
