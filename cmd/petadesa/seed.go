package main

import (
	"context"
	"fmt"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/bundle"
	"github.com/petadesa/petadesa/data/export"
	"github.com/petadesa/petadesa/data/files"
	"github.com/petadesa/petadesa/geo"
)

// seed fills an empty store with the bundled regency, all of it or nothing, and
// reports whether it was empty.
func seed(ctx context.Context, store data.Store) (bool, error) {
	ctx = data.As(ctx, "the bundle")
	tables, err := store.Load(ctx)
	if err != nil || len(tables) > 0 {
		return false, err
	}
	g := gathering{Store: store}
	for _, id := range bundle.Collections() {
		if err := importBundled(ctx, &g, id); err != nil {
			return false, fmt.Errorf("load the bundled %s: %w", id, err)
		}
	}
	if err := replaceAll(ctx, store, g.tables); err != nil {
		return false, fmt.Errorf("store the bundle: %w", err)
	}
	return true, nil
}

func importBundled(ctx context.Context, g *gathering, id string) error {
	f, err := bundle.Open(id)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := files.Import(ctx, g, files.Stream(id+".geojson", f), files.Options{Collection: id}); err != nil {
		return err
	}
	c := &g.tables[len(g.tables)-1].Collection
	c.Attribution, c.License, err = bundle.Credit(id)
	return err
}

// gathering is a store that holds back what is written to it, so that several
// imports can be stored as one.
type gathering struct {
	data.Store
	tables []geo.Table
}

func (g *gathering) Write(_ context.Context, batches ...data.Batch) error {
	for _, b := range batches {
		t := geo.Table{Collection: b.Collection}
		for r, err := range b.Records {
			if err != nil {
				return err
			}
			t.Records = append(t.Records, r)
		}
		g.tables = append(g.tables, t)
	}
	return nil
}

// replaceAll makes the store hold the tables, in one transaction.
func replaceAll(ctx context.Context, store data.Store, tables []geo.Table) error {
	batches := make([]data.Batch, len(tables))
	for i := range tables {
		batches[i] = data.Batch{Collection: tables[i].Collection, Mode: data.Replace, Records: export.Records(&tables[i])}
	}
	return store.Write(ctx, batches...)
}
