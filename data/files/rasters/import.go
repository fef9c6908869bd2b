package rasters

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/files"
	"github.com/petadesa/petadesa/geo/lattice"
	"github.com/petadesa/petadesa/geo/raster"
)

// Import reads the files and writes the raster in one transaction. The report is
// there whenever the files could be opened; with an error the store is as it was.
func Import(ctx context.Context, store data.Store, sources []files.Source, o Options) (r *Report, err error) {
	if err := o.complete(len(sources)); err != nil {
		return nil, err
	}
	r = &Report{Raster: o.Name, Mode: o.Mode, DryRun: o.DryRun, Sources: []Source{}}
	var all []*pixels
	defer func() {
		for _, p := range all {
			err = errors.Join(err, p.close())
		}
	}()
	for _, s := range sources {
		path, release, e := s.Local(ctx, files.DefaultMaxBytes)
		if e != nil {
			return nil, e
		}
		defer func() { err = errors.Join(err, release()) }()
		p, e := open(path, s.Name(), o.Name)
		if e != nil {
			return nil, e
		}
		all = append(all, p)
		sum, size, e := files.Checksum(ctx, path)
		if e != nil {
			return nil, fmt.Errorf("reading %s: %w", s.Name(), e)
		}
		r.Sources = append(r.Sources, Source{s.Name(), p.format, sum, size})
	}
	w, err := o.window(ctx, store, all)
	if err != nil {
		return r, err
	}
	box := w.Bound()
	r.BBox = [4]float64{box.Min[0], box.Min[1], box.Max[0], box.Max[1]}
	d, err := o.describe(ctx, store, r)
	if err != nil {
		return r, err
	}
	r.Method, r.Unit = d.Method, d.Unit
	blocks := o.blocks(ctx, all, w, r)
	if o.DryRun {
		for _, err := range blocks {
			if err != nil {
				return r, err
			}
		}
		return r, nil
	}
	if err := store.WriteRaster(ctx, data.RasterBatch{Description: d, Mode: o.Mode, Blocks: blocks}); err != nil {
		return r, err
	}
	r.Stored = true
	return r, nil
}

// describe returns what the raster is afterwards: of one that is added to, what it
// was is kept where nothing new is said.
func (o *Options) describe(ctx context.Context, store data.Store, r *Report) (raster.Description, error) {
	d, _ := raster.Describe(o.Name) // complete looked at the name
	d.Method = elevationMethod
	if o.Name == raster.Population {
		d.Method = populationMethod
	}
	d.SourceDate, d.Attribution, d.License = o.SourceDate, o.Attribution, o.License
	var names []string
	if o.Mode == data.Upsert {
		infos, err := store.Rasters(ctx)
		if err != nil {
			return d, err
		}
		for _, old := range infos {
			if old.Name != o.Name {
				continue
			}
			names = strings.Split(old.Source, ", ")
			d.SourceDate, d.Attribution, d.License = either(d.SourceDate, old.SourceDate), either(d.Attribution, old.Attribution), either(d.License, old.License)
		}
	}
	have := map[string]bool{}
	for _, s := range r.Sources {
		names = append(names, s.Name)
	}
	var once []string
	for _, n := range names {
		if n != "" && !have[n] {
			have[n] = true
			once = append(once, n)
		}
	}
	if d.Source = strings.Join(once, ", "); len(once) > 20 {
		d.Source = fmt.Sprintf("%s and %d more", strings.Join(once[:20], ", "), len(once)-20)
	}
	return d, nil
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// blocks reads the files block by block and counts in the report. It ends with an
// error when there is no value in any.
func (o *Options) blocks(ctx context.Context, all []*pixels, w lattice.Window, r *Report) func(func(data.RasterBlock, error) bool) {
	fill := (*pixels).heights
	if o.Name == raster.Population {
		fill = (*pixels).people
	}
	total := int64(0)
	for range w.Blocks {
		total++
	}
	return func(yield func(data.RasterBlock, error) bool) {
		done := int64(0)
		for b := range w.Blocks {
			values := raster.Empty()
			for _, p := range all {
				if err := fill(p, ctx, b, w, values); err != nil {
					if ctx.Err() == nil {
						err = fmt.Errorf("%s: %w: %w", p.name, data.ErrInvalid, err)
					}
					yield(data.RasterBlock{}, err)
					return
				}
			}
			r.count(values, b.Window().Intersect(w).Len())
			if !yield(data.RasterBlock{Block: b, Values: values}, nil) {
				return
			}
			done++
			o.Progress(done, total)
		}
		if r.Cells == 0 {
			yield(data.RasterBlock{}, fmt.Errorf("%w: there is no value in any of %d cells", data.ErrInvalid, r.Empty))
		}
	}
}
