package main

import (
	"log/slog"

	"github.com/petadesa/petadesa/api"
	"github.com/petadesa/petadesa/data/bundle"
)

// figures are the published numbers of the bundle, as the API wants them.
func figures(log *slog.Logger) []api.Figure {
	all, err := bundle.Figures()
	if err != nil { // they are compiled in: a test reads them
		log.Warn("the published numbers cannot be read", "err", err)
	}
	figures := make([]api.Figure, len(all))
	for i, f := range all {
		figures[i] = api.Figure(f)
	}
	return figures
}
