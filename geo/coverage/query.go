package coverage

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo/cql2"
)

// Query is a question about gaps. The zero value is not valid: make one with
// ParseQuery, or call Check. Lists that are empty select everything.
type Query struct {
	By         string // village, district, regency, cell
	Technology string
	Operator   string // any, all, each, a number ("at least so many"), or a name
	Evidence   string // claimed, modelled, measured, best
	Preset     string
	MinDown    float64 // Mbit/s; 0: not asked
	MinUp      float64 // Mbit/s; 0: not asked
	MinRSRP    float64 // dBm; 0: not asked
	Districts  []string
	Villages   []string
	BBox       *orb.Bound   // villages that meet it, counted whole
	Filter     *cql2.Filter // on villages
	NearRoad   float64      // only land within so many metres of a road; 0: all land
	RoadClass  []string
	POI        string // the collection whose points are counted as places
	Season     string // normal, holiday
	Sort       string // a column, descending with a minus before it
	Limit      int
	Cursor     string

	Change *Change // what-if: towers added and removed; nil: as it is
}

// Change is towers that are not there, or no longer.
type Change struct {
	Add    []Tower
	Remove []string // ids

	everywhere bool // what is added is received wherever one asks: for what towers could win
}

// The bounds and defaults of queries.
const (
	DefaultLimit = 1000
	MaxLimit     = 10_000
	MaxNearRoad  = 10_000 // m
	maxList      = 1000   // codes in a list
)

var (
	allBy       = []string{"village", "district", "regency", "cell"}
	allEvidence = []string{"best", "claimed", "modelled", "measured"}
	allSeasons  = []string{"normal", "holiday"}
)

// Parameters are the names of the parameters of a query, in the order of the
// canonical form.
func Parameters() []string {
	return []string{
		"by", "technology", "operator", "evidence", "preset", "min_down", "min_up", "min_rsrp", "district", "village", "bbox",
		"filter", "near_road", "road_class", "poi", "season", "sort", "limit", "cursor",
	}
}

// ParamError is a parameter that is not understood.
type ParamError struct {
	Parameter string
	Value     string
	Reason    string   // in words
	Allowed   []string // what would have been allowed, if it can be listed
}

func (e *ParamError) Error() string {
	s := fmt.Sprintf("%s %q: %s", e.Parameter, e.Value, e.Reason)
	if len(e.Allowed) > 0 {
		s += " (allowed: " + strings.Join(e.Allowed, ", ") + ")"
	}
	return s
}

// ParseQuery reads parameters such as those of a URL, and fills in defaults. It
// fails with a *ParamError.
func ParseQuery(values url.Values) (*Query, error) {
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names) // the same request has the same error
	for _, name := range names {
		switch {
		case !slices.Contains(Parameters(), name):
			return nil, &ParamError{Parameter: name, Value: values.Get(name), Reason: "is no parameter", Allowed: Parameters()}
		case len(values[name]) > 1:
			return nil, &ParamError{Parameter: name, Value: strings.Join(values[name], " "), Reason: "is given more than once"}
		}
	}
	q := &Query{
		By: values.Get("by"), Technology: values.Get("technology"), Operator: values.Get("operator"), Evidence: values.Get("evidence"),
		Preset: values.Get("preset"), POI: values.Get("poi"), Season: values.Get("season"), Sort: values.Get("sort"), Cursor: values.Get("cursor"),
		Districts: commas(values.Get("district")), Villages: commas(values.Get("village")), RoadClass: commas(values.Get("road_class")),
	}
	for _, n := range []struct {
		name     string
		to       *float64
		min, max float64
	}{
		{"min_down", &q.MinDown, 0.001, 100_000},
		{"min_up", &q.MinUp, 0.001, 100_000},
		{"min_rsrp", &q.MinRSRP, -140, -44},
		{"near_road", &q.NearRoad, 1, MaxNearRoad},
	} {
		if err := parseNumber(values, n.name, n.min, n.max, n.to); err != nil {
			return nil, err
		}
	}
	var limit float64
	if err := parseNumber(values, "limit", 1, MaxLimit, &limit); err != nil {
		return nil, err
	}
	q.Limit = int(limit)
	if float64(q.Limit) != limit {
		return nil, &ParamError{Parameter: "limit", Value: values.Get("limit"), Reason: "is not a whole number"}
	}
	if s := values.Get("bbox"); s != "" {
		b, err := parseBBox(s)
		if err != nil {
			return nil, err
		}
		q.BBox = b
	}
	if s := values.Get("filter"); s != "" {
		f, err := cql2.Parse(s)
		if err != nil {
			return nil, &ParamError{Parameter: "filter", Value: s, Reason: err.Error()}
		}
		q.Filter = f
	}
	return q, q.Check()
}

func commas(s string) []string {
	var all []string
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func parseNumber(values url.Values, name string, low, high float64, to *float64) error {
	s := values.Get(name)
	if s == "" {
		return nil
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || !(v >= low && v <= high) {
		return &ParamError{Parameter: name, Value: s, Reason: fmt.Sprintf("want a number from %v to %v", low, high)}
	}
	*to = v
	return nil
}

func parseBBox(s string) (*orb.Bound, error) {
	var n [4]float64
	parts := strings.Split(s, ",")
	for i, p := range parts {
		v, err := strconv.ParseFloat(strings.TrimSpace(p), 64)
		if err != nil || len(parts) != 4 {
			return nil, &ParamError{Parameter: "bbox", Value: s, Reason: "want four numbers: west, south, east, north in degrees"}
		}
		n[i] = v
	}
	b := orb.Bound{Min: orb.Point{n[0], n[1]}, Max: orb.Point{n[2], n[3]}}
	if !(n[0] >= -180 && n[2] <= 180 && n[0] <= n[2] && n[1] >= -90 && n[3] <= 90 && n[1] <= n[3]) {
		return nil, &ParamError{Parameter: "bbox", Value: s, Reason: "want west ≤ east within ±180 and south ≤ north within ±90"}
	}
	return &b, nil
}

// Check fills in defaults and reports the first parameter that is not allowed
// whatever the data are.
func (q *Query) Check() error {
	for _, p := range []struct {
		name, standard string
		to             *string
		allowed        []string
	}{
		{"by", "village", &q.By, allBy},
		{"technology", "4g", &q.Technology, Technologies()},
		{"evidence", "best", &q.Evidence, allEvidence},
		{"season", "normal", &q.Season, allSeasons},
	} {
		if *p.to == "" {
			*p.to = p.standard
		}
		if !slices.Contains(p.allowed, *p.to) {
			return &ParamError{Parameter: p.name, Value: *p.to, Reason: "is not one of those there are", Allowed: p.allowed}
		}
	}
	if q.Operator == "" {
		q.Operator = "any"
	}
	if q.POI == "" {
		q.POI = "destinations"
	}
	if q.Sort == "" {
		q.Sort = "-people_gap"
	}
	if column := strings.TrimPrefix(q.Sort, "-"); !slices.Contains(sortable(), column) {
		return &ParamError{Parameter: "sort", Value: q.Sort, Reason: "is no column to sort by; a minus before it sorts descending", Allowed: sortable()}
	}
	if q.Limit == 0 {
		q.Limit = DefaultLimit
	}
	for name, list := range map[string][]string{"district": q.Districts, "village": q.Villages, "road_class": q.RoadClass} {
		if len(list) > maxList {
			return &ParamError{Parameter: name, Value: strconv.Itoa(len(list)) + " values", Reason: fmt.Sprintf("at most %d", maxList)}
		}
	}
	_, err := q.resolve()
	return err
}
