package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"strconv"
	"strings"

	"github.com/petadesa/petadesa/api"
	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/export"
	"github.com/petadesa/petadesa/geo"
)

type exportCommand struct {
	Collection string `arg:"" help:"The collection to save; or tiles, for the tiles of all or some."`
	File       string `arg:"" help:"The file: .geojson, .geojsonseq, .csv, .xlsx, .gpkg, .fgb, .kml or .parquet; - writes to standard output. Of tiles: .pmtiles or .mbtiles."`
	Format     string `help:"The format, when the name of the file does not tell: geojson, geojsonseq, csv, csv-excel, xlsx, gpkg, fgb, kml or parquet." placeholder:"NAME"`

	Filter       string            `help:"Only features of which this is true, in CQL2." placeholder:"CQL2"`
	FilterLang   string            `help:"The language of the filter: cql2-text or cql2-json." default:"cql2-text"`
	Where        map[string]string `help:"Only features with this value of a property; may be given several times." placeholder:"FIELD=VALUE"`
	Properties   []string          `help:"The properties to save; all if not given." placeholder:"FIELD,…"`
	Sortby       []string          `help:"The order: properties, each with a - before it for the reverse; by id if not given." placeholder:"FIELD,…"`
	Datetime     string            `help:"Only features of this instant or interval (RFC 3339)." placeholder:"TIME"`
	Limit        int               `help:"The most features." placeholder:"N"`
	SkipGeometry bool              `help:"Leave out the geometry."`

	tileRange `embed:""`
}

// Run writes the collection as it is in the store; districts that are derived
// from villages are derived here too. Features are selected as …/items does.
func (e *exportCommand) Run(ctx context.Context, c *console) (err error) {
	if e.Collection == "tiles" {
		return e.tiles(ctx, c)
	}
	format, err := e.format()
	if err != nil {
		return err
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
	collection, total, records, err := e.choose(ctx, &table)
	if err != nil {
		return err
	}
	tell, end := c.progress("exporting", false)
	defer end()
	written := int64(0)
	counted := func(yield func(geo.Record, error) bool) {
		for r, err := range records {
			if !yield(r, err) {
				return
			}
			written++
			tell(written, int64(total))
		}
	}
	if e.File == "-" {
		return export.Write(ctx, c.stdout, format, collection, counted)
	}
	if err := export.WriteFile(ctx, e.File, format, collection, counted); err != nil {
		return err
	}
	c.log.Info("exported", "collection", e.Collection, "features", written, "file", e.File)
	return nil
}

func (e *exportCommand) format() (export.Format, error) {
	switch {
	case e.Format != "":
		return export.Named(e.Format)
	case e.File == "-":
		return export.Named("geojson")
	}
	return export.FormatOf(e.File)
}

// choose selects what the flags ask for, with the parameters of …/items. Without
// any the table is written as it was loaded.
func (e *exportCommand) choose(ctx context.Context, t *geo.Table) (*geo.Collection, int, iter.Seq2[geo.Record, error], error) {
	q := url.Values{}
	for name, value := range map[string]string{
		"filter": e.Filter, "bbox": e.Bbox, "datetime": e.Datetime,
		"properties": strings.Join(e.Properties, ","), "sortby": strings.Join(e.Sortby, ","),
	} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if e.Filter != "" {
		q.Set("filter-lang", e.FilterLang)
	}
	for name, value := range e.Where {
		if q.Has(name) {
			return nil, 0, nil, fmt.Errorf("--where %s=…: no property can be asked for by the name %s", name, name)
		}
		q.Set(name, value)
	}
	if e.Limit != 0 {
		q.Set("limit", strconv.Itoa(e.Limit))
	}
	if e.SkipGeometry {
		q.Set("skipGeometry", "true")
	}
	if len(q) == 0 {
		return &t.Collection, len(t.Records), export.Records(t), nil
	}
	snapshot, err := geo.Build(ctx, nil, []geo.Table{*t}, nil)
	if err != nil {
		return nil, 0, nil, err
	}
	found, err := api.Select(ctx, snapshot.Layer(t.Collection.ID), q)
	if err != nil {
		return nil, 0, nil, err
	}
	return &found.Collection, found.Count, found.Records, nil
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
