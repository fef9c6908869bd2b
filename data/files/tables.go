package files

import (
	"context"
	"encoding/hex"
	"errors"
	"io"
	"iter"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/files/delimited"
	"github.com/petadesa/petadesa/data/files/fault"
	"github.com/petadesa/petadesa/data/files/jsontext"
	"github.com/petadesa/petadesa/data/files/tabular"
	"github.com/petadesa/petadesa/data/files/wkt"
	"github.com/petadesa/petadesa/data/wkb"
	"github.com/petadesa/petadesa/geo"
)

// A sheet is a file that holds a table, such as a *delimited.Reader.
type sheet interface {
	Records(ctx context.Context) iter.Seq2[*tabular.Record, error]
	io.Closer
}

// tableRows gives the rows of a table: its first line names the columns, some
// of which say where each row is, and the others are properties.
type tableRows struct {
	sheet   sheet
	name    string // of the format
	header  *tabular.Header
	place   tabular.Place
	columns []tabular.Column
}

// openDelimited opens CSV and its like.
func openDelimited(ctx context.Context, path string, opts *Options) (rows, error) {
	r, err := delimited.Open(ctx, path, delimited.Options{Encoding: opts.Encoding, MaxRecord: opts.MaxFeature})
	if err != nil {
		return nil, err
	}
	name := "CSV"
	if r.Delimiter() == '\t' {
		name = "TSV"
	}
	t, err := newTableRows(ctx, r, name, opts)
	if err != nil {
		return nil, errors.Join(err, r.Close())
	}
	commas := ""
	for _, c := range t.columns {
		if c.Comma {
			commas = ", decimal commas"
		}
	}
	t.name = name + " (" + r.String() + commas + ")"
	return t, nil
}

// newTableRows reads the whole table once, to learn what its columns hold. The
// sheet is the caller's to close when it fails.
func newTableRows(ctx context.Context, s sheet, name string, opts *Options) (*tableRows, error) {
	t := &tableRows{sheet: s, name: name}
	var survey *tabular.Survey
	for r, err := range s.Records(ctx) {
		if err != nil {
			return nil, err
		}
		if survey != nil {
			survey.Add(r)
			continue
		}
		if t.header, err = tabular.NewHeader(r, maxProperties); err != nil {
			return nil, err
		}
		survey = tabular.NewSurvey(len(t.header.Names))
	}
	if survey == nil {
		return nil, fault.New("the file is empty")
	}
	t.columns, _ = survey.Columns()
	var err error
	if t.place, err = tabular.FindPlace(t.header.Names, tabular.Asked{Lon: opts.Lon, Lat: opts.Lat, Shape: opts.WKT}); err != nil {
		return nil, err
	}
	if len(t.header.Names) == 1 && !t.place.Located() {
		return nil, fault.At(t.header.Line, "the file is of no format that is read; as a text it is no table either, as its first line has only one column")
	}
	if c, ok := data.StandardCollection(opts.Collection); ok && needsGeometry(&c) && !t.place.Located() {
		return nil, fault.At(t.header.Line, "no column says where a row is: want lon and lat, or wkt, or name them with --lon and --lat, or --wkt; there are %s", brief(strings.Join(t.header.Names, ", ")))
	}
	return t, nil
}

func (t *tableRows) format() string { return t.name }
func (t *tableRows) close() error   { return t.sheet.Close() }

func (t *tableRows) all(ctx context.Context) iter.Seq2[*row, error] {
	return func(yield func(*row, error) bool) {
		var r row
		number := 0
		for record, err := range t.sheet.Records(ctx) {
			if err != nil {
				var f *fault.Error
				if errors.As(err, &f) && f.Feature == 0 {
					f.Feature = number
				}
				yield(nil, err)
				return
			}
			if record.Line <= t.header.Line || record.Blank() {
				continue
			}
			number++
			r = row{place: place{record.Line, number}, properties: r.properties[:0], flaws: r.flaws[:0], read: record.Read, cells: record.Cells}
			t.read(&r, record)
			if !yield(&r, nil) {
				return
			}
		}
	}
}

// read fills the row from a record.
func (t *tableRows) read(r *row, record *tabular.Record) {
	cells := record.Cells
	for len(cells) > len(t.header.Names) && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	if len(cells) != len(t.header.Names) {
		r.flaws = append(r.flaws, refuse("", CodeRagged, "has %s where the header has %d", plural(len(cells), "cell"), len(t.header.Names)))
		return
	}
	for i, text := range cells {
		if fault := textFault([]byte(text)); fault != "" {
			r.flaws = append(r.flaws, refuse(t.header.Names[i], CodeText, "%s", fault))
			continue
		}
		if t.place.Holds(i) || t.header.Names[i] == refusedColumn {
			continue
		}
		quoted := record.Quoted != nil && record.Quoted[i]
		r.properties = append(r.properties, property{t.header.Names[i], t.value(i, text, quoted)})
	}
	t.locate(r, cells)
}

// value is a cell as a property; one with nothing in it is none, unless it is
// a text of no letters, written "".
func (t *tableRows) value(i int, text string, quoted bool) any {
	trimmed := strings.TrimSpace(text)
	column := &t.columns[i]
	switch {
	case trimmed == "" && !(quoted && text == "" && column.Type == geo.String && !t.header.Quoted):
		return nil
	case column.Type == geo.Integer || column.Type == geo.Number:
		return cell{text: trimmed, kind: column.Type, number: column.Number(trimmed)}
	case quoted:
		return cell{text: text, kind: column.Type, doubt: column.Doubt}
	}
	return cell{text: trimmed, kind: column.Type, doubt: column.Doubt}
}

// locate finds where the row is.
func (t *tableRows) locate(r *row, cells []string) {
	p := &t.place
	switch {
	case !p.Located():
	case p.Shape >= 0:
		t.shape(r, t.header.Names[p.Shape], strings.TrimSpace(cells[p.Shape]))
	default:
		point, found, reason := pointOf(p, t.header.Names, cells)
		if reason != "" {
			r.flaws = append(r.flaws, refuse("geometry", CodeGeometry, "%s", reason))
		} else if found {
			r.geometry = point
		}
	}
}

// shape reads a geometry that is written in a cell.
func (t *tableRows) shape(r *row, column, text string) {
	switch {
	case text == "":
	case strings.HasPrefix(text, "{"):
		c := jsontext.Cursor{Data: []byte(text)}
		if _, ok := c.Raw(); !ok || !c.End() {
			r.flaws = append(r.flaws, refuse("geometry", CodeGeometry, "%s: not GeoJSON: %s", column, c.Bad))
			return
		}
		parseGeometry([]byte(text), r)
	case tabular.IsHexWKB(text):
		raw, err := hex.DecodeString(text)
		var g orb.Geometry
		if err == nil {
			g, r.srid, err = wkb.DecodeEWKB(raw)
		}
		if err == nil && !finite(g) {
			err = errors.New("a position is not finite")
		}
		if err != nil {
			r.flaws = append(r.flaws, refuse("geometry", CodeGeometry, "%s: %v", column, err))
			return
		}
		r.geometry = g
	default:
		g, srid, heights, err := wkt.Parse(text)
		if err != nil {
			r.flaws = append(r.flaws, refuse("geometry", CodeGeometry, "%s: not WKT: %v", column, err))
			return
		}
		if heights > 0 {
			r.flaws = append(r.flaws, repair("geometry", CodeHeight, "%s had more than longitude and latitude, which was dropped", plural(heights, "position")))
		}
		r.geometry, r.srid = g, srid
	}
}
