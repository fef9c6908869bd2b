package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"github.com/petadesa/petadesa/api"
	"github.com/petadesa/petadesa/geo"
)

type planCommand struct {
	File   string `arg:"" help:"A file of JSON as POST /api/coverage/sites takes it; - reads standard input."`
	Format string `help:"table or json." enum:"table,json" default:"table"`
	Output string `short:"o" help:"The file to write; standard output if not given." placeholder:"FILE"`
}

// Run chooses sites for towers from the store, as the service does.
func (p *planCommand) Run(ctx context.Context, c *console) error {
	in := c.stdin
	if p.File != "-" {
		f, err := os.Open(p.File)
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
	}
	body, err := io.ReadAll(io.LimitReader(in, 1<<20))
	if err != nil {
		return err
	}
	plan, err := api.ReadSitePlan(body)
	if err != nil {
		return err
	}
	return c.withSnapshot(ctx, func(snap *geo.Snapshot) error {
		tell, end := c.progress("signals", false)
		doc, err := api.PlanSites(ctx, engine(), snap, plan, func(stage string, done, of int) {
			if stage == "signals" {
				tell(int64(done), int64(of))
			}
		})
		end()
		if err != nil {
			return err
		}
		return c.toFile(p.Output, func(out io.Writer) error {
			if p.Format == "json" {
				e := json.NewEncoder(out)
				e.SetIndent("", "  ")
				return e.Encode(doc)
			}
			return planTable(out, doc)
		})
	})
}

func planTable(out io.Writer, doc *api.SitesDoc) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "RANK\tLON\tLAT\tVILLAGE\tDISTRICT\tPEOPLE\tALL PEOPLE\tPLACES\tROAD KM\tRP A PERSON")
	for _, s := range doc.Sites {
		cost := "–"
		if s.CostPerPersonIDR != nil {
			cost = fmt.Sprintf("%.0f", *s.CostPerPersonIDR)
		}
		fmt.Fprintf(w, "%d\t%.5f\t%.5f\t%s %s\t%s\t%s\t%s\t%d\t%s\t%s\n", s.Rank, s.Lon, s.Lat, s.VillageCode, s.Village, s.District,
			s.Gain.People.Covered, s.Cumulative.People.Covered, s.Gain.Places.Covered, s.Gain.Road.Covered, cost)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	c := doc.Certificate
	_, err := fmt.Fprintf(out, "\nAt least %.4f of the best possible (%s; %g of at most %g %s), of %d candidates, %d considered.\n", c.Ratio, c.Method, c.Value, c.UpperBound, c.Unit, doc.Candidates, doc.Considered)
	return err
}
