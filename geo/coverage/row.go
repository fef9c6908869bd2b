package coverage

import (
	"strconv"
	"strings"
)

// The classes of a village, district or cell, by the share of its people that
// are covered among those of whom it is known; of ground where nobody lives, by area.
const (
	Blank   = "BLANK"   // nobody
	Partial = "PARTIAL" // fewer than 95 %
	Served  = "SERVED"  // 95 % or more
	Unknown = "UNKNOWN" // it is known of fewer than half
)

// Row is one line of an answer: the same in JSON, CSV, spreadsheets, on the
// map and the command line.
type Row struct {
	Code         string       `json:"code"`
	Name         string       `json:"name"`
	District     string       `json:"district"`
	DistrictCode string       `json:"district_code"`
	Operator     string       `json:"operator"`
	Class        string       `json:"class"`
	People       PeopleCounts `json:"people"`
	Area         AreaCounts   `json:"area_km2"`
	Places       PlaceCounts  `json:"places"`
	Road         RoadCounts   `json:"road_km"`
	NearestTower *Length      `json:"nearest_tower_km"` // from the village's point to a tower of that technology
	NearestFibre *Length      `json:"nearest_fibre_km"`
	NearestRoad  *Length      `json:"nearest_road_km"`
	Official     *Official    `json:"official"`
}

// PeopleCounts are people. Covered, gap and unknown add up to the total; the gap
// is between low and high with 90 % certainty each way.
type PeopleCounts struct {
	Total       People  `json:"total"`
	Covered     People  `json:"covered"`
	Gap         People  `json:"gap"`
	Unknown     People  `json:"unknown"`
	GapLow      People  `json:"gap_low"`
	GapHigh     People  `json:"gap_high"`
	GapExpected People  `json:"gap_expected"` // by the probability of a signal where it is only predicted, else the gap
	Partial     *People `json:"partial"`      // of the gap of all operators: covered by some; nil unless all were asked for
	Method      string  `json:"method"`       // how they were put on the ground
}

// AreaCounts are km²; covered, gap and unknown add up to the total.
type AreaCounts struct {
	Total   Area  `json:"total"`
	Covered Area  `json:"covered"`
	Gap     Area  `json:"gap"`
	Unknown Area  `json:"unknown"`
	Partial *Area `json:"partial"` // as of people
}

// PlaceCounts are points of the collection that was asked for.
type PlaceCounts struct {
	Total   int `json:"total"`
	Covered int `json:"covered"`
	Gap     int `json:"gap"`
	Unknown int `json:"unknown"`
}

// RoadCounts are km of road.
type RoadCounts struct {
	Total   Length `json:"total"`
	Covered Length `json:"covered"`
	Gap     Length `json:"gap"`
	Unknown Length `json:"unknown"`
}

// Official is what is officially said of a village or district.
type Official struct {
	Status string `json:"status"` // blank, weak, resolved
	Date   string `json:"date"`
	Unit   string `json:"unit"` // what was named: point, village, district
}

// column is one value of a row in a table.
type column struct {
	name  string
	text  func(*Row) string
	value func(*Row) (float64, bool) // nil: text
}

// amount is what a column of numbers holds.
type amount interface {
	People | Area | Length
	Float() float64
	String() string
}

func number[T amount](name string, of func(*Row) T) column {
	return column{
		name:  name,
		text:  func(r *Row) string { return of(r).String() },
		value: func(r *Row) (float64, bool) { return of(r).Float(), true },
	}
}

func count(name string, of func(*Row) int) column {
	return column{
		name:  name,
		text:  func(r *Row) string { return strconv.Itoa(of(r)) },
		value: func(r *Row) (float64, bool) { return float64(of(r)), true },
	}
}

func optional[T amount](name string, of func(*Row) *T) column {
	return column{
		name: name,
		text: func(r *Row) string {
			if d := of(r); d != nil {
				return (*d).String()
			}
			return ""
		},
		value: func(r *Row) (float64, bool) {
			if d := of(r); d != nil {
				return (*d).Float(), true
			}
			return 0, false
		},
	}
}

// json returns the value as a text, a number, or nil.
func (c *column) json(r *Row) any {
	if c.value != nil {
		if v, ok := c.value(r); ok {
			return v
		}
		return nil
	}
	if s := c.text(r); s != "" {
		return s
	}
	return nil
}

func words(name string, of func(*Row) string) column { return column{name: name, text: of} }

func (r *Row) official() Official {
	if r.Official == nil {
		return Official{}
	}
	return *r.Official
}

