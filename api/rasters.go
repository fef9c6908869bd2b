package api

import "github.com/petadesa/petadesa/geo"

// rasterDoc describes a raster: it is no collection of features, but answers rest
// on it, and its source wants to be named.
type rasterDoc struct {
	Name        string     `json:"name"`
	Title       string     `json:"title"`
	Unit        string     `json:"unit"`
	BBox        [4]float64 `json:"bbox"` // of the blocks that have values
	Method      string     `json:"method"`
	Source      string     `json:"source"`
	SourceDate  string     `json:"source_date,omitempty"`
	Attribution string     `json:"attribution,omitempty"`
	License     string     `json:"license,omitempty"`
	Version     string     `json:"version"`
}

func rasterDocs(snap *geo.Snapshot) []rasterDoc {
	var docs []rasterDoc
	for _, r := range snap.Rasters() {
		d, b := r.Description(), r.Window().Bound()
		docs = append(docs, rasterDoc{
			Name: d.Name, Title: d.Title, Unit: d.Unit, BBox: [4]float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]},
			Method: d.Method, Source: d.Source, SourceDate: d.SourceDate, Attribution: d.Attribution, License: d.License, Version: r.Version(),
		})
	}
	return docs
}
