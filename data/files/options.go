package files

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo/crs"
)

// Options say what to import a file as. The zero value of all but Collection is
// a sensible default.
type Options struct {
	Collection string            // the collection's id
	Mode       data.Mode         // default data.Replace
	Map        map[string]string // field of the collection → property of the file; "id" is the feature's id
	Layer      string            // of a file that holds several
	CRS        string            // "EPSG:n": goes before what the file says
	Set        map[string]string // field of the collection → the value that every feature has

	Within string     // COLLECTION or COLLECTION:ID of the store: only features there; see findRegion
	BBox   *orb.Bound // degrees: only features there

	Attribution, License string // of the collection; "": what the file is known to be under
	Encoding             string // of a text, as the web names it; "": found
	Lon, Lat             string // columns of a table with the coordinates; "": found
	WKT                  string // column of a table with the geometry; "": found

	SHA256  string // of the file, hexadecimal; "": not known
	Refused string // path of a file for the refused rows, to correct and import again; "": none

	SwapAxes    bool // coordinates are latitude, longitude (or northing, easting)
	Aggregate   bool // measurements are single tests, to be gathered into tiles of zoom 16
	SkipRefused bool // leave refused rows out, instead of importing nothing
	DryRun      bool // check and report only

	Duplicates    string // DuplicatesFlag (the default) or DuplicatesMerge, of destinations
	CleanCoverage bool   // make a true coverage of areas that nearly are one

	MaxBytes    int64 // of the file; default 8 GiB
	MaxFeature  int64 // bytes of one feature; default 32 MiB
	MaxProblems int   // listed in the report, which counts all; default 1,000

	Progress func(done, total int64) // bytes, called now and then; nil: nobody asks

	bound   *orb.Bound // around Within and BBox
	foreign int        // EPSG code of CRS, when package crs does not know it
}

// Defaults of Options.
const (
	DefaultMaxBytes    = 8 << 30
	DefaultMaxFeature  = 32 << 20
	DefaultMaxProblems = 1000
)

// complete checks the options and fills in defaults; the system is nil when the
// file is to say which it is in.
func (o *Options) complete() (*crs.System, error) {
	if o.Mode == "" {
		o.Mode = data.Replace
	}
	if !slices.Contains([]data.Mode{data.Replace, data.Append, data.Upsert}, o.Mode) {
		return nil, fmt.Errorf("mode %q: want %s, %s or %s", o.Mode, data.Replace, data.Append, data.Upsert)
	}
	for _, to := range slices.Sorted(maps.Keys(o.Map)) {
		if to == "" || o.Map[to] == "" {
			return nil, fmt.Errorf("map %q=%q: want TO=FROM, both named", to, o.Map[to])
		}
	}
	if !slices.Contains([]string{"", DuplicatesFlag, DuplicatesMerge}, o.Duplicates) {
		return nil, fmt.Errorf("duplicates %q: want %s or %s", o.Duplicates, DuplicatesFlag, DuplicatesMerge)
	}
	o.MaxBytes = orDefault(o.MaxBytes, DefaultMaxBytes)
	o.MaxFeature = orDefault(o.MaxFeature, DefaultMaxFeature)
	o.MaxProblems = orDefault(o.MaxProblems, DefaultMaxProblems)
	if o.Progress == nil {
		o.Progress = func(int64, int64) {}
	}
	if strings.TrimSpace(o.CRS) == "" {
		return nil, nil
	}
	code, err := crs.Parse(o.CRS)
	if err != nil {
		return nil, err
	}
	system, err := crs.Find(code)
	if err != nil {
		o.foreign = code
		err = transformable(code)
	}
	return system, err
}

func orDefault[N int | int64](n, def N) N {
	if n <= 0 {
		return def
	}
	return n
}
