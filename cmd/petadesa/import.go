package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/files"
)

type importCommand struct {
	Collection string   `arg:"" help:"The collection to load into, for example villages; or a raster: elevation (.hgt, GeoTIFF) or population (GeoTIFF)."`
	File       string   `arg:"" help:"The file: a path, an http or https URL, or - for standard input."`
	More       []string `arg:"" optional:"" help:"More files, of elevation only."`

	Replace bool `xor:"mode" help:"The collection holds exactly the file afterwards (the default)."`
	Append  bool `xor:"mode" help:"Only features with new ids; one that exists fails the import."`
	Upsert  bool `xor:"mode" help:"A feature whose id exists is replaced."`

	Map         map[string]string `help:"A field of the collection and the property of the file that it is taken from." placeholder:"TO=FROM" mapsep:","`
	Set         map[string]string `help:"A field of the collection and the value that all features of the file have." placeholder:"FIELD=VALUE" mapsep:"none"`
	Within      string            `help:"Only features within a collection of the store, or within those of its features whose id is, or begins with, ID." placeholder:"COLLECTION[:ID]"`
	BBox        string            `name:"bbox" help:"Only features within these degrees." placeholder:"WEST,SOUTH,EAST,NORTH"`
	Attribution string            `help:"Whom to name as the source of the collection."`
	License     string            `help:"The licence of the collection."`
	Layer       string            `help:"The layer, of a file that holds several."`
	CRS         string            `name:"crs" help:"The reference system of the coordinates, for example EPSG:32749."`
	Encoding    string            `help:"The encoding of a CSV file, for example windows-1252 (found when not given)." placeholder:"NAME"`
	Lon         string            `help:"The column of a table with the longitudes, or eastings." placeholder:"COLUMN"`
	Lat         string            `help:"The column of a table with the latitudes, or northings." placeholder:"COLUMN"`
	WKT         string            `name:"wkt" help:"The column of a table with the geometries: WKT, GeoJSON or hexadecimal WKB." placeholder:"COLUMN"`
	SHA256      string            `name:"sha256" help:"Refuse the file when this is not its SHA-256." placeholder:"HEX"`
	Refused     string            `help:"Write the refused rows to this file, to correct them and import them again: CSV with a table's own columns, else GeoJSON texts, one a line, each with the reason." placeholder:"FILE"`
	SwapAxes    bool              `help:"The coordinates are latitude, longitude."`
	Aggregate   bool              `help:"The measurements are single speed tests: gather them into tiles of zoom 16."`
	SkipRefused bool              `help:"Leave refused rows out instead of importing nothing."`
	DryRun      bool              `help:"Check and report only."`

	Duplicates    string `help:"What to do about destinations that are there twice, by name and place: flag or merge." enum:"flag,merge" default:"flag"`
	CleanCoverage bool   `help:"Make a true coverage of areas that nearly are one: no overlaps, no slivers between neighbours. The report says what each gained and lost."`

	Report string `help:"Write the whole report to this file: JSON when it ends in .json, else text." placeholder:"FILE"`
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
	if data.IsRaster(i.Collection) {
		return i.runRaster(ctx, c, store)
	}
	if len(i.More) > 0 {
		return fmt.Errorf("several files: import them one by one, the later ones with --append or --upsert")
	}
	box, err := bounds(i.BBox)
	if err != nil {
		return err
	}
	tell, end := c.progress("import "+i.Collection, true)
	report, err := files.Import(ctx, store, files.Open(i.File, c.stdin), files.Options{
		Collection: i.Collection, Mode: i.mode(), Map: i.Map, Layer: i.Layer, CRS: i.CRS,
		Aggregate: i.Aggregate, Set: i.Set, Within: i.Within, BBox: box, Attribution: i.Attribution, License: i.License,
		Encoding: i.Encoding, Lon: i.Lon, Lat: i.Lat, WKT: i.WKT,
		SwapAxes: i.SwapAxes, SkipRefused: i.SkipRefused, DryRun: i.DryRun, CleanCoverage: i.CleanCoverage, Duplicates: i.Duplicates, Progress: tell,
		SHA256: i.SHA256, Refused: i.Refused,
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

// bounds reads "west,south,east,north" in degrees; nil when there is none.
func bounds(text string) (*orb.Bound, error) {
	if text == "" {
		return nil, nil
	}
	var v [4]float64
	parts := strings.Split(text, ",")
	for k := range v {
		var err error
		if len(parts) == len(v) {
			v[k], err = strconv.ParseFloat(strings.TrimSpace(parts[k]), 64)
		}
		if len(parts) != len(v) || err != nil {
			return nil, fmt.Errorf("--bbox %s: want four numbers, west,south,east,north", text)
		}
	}
	b := orb.Bound{Min: orb.Point{v[0], v[1]}, Max: orb.Point{v[2], v[3]}}
	if !(v[0] < v[2] && v[1] < v[3] && v[0] >= -180 && v[2] <= 180 && v[1] >= -90 && v[3] <= 90) {
		return nil, fmt.Errorf("--bbox %s: want degrees, west less than east and south less than north", text)
	}
	return &b, nil
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
