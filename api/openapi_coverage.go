package api

import (
	"slices"

	"github.com/petadesa/petadesa/geo/coverage"
)

// coveragePaths adds what plans where signal is missing.
func (s *service) coveragePaths(paths object) {
	rows := ok("The rows, by what is asked for", asJSON.media, gapsSchema())
	content := rows["200"].(object)["content"].(object)
	delete(content, "text/html")
	for _, f := range s.gapForms()[1:] {
		content[bare(f.media)] = object{"schema": object{"type": "string", "format": "binary"}}
	}
	content[asFeatures.media] = object{"schema": ref("FeatureCollection")}
	paths["/coverage/gaps"] = get("coverage.gaps", "Who and what is without signal, by village, district, regency or cell", "Coverage",
		append(gapParameters(), formats(names(s.gapForms())...)...), rows)
	number := func(name, about string) any { return query(name, about, object{"type": "number"}) }
	answer := func(about string) object { return ok(about, asJSON.media, anyObject()) }
	some := func(wanted ...string) (all []any) {
		for _, p := range gapParameters() {
			if slices.Contains(wanted, p.(object)["name"].(string)) {
				all = append(all, p)
			}
		}
		return all
	}
	paths["/coverage/at"] = get("coverage.at", "One place explained: operators, towers, tests, the official list, and the path to the strongest tower", "Coverage",
		append(some("technology", "preset", "min_down", "min_up", "min_rsrp", "season"), number("lon", "Longitude"), number("lat", "Latitude"),
			query("tower", "The tower that the path is from", object{"type": "string"})), answer("The place"))
	paths["/coverage/profile"] = get("coverage.profile", "The path between an antenna and a point", "Coverage",
		[]any{
			query("from", "Longitude and latitude of the antenna", object{"type": "string"}), query("to", "Longitude and latitude", object{"type": "string"}),
			number("height_m", "Of the antenna"), number("frequency_mhz", "Of the carrier"),
		}, answer("The path"))
	paths["/coverage/reconcile"] = get("coverage.reconcile", "Where the official list, claims, model and tests contradict each other, and how the list developed", "Coverage",
		append(append(some("technology", "operator", "preset", "min_down", "min_up", "min_rsrp", "district", "village", "bbox", "filter", "season"),
			query("type", "Only contradictions of this type", object{"type": "string"})), formats("json", "csv")...), answer("The contradictions"))
	paths["/coverage/priorities"] = get("coverage.priorities", "Villages or districts ranked by weights, with how much the ranking hangs on them", "Coverage",
		append(gapParameters(), query("weights", "As in gap:0.4,places:0.2", object{"type": "string"}), query("top", "How many first places are looked at for stability", object{"type": "integer", "minimum": 1, "maximum": 1000})), answer("The ranking"))
	s.planPaths(paths, answer)
}

// planPaths adds what takes a body: scenarios and sites.
func (s *service) planPaths(paths object, answer func(string) object) {
	body := object{asJSON.media: object{"schema": anyObject()}}
	made := func() object { return object{"200": object{"description": "The answer", "content": body}} }
	ifMatch := object{"name": "If-Match", "in": "header", "required": false, "schema": object{"type": "string"}, "description": "The ETag of the scenario that is changed"}
	id := pathParameter("scenario", object{"type": "string"})
	on := func(path, method string, op object) {
		op["tags"] = []string{"Coverage"}
		if paths[path] == nil {
			paths[path] = object{}
		}
		paths[path].(object)[method] = op
	}
	sites := changing("coverage.sites", "Where to build towers, with a certificate; with Accept: text/event-stream also how far it is", nil, body, made())
	delete(sites, "security")
	on("/coverage/sites", "post", sites)
	paths["/coverage/scenarios"] = get("coverage.scenarios", "The scenarios that are kept; for planners", "Coverage",
		[]any{query("limit", "The most", object{"type": "integer"}), query("cursor", "Where the page begins", object{"type": "string"}), query("owner", "Only those of one", object{"type": "string"})}, answer("The list"))
	on("/coverage/scenarios", "post", changing("coverage.scenario.create", "A scenario: towers added, moved and removed, and what they change", []any{query("save", "false: it is not kept, and needs no token", object{"type": "boolean", "default": true})}, body,
		object{"200": object{"description": "The scenario, not kept"}, "201": object{"description": "The scenario", "content": body}}))
	paths["/coverage/scenarios/compare"] = get("coverage.scenarios.compare", "Scenarios side by side", "Coverage", []any{query("ids", "Two to ten, set apart by commas", object{"type": "string"})}, answer("The comparison"))
	const one = "/coverage/scenarios/{scenario}"
	paths[one] = get("coverage.scenario", "A scenario, worked out on the data as they are now", "Coverage", append([]any{id}, formats("json", "csv", "geojson")...), answer("The scenario"))
	on(one, "put", changing("coverage.scenario.replace", "Change a scenario", []any{id, ifMatch}, body, made()))
	on(one, "delete", changing("coverage.scenario.delete", "Delete a scenario", []any{id, ifMatch}, nil, object{"204": object{"description": "It is deleted"}}))
	on(one+"/fork", "post", changing("coverage.scenario.fork", "A copy of one's own", []any{id}, nil, object{"201": object{"description": "The copy", "content": body}}))
}

