// Package geopackage reads one layer of a GeoPackage (OGC 12-128), whoever wrote
// it, row by row and within one transaction, so that it sees one state. It knows
// nothing of what the columns mean, and refuses an SQLite database that is none,
// and layers whose reference system is not the EPSG's unless that does not matter.
package geopackage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"math"
	"net/url"
	"os"
	"strings"

	"github.com/paulmach/orb"
	_ "modernc.org/sqlite" // the driver "sqlite"

	"github.com/petadesa/petadesa/data/files/fault"
	"github.com/petadesa/petadesa/data/wkb"
	"github.com/petadesa/petadesa/geo"
)

// A Reader gives the rows of a layer, as often as it is asked to.
type Reader struct {
	// Columns are those of the layer but the geometry. The first is the id of a
	// feature: the one named id, else the primary key; of Kind "NULL" when there is
	// neither.
	Columns []Column

	db    *sql.DB
	tx    *sql.Tx
	layer layer
	count int64 // rows, for progress
	bytes int64
}

// A Column has a name and the SQL type that it was declared with, in capitals.
type Column struct{ Name, Kind string }

// A Row is one of the layer. It is the receiver's only until the next one.
type Row struct {
	Number   int // 1 is the first
	Geometry orb.Geometry
	Fault    error // what is wrong with the geometry
	Values   []any // of Columns: nil, int64, float64, string or []byte; dates as they are written
	Read     int64 // about how many bytes of the file are read
}

// Open opens the layer that opts name.
func Open(ctx context.Context, path string, opts Options) (_ *Reader, err error) {
	// Without a write-ahead log nobody is writing, and then the file can be read
	// even where no lock file can be made beside it.
	mode := "mode=ro"
	if _, err := os.Stat(path + "-wal"); err != nil {
		mode = "immutable=1"
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Opaque: url.PathEscape(path), RawQuery: mode + "&_pragma=query_only(1)"}).String())
	if err != nil {
		return nil, err
	}
	r := &Reader{db: db, bytes: info.Size()}
	defer func() {
		if err != nil {
			err = errors.Join(readFault(err), r.Close())
		}
	}()
	if r.tx, err = db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true}); err != nil {
		return nil, err
	}
	if err := r.choose(ctx, opts); err != nil {
		return nil, err
	}
	return r, r.describe(ctx)
}

// readFault makes an error of the database one of the file.
func readFault(err error) error {
	if errors.As(err, new(*fault.Error)) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return fault.New("the GeoPackage cannot be read: %v", err)
}

// Layer is the name of the table that is read.
func (r *Reader) Layer() string { return r.layer.table }

// SRID is the EPSG code of the layer's reference system; 0: none.
func (r *Reader) SRID() int { return r.layer.epsg }

// Close closes the file.
func (r *Reader) Close() error {
	var err error
	if r.tx != nil {
		err = r.tx.Rollback()
	}
	return errors.Join(err, r.db.Close())
}

// Rows gives every row. An error ends it.
func (r *Reader) Rows(ctx context.Context) iter.Seq2[*Row, error] {
	return func(yield func(*Row, error) bool) {
		list, err := r.tx.QueryContext(ctx, r.query())
		if err != nil {
			yield(nil, readFault(err))
			return
		}
		defer list.Close()
		var blob []byte
		row := Row{Values: make([]any, len(r.Columns))}
		into := []any{&blob}
		for i := range row.Values {
			into = append(into, &row.Values[i])
		}
		for list.Next() {
			if err := list.Scan(into...); err != nil {
				yield(nil, readFault(err))
				return
			}
			row.Number++
			row.Read = min(r.bytes, r.bytes*int64(row.Number)/max(1, r.count))
			row.Geometry, row.Fault = r.geometry(blob)
			if !yield(&row, nil) {
				return
			}
		}
		if err := list.Err(); err != nil {
			yield(nil, readFault(err))
		}
	}
}

// geometry decodes a blob; nil is of a row without a geometry.
func (r *Reader) geometry(blob []byte) (orb.Geometry, error) {
	if blob == nil {
		return nil, nil
	}
	shape, srid, err := wkb.DecodeGeoPackage(blob)
	if err == nil && srid != r.layer.srid && srid > 0 {
		err = fmt.Errorf("it says srs_id %d, its layer %d", srid, r.layer.srid)
	}
	if err == nil && shape != nil {
		geo.EachPoint(shape, func(p orb.Point) {
			if math.IsNaN(p[0]+p[1]) || math.IsInf(p[0]+p[1], 0) {
				err = fmt.Errorf("position %g, %g is not finite", p[0], p[1])
			}
		})
	}
	if err != nil {
		return nil, err
	}
	return shape, nil
}

// query selects the geometry and the columns; dates as they are written.
func (r *Reader) query() string {
	selected := []string{"NULL"}
	if r.layer.geometry != "" {
		selected[0] = quoteName(r.layer.geometry)
	}
	for _, c := range r.Columns {
		switch {
		case c.Kind == "NULL":
			selected = append(selected, "NULL")
		case strings.HasPrefix(c.Kind, "DATE"), strings.HasPrefix(c.Kind, "TIME"):
			selected = append(selected, "CAST("+quoteName(c.Name)+" AS TEXT)")
		default:
			selected = append(selected, quoteName(c.Name))
		}
	}
	return "SELECT " + strings.Join(selected, ", ") + " FROM " + quoteName(r.layer.table)
}

func quoteName(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
