package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/petadesa/petadesa/data"
	allstores "github.com/petadesa/petadesa/data/stores"
)

type copyCommand struct {
	From string `required:"" help:"The store to copy from." placeholder:"URL"`
	To   string `required:"" help:"The store to copy to; collections and rasters of the same name are replaced." placeholder:"URL"`
}

// Run copies all collections in one transaction, and then each raster in one.
func (cp *copyCommand) Run(ctx context.Context, c *console) (err error) {
	if cp.From == cp.To {
		return errors.New("--from and --to are the same store")
	}
	if !isPostgres(cp.From) {
		if _, err := os.Stat(cp.From); err != nil { // opening would make it
			return fmt.Errorf("--from: %w", err)
		}
	}
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
	tell, end := c.progress("copying", false)
	copied, err := allstores.Copy(ctx, from, to, tell)
	end()
	if err != nil {
		return err
	}
	if len(copied.Others) > 0 {
		c.log.Warn("the target has collections of its own, which are left as they are", "collections", copied.Others)
	}
	rasters, err := copyRasters(ctx, from, to)
	if err != nil {
		return err
	}
	if copied.Collections+rasters == 0 {
		return fmt.Errorf("%s: %w: it has nothing to copy", shown(cp.From), data.ErrNotFound)
	}
	c.log.Info("copied", "collections", copied.Collections, "features", copied.Features, "rasters", rasters, "from", shown(cp.From), "to", shown(cp.To))
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
