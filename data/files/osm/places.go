package osm

import "strings"

// destination picks what visitors travel to. It must have a name: a spot that
// nobody can name is no destination.
func destination(_ Kind, tags Tags) ([]Property, string) {
	category, about := category(tags)
	if category == "" {
		if about != "" {
			return nil, about
		}
		return nil, ""
	}
	name := tags.first("name", "name:id", "official_name", "alt_name")
	switch {
	case name == "":
		return nil, "destinations without a name"
	case closed(tags):
		return nil, "destinations that are closed or planned"
	}
	return place(tags, name, category), ""
}

// eatery picks where visitors eat.
func eatery(_ Kind, tags Tags) ([]Property, string) {
	amenity := tags.Get("amenity")
	switch amenity {
	case "restaurant", "cafe", "food_court", "fast_food", "bar", "pub", "ice_cream", "biergarten":
	default:
		return nil, ""
	}
	name := tags.first("name", "name:id", "brand")
	if name == "" {
		return nil, "eateries without a name"
	}
	return appendText(place(tags, name, amenity), "cuisine", tags.Get("cuisine")), ""
}

func place(tags Tags, name, category string) []Property {
	p := []Property{{"name", name}, {"category", category}}
	p = appendText(p, "name_en", tags.Get("name:en"))
	p = appendText(p, "opening_hours", tags.Get("opening_hours"))
	p = appendText(p, "fee", tags.first("charge", "fee"))
	p = appendText(p, "website", tags.first("website", "contact:website", "url"))
	return appendText(p, "wikidata", tags.Get("wikidata"))
}

func closed(tags Tags) bool {
	return tags.first("disused", "abandoned", "demolished") == "yes" || tags.Get("opening_hours") == "closed" ||
		tags.Get("access") == "private" && tags.Get("tourism") == ""
}

func placeShape(_ *Element, f *Feature) bool {
	p, exact := onSurface(f.Geometry)
	if !exact {
		f.Properties = append(f.Properties, Property{"quality", "incomplete outline"})
	}
	f.Geometry = p
	return true
}

// category is one of the map's categories of destinations for what the tags
// describe; "" when it is none, and then perhaps why.
func category(tags Tags) (category, why string) {
	for _, key := range []string{"tourism", "natural", "waterway", "leisure", "historic", "amenity", "place", "boundary", "water"} {
		value := tags.Get(key)
		if value == "" || value == "no" {
			continue
		}
		c := byTag(key, value, tags)
		switch {
		case c != "" && c != "other":
			return c, ""
		case c == "other":
			return byName(tags.first("name", "name:id")), ""
		case key == "tourism":
			why = "tourism=" + brief(value)
		}
	}
	return "", why
}

func byTag(key, value string, tags Tags) string {
	switch key {
	case "tourism":
		return tourism(value, tags)
	case "natural":
		switch value {
		case "beach":
			return "beach"
		case "waterfall":
			return "waterfall"
		case "cave_entrance":
			return "cave"
		case "peak", "volcano":
			return "mountain"
		case "spring", "hot_spring", "geyser":
			return "spring"
		case "arch", "sinkhole":
			return "nature"
		}
	case "waterway":
		if value == "waterfall" {
			return "waterfall"
		}
	case "leisure":
		switch value {
		case "park", "garden", "water_park":
			if value == "water_park" {
				return "pool"
			}
			return "park"
		case "nature_reserve":
			return "nature"
		case "beach_resort":
			return "beach"
		case "swimming_pool", "swimming_area":
			if tags.Get("access") != "private" && tags.Get("name") != "" {
				return "pool"
			}
		}
	case "historic":
		return historic(value, tags)
	case "amenity":
		return amenity(value, tags)
	case "place":
		switch value {
		case "island", "islet":
			return "island"
		case "square":
			return "square"
		}
	case "boundary":
		if value == "national_park" || value == "protected_area" {
			return "nature"
		}
	case "water":
		if value == "lake" || value == "reservoir" {
			return "lake"
		}
	}
	return ""
}

