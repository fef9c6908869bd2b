package main

import (
	"context"
	"io"
	"iter"

	"github.com/petadesa/petadesa/api"
	"github.com/petadesa/petadesa/data/export"
	"github.com/petadesa/petadesa/geo"
)

// downloads are the formats of export as the API offers them.
func downloads() []api.Download {
	var all []api.Download
	for _, f := range export.All() {
		all = append(all, api.Download{
			Name: f.Name, Title: f.Title, Media: f.Media, Extension: f.Extensions[0],
			Most: f.Most, Packed: f.Packed, Spools: f.Spools, Volatile: f.Volatile,
			Write: func(ctx context.Context, w io.Writer, c *geo.Collection, records iter.Seq2[geo.Record, error]) error {
				return export.Write(ctx, w, f, c, records)
			},
		})
	}
	return all
}
