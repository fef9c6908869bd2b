package coverage

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// Values returns the effective parameters, defaults included, as they would be
// given.
func (q *Query) Values() url.Values {
	v := url.Values{}
	set := func(name, value string) {
		if value != "" {
			v.Set(name, value)
		}
	}
	number := func(name string, f float64) {
		if f != 0 {
			v.Set(name, strconv.FormatFloat(f, 'g', -1, 64))
		}
	}
	set("by", q.By)
	set("technology", q.Technology)
	set("operator", q.Operator)
	set("evidence", q.Evidence)
	if t, err := q.resolve(); err == nil {
		set("preset", t.Preset)
	}
	number("min_down", q.MinDown)
	number("min_up", q.MinUp)
	number("min_rsrp", q.MinRSRP)
	set("district", strings.Join(q.Districts, ","))
	set("village", strings.Join(q.Villages, ","))
	if b := q.BBox; b != nil {
		v.Set("bbox", fmt.Sprintf("%v,%v,%v,%v", b.Min[0], b.Min[1], b.Max[0], b.Max[1]))
	}
	if q.Filter != nil {
		v.Set("filter", q.Filter.String())
	}
	number("near_road", q.NearRoad)
	set("road_class", strings.Join(q.RoadClass, ","))
	set("poi", q.POI)
	set("season", q.Season)
	set("sort", q.Sort)
	if q.Limit <= MaxLimit { // else all rows, which is not for a page
		set("limit", strconv.Itoa(q.Limit))
	}
	set("cursor", q.Cursor)
	return v
}

// Permalink returns the one query string that all ways to ask the same share:
// all effective parameters but the cursor, in a fixed order.
func (q *Query) Permalink() string {
	v := q.Values()
	var parts []string
	for _, name := range Parameters() {
		if s := v.Get(name); s != "" && name != "cursor" {
			parts = append(parts, name+"="+url.QueryEscape(s))
		}
	}
	return strings.Join(parts, "&")
}
