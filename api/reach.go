package api

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

const (
	maxReach  = 240 // minutes
	maxRings  = 6
	minuteMs  = 60_000
	defaultIn = "30" // minutes
)

type reachAnswer struct {
	Type     string         `json:"type"`
	Vehicle  string         `json:"vehicle"`
	Spot     [2]float64     `json:"spot"`     // where one begins on the roads
	Access   metres         `json:"access_m"` // from the place to there
	Rings    []reachRing    `json:"rings"`    // the longest first
	Features []reachFeature `json:"features"` // polygons, those of the longest time first
	Snapshot string         `json:"snapshot"` // of the data
	Returned int            `json:"numberReturned"`
}

type reachRing struct {
	Minutes int     `json:"minutes"`
	Nodes   int     `json:"nodes"`   // crossings that are reached
	Km      float64 `json:"road_km"` // of road that is reached
}

type reachFeature struct {
	Type       string   `json:"type"`
	Geometry   geometry `json:"geometry"`
	Properties struct {
		Minutes int    `json:"minutes"`
		Vehicle string `json:"vehicle"`
	} `json:"properties"`
}

// reach is GET /api/reach: what is within some minutes of a place on the roads.
func (s *service) reach(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	p, err := parse(r, []string{"lon", "lat", "from", "minutes", "vehicle"})
	if err != nil {
		return err
	}
	at, err := p.start()
	if err != nil {
		return err
	}
	minutes, err := p.minutes()
	if err != nil {
		return err
	}
	v, err := p.vehicle()
	if err != nil {
		return err
	}
	router, err := s.roads(r.Context(), snap)
	if err != nil {
		return err
	}
	out := reachAnswer{Type: "FeatureCollection", Vehicle: string(v), Features: []reachFeature{}, Snapshot: snap.Version}
	for _, m := range minutes {
		found, err := router.Reach(r.Context(), router.Metric(v), at, int64(m)*minuteMs)
		if err != nil {
			return onRoads(err, router, snap.Layer("roads"), []orb.Point{at}, func(int) string { return "lon and lat" })
		}
		out.Spot, out.Access = found.Spot.Point, metres(found.Spot.Metres)
		out.Rings = append(out.Rings, reachRing{m, len(found.Nodes), float64(int(found.Metres/10)) / 100})
		for _, polygon := range found.Area {
			f := reachFeature{Type: "Feature", Geometry: geometry{polygon}}
			f.Properties.Minutes, f.Properties.Vehicle = m, string(v)
			out.Features = append(out.Features, f)
		}
	}
	out.Returned = len(out.Features)
	return s.respondJSON(w, r, asGeoJSON.media, []string{"reach", snap.Version, router.Version, r.URL.RawQuery}, &out)
}

// start reads where one begins: lon and lat, or from.
func (p parameters) start() (orb.Point, error) {
	if text, ok := p["from"]; ok {
		if p["lon"] != "" || p["lat"] != "" {
			return orb.Point{}, badParameter("from", "give from, or lon and lat, not both")
		}
		return point("from", text)
	}
	at, err := p.place()
	switch {
	case err != nil:
		return orb.Point{}, err
	case at == nil:
		return orb.Point{}, badParameter("lon", "lon and lat, the place to begin at, are missing")
	}
	return *at, nil
}

// minutes reads one time or several, the longest first.
func (p parameters) minutes() ([]int, error) {
	text, ok := p["minutes"]
	if !ok {
		text = defaultIn
	}
	var all []int
	for part := range strings.SplitSeq(text, ",") {
		n, err := strconv.Atoi(part)
		if err != nil || n < 1 || n > maxReach {
			return nil, badParameter("minutes", "minutes %s is not a whole number from 1 to %d", quoted(part), maxReach)
		}
		all = append(all, n)
	}
	if len(all) > maxRings {
		return nil, badParameter("minutes", "minutes has %d times; %d are allowed", len(all), maxRings)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	slices.Reverse(all)
	return all, nil
}
