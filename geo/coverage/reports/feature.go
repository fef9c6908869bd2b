package reports

import (
	"encoding/json"
	"math"
	"strings"

	"github.com/petadesa/petadesa/geo/coverage"
	"github.com/petadesa/petadesa/geo/lattice"
)

// Source is the source of measurements that are reports.
const Source = "citizen reports"

// FeatureID is the id of the measurement of a key.
func (k Key) FeatureID() string {
	slug := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, strings.ToLower(k.Operator))
	return "citizen." + k.Cell + "." + slug + "." + k.Technology
}

// Feature is the summary as a GeoJSON feature of the collection measurements: at
// the middle of its cell, with the month for a time.
func (s *Summary) Feature() ([]byte, error) {
	cell, _ := s.Where()
	technology := any(s.Technology)
	if s.Technology == Unsaid {
		technology = nil
	}
	return json.Marshal(map[string]any{
		"type": "Feature", "id": s.FeatureID(),
		"geometry": map[string]any{"type": "Point", "coordinates": rounded(cell)},
		"properties": map[string]any{
			"operator": s.Operator, "technology": technology, "network": "mobile", "tests": s.Tests, "devices": s.Reporters,
			"down_mbps": tenth(s.Down), "up_mbps": tenth(s.Up), "latency_ms": tenth(s.Latency), "period": s.Period(),
			"confirmed": s.NoSignal, "source": Source, "source_date": s.To.UTC().Format("2006-01"), "quality": quality(s),
		},
	})
}

func quality(s *Summary) string {
	if s.NoSignal || s.Tests >= coverage.ThinTests {
		return "confirmed"
	}
	return "thin"
}

func rounded(c lattice.Cell) [2]float64 {
	p := c.Center()
	return [2]float64{math.Round(p[0]*1e7) / 1e7, math.Round(p[1]*1e7) / 1e7}
}

// tenth rounds to a tenth: what a telephone measures is not better.
func tenth(v *float64) any {
	if v == nil {
		return nil
	}
	return math.Round(*v*10) / 10
}