// gapParameters are those of a question about gaps.
func gapParameters() []any {
	about := map[string]string{
		"by": "What a row is", "technology": "The technology", "operator": "any, all, each, at least so many, or one by name",
		"evidence": "What answers rest on; best: measured, where known, over modelled, over claimed", "preset": "A named threshold",
		"min_down": "Least speed of download in Mbit/s", "min_up": "Least speed of upload in Mbit/s", "min_rsrp": "Least signal in dBm",
		"district": "Only these districts: codes set apart by commas", "village": "Only these villages: codes set apart by commas",
		"bbox": "Only villages that meet this box, counted whole: west, south, east, north in degrees", "filter": "Only villages of which this is true, in CQL2",
		"near_road": "Only land within so many metres of a road", "road_class": "Only roads of these classes", "poi": "The collection whose points are counted as places",
		"season": "Who is counted: who lives there, or also who visits on holidays", "sort": "A column; descending with a - before it",
		"limit": "The most rows; of a file all without it", "cursor": "Where the page begins; from a next link",
	}
	number := func(low, high float64) object { return object{"type": "number", "minimum": low, "maximum": high} }
	schemas := map[string]object{
		"by":         {"type": "string", "enum": []string{"village", "district", "regency", "cell"}, "default": "village"},
		"technology": {"type": "string", "enum": coverage.Technologies(), "default": "4g"},
		"operator":   {"type": "string", "default": "any"},
		"evidence":   {"type": "string", "enum": []string{"best", "claimed", "modelled", "measured"}, "default": "best"},
		"preset":     {"type": "string", "enum": coverage.Presets()},
		"season":     {"type": "string", "enum": []string{"normal", "holiday"}, "default": "normal"},
		"min_down":   number(0.001, 100_000), "min_up": number(0.001, 100_000), "min_rsrp": number(-140, -44), "near_road": number(1, coverage.MaxNearRoad),
		"limit": {"type": "integer", "minimum": 1, "maximum": coverage.MaxLimit, "default": coverage.DefaultLimit},
		"bbox":  {"type": "array", "items": object{"type": "number"}, "minItems": 4, "maxItems": 4},
	}
	var all []any
	for _, name := range coverage.Parameters() {
		schema := schemas[name]
		if schema == nil {
			schema = object{"type": "string"}
		}
		all = append(all, query(name, about[name], schema))
	}
	return all
}

// gapsSchema is an answer about gaps.
func gapsSchema() object {
	count := func(with ...string) object {
		properties := object{}
		for _, name := range append([]string{"total", "covered", "gap", "unknown"}, with...) {
			properties[name] = object{"type": "number", "nullable": true}
		}
		return object{"type": "object", "properties": properties}
	}
	text, distance := object{"type": "string"}, object{"type": "number", "nullable": true}
	row := object{"type": "object", "properties": object{
		"code": text, "name": text, "district": text, "district_code": text, "operator": text,
		"class":  object{"type": "string", "enum": []string{coverage.Blank, coverage.Partial, coverage.Served, coverage.Unknown}},
		"people": count("gap_low", "gap_high", "gap_expected", "partial"), "area_km2": count("partial"), "places": count(), "road_km": count(),
		"nearest_tower_km": distance, "nearest_fibre_km": distance, "nearest_road_km": distance, "official": object{"type": "object", "nullable": true},
	}}
	return object{"type": "object", "required": []string{"rows", "totals", "provenance", "permalink", "links"}, "properties": object{
		"by": text, "parameters": anyObject(), "threshold": anyObject(), "permalink": text, "provenance": anyObject(), "totals": row,
		"numberMatched": object{"type": "integer"}, "numberReturned": object{"type": "integer"},
		"rows": object{"type": "array", "items": row}, "links": object{"type": "array", "items": ref("Link")},
	}}
}
