package api

import (
	"context"
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/petadesa/petadesa/geo/coverage"
)

var routes = []scenario{
	{url: "/api/route?from=112.52,-8.05&to=112.7,-8.0501", want: []string{"Content-Type: application/geo+json"}, json: []string{
		`type = "Feature"`, `geometry/type = "LineString"`, `properties/vehicle = "car"`, `properties/prefer = "time"`,
		`properties/steps/0/maneuver = "depart"`, `properties/steps/0/instruction = "Mulai ke arah timur di Jalan \u003cRaya\u003e"`, `properties/steps/0/name_en = "Main Road"`,
		`properties/steps/1/instruction = "Tiba di tujuan"`, `properties/surface/0/surface = "asphalt"`, `properties/damaged_m = 0`,
		`properties/signal/0/state = "covered"`, `properties/signal/0/operator = "any"`, `properties/signal/0/technology = "4g"`, `properties/signal/0/evidence = "claimed"`,
		`properties/signal/1/state = "not covered"`, `properties/first_after_m = null`, `properties/last_signal_at/0 = 112.6`, `properties/gaps/# = 1`,
		`properties/elevation = null`, `properties/access = []`, `properties/alternatives exists`,
	}},
	{url: "/api/route?from=112.52,-8.05&to=112.55,-8.07&lang=en&vehicle=walk", json: []string{
		`properties/steps/1/instruction = "Turn right onto the village road"`, `properties/surface/1/condition = "damaged"`, `properties/gaps = []`, `properties/last_signal_m = null`,
	}},
	{url: "/api/route?from=112.52,-8.05&to=112.55,-8.08&vehicle=motorcycle&alternatives=0", json: []string{
		`properties/access/0/place = "to"`, `properties/access/0/to = [112.55,-8.08]`, `properties/alternatives = []`,
	}},
	{url: "/api/route?from=112.52,-8.05&to=112.72,-8.05&prefer=signal", json: []string{
		`properties/prefer = "signal"`, `properties/steps/1/name = "Jalan Utara"`, `properties/alternatives/0/properties/prefer = "time"`,
	}},
	{url: "/api/route?from=112.52,-8.05&to=112.7,-8.05&operator=each", json: []string{`properties/signal/0/operator = "Alpha"`}},
	{url: "/api/route?from=112.52,-8.05&to=112.7,-8.05&operator=Alpha&technology=4g&evidence=measured", json: []string{`properties/signal/0/state = "unknown"`, `properties/gaps/0/state = "unknown"`, `properties/gaps/0/last = null`}},
	{url: "/api/route?from=112.52,-8.05&to=112.7,-8.05&via=112.55,-8.07|112.6,-8.03", json: []string{`properties/alternatives = []`}},
	{url: "/api/route?from=112.52,-8.05&to=112.7,-8.05&f=gpx", want: []string{"Content-Type: application/gpx+xml", `Content-Disposition: attachment; filename="route.gpx"`}, body: []string{"<trkpt lat=", "&lt;Raya&gt;", "!<Raya>"}},
	{url: "/api/route?from=112.52,-8.05&to=112.7,-8.05&f=kml", want: []string{"Content-Type: application/vnd.google-earth.kml+xml"}, body: []string{"<LineString>", "Last signal"}},
}

