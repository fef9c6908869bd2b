package files

import (
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"regexp"
	"strconv"
	"strings"

	"github.com/petadesa/petadesa/data/files/jsontext"
	"github.com/petadesa/petadesa/data/sqldump"
)

// sqlStart is how SQL dumps begin: with a comment or one of their statements.
var sqlStart = regexp.MustCompile(`(?i)^(/\*|--|(insert|replace)\s+(ignore\s+)?into\s|delete\s+from\s|(drop|create)\s+table\s|set\s+|start\s+transaction|begin\s*;)`)

func isSQL(text []byte) bool { return sqlStart.Match(text) }

// sqlRows reads the rows that an SQL dump inserts into one table. A column of
// the name path, geometry, geom or geojson holds where a row is: a GeoJSON
// geometry, or the coordinates of one alone, as cahyadsn/wilayah_boundaries
// writes them (latitude first there, which the caller says as of any file).
type sqlRows struct {
	file       *os.File
	layer      string
	maxFeature int64
}

func openSQL(path string, opts *Options) (rows, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	return &sqlRows{file: f, layer: opts.Layer, maxFeature: opts.MaxFeature}, nil
}

func (s *sqlRows) format() string { return "SQL" }
func (s *sqlRows) close() error   { return s.file.Close() }

func (s *sqlRows) all(ctx context.Context) iter.Seq2[*row, error] {
	return func(yield func(*row, error) bool) {
		if _, err := s.file.Seek(0, io.SeekStart); err != nil {
			yield(nil, err)
			return
		}
		var r row
		table, number := s.layer, 0
		counted := &countingReader{r: contextReader{ctx, s.file}}
		for dumped, err := range sqldump.Rows(counted, sqldump.Limits{Value: int(s.maxFeature), Columns: maxProperties}) {
			switch {
			case err != nil:
				err = sqlFault(err, number)
			case table == "":
				table = dumped.Table
			case table != dumped.Table && s.layer == "":
				err = &FileError{Line: dumped.Line, Feature: number, Reason: "rows for the table " + brief(dumped.Table) + " after those for " + brief(table) + ": name one of them with --layer"}
			case table != dumped.Table:
				continue
			}
			if err == nil && len(dumped.Columns) == 0 {
				err = &FileError{Line: dumped.Line, Feature: number, Reason: "the statement does not name the columns"}
			}
			if err != nil {
				yield(nil, err)
				return
			}
			number++
			r = row{place: place{dumped.Line, number}, properties: r.properties[:0], flaws: r.flaws[:0], read: counted.n}
			r.readSQL(dumped)
			if !yield(&r, nil) {
				return
			}
		}
	}
}

func sqlFault(err error, number int) error {
	if e := (*sqldump.Error)(nil); errors.As(err, &e) {
		return &FileError{Line: e.Line, Feature: number, Reason: "not an SQL dump that can be read: " + e.Reason}
	}
	return err
}

// readSQL fills the row from one of a dump.
func (r *row) readSQL(dumped *sqldump.Row) {
	placed := false
	for i, v := range dumped.Values {
		name := dumped.Columns[i]
		if fault := textFault([]byte(v.Text)); fault != "" {
			r.flaws = append(r.flaws, refuse(name, CodeText, "%s", fault))
			continue
		}
		switch name {
		case "path", "geometry", "geom", "geojson":
			if text := strings.TrimSpace(v.Text); !placed && strings.HasPrefix(text, "[") || strings.HasPrefix(text, "{") {
				placed = true
				r.sqlGeometry(name, text)
				continue
			} else if v.Kind == sqldump.Null || text == "" {
				continue
			}
		}
		switch v.Kind {
		case sqldump.Text:
			r.properties = append(r.properties, property{name, v.Text})
		case sqldump.Number:
			r.properties = append(r.properties, property{name, sqlNumber(v.Text)})
		default:
			r.properties = append(r.properties, property{name, nil})
		}
	}
}

// sqlNumber is a number in the form that JSON has for it.
func sqlNumber(s string) any {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return s
	}
	c := jsontext.Cursor{Data: []byte(s)}
	if n, ok := c.Number(); ok && len(n) == len(s) {
		return numeral(s)
	}
	return f // ".5", "5." or "007"
}

// sqlGeometry reads a GeoJSON geometry or bare coordinates: four levels of
// brackets are a MultiPolygon, three a Polygon, two its one ring, one a Point.
func (r *row) sqlGeometry(column, text string) {
	depth := 0
	for _, c := range []byte(text) {
		if c == '[' {
			depth++
		} else if c != ' ' && c != '\t' && c != '\r' && c != '\n' {
			break
		}
	}
	switch depth {
	case 0:
	case 1:
		text = `{"type":"Point","coordinates":` + text + `}`
	case 2:
		text = `{"type":"Polygon","coordinates":[` + text + `]}`
	case 3:
		text = `{"type":"Polygon","coordinates":` + text + `}`
	case 4:
		text = `{"type":"MultiPolygon","coordinates":` + text + `}`
	default:
		r.flaws = append(r.flaws, refuse("geometry", CodeGeometry, "%s: %d levels of brackets are no geometry's coordinates", column, depth))
		return
	}
	c := jsontext.Cursor{Data: []byte(text)}
	if _, ok := c.Raw(); !ok || !c.End() {
		r.flaws = append(r.flaws, refuse("geometry", CodeGeometry, "%s: not JSON: %s", column, c.Bad))
		return
	}
	parseGeometry([]byte(text), r)
}

// countingReader counts what was read.
type countingReader struct {
	r io.Reader
	n int64
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}
