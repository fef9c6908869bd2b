package api

import "testing"

func TestSitesAndPriorities(t *testing.T) {
	h := plannersDesk(t)
	const at = "/api/coverage/sites"
	post := func(name, body string, status int, checks ...string) scenario {
		return scenario{name: name, method: "POST", url: at, send: body, headers: []string{asJSONBody}, status: status, json: checks}
	}
	for _, c := range []scenario{
		post("three", `{"count":3,"technology":"4g","candidates":{"lattice_m":2000},"weights":{"people":1},"parameters":{"min_rsrp":"-95"}}`, 200,
			`sites/# = 3`, `sites/0/rank = 1`, `sites/0/village_code exists`, `sites/0/gain/people/covered exists`, `sites/0/cost_per_person_idr exists`, `certificate/ratio exists`, `certificate/unit = "people"`, `evaluations exists`),
		{
			name: "progress", method: "POST", url: at, headers: []string{asJSONBody, "Accept: text/event-stream"}, want: []string{"Content-Type: text/event-stream"},
			send: `{"budget_idr":2.2e9,"candidates":{"lattice_m":3000,"near_road":500},"weights":{"people":1,"official":1},"min_spacing_m":4000}`, body: []string{"event: progress", "event: result", `"towers":2`},
		},
		{name: "a problem in the stream", method: "POST", url: at, headers: []string{asJSONBody, "Accept: text/event-stream"}, send: `{"count":1,"weights":{}}`, body: []string{"event: problem", "weights"}},
		post("budget below one tower", `{"budget_idr":5e8,"weights":{"people":1}}`, 400, `faults/0/member = "budget_idr"`),
		post("both", `{"count":2,"budget_idr":5e9,"weights":{"people":1}}`, 400, `faults/0/member = "budget_idr"`),
		post("none", `{"weights":{"people":1}}`, 400, `parameter = "count"`),
		post("weights negative", `{"count":1,"weights":{"people":-1}}`, 400, `parameter = "weights.people"`),
		post("weights all zero", `{"count":1,"weights":{"people":0}}`, 400, `parameter = "weights"`),
		post("nothing to gain", `{"count":1,"weights":{"people":1},"parameters":{"village":"35.07.13.1007"}}`, 400, `parameter = "weights"`),
		post("unknown weight", `{"count":1,"weights":{"cows":1}}`, 400, `faults/0/member = "cows"`),
		post("none on a collection", `{"count":1,"weights":{"people":1},"candidates":{"lattice_m":2000,"except":"villages"}}`, 400, `parameter = "candidates"`),
		post("on lines", `{"count":1,"weights":{"people":1},"candidates":{"lattice_m":2000,"except":"roads"}}`, 400, `parameter = "candidates.except"`),
		post("radius 0", `{"count":1,"weights":{"people":1},"candidates":{"lattice_m":500,"near_road":0.1}}`, 400, `parameter = "candidates.near_road"`),
		post("a million candidates", `{"count":1,"weights":{"people":1},"candidates":{"lattice_m":100}}`, 400, `parameter = "candidates"`),
		post("height", `{"count":1,"weights":{"people":1},"height_m":400}`, 400, `faults/0/member = "height_m"`),
		post("frequency", `{"count":1,"weights":{"people":1},"frequency_mhz":60000}`, 400, `faults/0/member = "frequency_mhz"`),
		{name: "ranking", url: "/api/coverage/priorities?weights=gap:0.5,official:0.5&limit=5", json: []string{`rows/# = 5`, `rows/0/rank = 1`, `rows/0/stability exists`, `rows/0/missing exists`, `numberMatched = 390`}},
		{name: "weights that are none", url: "/api/coverage/priorities?weights=cows:1", status: 400, json: []string{`parameter = "weights"`, `allowed/0 = "gap"`}},
		{name: "negative weights", url: "/api/coverage/priorities?weights=gap:-1", status: 400},
		{name: "zero weights", url: "/api/coverage/priorities?weights=gap:0", status: 400, json: []string{`parameter = "weights"`}},
		{name: "a place", url: "/api/coverage/at?lon=112.6&lat=-8.1", json: []string{`village/code exists`, `operators/0/why exists`, `path/tower exists`, `path/rsrp_dbm exists`}},
		{name: "no place", url: "/api/coverage/at", status: 400, json: []string{`parameter = "lon"`}},
		{name: "contradictions", url: "/api/coverage/reconcile", json: []string{`rows exists`, `counts exists`, `progress exists`}},
		{name: "contradictions as CSV", url: "/api/coverage/reconcile?f=csv", body: []string{"type,village_code"}},
		{name: "a type that is none", url: "/api/coverage/reconcile?type=X", status: 400, json: []string{`allowed/0 = "NON_ALIGNED"`}},
		{name: "profile", url: "/api/coverage/profile?from=112.6,-8.1&to=112.65,-8.12", json: []string{`path/distance_m exists`}},
		{name: "profile of nothing", url: "/api/coverage/profile?from=112.6", status: 400, json: []string{`parameter = "from"`}},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, h) })
	}
}