var badRoutes = []scenario{
	{url: "/api/route", status: 400, json: []string{`parameter = "from"`}},
	{url: "/api/route?from=112.5,-8", status: 400, json: []string{`parameter = "to"`}},
	{url: "/api/route?from=-8.05,112.5&to=112.7,-8.05", status: 400, json: []string{`parameter = "from"`}},
	{url: "/api/route?from=NaN,1&to=112.7,-8.05", status: 400},
	{url: "/api/route?from=112.52,-8.05&to=112.52,-8.05", status: 400, json: []string{`parameter = "to"`, `detail = "from and to are the same place: there is no way to go"`}},
	{url: "/api/route?from=112.52,-8.05&to=112.7,-8.05&vehicle=ship", status: 400, json: []string{`parameter = "vehicle"`, `allowed = ["car","motorcycle","walk"]`}},
	{url: "/api/route?from=112.52,-8.05&to=112.7,-8.05&via=" + strings.Repeat("112.6,-8.05|", 200), status: 400, json: []string{`parameter = "via"`, `detail = "via has 200 places; 20 are allowed"`}},
	{url: "/api/route?from=112.52,-8.05&to=112.7,-8.05&via=x", status: 400},
	{url: "/api/route?from=112.52,-8.05&to=112.7,-8.05&alternatives=9", status: 400},
	{url: "/api/route?from=112.52,-8.05&to=112.7,-8.05&prefer=beauty", status: 400, json: []string{`allowed = ["time","signal"]`}},
	{url: "/api/route?from=112.52,-8.05&to=112.7,-8.05&operator=Nobody", status: 400, json: []string{`parameter = "operator"`}},
	{url: "/api/route?from=112.52,-8.05&to=112.7,-8.05&technology=9g", status: 400, json: []string{`parameter = "technology"`}},
	{url: "/api/route?from=112.52,-8.05&to=112.7,-8.05&lang=fr", status: 400},
	{url: "/api/route?from=112.52,-8.05&to=112.7,-8.05&f=doc", status: 400},
	{url: "/api/route?from=2.35,48.85&to=112.7,-8.05", status: 404, json: []string{`type = "urn:petadesa:problem:off-road"`, `parameter = "from"`}, body: []string{"km outside of the roads"}},
	{url: "/api/route?from=112.52,-8.05&to=112.6,-9.5", status: 404, json: []string{`type = "urn:petadesa:problem:off-road"`, `parameter = "to"`}},
	{url: "/api/route?from=112.52,-8.05&to=112.66,-8.3", status: 404, json: []string{`type = "urn:petadesa:problem:no-route"`}, body: []string{"to on component 2 with 3.3 km"}},
	{url: "/api/route?from=112.79,-8.058&to=112.79,-8.052&vehicle=car", status: 404, body: []string{"one-way"}},
	{url: "/api/route?from=%27;DROP%20TABLE&to=%3Cscript%3E", status: 400},
	{url: "/api/route?from=%F0%9F%98%80&to=%E2%80%AE", status: 400, json: []string{`parameter = "from"`}},
}

var reaches = []scenario{
	{url: "/api/reach?lon=112.6&lat=-8.05&minutes=10", json: []string{`type = "FeatureCollection"`, `features/0/geometry/type = "Polygon"`, `features/0/properties/minutes = 10`, `rings/# = 1`}},
	{url: "/api/reach?from=112.6,-8.05&minutes=5,20&vehicle=walk", json: []string{`rings/0/minutes = 20`, `rings/1/minutes = 5`, `vehicle = "walk"`}},
	{url: "/api/reach?lon=112.6&lat=-8.05&minutes=0", status: 400, json: []string{`parameter = "minutes"`}},
	{url: "/api/reach?lon=112.6&lat=-8.05&minutes=1000000", status: 400},
	{url: "/api/reach?lon=112.6&lat=-8.05&minutes=-5", status: 400},
	{url: "/api/reach?lon=112.6&lat=-8.05&minutes=1,2,3,4,5,6,7", status: 400},
	{url: "/api/reach?lon=112.6&minutes=5", status: 400},
	{url: "/api/reach?minutes=5", status: 400, json: []string{`parameter = "lon"`}},
	{url: "/api/reach?lon=112.6&lat=-8.05&vehicle=ufo", status: 400},
	{url: "/api/reach?lon=0&lat=0&minutes=5", status: 404, json: []string{`parameter = "lon"`}},
}

func TestVisitorScenarios(t *testing.T) {
	h := New(testConfig(t, visited(t)))
	registerDecoders()
	d := loadDefinition(t, h)
	for _, table := range [][]scenario{routes, badRoutes, reaches, nearbys, scoreboards} {
		for _, c := range table {
			t.Run(c.url, func(t *testing.T) {
				w := c.run(t, h)
				if !d.check(t, c.method, c.url, w) && w.Code < 300 && strings.HasPrefix(c.url, "/api/") {
					t.Errorf("%s is not in the OpenAPI document", c.url)
				}
			})
		}
	}
}

