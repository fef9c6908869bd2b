package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/url"
	"os"
	"slices"
	"text/tabwriter"

	"github.com/petadesa/petadesa/api"
	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
)

// gapQuestion is the parameters of GET /api/coverage/gaps as flags.
type gapQuestion struct {
	By         string `help:"village, district, regency or cell." placeholder:"WHAT"`
	Technology string `help:"2g, 3g, 4g, 5g, any, fibre or wifi; 4g if not given." placeholder:"NAME"`
	Operator   string `help:"any, all, each, a number (at least so many), or a name." placeholder:"NAME"`
	Evidence   string `help:"best, claimed, modelled or measured." placeholder:"KIND"`
	Preset     string `help:"A named threshold." placeholder:"NAME"`
	MinDown    string `help:"Least speed of download." placeholder:"MBPS"`
	MinUp      string `help:"Least speed of upload." placeholder:"MBPS"`
	MinRsrp    string `help:"Least signal." placeholder:"DBM"`
	District   string `help:"Only these districts." placeholder:"CODE,…"`
	Village    string `help:"Only these villages." placeholder:"CODE,…"`
	Bbox       string `help:"Only villages that meet this box: west,south,east,north in degrees." placeholder:"W,S,E,N"`
	Filter     string `help:"Only villages of which this is true, in CQL2." placeholder:"CQL2"`
	NearRoad   string `help:"Only land within so many metres of a road." placeholder:"M"`
	RoadClass  string `help:"Only roads of these classes." placeholder:"CLASS,…"`
	Poi        string `help:"The collection whose points are counted as places; destinations if not given." placeholder:"ID"`
	Season     string `help:"normal or holiday." placeholder:"NAME"`
}

func (g *gapQuestion) values() url.Values {
	v := url.Values{}
	for name, value := range map[string]string{
		"by": g.By, "technology": g.Technology, "operator": g.Operator, "evidence": g.Evidence, "preset": g.Preset,
		"min_down": g.MinDown, "min_up": g.MinUp, "min_rsrp": g.MinRsrp, "district": g.District, "village": g.Village,
		"bbox": g.Bbox, "filter": g.Filter, "near_road": g.NearRoad, "road_class": g.RoadClass, "poi": g.Poi, "season": g.Season,
	} {
		if value != "" {
			v.Set(name, value)
		}
	}
	return v
}

type gapsCommand struct {
	gapQuestion `embed:""`

	Sort   string `help:"A column, descending with a - before it; -people_gap if not given." placeholder:"COLUMN"`
	Limit  string `help:"The most rows; all if not given." placeholder:"N"`
	Cursor string `help:"Where to go on, from the answer before." placeholder:"TEXT"`
	Format string `help:"table, json, csv, geojson or xlsx." enum:"table,json,csv,geojson,xlsx" default:"table"`
	Output string `short:"o" help:"The file to write; standard output if not given." placeholder:"FILE"`
}

// Run answers from the store, as the service does: the same question has the
// same numbers to the digit.
func (g *gapsCommand) Run(ctx context.Context, c *console) error {
	values := g.values()
	for name, value := range map[string]string{"sort": g.Sort, "limit": g.Limit, "cursor": g.Cursor} {
		if value != "" {
			values.Set(name, value)
		}
	}
	q, err := coverage.ParseQuery(values)
	if err != nil {
		return err
	}
	if g.Limit == "" {
		q.Limit = math.MaxInt32
	}
	return c.withSnapshot(ctx, func(snap *geo.Snapshot) error {
		a, err := engine().Gaps(ctx, snap, q)
		if err != nil {
			return err
		}
		return c.toFile(g.Output, func(out io.Writer) error {
			switch g.Format {
			case "table":
				return gapTable(out, a)
			case "json":
				e := json.NewEncoder(out)
				e.SetIndent("", "  ")
				return e.Encode(a)
			}
			return api.WriteGaps(ctx, out, g.Format, snap, a, downloadNamed(g.Format))
		})
	})
}

// engine answers about coverage, by the standard model over the terrain that is
// stored.
func engine() *coverage.Engine { return coverage.New(coverage.Options{Model: coverage.ModelOf}) }

// downloadNamed is a format of export as the API has it, or nil.
func downloadNamed(name string) *api.Download {
	all := downloads()
	if i := slices.IndexFunc(all, func(d api.Download) bool { return d.Name == name }); i >= 0 {
		return &all[i]
	}
	return nil
}

// toFile calls write with a new file of that name, or standard output. A file
// that could not be written whole is removed.
func (c *console) toFile(name string, write func(io.Writer) error) (err error) {
	if name == "" || name == "-" {
		return write(c.stdout)
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := errors.Join(write(f), f.Close()); err != nil {
		return errors.Join(err, os.Remove(name))
	}
	return nil
}

// gapTable writes what a person wants to see of an answer; the other formats
// have all columns.
func gapTable(out io.Writer, a *coverage.Answer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "CODE\tNAME\tDISTRICT\tOPERATOR\tCLASS\tPEOPLE\tGAP\tGAP LOW–HIGH\tUNKNOWN\tKM² GAP\tPLACES GAP\tROAD KM GAP\tTOWER KM\tOFFICIAL")
	line := func(r *coverage.Row, name string) {
		tower, official := "–", "–"
		if r.NearestTower != nil {
			tower = r.NearestTower.String()
		}
		if r.Official != nil {
			official = r.Official.Status + " " + r.Official.Date
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s–%s\t%s\t%s\t%d/%d\t%s/%s\t%s\t%s\n", r.Code, cmp.Or(name, r.Name), r.District, r.Operator, r.Class,
			r.People.Total, r.People.Gap, r.People.GapLow, r.People.GapHigh, r.People.Unknown, r.Area.Gap,
			r.Places.Gap, r.Places.Total, r.Road.Gap, r.Road.Total, tower, official)
	}
	for i := range a.Rows {
		line(&a.Rows[i], "")
	}
	line(&a.Totals, "all")
	if err := w.Flush(); err != nil {
		return err
	}
	p := a.Provenance
	_, err := fmt.Fprintf(out, "\n%d of %d rows. Model: %s. People: %s. Known: %s.\n?%s\n", a.NumberReturned, a.NumberMatched, p.Model, p.Population, p.Known, a.Permalink)
	return err
}
