package pull

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/fetch"
)

// Options are how a plan is run.
type Options struct {
	Store   data.Store
	Client  *fetch.Client
	Program string // who pulls, for the manifest: "petadesa 1.2"
	BaseURL string // one server for all sources, each host a folder of it; "": the sources' own
	DryRun  bool   // download and check, and store nothing
	Other   bool   // the store may hold another regency, which is replaced
	Now     func() time.Time

	Tell     func(format string, args ...any)     // each step as a line
	Progress func(what string, done, total int64) // rows and bytes, now and then
}

// ErrOffline means that no server could be reached and nothing was changed.
var ErrOffline = errors.New("offline")

// A run is one plan under way.
type run struct {
	plan     *Plan
	opts     Options
	stage    *stage
	rasters  []func(context.Context) error // that write what was checked, each in a transaction of its own
	outline  []orb.Point                   // a hull around the regency; empty: not known yet
	manifest *Manifest
}

// Run downloads, checks and stores. An error means that the store is as it was;
// what the manifest lists as failed was left out of what is stored.
func (p *Plan) Run(ctx context.Context, opts Options) (*Manifest, error) {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Tell == nil {
		opts.Tell = func(string, ...any) {}
	}
	if opts.Progress == nil {
		opts.Progress = func(string, int64, int64) {}
	}
	r := &run{plan: p, opts: opts, stage: &stage{Store: opts.Store}, manifest: &Manifest{
		Regency: p.Code, Pulled: opts.Now().UTC().Truncate(time.Second), Program: opts.Program, DryRun: opts.DryRun,
		Sources: []SourceResult{}, Failed: []Omission{}, Omitted: append([]Omission{}, p.Omitted...),
	}}
	if err := r.lookAtStore(ctx); err != nil {
		return nil, err
	}
	// The villages come first: where the others are to be taken from follows
	// from them.
	var others []*got
	for _, villagesFirst := range []bool{true, false} {
		var all []*got
		for i := range p.Steps {
			if step := &p.Steps[i]; step.Source.Required == villagesFirst {
				g, err := r.download(ctx, step)
				if err != nil {
					return nil, err
				}
				if g != nil {
					all = append(all, g)
				}
			}
		}
		if !villagesFirst {
			others = all
			break
		}
		for _, g := range all {
			if err := r.load(ctx, g); err != nil {
				return nil, fmt.Errorf("%s: %w; nothing was changed", g.source.ID, err)
			}
		}
	}
	for _, g := range others {
		if err := r.load(ctx, g); err != nil {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			r.fail(g.source.ID, err)
		}
	}
	return r.finish(ctx)
}

// finish writes what is staged.
func (r *run) finish(ctx context.Context) (*Manifest, error) {
	for _, t := range r.stage.tables {
		r.manifest.Features += len(t.Records)
	}
	switch {
	case len(r.stage.tables) == 0 && len(r.rasters) == 0:
		return nil, fmt.Errorf("no source could be used: %s; nothing was changed", r.manifest.failures())
	case r.opts.DryRun:
		return r.manifest, nil
	}
	if len(r.stage.tables) > 0 {
		if err := r.stage.commit(ctx); err != nil {
			return nil, fmt.Errorf("storing regency %s: %w; nothing was changed", r.plan.Code, err)
		}
	}
	for _, write := range r.rasters {
		if err := write(ctx); err != nil {
			return r.manifest, err
		}
	}
	return r.manifest, nil
}

func (r *run) fail(id string, err error) {
	r.opts.Tell("%s is left out: %v", id, err)
	r.manifest.Failed = append(r.manifest.Failed, Omission{id, err.Error()})
}

func (m *Manifest) failures() string {
	var b strings.Builder
	for i, f := range m.Failed {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(f.Source + ": " + f.Why)
	}
	return b.String()
}

// lookAtStore refuses a store that holds another regency, whose other
// collections would stay among the new villages, and learns where this one
// lies if it is there.
func (r *run) lookAtStore(ctx context.Context) error {
	tables, err := r.opts.Store.Load(ctx, "villages")
	if err != nil {
		return fmt.Errorf("looking at the store: %w", err)
	}
	if len(tables) == 0 {
		return nil
	}
	replaced := r.brings("villages")
	var points []orb.Point
	for i := range tables[0].Records {
		rec := &tables[0].Records[i]
		if !strings.HasPrefix(rec.ID, r.plan.Code+".") {
			if r.opts.Other && replaced {
				return nil
			}
			return fmt.Errorf("the store holds villages of another regency (%s): pull %s into a store of its own with --store, or say --other-regency to replace them", rec.ID, r.plan.Code)
		}
		if !replaced {
			points = appendPoints(points, rec.Geometry)
		}
	}
	r.outline = hull(points)
	return nil
}

// brings reports whether the plan has a source for a collection.
func (r *run) brings(collection string) bool {
	for i := range r.plan.Steps {
		for _, c := range r.plan.Steps[i].Source.Collections {
			if c == collection {
				return true
			}
		}
	}
	return false
}
