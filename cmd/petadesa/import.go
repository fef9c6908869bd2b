package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/files"
)

type importCommand struct {
	Collection string `arg:"" help:"The collection to load into, for example villages."`
	File       string `arg:"" help:"The file; - for standard input."`

	Replace bool `xor:"mode" help:"The collection holds exactly the file afterwards (the default)."`
	Append  bool `xor:"mode" help:"Only features with new ids; one that exists fails the import."`
	Upsert  bool `xor:"mode" help:"A feature whose id exists is replaced."`

	Map         map[string]string `help:"A field of the collection and the property of the file that it is taken from." placeholder:"TO=FROM" mapsep:","`
	Layer       string            `help:"The layer, of a file that holds several."`
	CRS         string            `name:"crs" help:"The reference system of the coordinates, for example EPSG:32749."`
	SwapAxes    bool              `help:"The coordinates are latitude, longitude."`
	SkipRefused bool              `help:"Leave refused rows out instead of importing nothing."`
	DryRun      bool              `help:"Check and report only."`
	Report      string            `help:"Write the whole report to this file: JSON when it ends in .json, else text." placeholder:"FILE"`
}

func (i *importCommand) mode() data.Mode {
	switch {
	case i.Append:
		return data.Append
	case i.Upsert:
		return data.Upsert
	default:
		return data.Replace
	}
}

// Run imports the file and prints a report; the error names the first refused
// row when there is one.
func (i *importCommand) Run(ctx context.Context, c *console) (err error) {
	store, err := openStore(ctx, c.store, c.log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	tell, end := c.progress("import "+i.Collection, true)
	report, err := files.Import(ctx, store, files.Open(i.File, c.stdin), files.Options{
		Collection: i.Collection, Mode: i.mode(), Map: i.Map, Layer: i.Layer, CRS: i.CRS,
		SwapAxes: i.SwapAxes, SkipRefused: i.SkipRefused, DryRun: i.DryRun, Progress: tell,
	})
	end()
	if report == nil {
		return err
	}
	if i.Report != "" {
		err = errors.Join(err, writeReport(i.Report, report))
	}
	return errors.Join(err, printReport(c.stdout, report))
}

const listed = 20 // problems shown on the console; a report file has more

// printReport shows the report with the first problems only.
func printReport(w io.Writer, r *files.Report) error {
	short := *r
	if more := len(short.Problems) - listed; more > 0 {
		short.Problems, short.Omitted = short.Problems[:listed], short.Omitted+more
	}
	return short.WriteText(w)
}

func writeReport(path string, r *files.Report) (err error) {
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
