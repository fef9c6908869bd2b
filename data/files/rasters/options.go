package rasters

import (
	"context"
	"fmt"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/files"
	"github.com/petadesa/petadesa/geo/lattice"
	"github.com/petadesa/petadesa/geo/raster"
)

// Options say what to import.
type Options struct {
	Name        string     // of the raster: elevation or population
	Mode        data.Mode  // data.Replace (the default), or data.Upsert: over what is there, cell by cell
	Within      string     // only around this collection of the store, or COLLECTION:ID
	BBox        *orb.Bound // only within these degrees
	SourceDate  string     // of the values
	Attribution string
	License     string
	DryRun      bool // check and report only

	Progress func(done, total int64) // blocks, called now and then; nil: nobody asks
}

// margin in degrees is kept around what Within names: terrain and people beyond
// a border shade, and are reached by, towers near it.
const margin = 0.2

func (o *Options) complete(sources int) error {
	if !data.IsRaster(o.Name) {
		return fmt.Errorf("%w: raster %q: want %s", data.ErrInvalid, o.Name, strings.Join(raster.Names(), " or "))
	}
	if o.Mode == "" {
		o.Mode = data.Replace
	}
	if o.Mode != data.Replace && o.Mode != data.Upsert {
		return fmt.Errorf("%w: mode %q: a raster takes %s or %s", data.ErrInvalid, o.Mode, data.Replace, data.Upsert)
	}
	if o.Name == raster.Population && sources != 1 {
		return fmt.Errorf("%w: %d files of population: people in both would count twice; give one", data.ErrInvalid, sources)
	}
	if sources < 1 || sources > 1000 {
		return fmt.Errorf("%w: %d files: want 1 to 1000", data.ErrInvalid, sources)
	}
	if o.Progress == nil {
		o.Progress = func(int64, int64) {}
	}
	return nil
}

// window returns the cells that are wanted of those that the files cover.
func (o *Options) window(ctx context.Context, store data.Store, all []*pixels) (lattice.Window, error) {
	var covered lattice.Window
	for _, p := range all {
		covered = covered.Union(lattice.Covering(p.bound()))
	}
	if o.BBox == nil && o.Within == "" {
		return covered, nil
	}
	var wanted orb.Bound
	if o.BBox != nil {
		wanted = *o.BBox
	}
	if o.Within != "" {
		b, err := files.BoundOf(ctx, store, o.Within)
		if err != nil {
			return covered, err
		}
		b = b.Pad(margin)
		if o.BBox != nil {
			b = b.Union(wanted)
		}
		wanted = b
	}
	w := covered.Intersect(lattice.Covering(wanted))
	if w.Empty() {
		have := covered.Bound()
		return w, fmt.Errorf("%w: the files cover %.2f to %.2f° east and %.2f to %.2f° north, nothing of what is wanted", data.ErrInvalid, have.Min[0], have.Max[0], have.Min[1], have.Max[1])
	}
	return w, nil
}
