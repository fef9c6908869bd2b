package api

import "testing"

func TestAboutVisit(t *testing.T) {
	h := New(testConfig(t, visited(t)))
	for _, c := range []scenario{
		{name: "known", url: "/api/visit?id=pantai&lang=en", json: []string{`id = "pantai"`, `last_signal_before_m = null`}, body: []string{"The nearest road for cars", `"signal_operators"`}},
		{name: "Indonesian", url: "/api/visit?id=pantai", body: []string{"Jalan terdekat untuk mobil"}},
		{name: "none", url: "/api/visit?id=nothing", status: 404},
		{name: "no id", url: "/api/visit", status: 404},
		{name: "markup", url: "/api/visit?id=%3Cscript%3E", status: 404},
		{name: "language", url: "/api/visit?id=pantai&lang=de", status: 400, json: []string{`parameter = "lang"`}},
		{name: "unknown parameter", url: "/api/visit?id=pantai&x=1", status: 400},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, h) })
	}
}
