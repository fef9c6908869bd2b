package bundle

import (
	"encoding/json"
	"fmt"
)

// Figure is one official or published number about the regency. Figures with
// different units, dates or sources are not comparable, whatever their metric.
type Figure struct {
	Metric     string  `json:"metric"` // for example "blank_spot_villages"
	Value      float64 `json:"value"`
	Unit       string  `json:"unit"`           // for example "villages", "km²"
	Date       string  `json:"date,omitempty"` // what it describes: year, month or day; empty: not said
	Note       string  `json:"note,omitempty"`
	Source     string  `json:"source"`                // who says so
	SourceURL  string  `json:"source_url,omitempty"`  // where
	SourceDate string  `json:"source_date,omitempty"` // when it was published; empty: not said
}

// Figures returns the published numbers about the regency, by metric and date.
func Figures() ([]Figure, error) {
	raw, err := files.ReadFile("figures.json")
	if err != nil {
		return nil, fmt.Errorf("read figures: %w", err)
	}
	var figures []Figure
	if err := json.Unmarshal(raw, &figures); err != nil {
		return nil, fmt.Errorf("read figures: %w", err)
	}
	return figures, nil
}
