package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/pull"
)

// listSources prints the catalogue.
func listSources(w io.Writer, catalogue []data.PublicSource) error {
	var b strings.Builder
	for i := range catalogue {
		s := &catalogue[i]
		fmt.Fprintf(&b, "%s\n", s.ID)
		if s.AlternativeOf != "" {
			fmt.Fprintf(&b, "    instead of %s\n", s.AlternativeOf)
		}
		describe(&b, s, "    ")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// describe tells what one source is, line by line.
func describe(b *strings.Builder, s *data.PublicSource, indent string) {
	fmt.Fprintf(b, "%s%s (%s), about %s\n", indent, s.Title, s.Date, megabytes(s.Bytes))
	fmt.Fprintf(b, "%sLicence: %s. %s\n", indent, s.Licence, s.Homepage)
	switch {
	case s.Fills != nil:
		fmt.Fprintf(b, "%scompletes %s\n", indent, s.Fills.Collection)
	default:
		fmt.Fprintf(b, "%sfor %s\n", indent, strings.Join(s.Collections, " and "))
	}
	if s.Note != "" {
		fmt.Fprintf(b, "%s%s\n", indent, s.Note)
	}
}

// showPlan prints what would be downloaded, under which licences, and what it
// replaces in the store.
func showPlan(ctx context.Context, w io.Writer, plan *pull.Plan, store data.Store) error {
	var b strings.Builder
	total := int64(0)
	for i := range plan.Steps {
		step := &plan.Steps[i]
		total += step.Source.Bytes
		fmt.Fprintf(&b, "\n%s\n", step.Source.ID)
		describe(&b, &step.Source, "    ")
		for _, id := range step.Source.Collections {
			tables, err := store.Load(ctx, id)
			if err != nil {
				return fmt.Errorf("looking at the store: %w", err)
			}
			if len(tables) > 0 && len(tables[0].Records) > 0 {
				fmt.Fprintf(&b, "    replaces the %d features of %s in the store\n", len(tables[0].Records), id)
			}
		}
		for k := range step.Alternatives {
			fmt.Fprintf(&b, "    if that fails, %s:\n", step.Alternatives[k].ID)
			describe(&b, &step.Alternatives[k], "        ")
		}
	}
	for _, o := range plan.Omitted {
		fmt.Fprintf(&b, "\n%s is left out: %s\n", o.Source, o.Why)
	}
	_, err := fmt.Fprintf(w, "Regency %s from %d public sources, about %s:\n%s\n", plan.Code, len(plan.Steps), megabytes(total), b.String())
	return err
}

// showResult prints what became of each source.
func showResult(w io.Writer, m *pull.Manifest, done, path string) error {
	var b strings.Builder
	for _, s := range m.Sources {
		for _, c := range s.Collections {
			if c.Stored == 0 && c.Filled > 0 {
				fmt.Fprintf(&b, "%-18s completes %d %s\n", s.ID, c.Filled, c.Collection)
				continue
			}
			fmt.Fprintf(&b, "%-18s %-13s %7d read, %7d %s, %d repaired, %d refused\n", s.ID, c.Collection, c.Read, c.Stored, done, c.Repaired, c.Refused)
		}
	}
	for _, f := range m.Failed {
		fmt.Fprintf(&b, "%-18s left out: %s\n", f.Source, f.Why)
	}
	_, err := fmt.Fprintf(w, "%s\n%d features of regency %s are %s; %s says from where\n", b.String(), m.Features, m.Regency, done, path)
	return err
}

func megabytes(n int64) string {
	switch mb := float64(n) / 1e6; {
	case mb >= 10:
		return fmt.Sprintf("%.0f MB", mb)
	default:
		return fmt.Sprintf("%.1f MB", mb)
	}
}
