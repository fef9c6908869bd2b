package api

import (
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
