package main

import (
	"context"
	"errors"

	"github.com/petadesa/petadesa/data"
)

type copyCommand struct {
	From string `required:"" help:"The store to copy from." placeholder:"URL"`
	To   string `required:"" help:"The store to copy to; collections and rasters of the same name are replaced." placeholder:"URL"`
}

// Run copies all collections in one transaction, and then each raster in one.
func (cp *copyCommand) Run(ctx context.Context, c *console) (err error) {
	from, err := openStore(ctx, cp.From, c.log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	to, err := openStore(ctx, cp.To, c.log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	tables, err := from.Load(ctx)
	if err != nil {
		return err
	}
	if err := replaceAll(ctx, to, tables); err != nil {
		return err
	}
	rasters, err := copyRasters(ctx, from, to)
	if err != nil {
		return err
	}
	features := 0
	for _, t := range tables {
		features += len(t.Records)
	}
	c.log.Info("copied", "collections", len(tables), "features", features, "rasters", rasters, "from", shown(cp.From), "to", shown(cp.To))
	return nil
}

// copyRasters copies all rasters and says how many there are.
func copyRasters(ctx context.Context, from, to data.Store) (int, error) {
	infos, err := from.Rasters(ctx)
	if err != nil {
		return 0, err
	}
	for _, info := range infos {
		if err := to.WriteRaster(ctx, data.CopyRaster(ctx, from, info)); err != nil {
			return 0, err
		}
	}
	return len(infos), nil
}
