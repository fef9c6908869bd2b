package gpkg

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/wkb"
	"github.com/petadesa/petadesa/geo"
)

const srid = 4326

// Load reads the named collections, or all, in one transaction.
func (s *Store) Load(ctx context.Context, collections ...string) ([]geo.Table, error) {
	tx, err := s.read.BeginTx(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("load: %w", explain(err))
	}
	defer func() { _ = tx.Rollback() }()
	found, err := describe(ctx, tx, collections)
	if err != nil {
		return nil, fmt.Errorf("load: %w", explain(err))
	}
	tables := make([]geo.Table, len(found))
	for i, d := range found {
		if tables[i], err = loadTable(ctx, tx, d); err != nil {
			return nil, fmt.Errorf("load: collection %s: %w", d.ID, explain(err))
		}
	}
	return tables, nil
}

func loadTable(ctx context.Context, tx *sql.Tx, d described) (geo.Table, error) {
	return loadWhere(ctx, tx, d, "")
}

// loadWhere loads the features that a condition, in SQL, selects.
func loadWhere(ctx context.Context, tx *sql.Tx, d described, where string, args ...any) (geo.Table, error) {
	t := geo.Table{Collection: d.Collection}
	var q strings.Builder
	q.WriteString("SELECT id, ")
	if d.Geometry == geo.None {
		q.WriteString("NULL")
	} else {
		q.WriteString("geom")
	}
	for _, c := range d.columns {
		q.WriteString(", " + quote(c.Column))
	}
	rows, err := tx.QueryContext(ctx, q.String()+" FROM "+quote(d.ID)+where, args...)
	if err != nil {
		return t, err
	}
	defer func() { _ = rows.Close() }()

	var blob sql.RawBytes
	var r geo.Record
	width := len(d.columns)
	var values []any // of several records, cut from one piece
	into := make([]any, 2+width)
	into[0], into[1] = &r.ID, &blob
	for rows.Next() {
		if len(values) < width {
			values = make([]any, 256*width)
		}
		r.Values = values[:width:width]
		values = values[width:]
		for i := range r.Values {
			into[2+i] = &r.Values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return t, err
		}
		if err := finish(d, &r, blob); err != nil {
			return t, fmt.Errorf("id %q: %w", r.ID, err)
		}
		t.Records = append(t.Records, r)
	}
	return t, rows.Err()
}

// finish decodes the geometry, and brings values to the type of their field:
// SQLite keeps in a column whatever one puts there.
func finish(d described, r *geo.Record, blob []byte) error {
	r.Geometry = nil
	if blob != nil {
		g, found, err := wkb.DecodeGeoPackage(blob)
		if err != nil {
			return err
		}
		if found != srid {
			return fmt.Errorf("%w: %d; want %d, longitude and latitude", data.ErrUnknownSR, found, srid)
		}
		r.Geometry = data.Canonical(d.Geometry, g)
	}
	for i, c := range d.columns {
		v, ok := typed(r.Values[i], c.Type)
		if !ok {
			return fmt.Errorf("%w: field %q: %v is not of type %s", data.ErrInvalid, c.Name, r.Values[i], c.Type)
		}
		r.Values[i] = v
	}
	return nil
}

func typed(v any, t geo.FieldType) (any, bool) {
	if v == nil {
		return nil, true
	}
	switch t {
	case geo.Integer:
		v, ok := v.(int64)
		return v, ok
	case geo.Number:
		switch v := v.(type) {
		case float64:
			return v + 0, true // no negative zero
		case int64:
			return float64(v), true
		}
	case geo.Boolean:
		switch v := v.(type) {
		case bool:
			return v, true
		case int64:
			return v != 0, true
		}
	default:
		v, ok := v.(string)
		return v, ok
	}
	return nil, false
}
