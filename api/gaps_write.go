package api

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"iter"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
)

// WriteGaps writes the rows of an answer as csv, geojson or xlsx; the last needs
// the form that spreadsheets are written in. Numbers are the same in all of them,
// and in JSON, to the last digit.
func WriteGaps(ctx context.Context, out io.Writer, name string, snap *geo.Snapshot, a *coverage.Answer, sheet *Download) error {
	switch name {
	case asTable.name:
		return writeGapTable(out, a)
	case asFeatures.name:
		return writeGapFeatures(ctx, out, snap, a, nil)
	case asSpreadsheet.name:
		if sheet == nil {
			return fmt.Errorf("this program writes no %s", name)
		}
		c := gapCollection(geo.None)
		return sheet.Write(ctx, out, &c, gapRecords(nil, a))
	}
	return fmt.Errorf("rows of gaps are not written as %q", name)
}

// gapCollection describes rows as features.
func gapCollection(g geo.GeometryType) geo.Collection {
	c := geo.Collection{ID: "gaps", Title: "Coverage gaps", Geometry: g}
	for _, name := range coverage.Columns() {
		kind := geo.String
		if coverage.Numeric(name) {
			kind = geo.Number
		}
		c.Fields = append(c.Fields, geo.Field{Name: name, Type: kind})
	}
	return c
}

// gapRecords gives the rows as features; without shapes they have no geometry.
// An id tells operators apart, too, where each was asked for.
func gapRecords(shapes *gapShapes, a *coverage.Answer) iter.Seq2[geo.Record, error] {
	return func(yield func(geo.Record, error) bool) {
		for i := range a.Rows {
			row := &a.Rows[i]
			r := geo.Record{ID: row.Code, Values: row.Values(), Geometry: shapes.of(row.Code)}
			if a.Parameters["operator"] == "each" {
				r.ID += "/" + row.Operator
			}
			if !yield(r, nil) {
				return
			}
		}
	}
}

// gapShapes finds the geometry of rows.
type gapShapes struct {
	layer *geo.Layer // nil: rows are cells, or have none
	cells bool
}

func shapesOf(snap *geo.Snapshot, by string) *gapShapes {
	switch by {
	case "village":
		return &gapShapes{layer: snap.Layer("villages")}
	case "district":
		return &gapShapes{layer: snap.Layer("districts")}
	}
	return &gapShapes{cells: by == "cell"}
}

func (g *gapShapes) of(code string) orb.Geometry {
	if g == nil {
		return nil
	}
	if g.cells {
		if c, ok := coverage.ParseCellID(code); ok {
			return c.Bound().ToPolygon()
		}
		return nil
	}
	if g.layer != nil {
		if i, ok := g.layer.Find(code); ok {
			return g.layer.Geometry(i)
		}
	}
	return nil
}

// writeGapTable writes CSV (RFC 4180), the columns as coverage.Columns has them.
func writeGapTable(out io.Writer, a *coverage.Answer) error {
	w := csv.NewWriter(out)
	w.UseCRLF = true
	if err := w.Write(coverage.Columns()); err != nil {
		return err
	}
	for i := range a.Rows {
		if err := w.Write(a.Rows[i].Cells()); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// writeGapFeatures writes a FeatureCollection that also says what was asked and
// what the answer rests on.
func writeGapFeatures(ctx context.Context, out io.Writer, snap *geo.Snapshot, a *coverage.Answer, links []link) error {
	about, err := json.Marshal(object{
		"parameters": a.Parameters, "threshold": a.Threshold, "provenance": a.Provenance, "totals": a.Totals,
		"numberMatched": a.NumberMatched, "numberReturned": a.NumberReturned, "links": links,
	})
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(out, flushEvery)
	b := append([]byte(`{"type":"FeatureCollection",`), about[1:len(about)-1]...)
	b = append(b, `,"features":[`...)
	c := gapCollection(geo.Polygon)
	n := 0
	for r := range gapRecords(shapesOf(snap, a.By), a) {
		if n++; n > 1 {
			b = append(b, ',', '\n')
		}
		if _, err := w.Write(geo.AppendRecordJSON(b, &c, &r)); err != nil {
			return err
		}
		if b = b[:0]; n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
	}
	if _, err := w.Write(append(b, "]}\n"...)); err != nil {
		return err
	}
	return w.Flush()
}

func writeJSON(out io.Writer, v any) error { return json.NewEncoder(out).Encode(v) }
