package api

import "testing"

func TestDossier(t *testing.T) {
	h := New(testConfig(t, visited(t)))
	for _, c := range []scenario{
		{name: "paper", url: "/dossier?village=35.07.01.2001", body: []string{`<html lang="id">`, "Donomulyo", "<svg", "112.", "LS", "BT", "!<script"}},
		{name: "English", url: "/dossier?village=35.07.01.2001&lang=en", body: []string{"Administrative codes", "35.07.01.2001"}},
		{name: "CSV", url: "/dossier?village=35.07.01.2001&f=csv", body: []string{"section,item,value", "Kemendagri,35.07.01.2001"}},
		{name: "markup in a name", url: "/dossier?village=35.07.02.2001", body: []string{"!<script>alert"}},
		{name: "no such village", url: "/dossier?village=99", status: 400, json: []string{`parameter = "village"`}},
		{name: "no village", url: "/dossier", status: 400},
		{name: "technology", url: "/dossier?village=35.07.01.2001&technology=9g", status: 400, json: []string{`parameter = "technology"`}},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, h) })
	}
}
