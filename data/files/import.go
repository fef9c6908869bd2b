package files

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
)

// Import reads a file, checks it, and writes it into a collection of the store
// in one transaction. The report is there whenever the file could be opened.
//
// When rows are refused and opts do not allow that, the error is a
// *RefusedError; when the file as a whole cannot be read, a *FileError. Then, as
// with any other error, the store is as it was.
func Import(ctx context.Context, store data.Store, src Source, opts Options) (report *Report, err error) {
	system, err := opts.complete()
	if err != nil {
		return nil, err
	}
	path, release, err := src.Local(ctx, opts.MaxBytes)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, release()) }()
	sum, size, err := checksum(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", src.Name(), err)
	}
	report = &Report{
		Collection: opts.Collection, Source: src.Name(), SHA256: sum, Bytes: size,
		Mode: opts.Mode, DryRun: opts.DryRun, Problems: []Problem{}, Counts: []Count{}, maxProblems: opts.MaxProblems,
	}
	if opts.SHA256 != "" && !strings.EqualFold(opts.SHA256, sum) {
		return report, fmt.Errorf("%s: %w", src.Name(), &FileError{Reason: fmt.Sprintf("its SHA-256 is %s, not the %s that was asked for", sum, brief(opts.SHA256))})
	}
	region, err := findRegion(ctx, store, &opts)
	if err != nil {
		return report, err
	}
	if region != nil {
		opts.bound = &region.bound
	}
	file, err := openRows(ctx, path, src.Name(), &opts)
	if err != nil {
		return report, fmt.Errorf("%s: %w", src.Name(), err)
	}
	defer func() { err = errors.Join(err, file.close()) }()
	refusals := newRefusals(opts.Refused, file)
	placed, err := foreign(ctx, profiled(file, &opts), &opts)
	if err != nil {
		return report, fmt.Errorf("%s: %w", src.Name(), err)
	}
	file = measured(placed, src.Name(), &opts)
	report.Format = file.format()

	schema, err := schemaFor(ctx, store, &opts)
	if err != nil {
		return report, err
	}
	if err := schema.set(opts.Set); err != nil {
		return report, err
	}
	credit(&schema.collection, file, &opts)
	p := &pipeline{
		file: file, path: path, schema: schema, opts: &opts, report: report, region: region,
		placer:  placer{asked: system, swap: opts.SwapAxes},
		deriver: deriver{collection: &schema.collection, source: src.Name()},
		ids:     make(map[string]place),
		refused: make(map[int]bool), refusals: refusals, remade: make(map[int]bool),
	}
	if p.declared.register, err = registerOf(ctx, store, &schema.collection, schema.open); err != nil {
		return report, err
	}
	err = p.check(ctx)
	if err := errors.Join(err, p.refusals.close(err == nil)); err != nil {
		return report, fmt.Errorf("%s: %w", src.Name(), err)
	}
	if report.Refused > 0 && !opts.SkipRefused {
		return report, &RefusedError{report}
	}
	if opts.DryRun {
		return report, nil
	}
	batch := data.Batch{Collection: p.schema.collection, Mode: opts.Mode, Records: p.records(ctx)}
	if err := store.Write(ctx, batch); err != nil {
		return report, fmt.Errorf("storing %s: %w", src.Name(), err)
	}
	report.Stored = report.Read - report.Refused - report.Outside - report.Merged
	return report, nil
}

// schemaFor is the schema of a well-known collection, of one that is in the
// store and will be added to, or of a new one.
func schemaFor(ctx context.Context, store data.Store, opts *Options) (*schema, error) {
	if c, ok := data.StandardCollection(opts.Collection); ok {
		return newSchema(c, false, opts.Map), nil
	}
	c := geo.Collection{ID: opts.Collection, Title: opts.Collection, MaxZoom: 14}
	check := c
	check.Geometry = geo.Mixed
	if err := data.CheckCollection(&check); err != nil {
		return nil, err
	}
	if opts.Mode != data.Replace && store != nil {
		tables, err := store.Load(ctx, opts.Collection)
		if err != nil {
			return nil, fmt.Errorf("looking up collection %s: %w", opts.Collection, err)
		}
		if len(tables) == 1 {
			c = tables[0].Collection
		}
	}
	return newSchema(c, true, opts.Map), nil
}

