package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/tiles/archive"
)

// tileRange is the flags of export that say which tiles.
type tileRange struct {
	Collections []string `help:"Of tiles: the collections in each; all by default." placeholder:"ID,…"`
	MinZoom     int      `help:"Of tiles: the smallest zoom." default:"0"`
	MaxZoom     int      `help:"Of tiles: the greatest zoom." default:"14"`
	Bbox        string   `help:"Only what is in this box: west,south,east,north in degrees." placeholder:"W,S,E,N"`
}

func (t *tileRange) bounds() (*orb.Bound, error) {
	if t.Bbox == "" {
		return nil, nil
	}
	var n [4]float64
	parts := strings.Split(t.Bbox, ",")
	if len(parts) != 4 {
		return nil, fmt.Errorf("bbox %q: want four numbers: west,south,east,north", t.Bbox)
	}
	for i, p := range parts {
		var err error
		if n[i], err = strconv.ParseFloat(strings.TrimSpace(p), 64); err != nil {
			return nil, fmt.Errorf("bbox %q: %w", t.Bbox, err)
		}
	}
	return &orb.Bound{Min: orb.Point{n[0], n[1]}, Max: orb.Point{n[2], n[3]}}, nil
}

// tiles writes the tiles of the store's collections into an archive.
func (e *exportCommand) tiles(ctx context.Context, c *console) (err error) {
	bounds, err := e.bounds()
	if err != nil {
		return err
	}
	store, err := openStore(ctx, c.store, c.log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	tables, err := store.Load(ctx)
	if err != nil {
		return err
	}
	snapshot, err := geo.Build(ctx, nil, tables, nil)
	if err != nil {
		return err
	}
	tell, end := c.progress("export tiles", false)
	s, err := archive.Export(ctx, e.File, archive.Job{
		Snapshot: snapshot, Collections: e.Collections, MinZoom: e.MinZoom, MaxZoom: e.MaxZoom, Bounds: bounds,
		Progress: func(done, total int) { tell(int64(done), int64(total)) },
	})
	end()
	if err != nil {
		return err
	}
	c.log.Info("exported tiles", "file", e.File, "bytes", s.Bytes, "tiles", s.Tiles, "distinct", s.Contents,
		"dropped features", s.Dropped, "took", s.Took.Round(1e6))
	return nil
}
