package export

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// table encodes CSV (RFC 4180). The columns are id, the geometry (lon and lat for
// a collection of points, wkt for another), and the fields; a field whose name
// is taken by these gets a number. A missing value is empty, an empty text "".
//
// Texts are written as they are, so that they read back as what they were. A
// spreadsheet takes one that begins with = for a formula: for spreadsheets there
// are XLSX, whose cells say that they are texts, and the form "for Excel": it
// begins with a byte order mark, and puts an apostrophe before such texts.
type table struct {
	names  []string
	places int  // columns of geometry
	excel  bool // for spreadsheets
}

func newTable(c *geo.Collection) encoder {
	first := []string{"id"}
	switch c.Geometry {
	case geo.None:
	case geo.Point:
		first = append(first, "lon", "lat")
	default:
		first = append(first, "wkt")
	}
	return &table{names: columnNames(c, first...), places: len(first) - 1}
}

func newExcelTable(c *geo.Collection) encoder {
	t := newTable(c).(*table)
	t.excel = true
	return t
}

func (t *table) begin(dst []byte) []byte {
	if t.excel {
		dst = append(dst, "\ufeff"...)
	}
	for i, name := range t.names {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = t.cell(dst, name)
	}
	return append(dst, '\r', '\n')
}

func (t *table) record(dst []byte, r *geo.Record) ([]byte, error) {
	dst = t.cell(dst, r.ID)
	switch {
	case t.places == 0:
	case r.Geometry == nil:
		dst = append(dst, strings.Repeat(",", t.places)...)
	case t.places == 2:
		p, ok := r.Geometry.(orb.Point)
		if !ok {
			return dst, fmt.Errorf("feature %q: a %s in a collection of points", r.ID, r.Geometry.GeoJSONType())
		}
		dst = appendFloat(append(dst, ','), p[0])
		dst = appendFloat(append(dst, ','), p[1])
	default:
		dst = append(dst, ',', '"')
		dst = append(appendWKT(dst, r.Geometry), '"')
	}
	for _, v := range r.Values {
		dst = append(dst, ',')
		switch v := v.(type) {
		case string:
			dst = t.cell(dst, v)
		case int64:
			dst = strconv.AppendInt(dst, v, 10)
		case float64:
			dst = appendFloat(dst, v)
		case bool:
			dst = strconv.AppendBool(dst, v)
		}
	}
	return append(dst, '\r', '\n'), nil
}

func (t *table) end(dst []byte) []byte { return dst }

// cell appends a text, in quotation marks where RFC 4180 wants them and where it
// would else be taken for a missing value.
func (t *table) cell(dst []byte, s string) []byte {
	if t.excel && s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		s = "'" + s
	}
	if s != "" && !strings.ContainsAny(s, "\",\r\n") && s == strings.TrimSpace(s) {
		return append(dst, s...)
	}
	dst = append(dst, '"')
	dst = append(dst, strings.ReplaceAll(s, `"`, `""`)...)
	return append(dst, '"')
}

func appendFloat(dst []byte, f float64) []byte { return strconv.AppendFloat(dst, f, 'f', -1, 64) }
