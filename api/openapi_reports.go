package api

import (
	"github.com/petadesa/petadesa/geo/coverage/reports"
)

// reportPaths adds what citizens report.
func (s *service) reportPaths(paths object) {
	if s.Documents == nil {
		return
	}
	number := func(low, high float64) object {
		return object{"type": "number", "minimum": low, "maximum": high, "nullable": true}
	}
	text := object{"type": "string"}
	report := object{"type": "object", "required": []string{"lon", "lat", "operator", "works"}, "properties": object{
		"lon": number(-180, 180), "lat": number(-90, 90), "operator": text, "works": object{"type": "boolean"},
		"technology": object{"type": "string", "enum": reports.Technologies(), "default": reports.Unsaid},
		"device":     object{"type": "string", "enum": reports.Devices(), "default": reports.Unsaid},
		"down_mbps":  number(0, 10_000), "up_mbps": number(0, 10_000), "latency_ms": number(0, 60_000),
	}}
	answers := func(description, status, media string, more ...string) object {
		all := object{status: object{"description": description, "content": object{media: object{"schema": anyObject()}}}, "default": problemResponse()}
		for _, code := range more {
			all[code] = problemResponse()
		}
		return all
	}
	open := func(id, summary string, parameters []any, bodies, responses object) object {
		op := changing(id, summary, parameters, bodies, responses)
		delete(op, "security")
		op["tags"] = []string{"Reports"}
		return op
	}
	guarded := func(op object) object { op["tags"] = []string{"Reports"}; return op }
	list := get("reports.list", "Reports, for editors", "Reports", []any{
		query("status", "Only those of a state", object{"type": "string", "enum": append(reports.Statuses(), "all"), "default": reports.Pending}),
		query("limit", "The most reports", object{"type": "integer", "minimum": 1, "maximum": 1000, "default": 100}),
		query("cursor", "Where the page begins; from a next link", text),
	}, answers("The reports", "200", asJSON.media, "400", "401", "403"))
	list["get"].(object)["security"] = []any{object{"token": []string{}}}
	list["post"] = open("reports.send", "Report whether there is a signal; without an account", nil,
		object{asJSON.media: object{"schema": report}, typeForm: object{"schema": report}}, answers("It is received", "201", asJSON.media))
	paths["/reports"] = list
	id := pathParameter("report", text)
	one := get("reports.one", "One report, for editors", "Reports", []any{id}, answers("The report; its ETag is for If-Match", "200", asJSON.media, "401", "403", "404"))
	one["get"].(object)["security"] = []any{object{"token": []string{}}}
	one["put"] = guarded(changing("reports.decide", "Accept or reject a report", []any{id, object{
		"name": "If-Match", "in": "header", "required": false, "schema": text, "description": "The ETag of the report; without it the answer is 428, with another one 412",
	}}, object{asJSON.media: object{"schema": object{"type": "object", "required": []string{"decision"}, "properties": object{
		"decision": object{"type": "string", "enum": []string{"accept", "reject"}}, "note": object{"type": "string", "maxLength": maxNote},
	}}}}, answers("The report as it is now, and the measurements of its cell", "200", asJSON.media)))
	paths["/reports/{report}"] = one
	paths["/reports/cells"] = get("reports.cells", "What accepted reports say of cells, where enough reporters stand behind it", "Reports", []any{query("cursor", "Where the page begins; from a next link", text)},
		object{"200": object{"description": "Cells with counts. Reporters are " + reportersAre + ". Where not all could be read in time, truncated is true and a next link goes on", "content": object{typeGeoJSON: object{"schema": ref("FeatureCollection")}}}, "304": object{"description": "The client has it"}, "400": problemResponse(), "default": problemResponse()})
	paths["/reports/choices"] = get("reports.choices", "What a report may say", "Reports", nil, answers("The choices", "200", asJSON.media))
	binary := object{"type": "string", "format": "binary"}
	speed := get("reports.speed.down", "Bytes to measure the speed of download with", "Reports", []any{
		query("bytes", "How many", object{"type": "integer", "minimum": 1, "maximum": maxSpeedBytes, "default": defaultSpeedBytes}),
	}, object{"200": object{"description": "The bytes", "content": object{"application/octet-stream": object{"schema": binary}}}, "400": problemResponse(), "429": problemResponse(), "default": problemResponse()})
	speed["post"] = open("reports.speed.up", "Bytes to measure the speed of upload with; they are counted and thrown away", nil,
		object{"application/octet-stream": object{"schema": binary}}, answers("How many came", "200", asJSON.media))
	paths["/reports/speed"] = speed
	paths["/reports/map.svg"] = get("reports.map", "The picture on which the form without a script is pressed", "Reports", []any{
		query("clon", "Longitude of its middle", object{"type": "number"}), query("clat", "Latitude of its middle", object{"type": "number"}),
		query("zoom", "How close", object{"type": "integer", "minimum": 0, "maximum": mostZoom}),
	}, object{"200": object{"description": "The picture", "content": object{"image/svg+xml": object{"schema": text}}}, "400": problemResponse(), "default": problemResponse()})
}
