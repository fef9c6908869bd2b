package export

import (
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/gpkg"
	"github.com/petadesa/petadesa/geo"
)

// writeGeoPackage makes a GeoPackage of the collection, which can be a store too,
// in a temporary folder, and copies it to w: an SQLite file is not written from
// its beginning to its end.
func writeGeoPackage(ctx context.Context, w io.Writer, c *geo.Collection, records iter.Seq2[geo.Record, error]) (err error) {
	dir, err := os.MkdirTemp("", "petadesa-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path := filepath.Join(dir, "export.gpkg")
	if err := gpkg.WriteFile(ctx, path, data.Batch{Collection: *c, Mode: data.Replace, Records: records}); err != nil {
		return err
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	_, err = io.Copy(w, file)
	return err
}
