package api

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
)

// asCSV is a table as text.
var asCSV = format{name: "csv", media: "text/csv; charset=utf-8", also: []string{"text/csv"}}

// standing is how a village stands in One Village One Product, One Village One
// Destination, with the signal and the road that they need.
type standing struct {
	Code          string   `json:"code"`
	Name          string   `json:"name"`
	DistrictCode  string   `json:"district_code"`
	District      string   `json:"district"`
	Products      int      `json:"products"`
	Destinations  int      `json:"destinations"`
	SignalClass   string   `json:"signal_class"`   // SERVED, PARTIAL, BLANK, UNKNOWN
	RoadCondition string   `json:"road_condition"` // of the most kilometres: good, fair, damaged; unknown, or none where no road is known
	RoadKm        roadKm   `json:"road_km"`
	Missing       []string `json:"missing"` // product, destination, signal, road
	Unknown       []string `json:"unknown"` // of signal and road: what nobody knows
	Words         string   `json:"words"`
}

type roadKm struct {
	Good    float64 `json:"good"`
	Fair    float64 `json:"fair"`
	Damaged float64 `json:"damaged"`
	Unknown float64 `json:"unknown"`
}

// merits are what a village may lack.
func merits() []string { return []string{"product", "destination", "signal", "road"} }

// scoreboard has the standing of each village, by position.
func (s *service) scoreboard(ctx context.Context, snap *geo.Snapshot) ([]standing, error) {
	villages := snap.Layer("villages")
	if villages == nil || villages.Len() == 0 {
		return nil, nil
	}
	return s.standings.of(ctx, snap.Version, func(ctx context.Context) ([]standing, error) {
		classes, err := s.signalClasses(ctx, snap)
		if err != nil {
			return nil, err
		}
		roads, err := s.Coverage.RoadsBy(ctx, snap, "condition")
		if err != nil {
			return nil, err
		}
		products, destinations := perVillage(snap, "products"), perVillage(snap, "destinations")
		all := make([]standing, villages.Len())
		for i := range all {
			code := villages.ID(i)
			one := standing{
				Code: code, Name: word(villages, "name", i), DistrictCode: word(villages, "district_code", i), District: word(villages, "district", i),
				Products: len(products[code]), Destinations: len(destinations[code]), SignalClass: classes[code],
			}
			one.road(roads[i])
			one.judge()
			all[i] = one
		}
		return all, nil
	})
}

// signalClasses are the classes of the villages by 4G of any operator.
func (s *service) signalClasses(ctx context.Context, snap *geo.Snapshot) (map[string]string, error) {
	classes := map[string]string{}
	q := coverage.Query{By: "village", Sort: "code", Limit: coverage.MaxLimit}
	for {
		a, err := s.Coverage.Gaps(ctx, snap, &q)
		if err != nil {
			return nil, err
		}
		for _, r := range a.Rows {
			classes[r.Code] = r.Class
		}
		if q.Cursor = a.Next; q.Cursor == "" {
			return classes, nil
		}
	}
}

// perVillage returns the positions of the features of each village: by the code
// they declare, else by where they lie.
func perVillage(snap *geo.Snapshot, collection string) map[string][]int {
	all := map[string][]int{}
	l, villages := snap.Layer(collection), snap.Layer("villages")
	if l == nil {
		return all
	}
	for i := range l.Len() {
		code := word(l, "village_code", i)
		if code == "" && villages != nil && l.Geometry(i) != nil {
			code = villageAt(villages, l.Geometry(i).Bound().Center())
		}
		if code != "" {
			all[code] = append(all[code], i)
		}
	}
	return all
}

// villageAt returns the id of the polygon that a point lies in, "" for none.
func villageAt(villages *geo.Layer, at orb.Point) string {
	for _, i := range villages.Search(orb.Bound{Min: at, Max: at}, nil) {
		switch g := villages.Geometry(int(i)).(type) {
		case orb.MultiPolygon:
			if planar.MultiPolygonContains(g, at) {
				return villages.ID(int(i))
			}
		case orb.Polygon:
			if planar.PolygonContains(g, at) {
				return villages.ID(int(i))
			}
		}
	}
	return ""
}

func (o *standing) road(metres map[string]float64) {
	km := func(m float64) float64 { return math.Round(m/10) / 100 }
	total := 0.0
	for _, m := range metres {
		total += m
	}
	good, fair, damaged := metres["good"], metres["fair"], metres["damaged"]
	o.RoadKm = roadKm{km(good), km(fair), km(damaged), km(max(total-good-fair-damaged, 0))}
	switch most := max(good, fair, damaged); {
	case total == 0:
		o.RoadCondition = "none"
	case most == 0:
		o.RoadCondition = "unknown"
	case most == good:
		o.RoadCondition = "good"
	case most == fair:
		o.RoadCondition = "fair"
	default:
		o.RoadCondition = "damaged"
	}
}

