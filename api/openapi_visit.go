package api

import (
	"github.com/petadesa/petadesa/geo/coverage"
	"github.com/petadesa/petadesa/geo/routing"
)

// visitResponse is ok for what has no page of its own.
func visitResponse(description string, content object) object {
	return object{
		"200":     object{"description": description, "content": content},
		"304":     object{"description": "The client has it"},
		"400":     problemResponse(),
		"default": problemResponse(),
	}
}

func wordQuery(name, description, standard string, words ...string) object {
	schema := object{"type": "string", "enum": words}
	if standard != "" {
		schema["default"] = standard
	}
	return query(name, description, schema)
}

func vehicleQuery() object {
	var words []string
	for _, v := range routing.Vehicles() {
		words = append(words, string(v))
	}
	return wordQuery("vehicle", "How one travels", words[0], words...)
}

func languageQuery() object {
	return wordQuery("lang", "The language of words in the answer", string(indonesian), string(indonesian), string(english))
}

func signalQueries() []any {
	return []any{
		query("operator", "Whose signal: a name, any, all, each, or a number for at least so many", object{"type": "string", "default": "any"}),
		wordQuery("technology", "The technology of the signal", "4g", coverage.Technologies()...),
		wordQuery("evidence", "What the signal is known from; best is measured over modelled over claimed", "best", "best", "claimed", "modelled", "measured"),
	}
}

func needed(p object) object {
	p["required"] = true
	return p
}

func routeQueries() []any {
	place := func(name, description string) object {
		return query(name, description, object{"type": "string", "pattern": `^[-+0-9.eE]+, ?[-+0-9.eE]+$`, "example": "112.63,-7.98"})
	}
	all := append(formats("json", "gpx", "kml"),
		needed(place("from", "Longitude and latitude of the begin")), needed(place("to", "Longitude and latitude of the end")),
		query("via", "Places to pass in this order, set apart by |; at most 20", object{"type": "string"}), vehicleQuery(),
		query("alternatives", "At most so many other ways", object{"type": "integer", "minimum": 0, "maximum": maxAlternatives, "default": standardAlternatives}),
		wordQuery("prefer", "What the way is chosen for: a kilometre without signal counts like four with", "time", "time", "signal"), languageQuery())
	return append(all, signalQueries()...)
}

func startQueries() []any {
	return []any{
		query("lon", "Longitude of the begin", object{"type": "number", "minimum": -180, "maximum": 180}),
		query("lat", "and latitude", object{"type": "number", "minimum": -90, "maximum": 90}),
	}
}

func reachQueries() []any {
	return append(startQueries(),
		query("from", "Longitude and latitude of the begin, instead of lon and lat", object{"type": "string"}),
		query("minutes", "How long, one time or several, set apart by commas",
			object{"type": "array", "items": object{"type": "integer", "minimum": 1, "maximum": maxReach}, "maxItems": maxRings}),
		vehicleQuery())
}

func nearbyQueries() []any {
	return append(startQueries(),
		query("from", "Longitude and latitude of the begin, instead of lon and lat", object{"type": "string"}),
		query("category", "Only of these categories", textList()), query("quality", "Only of this quality", textList()),
		query("max_minutes", "At most so many minutes away", object{"type": "integer", "minimum": 1, "maximum": maxReach}), vehicleQuery(),
		query("open_at", "Only what is open then: now, or a time, of Western Indonesia unless it says otherwise", object{"type": "string", "example": "2026-06-15T10:00"}),
		query("price", "At most so many rupiah to go in", object{"type": "number", "minimum": 0}),
		query("signal", "Only with signal of any operator, of all, of at least so many, or of one by its name", object{"type": "string"}),
		wordQuery("technology", "The technology of the signal", "4g", coverage.Technologies()...),
		wordQuery("sort", "By time where a vehicle or max_minutes is given, else by distance", "", "time", "distance"),
		query("limit", "The most answers", object{"type": "integer", "minimum": 1, "maximum": maxNearby, "default": standardNearby}),
		query("exclude", "The id of a destination to leave out", object{"type": "string"}))
}

func scoreboardQueries() []any {
	return append(formats("json", "csv"),
		query("district", "Only of these districts, by code, set apart by commas", textList()),
		query("missing", "Only villages that lack all of these", object{"type": "array", "items": object{"type": "string", "enum": merits()}}), languageQuery())
}
