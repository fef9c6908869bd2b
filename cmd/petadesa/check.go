package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/petadesa/petadesa/data/files"
	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/quality"
)

type checkCommand struct {
	Collections []string `arg:"" optional:"" help:"The collections to look at; all when none is named."`
	Format      string   `help:"text, json or html." enum:"text,json,html" default:"text"`
}

// Run prints a page on the quality of what is stored. That there are problems
// is no failure: it fails when it could not look at everything.
func (ch *checkCommand) Run(ctx context.Context, c *console) (err error) {
	store, err := openStore(ctx, c.store, c.log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	tables, err := store.Load(ctx) // all: places are looked for in villages
	if err != nil {
		return err
	}
	snap, err := geo.Build(ctx, nil, tables, nil)
	if err != nil {
		return fmt.Errorf("the stored data: %w", err)
	}
	report, err := quality.Check(ctx, snap, ch.Collections...)
	if err != nil {
		return err
	}
	for i := range report.Collections {
		one := &report.Collections[i]
		for _, t := range tables {
			if t.Collection.ID != one.ID {
				continue
			}
			if p, found := files.Invalid(t); found {
				one.Problems = append(one.Problems, p)
				report.Problems += p.Count
			}
		}
	}
	switch ch.Format {
	case "json":
		return report.WriteJSON(c.stdout)
	case "html":
		return report.WriteHTML(c.stdout, "")
	}
	return report.WriteText(c.stdout)
}
