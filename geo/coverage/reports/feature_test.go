package reports

import (
	"encoding/json"
	"testing"
)

func TestFeatureOfASummary(t *testing.T) {
	fast := report(0, true, "a")
	down := 12.34
	fast.Down, fast.Technology = &down, Unsaid
	s := Summarise([]Report{fast, func() Report { r := report(800, true, "b"); r.Technology = Unsaid; return r }()})[0]
	text, err := s.Feature()
	if err != nil {
		t.Fatal(err)
	}
	var f struct {
		ID         string
		Properties map[string]any
	}
	if err := json.Unmarshal(text, &f); err != nil {
		t.Fatal(err)
	}
	if f.ID != "citizen.351041-117993.telkomsel.unknown" || f.Properties["down_mbps"] != 12.3 || f.Properties["technology"] != nil ||
		f.Properties["period"] != "2026-11/2026-12" || f.Properties["confirmed"] != false || f.Properties["quality"] != "thin" {
		t.Errorf("%s", text)
	}
}