// A pipeline is one import under way.
type pipeline struct {
	file   rows
	path   string
	schema *schema
	placer placer
	opts   *Options
	report *Report
	region *region // nil: everywhere

	declared declarations

	deriver  deriver
	kinds    kinds
	ids      map[string]place
	refused  map[int]bool // by number
	remade   map[int]bool // areas that were made valid, by number; nil: none is, as of an edit, whose author can correct it
	mentions mentions
	overlap  overlapCheck
	cleaned  map[int]orb.MultiPolygon // areas as they are in a clean coverage, by number
	refusals *refusals
}

// check reads the whole file once and settles the report and the schema.
func (p *pipeline) check(ctx context.Context) error {
	passes := int64(2)
	if p.opts.DryRun {
		passes = 1
	}
	for r, err := range p.file.all(ctx) {
		if err != nil {
			p.report.settle()
			return err
		}
		shape := p.refusals.keep(r)
		rec, flaws, err := p.record(r, true)
		if err != nil {
			return err
		}
		if p.outside(&rec) {
			p.report.Read++
			p.report.Outside++
			continue
		}
		flaws = append(flaws, p.declared.check(r.place, &rec)...)
		if first, twice := p.ids[rec.ID]; twice {
			flaws = append(flaws, refuse("id", CodeDuplicate, "%q is also the id of %s", brief(rec.ID), first))
		} else if rec.ID != "" {
			p.ids[rec.ID] = r.place
		}
		if p.report.add(r.place, rec.ID, flaws) {
			p.refused[r.place.number] = true
			if err := p.refusals.add(r, shape, flaws); err != nil {
				return err
			}
		} else {
			p.report.derive(p.deriver.filled)
			p.kinds.add(rec.Geometry)
			p.mentions.add(&p.schema.collection, r.place, &rec, p.opts.Duplicates == DuplicatesMerge)
			p.overlap.add(p.opts.CleanCoverage, p.schema.collection.ID, rec.ID, r.place.number, rec.Geometry)
		}
		p.opts.Progress(r.read, passes*p.report.Bytes)
	}
	p.declared.rest(func(d declared, f flaw) {
		if !p.refused[d.at.number] {
			p.report.note(d.at, d.id, f)
		}
	})
	p.mentions.settle(p.report, p.opts.Duplicates == DuplicatesMerge)
	p.report.Format = p.file.format()
	p.report.Found = found(p.file)
	p.report.Ignored, p.report.Mapped = p.schema.ignored, p.schema.mapped
	p.report.settle()
	if p.report.Read == 0 {
		return &FileError{Reason: "there are no features in it"}
	}
	if p.report.Read == p.report.Outside {
		return &FileError{Reason: fmt.Sprintf("none of its %s is within %s", plural(p.report.Read, "feature"), p.opts.within())}
	}
	if err := p.schema.unmet(); err != nil {
		return err
	}
	p.settleCollection()
	if err := data.CheckCollection(&p.schema.collection); err != nil {
		return err
	}
	p.report.Overlaps = p.overlap.run(ctx)
	if err := p.coverage(); err != nil {
		return err
	}
	return ctx.Err()
}

// settleCollection completes the description of a new collection.
func (p *pipeline) settleCollection() {
	c := &p.schema.collection
	if !p.schema.open {
		return
	}
	if c.Geometry == "" {
		c.Geometry = p.kinds.geometryType()
	}
	if c.FieldIndex("source") < 0 {
		c.Fields = append(c.Fields, geo.Field{Name: "source", Type: geo.String})
		p.report.derive([]Derived{{"source", "the name of the file", p.report.Read - p.report.Refused - p.report.Outside}})
	}
}

// records reads the file again and gives the records of the rows that were not
// refused. It fails if the file is no longer what was checked.
func (p *pipeline) records(ctx context.Context) iter.Seq2[geo.Record, error] {
	return func(yield func(geo.Record, error) bool) {
		n := 0
		for r, err := range p.file.all(ctx) {
			if n++; err == nil && n > p.report.Read {
				err = ErrChanged
			}
			var rec geo.Record
			if err == nil && !p.refused[r.place.number] {
				rec, _, err = p.record(r, false)
			}
			if err != nil {
				yield(geo.Record{}, err)
				return
			}
			p.opts.Progress(p.report.Bytes+r.read, 2*p.report.Bytes)
			p.mentions.complete(r.place, &rec)
			if !p.refused[r.place.number] && !p.mentions.gone[r.place.number] && !p.outside(&rec) && !yield(rec, nil) {
				return
			}
		}
		if sum, _, err := checksum(ctx, p.path); err != nil || sum != p.report.SHA256 {
			yield(geo.Record{}, errors.Join(ErrChanged, err))
		}
	}
}
