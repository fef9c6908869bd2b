package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/raster"
)

// withSnapshot calls do with all that the store holds, rasters included; they
// can be read until do returns. A new store is filled with the bundled regency
// first, as serve does.
func (c *console) withSnapshot(ctx context.Context, do func(*geo.Snapshot) error) (err error) {
	store, err := openStore(ctx, c.store, c.log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if _, err := seed(ctx, store); err != nil {
		return err
	}
	snap, err := snapshotOf(ctx, store)
	if err != nil {
		return err
	}
	return do(snap)
}

func snapshotOf(ctx context.Context, store data.Store) (*geo.Snapshot, error) {
	tables, err := store.Load(ctx)
	if err != nil {
		return nil, err
	}
	snap, err := geo.Build(ctx, nil, tables, nil)
	if err != nil {
		return nil, fmt.Errorf("the stored data: %w", err)
	}
	infos, err := store.Rasters(ctx)
	if err != nil {
		return nil, err
	}
	blocks := raster.NewCache(raster.DefaultCacheBytes)
	rasters := make([]*raster.Raster, len(infos))
	for i, info := range infos {
		if rasters[i], err = raster.New(info, store, blocks); err != nil {
			return nil, err
		}
	}
	return snap.WithRasters(rasters...), nil
}
