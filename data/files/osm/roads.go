package osm

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geo"
)

// A theme is what of a file becomes features.
type theme struct {
	name   string
	kinds  Kind
	routes bool // relations of roads give their ways a ref
	// pick returns the properties of an element that belongs to the theme; nil
	// when it does not, and why when one would think so.
	pick func(Kind, Tags) ([]Property, string)
	// shape gives the feature its final geometry; false: it has none.
	shape func(*Element, *Feature) bool
}

func themes() []theme {
	return []theme{
		{"roads", Way, true, road, roadShape},
		{"destinations", Node | Way | Relation, false, destination, placeShape},
		{"eateries", Node | Way | Relation, false, eatery, placeShape},
	}
}

// Themes names what a file can be read as: roads, the destinations of visitors,
// and eateries, which are too many to be destinations.
func Themes() []string {
	var names []string
	for _, t := range themes() {
		names = append(names, t.name)
	}
	return names
}

func findTheme(name string) *theme {
	all := themes()
	if i := slices.IndexFunc(all, func(t theme) bool { return t.name == name }); i >= 0 {
		return &all[i]
	}
	return nil
}

// roadClass is the administrative class that a value of highway stands for in
// Indonesia, where tagging follows the function of a road
// (https://wiki.openstreetmap.org/wiki/Indonesian_Roads): arterial roads are the
// nation's, collectors the province's, local roads the regency's, other streets
// the village's. "" for what is no road one can use.
func roadClass(highway string) string {
	switch strings.TrimSuffix(highway, "_link") {
	case "motorway":
		return "toll"
	case "trunk", "primary":
		return "national"
	case "secondary":
		return "provincial"
	case "tertiary":
		return "regency"
	case "unclassified", "residential", "living_street", "service", "road", "busway":
		return "village"
	case "track", "path", "footway", "steps", "cycleway", "pedestrian", "bridleway":
		return "path"
	}
	return ""
}

// condition is what smoothness says of a road.
func condition(smoothness string) string {
	switch smoothness {
	case "excellent", "good":
		return "good"
	case "intermediate":
		return "fair"
	case "bad", "very_bad", "horrible", "very_horrible", "impassable":
		return "damaged"
	}
	return ""
}

func road(kind Kind, tags Tags) ([]Property, string) {
	highway := tags.Get("highway")
	if kind != Way || highway == "" {
		return nil, ""
	}
	class := roadClass(highway)
	switch {
	case class == "":
		return nil, "highway=" + brief(highway)
	case tags.Get("area") == "yes":
		return nil, "highway areas"
	}
	p := []Property{{"class", class}}
	p = appendText(p, "name", tags.first("name", "name:id"))
	p = appendText(p, "name_en", tags.Get("name:en"))
	p = appendText(p, "ref", tags.Get("ref"))
	p = appendText(p, "surface", tags.Get("surface"))
	p = appendText(p, "condition", condition(tags.Get("smoothness")))
	if one, known := oneway(tags); known {
		p = append(p, Property{"oneway", one != 0})
	}
	if v, ok := maxspeed(tags); ok {
		p = append(p, Property{"maxspeed", v})
	}
	for _, key := range []string{"bridge", "tunnel"} {
		if v := tags.Get(key); v != "" {
			p = append(p, Property{key, v != "no"})
		}
	}
	if n, err := strconv.ParseInt(tags.Get("layer"), 10, 8); err == nil {
		p = append(p, Property{"layer", n})
	}
	return p, ""
}

// oneway is 1 along the way, -1 against it, 0 for both; known when the tags say
// so or imply it (motorways and roundabouts).
func oneway(tags Tags) (direction int, known bool) {
	switch tags.Get("oneway") {
	case "yes", "true", "1":
		return 1, true
	case "-1", "reverse":
		return -1, true
	case "no", "false", "0":
		return 0, true
	}
	if j := tags.Get("junction"); j == "roundabout" || j == "circular" || tags.Get("highway") == "motorway" {
		return 1, true
	}
	return 0, false
}

func roadShape(e *Element, f *Feature) bool {
	line, ok := f.Geometry.(orb.LineString)
	if !ok {
		return false
	}
	if direction, _ := oneway(e.Tags); direction < 0 {
		slices.Reverse(line)
	}
	f.Properties = append(f.Properties, Property{"length_m", math.Round(geo.LengthHaversine(line)*10) / 10})
	return true
}

// maxspeed is the limit in km/h. Limits by kind of road are those of Indonesia
// (Government Regulation 79 of 2013, article 23); of other countries only numbers are
// understood.
func maxspeed(tags Tags) (float64, bool) {
	least := math.Inf(1)
	for _, key := range []string{"maxspeed", "maxspeed:forward", "maxspeed:backward", "maxspeed:type", "source:maxspeed", "zone:maxspeed"} {
		for _, text := range strings.Split(tags.Get(key), ";") {
			if v, ok := speed(strings.TrimSpace(text)); ok {
				least = min(least, v)
			}
		}
		if !math.IsInf(least, 1) && key != "maxspeed:forward" {
			return least, true
		}
	}
	return 0, false
}

const kmPerMile = 1.609344

func speed(text string) (float64, bool) {
	if country, rule, ok := strings.Cut(text, ":"); ok && len(country) == 2 {
		text = strings.TrimPrefix(strings.TrimPrefix(rule, "zone"), ":")
		if country == "ID" {
			switch rule {
			case "motorway":
				return 100, true
			case "rural", "trunk":
				return 80, true
			case "urban":
				return 50, true
			case "living_street", "residential":
				return 30, true
			}
		}
	}
	if text == "walk" {
		return 5, true
	}
	factor := 1.0
	if t, ok := strings.CutSuffix(text, "mph"); ok {
		text, factor = t, kmPerMile
	}
	text = strings.TrimSuffix(text, "km/h")
	v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || !(v > 0 && v <= 400) {
		return 0, false
	}
	return math.Round(v*factor*10) / 10, true
}

func appendText(p []Property, name, value string) []Property {
	if value == "" {
		return p
	}
	return append(p, Property{name, value})
}