// columns are those of a table, named by their paths in JSON.
func columns() []column {
	return []column{
		words("code", func(r *Row) string { return r.Code }),
		words("name", func(r *Row) string { return r.Name }),
		words("district", func(r *Row) string { return r.District }),
		words("district_code", func(r *Row) string { return r.DistrictCode }),
		words("operator", func(r *Row) string { return r.Operator }),
		words("class", func(r *Row) string { return r.Class }),
		number("people_total", func(r *Row) People { return r.People.Total }),
		number("people_covered", func(r *Row) People { return r.People.Covered }),
		number("people_gap", func(r *Row) People { return r.People.Gap }),
		number("people_unknown", func(r *Row) People { return r.People.Unknown }),
		number("people_gap_low", func(r *Row) People { return r.People.GapLow }),
		number("people_gap_high", func(r *Row) People { return r.People.GapHigh }),
		number("people_gap_expected", func(r *Row) People { return r.People.GapExpected }),
		optional("people_partial", func(r *Row) *People { return r.People.Partial }),
		words("people_method", func(r *Row) string { return r.People.Method }),
		number("area_km2_total", func(r *Row) Area { return r.Area.Total }),
		number("area_km2_covered", func(r *Row) Area { return r.Area.Covered }),
		number("area_km2_gap", func(r *Row) Area { return r.Area.Gap }),
		number("area_km2_unknown", func(r *Row) Area { return r.Area.Unknown }),
		optional("area_km2_partial", func(r *Row) *Area { return r.Area.Partial }),
		count("places_total", func(r *Row) int { return r.Places.Total }),
		count("places_covered", func(r *Row) int { return r.Places.Covered }),
		count("places_gap", func(r *Row) int { return r.Places.Gap }),
		count("places_unknown", func(r *Row) int { return r.Places.Unknown }),
		number("road_km_total", func(r *Row) Length { return r.Road.Total }),
		number("road_km_covered", func(r *Row) Length { return r.Road.Covered }),
		number("road_km_gap", func(r *Row) Length { return r.Road.Gap }),
		number("road_km_unknown", func(r *Row) Length { return r.Road.Unknown }),
		optional("nearest_tower_km", func(r *Row) *Length { return r.NearestTower }),
		optional("nearest_fibre_km", func(r *Row) *Length { return r.NearestFibre }),
		optional("nearest_road_km", func(r *Row) *Length { return r.NearestRoad }),
		words("official_status", func(r *Row) string { return r.official().Status }),
		words("official_date", func(r *Row) string { return r.official().Date }),
		words("official_unit", func(r *Row) string { return r.official().Unit }),
	}
}

// Columns are the names of the columns of a table of rows: the paths of its JSON
// joined by underscores.
func Columns() []string {
	var names []string
	for _, c := range columns() {
		names = append(names, c.name)
	}
	return names
}

func sortable() []string { return Columns() }

// Cells returns the row as texts, aligned with Columns; "" is no value.
func (r *Row) Cells() []string {
	all := columns()
	cells := make([]string, len(all))
	for i, c := range all {
		cells[i] = c.text(r)
	}
	return cells
}

// Values returns the row as texts, numbers and nil for none, aligned with
// Columns: the properties of a feature, the cells of a spreadsheet.
func (r *Row) Values() []any { return r.values(columns()) }

// Numeric reports whether a column holds numbers.
func Numeric(column string) bool {
	for _, c := range columns() {
		if c.name == column {
			return c.value != nil
		}
	}
	return false
}

// classify gives the row its class.
func (r *Row) classify() {
	total, covered, known := int64(r.People.Total), int64(r.People.Covered), int64(r.People.Total-r.People.Unknown)
	if total == 0 {
		total, covered, known = int64(r.Area.Total), int64(r.Area.Covered), int64(r.Area.Total-r.Area.Unknown)
	}
	switch {
	case 2*known < total || total == 0:
		r.Class = Unknown
	case covered == 0:
		r.Class = Blank
	case 100*covered < 95*known:
		r.Class = Partial
	default:
		r.Class = Served
	}
}

// add adds the counts of another row.
func (r *Row) add(o *Row) {
	r.People.Total += o.People.Total
	r.People.Covered += o.People.Covered
	r.People.Gap += o.People.Gap
	r.People.Unknown += o.People.Unknown
	r.People.GapLow += o.People.GapLow
	r.People.GapHigh += o.People.GapHigh
	r.People.GapExpected += o.People.GapExpected
	r.Area.Total += o.Area.Total
	r.Area.Covered += o.Area.Covered
	r.Area.Gap += o.Area.Gap
	r.Area.Unknown += o.Area.Unknown
	r.Places.Total += o.Places.Total
	r.Places.Covered += o.Places.Covered
	r.Places.Gap += o.Places.Gap
	r.Places.Unknown += o.Places.Unknown
	r.Road.Total += o.Road.Total
	r.Road.Covered += o.Road.Covered
	r.Road.Gap += o.Road.Gap
	r.Road.Unknown += o.Road.Unknown
	r.People.Partial, r.Area.Partial = plus(r.People.Partial, o.People.Partial), plus(r.Area.Partial, o.Area.Partial)
	r.People.Method = mixed(r.People.Method, o.People.Method)
}

// plus adds amounts of which either may be missing.
func plus[T amount](a, b *T) *T {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	sum := *a + *b
	return &sum
}

// mixed joins methods that differ.
func mixed(a, b string) string {
	if a == "" || a == b {
		return b
	}
	for part := range strings.SplitSeq(a, "; ") {
		if part == b {
			return a
		}
	}
	return a + "; " + b
}
