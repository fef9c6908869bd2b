package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/files"
	"github.com/petadesa/petadesa/data/files/rasters"
)

// runRaster imports one of the rasters, whose names are no collections'.
func (i *importCommand) runRaster(ctx context.Context, c *console, store data.Store) error {
	for flag, given := range map[string]bool{
		"--map": len(i.Map) > 0, "--layer": i.Layer != "", "--crs": i.CRS != "", "--swap-axes": i.SwapAxes, "--skip-refused": i.SkipRefused,
		"--lon": i.Lon != "", "--lat": i.Lat != "", "--wkt": i.WKT != "", "--encoding": i.Encoding != "",
	} {
		if given {
			return fmt.Errorf("%s is not for rasters such as %s", flag, i.Collection)
		}
	}
	for field := range i.Set {
		if field != "source_date" {
			return fmt.Errorf("--set %s: a raster has no fields; its date is set with --set source_date=DATE", field)
		}
	}
	box, err := bounds(i.BBox)
	if err != nil {
		return err
	}
	sources := []files.Source{files.Open(i.File, c.stdin)}
	for _, f := range i.More {
		sources = append(sources, files.Path(f))
	}
	mode := i.mode()
	if mode == data.Append {
		return errors.New("--append: of a raster say --upsert, which puts the file over what is there, or --replace")
	}
	tell, end := c.progress("import "+i.Collection, false)
	report, err := rasters.Import(ctx, store, sources, rasters.Options{
		Name: i.Collection, Mode: mode, Within: i.Within, BBox: box, SourceDate: i.Set["source_date"],
		Attribution: i.Attribution, License: i.License, DryRun: i.DryRun, Progress: tell,
	})
	end()
	if report == nil {
		return err
	}
	if i.Report != "" {
		err = errors.Join(err, writeRasterReport(i.Report, report))
	}
	return errors.Join(err, report.WriteText(c.stdout))
}

func writeRasterReport(path string, r *rasters.Report) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if strings.HasSuffix(path, ".json") {
		return r.WriteJSON(f)
	}
	return r.WriteText(f)
}
