package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/files"
	"github.com/petadesa/petadesa/geo"
)

type exportCommand struct {
	Collection string `arg:"" help:"The collection to save; or tiles, for the tiles of all or some."`
	File       string `arg:"" help:"The file: .geojson, .geojsonseq or .csv; - writes GeoJSON to standard output. Of tiles: .pmtiles or .mbtiles."`

	tileRange `embed:""`
}

// Run writes the collection as it is in the store; districts that are derived
// from villages are derived here too.
func (e *exportCommand) Run(ctx context.Context, c *console) (err error) {
	if e.Collection == "tiles" {
		return e.tiles(ctx, c)
	}
	store, err := openStore(ctx, c.store, c.log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	table, err := loadTable(ctx, store, e.Collection)
	if err != nil {
		return err
	}
	if e.File == "-" {
		return files.Export(ctx, c.stdout, files.GeoJSON, &table.Collection, files.Records(&table))
	}
	format, err := files.FormatOf(e.File)
	if err != nil {
		return err
	}
	if err := files.ExportFile(ctx, e.File, format, &table.Collection, files.Records(&table)); err != nil {
		return err
	}
	c.log.Info("exported", "collection", e.Collection, "features", len(table.Records), "file", e.File)
	return nil
}

func loadTable(ctx context.Context, store data.Store, id string) (geo.Table, error) {
	tables, err := store.Load(ctx, id)
	if err != nil {
		return geo.Table{}, err
	}
	if len(tables) == 1 && len(tables[0].Records) > 0 {
		return tables[0], nil
	}
	villages, err := store.Load(ctx, "villages")
	if err != nil {
		return geo.Table{}, err
	}
	snapshot, err := geo.Build(ctx, nil, villages, nil)
	if err != nil {
		return geo.Table{}, err
	}
	if l := snapshot.Layer(id); l != nil && l.Derived {
		return l.Table(), nil
	}
	if len(tables) == 1 {
		return tables[0], nil
	}
	return geo.Table{}, fmt.Errorf("collection %s: %w", id, data.ErrNotFound)
}