// judge says what a village lacks. What nobody knows is not lacking: a village
// without a mapped road, or of whose signal nothing is known, is unknown.
func (o *standing) judge() {
	o.Missing, o.Unknown = []string{}, []string{}
	if o.Products == 0 {
		o.Missing = append(o.Missing, "product")
	}
	if o.Destinations == 0 {
		o.Missing = append(o.Missing, "destination")
	}
	switch o.SignalClass {
	case coverage.Blank:
		o.Missing = append(o.Missing, "signal")
	case coverage.Unknown, "":
		o.SignalClass = coverage.Unknown
		o.Unknown = append(o.Unknown, "signal")
	}
	switch o.RoadCondition {
	case "damaged":
		o.Missing = append(o.Missing, "road")
	case "none", "unknown":
		o.Unknown = append(o.Unknown, "road")
	}
}

type scoreTotals struct {
	Code     string         `json:"district_code,omitempty"`
	District string         `json:"district,omitempty"`
	Villages int            `json:"villages"`
	Complete int            `json:"complete"` // nothing is missing or unknown
	Missing  map[string]int `json:"missing"`
	Unknown  map[string]int `json:"unknown"`
}

func (t *scoreTotals) add(o *standing) {
	if t.Missing == nil {
		t.Missing = map[string]int{"product": 0, "destination": 0, "signal": 0, "road": 0}
		t.Unknown = map[string]int{"signal": 0, "road": 0}
	}
	t.Villages++
	if len(o.Missing)+len(o.Unknown) == 0 {
		t.Complete++
	}
	for _, m := range o.Missing {
		t.Missing[m]++
	}
	for _, m := range o.Unknown {
		t.Unknown[m]++
	}
}

// villageScoreboard is GET /api/villages/scoreboard.
func (s *service) villageScoreboard(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	p, err := parse(r, []string{"district", "missing", "lang", "f"})
	if err != nil {
		return err
	}
	form, err := choose(r, p, asJSON, asCSV)
	if err != nil {
		return err
	}
	l, err := p.language()
	if err != nil {
		return err
	}
	lacking, err := p.oneOrMore("missing", merits())
	if err != nil {
		return err
	}
	var districts []string
	if text, ok := p["district"]; ok {
		districts, err = parameters{"district_code": text}.words("district_code", snap.Layer("villages"))
		if wrong := (*Problem)(nil); errors.As(err, &wrong) {
			wrong.Parameter, wrong.Detail = "district", "district "+quoted(text)+" is not the code of a district"
		}
	}
	if err != nil {
		return err
	}
	return s.respond(w, r, answer{
		media: form.media, identity: []string{"scoreboard", snap.Version, form.name, r.URL.RawQuery},
		prepare: func() (func(io.Writer) error, error) {
			all, err := s.scoreboard(r.Context(), snap)
			if err != nil {
				return nil, err
			}
			rows, totals, by := []standing{}, scoreTotals{}, []*scoreTotals{}
			totals.Missing, totals.Unknown = map[string]int{}, map[string]int{}
			of := map[string]*scoreTotals{}
			for _, o := range all {
				if !allows(districts, o.DistrictCode) || slices.ContainsFunc(lacking, func(m string) bool { return !slices.Contains(o.Missing, m) }) {
					continue
				}
				o.Words = o.words(l)
				rows = append(rows, o)
				totals.add(&o)
				if of[o.DistrictCode] == nil {
					of[o.DistrictCode] = &scoreTotals{Code: o.DistrictCode, District: o.District}
					by = append(by, of[o.DistrictCode])
				}
				of[o.DistrictCode].add(&o)
			}
			if form.is("csv") {
				w.Header().Set("Content-Disposition", `attachment; filename="scoreboard.csv"`)
				return func(out io.Writer) error { return writeScoreboard(out, rows) }, nil
			}
			return func(out io.Writer) error {
				return json.NewEncoder(out).Encode(object{
					"rows": rows, "totals": totals, "by_district": by, "numberMatched": len(rows), "numberReturned": len(rows), "snapshot": snap.Version, "notices": notices(snap),
				})
			}, nil
		},
	})
}

func writeScoreboard(out io.Writer, rows []standing) error {
	w := csv.NewWriter(out)
	w.UseCRLF = true
	km := func(f float64) string { return strconv.FormatFloat(f, 'f', 2, 64) }
	lines := [][]string{{
		"code", "name", "district_code", "district", "products", "destinations", "signal_class", "road_condition",
		"road_km_good", "road_km_fair", "road_km_damaged", "road_km_unknown", "missing", "unknown", "words",
	}}
	for _, o := range rows {
		lines = append(lines, []string{
			o.Code, plainCell(o.Name), o.DistrictCode, plainCell(o.District), strconv.Itoa(o.Products), strconv.Itoa(o.Destinations), o.SignalClass, o.RoadCondition,
			km(o.RoadKm.Good), km(o.RoadKm.Fair), km(o.RoadKm.Damaged), km(o.RoadKm.Unknown), strings.Join(o.Missing, " "), strings.Join(o.Unknown, " "), o.Words,
		})
	}
	return w.WriteAll(lines)
}

// plainCell keeps a spreadsheet from taking a name for a formula.
func plainCell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