// While the signal is being computed, as it is for a minute over a terrain, a way and
// the places near are told without; who asks for signal is told to wait.
func TestNobodyWaitsForTheSignal(t *testing.T) {
	src := visited(t)
	h := New(testConfig(t, src))
	ready := make(chan struct{})
	s := h.service
	s.signals.patience = time.Millisecond
	for _, operator := range []string{"", "any", "each"} {
		key := signalKey(src.Snapshot(), &coverage.Query{Operator: operator})
		s.signals.mu.Lock()
		s.signals.begin(t.Context(), key, func(context.Context) ([]*coverage.Reception, error) { <-ready; return nil, nil }).held = true
		s.signals.mu.Unlock()
	}
	scenario{url: "/api/route?from=112.52,-8.05&to=112.7,-8.0501", json: []string{`properties/signal_pending = true`, `properties/signal = []`, `properties/steps exists`}}.run(t, h)
	scenario{url: "/api/nearby?lon=112.6&lat=-8.05", json: []string{`signal_pending = true`, `features exists`}}.run(t, h)
	scenario{url: "/api/visit?id=pantai", json: []string{`signal_pending = true`, `way exists`}}.run(t, h)
	scenario{url: "/wisata/pantai?lang=en", body: []string{"The signal on the way is being computed"}}.run(t, h)
	scenario{url: "/api/offline?bbox=112.5,-8.1,112.6,-8", status: 503, want: []string{"Retry-After: 2"}}.run(t, h)
	scenario{url: "/api/route?from=112.52,-8.05&to=112.7,-8.0501&prefer=signal", status: 503, want: []string{"Retry-After: 2"}}.run(t, h)
	scenario{url: "/api/nearby?lon=112.6&lat=-8.05&signal=any", status: 503}.run(t, h)
	s.signals.patience = time.Minute
	close(ready)
	scenario{url: "/api/route?from=112.52,-8.05&to=112.7,-8.0501", json: []string{`properties/signal = []`}, body: []string{"!signal_pending"}}.run(t, h)
	scenario{url: "/api/visit?id=pantai", body: []string{"!signal_pending"}}.run(t, h)
	scenario{url: "/wisata/pantai?lang=en", body: []string{"!being computed"}}.run(t, h)
}

func TestStretchesSumToTheRoute(t *testing.T) {
	h := New(testConfig(t, visited(t)))
	var f struct {
		Properties struct {
			Distance float64 `json:"distance_m"`
			Signal   []struct {
				Operator string
				From     float64 `json:"from_m"`
				To       float64 `json:"to_m"`
			}
			Surface []struct {
				From float64 `json:"from_m"`
				To   float64 `json:"to_m"`
			}
			Steps []struct {
				Distance float64 `json:"distance_m"`
			}
		}
	}
	w := ask(h, "GET", "/api/route?from=112.515,-8.05&to=112.785,-8.05&operator=each&via=112.55,-8.069")
	if err := json.Unmarshal(w.Body.Bytes(), &f); err != nil || len(f.Properties.Signal) < 3 {
		t.Fatal(err, w.Body.String())
	}
	sums := map[string]float64{}
	for _, s := range f.Properties.Signal {
		sums[s.Operator] += s.To - s.From
	}
	for _, s := range f.Properties.Surface {
		sums["surface"] += s.To - s.From
	}
	for _, s := range f.Properties.Steps {
		sums["steps"] += s.Distance
	}
	for name, sum := range sums {
		if math.Abs(sum-f.Properties.Distance) > 1 {
			t.Errorf("%s: %f of %f m", name, sum, f.Properties.Distance)
		}
	}
}

func TestRoutesWithoutRoads(t *testing.T) {
	h := New(testConfig(t, world(t)))
	scenario{url: "/api/route?from=112.52,-8.05&to=112.7,-8.05", status: 404, body: []string{"no roads here"}}.run(t, h)
	scenario{url: "/api/reach?lon=112.52&lat=-8.05", status: 404}.run(t, h)
}