func tourism(value string, tags Tags) string {
	switch value {
	case "viewpoint":
		return "viewpoint"
	case "museum", "gallery":
		return "museum"
	case "artwork":
		return "culture"
	case "zoo", "theme_park", "aquarium", "picnic_site":
		return "park"
	case "camp_site", "caravan_site", "camp_pitch":
		return "camping"
	case "hotel", "guest_house", "hostel", "motel", "chalet", "apartment", "alpine_hut", "wilderness_hut", "resort":
		return "resort"
	case "attraction", "yes":
		return attraction(tags)
	case "information":
		if v := tags.Get("information"); v == "office" || v == "visitor_centre" {
			return "other"
		}
	}
	return ""
}

// attraction looks for what else an attraction is.
func attraction(tags Tags) string {
	for _, key := range []string{"natural", "waterway", "leisure", "historic", "amenity", "place", "water"} {
		if v := tags.Get(key); v != "" {
			if c := byTag(key, v, tags); c != "" && c != "other" {
				return c
			}
		}
	}
	return "other"
}

func historic(value string, tags Tags) string {
	switch value {
	case "archaeological_site", "temple", "ruins":
		if value == "temple" || byName(tags.Get("name")) == "temple" || tags.Get("site_type") == "temple" {
			return "temple"
		}
		return "culture"
	case "church", "mosque", "monastery", "chapel", "wayside_shrine", "shrine":
		return "religious"
	case "monument", "memorial", "castle", "palace", "fort", "manor", "city_gate", "citywalls", "building", "heritage", "tomb", "battlefield", "ship", "aircraft", "locomotive", "yes":
		return "culture"
	}
	return ""
}

// amenity takes places of worship only when something marks them as more than
// the neighbourhood's.
func amenity(value string, tags Tags) string {
	switch value {
	case "place_of_worship", "monastery":
		if tags.first("tourism", "historic", "heritage", "wikidata", "wikipedia") != "" {
			if r := tags.Get("religion"); (r == "hindu" || r == "buddhist") && byName(tags.Get("name")) == "temple" {
				return "temple"
			}
			return "religious"
		}
	case "public_bath":
		return "pool"
	case "arts_centre", "theatre":
		return "culture"
	case "planetarium", "exhibition_centre":
		return "museum"
	case "marketplace", "ferry_terminal":
		return "other"
	}
	return ""
}

// byName is what a name in Indonesian says of a place, else "other".
func byName(name string) string {
	name = " " + strings.ToLower(name) + " "
	for _, w := range []struct{ word, category string }{
		{" desa wisata ", "desa_wisata"},
		{" kampung wisata ", "desa_wisata"},
		{" candi ", "temple"},
		{" coban ", "waterfall"},
		{" air terjun ", "waterfall"},
		{" pantai ", "beach"},
		{" gua ", "cave"},
		{" goa ", "cave"},
		{" waduk ", "lake"},
		{" bendungan ", "lake"},
		{" danau ", "lake"},
		{" ranu ", "lake"},
		{" telaga ", "lake"},
		{" pemandian ", "pool"},
		{" kolam renang ", "pool"},
		{" sumber ", "spring"},
		{" umbul ", "spring"},
		{" petik ", "agro"},
		{" agro", "agro"},
		{" kebun teh ", "agro"},
		{" tubing ", "tubing"},
		{" rafting ", "tubing"},
		{" arung jeram ", "tubing"},
		{" gunung ", "mountain"},
		{" bukit ", "viewpoint"},
		{" pulau ", "island"},
		{" alun-alun ", "square"},
		{" museum ", "museum"},
		{" makam ", "religious"},
		{" masjid ", "religious"},
		{" bumi perkemahan ", "camping"},
		{" taman ", "park"},
	} {
		if strings.Contains(name, w.word) {
			return w.category
		}
	}
	return "other"
}
