package files

import (
	"context"
	"fmt"
	"iter"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data/files/fault"
	"github.com/petadesa/petadesa/geo"
)

// rows is one format's way to give the rows of a file.
type rows interface {
	// format is the name of the format, for reports.
	format() string
	// all gives every row in order, from the first, each time it is called. A
	// row and what it holds is the receiver's only until the next one. An error
	// ends the reading: the file as a whole is not what it should be.
	all(ctx context.Context) iter.Seq2[*row, error]
	close() error
}

// A row is one feature as the file has it.
type row struct {
	place      place
	id         any // as a property value; nil: none
	geometry   orb.Geometry
	srid       int  // EPSG code that the file names; 0: it names none
	placed     bool // the geometry is in longitude and latitude already
	properties []property
	numbered   bool     // its id is its number, as the file has none
	flaws      []flaw   // what the reader found
	read       int64    // bytes of the file read so far, for progress
	raw        []byte   // the feature's own text, of GeoJSON
	cells      []string // the row's own cells, of a table
}

// A property value is nil, string, bool, int64, float64, numeral, nested or cell.
type property struct {
	name  string
	value any
}

// A numeral is a JSON number as it is written.
type numeral string

// A nested is the text of a JSON object or array.
type nested string

// A cell is what a cell of a table holds. It has no type of its own: it is what
// the field wants, and for a field that was not given what its column holds.
type cell struct {
	text   string
	kind   geo.FieldType // of the whole column
	number string        // the text as a JSON numeral, of a column of numbers; else ""
	doubt  bool          // a number that can be read in two ways
}

// place says where a row is in its file.
type place struct {
	line   int64 // 1 is the first; 0: the format has no lines
	number int   // 1 is the first feature
}

func (p place) String() string {
	if p.line == 0 {
		return fmt.Sprintf("feature %d", p.number)
	}
	return fmt.Sprintf("line %d, feature %d", p.line, p.number)
}

// A flaw is something wrong with a row.
type flaw struct {
	field    string // a property, "geometry" or "id"
	code     string // one of the Code constants
	reason   string
	repaired bool
	noted    bool // neither repaired nor refused: kept as it is
}

func refuse(field, code, format string, args ...any) flaw {
	return flaw{field: field, code: code, reason: fmt.Sprintf(format, args...)}
}

func repair(field, code, format string, args ...any) flaw {
	return flaw{field: field, code: code, reason: fmt.Sprintf(format, args...), repaired: true}
}

// note is a flaw of which nobody can tell what is right: the row is kept as it is.
func note(field, code, format string, args ...any) flaw {
	return flaw{field: field, code: code, reason: fmt.Sprintf(format, args...), noted: true}
}

// A FileError is a fault of a file as a whole, which ends its reading.
type FileError = fault.Error
