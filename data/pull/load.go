package pull

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/files"
	"github.com/petadesa/petadesa/geo"
)

// maxRefused is the share of rows of a required source that may be refused.
const maxRefused = 0.05

// load stages what a source's files hold. After an error nothing of the source
// is staged.
func (r *run) load(ctx context.Context, g *got) error {
	s := &g.source
	result := SourceResult{
		ID: s.ID, Title: s.Title, Homepage: s.Homepage, Licence: s.Licence, Attribution: s.Attribution,
		Date: r.date(s), Instead: g.instead, Files: g.files, Collections: []CollectionResult{},
	}
	if s.Fills != nil {
		c, err := r.fill(ctx, g)
		if err != nil {
			return err
		}
		result.Collections = append(result.Collections, *c)
	}
	for i, id := range s.Collections {
		one := r.importOne
		if data.IsRaster(id) {
			one = r.checkRaster
		}
		c, err := one(ctx, g, id)
		if err != nil {
			for _, staged := range s.Collections[:i+1] {
				r.stage.drop(staged)
			}
			return fmt.Errorf("%s: %w", id, err)
		}
		r.opts.Tell("%s: %d rows read, %d stored, %d repaired, %d refused", id, c.Read, c.Stored, c.Repaired, c.Refused)
		result.Collections = append(result.Collections, *c)
	}
	r.manifest.Sources = append(r.manifest.Sources, result)
	return nil
}

// importOne stages one collection of a source.
func (r *run) importOne(ctx context.Context, g *got, id string) (*CollectionResult, error) {
	s := &g.source
	opts := files.Options{
		Collection: id, Map: s.Map, SwapAxes: s.SwapAxes, SkipRefused: true, CleanCoverage: s.CleanCoverage, MaxBytes: s.MaxBytes,
		Progress: func(done, total int64) { r.opts.Progress("reading "+id, done, total) },
	}
	switch s.Format {
	case "osm", "pbf", "opencellid": // files of a larger area
		opts.Within = "villages:" + r.plan.Code
	}
	report, err := files.Import(ctx, r.stage, titled{files.Path(g.paths[0]), s.Title}, opts)
	if err != nil {
		return nil, err
	}
	c := &CollectionResult{
		Collection: id, Read: report.Read, Stored: report.Stored, Repaired: report.Repaired, Refused: report.Refused, Counts: report.Counts,
	}
	if report.Stored == 0 && report.Refused > 0 {
		return nil, fmt.Errorf("all %d rows are refused, the first for this: %s", report.Refused, report.Problems[0])
	}
	if s.Required && float64(report.Refused) > maxRefused*float64(report.Read) {
		return nil, fmt.Errorf("%d of %d rows are refused, the first for this: %s", report.Refused, report.Read, report.Problems[0])
	}
	if report.Outside > 0 {
		c.Notes = append(c.Notes, fmt.Sprintf("%d rows lie outside the regency", report.Outside))
	}
	for i, p := range report.Problems {
		if !p.Repaired && i < 20 {
			c.Notes = append(c.Notes, "refused: "+p.String())
		}
	}
	if report.Overlaps != nil && report.Overlaps.Pairs > 0 {
		c.Notes = append(c.Notes, fmt.Sprintf("%d pairs of neighbours overlap", report.Overlaps.Pairs))
	}
	if report.Cleaned != nil && report.Cleaned.Changed > 0 {
		c.Notes = append(c.Notes, fmt.Sprintf("made a true coverage: %d features changed, %.0f m² moved", report.Cleaned.Changed, report.Cleaned.MovedM2))
	}
	t := r.stage.table(id)
	t.Collection.Attribution, t.Collection.License = s.Attribution, s.Licence
	setDate(t, r.date(s))
	if err := r.settle(ctx, id, t, c); err != nil {
		return nil, err
	}
	return c, nil
}

// settle does what is particular to a collection, and checks that its features
// are of this regency.
func (r *run) settle(ctx context.Context, id string, t *geo.Table, c *CollectionResult) error {
	switch id {
	case "villages":
		if err := r.checkVillages(t); err != nil {
			return err
		}
		var points []orb.Point
		for i := range t.Records {
			points = appendPoints(points, t.Records[i].Geometry)
		}
		r.outline = hull(points)
	case "neighbours":
		settleNeighbours(t, r.plan.Code)
		c.Stored = len(t.Records)
	default:
		if err := r.placeInVillages(ctx, t); err != nil {
			return err
		}
	}
	return r.checkPlaces(t)
}

// checkVillages refuses a file of another regency.
func (r *run) checkVillages(t *geo.Table) error {
	others, first := 0, ""
	for _, rec := range t.Records {
		if !strings.HasPrefix(rec.ID, r.plan.Code+".") {
			if others++; first == "" {
				first = rec.ID
			}
		}
	}
	if others > 0 {
		return fmt.Errorf("%d of %d villages are not of regency %s: the first is %s", others, len(t.Records), r.plan.Code, first)
	}
	if len(t.Records) == 0 {
		return errors.New("there are no villages in it")
	}
	return nil
}

// Indonesia with its seas, in degrees.
var indonesia = orb.Bound{Min: orb.Point{94, -12}, Max: orb.Point{142, 7}}

func (r *run) checkPlaces(t *geo.Table) error {
	for _, rec := range t.Records {
		if rec.Geometry == nil {
			continue
		}
		if b := rec.Geometry.Bound(); !indonesia.Contains(b.Min) || !indonesia.Contains(b.Max) {
			return fmt.Errorf("%s lies at %.4f, %.4f, outside Indonesia", rec.ID, b.Min[0], b.Min[1])
		}
	}
	return nil
}

// settleNeighbours leaves the regency itself out, and takes the kind off the
// names: "Kota Batu" is the kota Batu.
func settleNeighbours(t *geo.Table, code string) {
	t.Records = slices.DeleteFunc(t.Records, func(rec geo.Record) bool { return rec.ID == code })
	name, kind := t.Collection.FieldIndex("name"), t.Collection.FieldIndex("kind")
	for _, rec := range t.Records {
		full, _ := rec.Values[name].(string)
		first, rest, found := strings.Cut(full, " ")
		first = strings.ToLower(first)
		if found && (first == "kabupaten" || first == "kota") && rec.Values[kind] == nil {
			rec.Values[kind] = first
			if first == "kabupaten" {
				rec.Values[name] = rest
			}
		}
	}
}

// setDate gives the records without a date that of their source.
func setDate(t *geo.Table, date string) {
	i := t.Collection.FieldIndex("source_date")
	for _, rec := range t.Records {
		if i >= 0 && rec.Values[i] == nil {
			rec.Values[i] = date
		}
	}
}

func (r *run) date(s *data.PublicSource) string {
	if s.Date == "today" {
		return r.opts.Now().UTC().Format("2006-01-02")
	}
	return s.Date
}

// titled is a file by the name of its source.
type titled struct {
	files.Source
	title string
}

func (t titled) Name() string { return t.title }

func appendPoints(points []orb.Point, g orb.Geometry) []orb.Point {
	if g != nil {
		geo.EachPoint(g, func(p orb.Point) { points = append(points, p) })
	}
	return points
}
