package files

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/petadesa/petadesa/data/files/workbook"
)

// maxWorkbook bounds what a workbook may expand to.
const maxWorkbook = 1 << 30

// openWorkbook opens a sheet of an Excel workbook.
func openWorkbook(ctx context.Context, path string, opts *Options) (_ rows, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	u := &unpackedRows{how: "a workbook", outer: info.Size(), inner: info.Size()}
	if u.dir, err = os.MkdirTemp("", "petadesa-import-*"); err != nil {
		return nil, fmt.Errorf("making room for a workbook: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, u.close())
		}
	}()
	r, err := workbook.Open(ctx, path, info.Size(), workbook.Options{
		Sheet: opts.Layer, Prefer: opts.Collection, MaxBytes: min(opts.MaxBytes, maxWorkbook), MaxRecord: opts.MaxFeature, Dir: u.dir,
	})
	if err != nil {
		return nil, err
	}
	t, err := newTableRows(ctx, r, "sheet "+r.Sheet(), opts)
	if err != nil {
		return nil, errors.Join(err, r.Close())
	}
	u.rows = t
	return u, nil
}
