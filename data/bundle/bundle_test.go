package bundle

import (
	"encoding/json"
	"errors"
	"io"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/paulmach/orb/geojson"
	"github.com/peterstace/simplefeatures/geom"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
)

func read(t *testing.T, collection string) []*geojson.Feature {
	t.Helper()
	f, err := Open(collection)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	raw, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	if len(raw) > 1<<20 {
		t.Errorf("%s has %d bytes: want at most 1 MiB", collection, len(raw))
	}
	// orb requires an id and a geometry it knows; null is allowed here.
	var fc struct{ Features []*geojson.Feature }
	if err := json.Unmarshal(raw, &fc); err != nil {
		t.Fatalf("%s: %v", collection, err)
	}
	return fc.Features
}

func TestUnknownCollection(t *testing.T) {
	if _, err := Open("districts"); !errors.Is(err, ErrNotFound) {
		t.Errorf("districts: got %v, want ErrNotFound", err)
	}
}

// Every feature fits its collection's description: field names, types, allowed
// values, geometry type; ids ascend; source is given.
func TestFeaturesFitTheirCollections(t *testing.T) {
	total := 0
	for _, id := range Collections() {
		description, ok := data.StandardCollection(id)
		if !ok {
			t.Fatalf("%s is not a well-known collection", id)
		}
		attribution, license, err := Credit(id)
		if err != nil || attribution == "" || license == "" {
			t.Errorf("%s: credit %q, %q, %v", id, attribution, license, err)
		}
		last := ""
		for _, f := range read(t, id) {
			total++
			name, _ := f.ID.(string)
			if name <= last {
				t.Errorf("%s: id %q comes after %q", id, name, last)
			}
			last = name
			if f.Properties["source"] == nil {
				t.Errorf("%s %s has no source", id, name)
			}
			for property, value := range f.Properties {
				if problem := misfit(description, property, value); problem != "" {
					t.Errorf("%s %s: %s %v: %s", id, name, property, value, problem)
				}
			}
			if f.Geometry != nil && f.Geometry.GeoJSONType() != string(description.Geometry) {
				t.Errorf("%s %s is a %s, want %s", id, name, f.Geometry.GeoJSONType(), description.Geometry)
			}
			if f.Geometry == nil && id != "blankspots" {
				t.Errorf("%s %s has no geometry", id, name)
			}
		}
	}
	t.Logf("%d features", total)
}

func misfit(c geo.Collection, property string, value any) string {
	i := c.FieldIndex(property)
	if i < 0 {
		return "no such field"
	}
	field := c.Fields[i]
	var ok bool
	switch field.Type {
	case geo.String:
		_, ok = value.(string)
	case geo.Boolean:
		_, ok = value.(bool)
	case geo.Number:
		_, ok = value.(float64)
	case geo.Integer:
		n, number := value.(float64)
		ok = number && n == math.Trunc(n)
	}
	if !ok {
		return "want " + string(field.Type)
	}
	if s, text := value.(string); text && len(field.Enum) > 0 && !slices.Contains(field.Enum, s) {
		return "want one of " + strings.Join(field.Enum, ", ")
	}
	return ""
}

func TestGeometriesAreValid(t *testing.T) {
	for _, id := range Collections() {
		for _, f := range read(t, id) {
			if f.Geometry == nil {
				continue
			}
			raw, err := wkb.Marshal(f.Geometry)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := geom.UnmarshalWKB(raw); err != nil {
				t.Errorf("%s %v: %v", id, f.ID, err)
			}
			if !wound(f.Geometry) {
				t.Errorf("%s %v: rings are not wound as RFC 7946 wants", id, f.ID)
			}
		}
	}
}

// wound reports whether shells run counter-clockwise and holes clockwise.
func wound(g orb.Geometry) bool {
	polygons, _ := g.(orb.MultiPolygon)
	for _, p := range polygons {
		for i, ring := range p {
			if (ring.Orientation() == orb.CCW) != (i == 0) {
				return false
			}
		}
	}
	return true
}

func TestVillages(t *testing.T) {
	code := regexp.MustCompile(`^35\.07\.\d\d\.[12]\d{3}$`)
	kinds, districts := map[any]int{}, map[any]int{}
	area, people := 0.0, 0.0
	for _, f := range read(t, "villages") {
		p := f.Properties
		kinds[p["kind"]]++
		districts[p["district_code"]]++
		area += p["area_km2"].(float64)
		people += p["population"].(float64)
		if p["code"] != f.ID || !code.MatchString(p["code"].(string)) || !strings.HasPrefix(p["code"].(string), p["district_code"].(string)+".") {
			t.Errorf("village %v has code %v in district %v", f.ID, p["code"], p["district_code"])
		}
		if (p["kind"] == "kelurahan") != (p["code"].(string)[9] == '1') {
			t.Errorf("village %v is a %v", f.ID, p["kind"])
		}
	}
	if kinds["desa"] != 378 || kinds["kelurahan"] != 12 || len(districts) != 33 {
		t.Errorf("%v in %d districts: want 378 desa and 12 kelurahan in 33", kinds, len(districts))
	}
	if math.Abs(area-3473.34) > 0.01 {
		t.Errorf("the areas add up to %.2f km², want 3473.34", area)
	}
	if people != 2_654_448 {
		t.Errorf("the people add up to %.0f, want the census's 2,654,448", people)
	}
}

// Villages and neighbours are one coverage: a side of a polygon is the side of
// at most one other, run the other way, and all other sides are shore.
func TestCoverageIsExact(t *testing.T) {
	type side struct{ from, to orb.Point }
	owner := map[side]string{}
	for _, id := range []string{"villages", "neighbours"} {
		for _, f := range read(t, id) {
			for _, polygon := range f.Geometry.(orb.MultiPolygon) {
				for _, ring := range polygon {
					for i := range ring[1:] {
						s := side{ring[i], ring[i+1]}
						if other, taken := owner[s]; taken {
							t.Errorf("%v and %s both lie left of %v", f.ID, other, s)
						}
						owner[s] = f.ID.(string)
					}
				}
			}
		}
	}
	inner, shore := 0, 0
	for s, id := range owner {
		switch other, shared := owner[side{s.to, s.from}]; {
		case shared && other == id:
			t.Errorf("%s touches itself at %v", id, s)
		case shared:
			inner++
		case strings.HasPrefix(id, "35.07.") && s.from[1] > -8.2:
			t.Errorf("village %s has a gap on land at %v", id, s)
		default:
			shore++
		}
	}
	t.Logf("%d borders shared, %d sides of shore or the province's rim", inner/2, shore)
}
