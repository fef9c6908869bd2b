package postgis

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/wkb"
	"github.com/petadesa/petadesa/geo"
)

const srid = 4326

// Load reads the named collections, or all, in one read-only transaction.
//
// PostgreSQL keeps rows as of one moment, but not what a TRUNCATE or a change
// of columns did meanwhile; Load notices that and reads again.
func (s *Store) Load(ctx context.Context, collections ...string) ([]geo.Table, error) {
	const attempts = 20 // over about two seconds
	var err error
	for n := range attempts {
		var tables []geo.Table
		if tables, err = s.loadOnce(ctx, collections); err == nil {
			return tables, nil
		}
		if !errors.Is(err, errLayoutChanged) {
			break
		}
		select {
		case <-time.After(time.Duration(n) * 10 * time.Millisecond):
		case <-ctx.Done():
		}
	}
	return nil, fmt.Errorf("load: %w", err)
}

func (s *Store) loadOnce(ctx context.Context, ids []string) ([]geo.Table, error) {
	tx, err := s.pool.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return nil, err
	}
	defer rollback(ctx, tx)
	collections, err := describe(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	before, err := layouts(ctx, tx)
	if err != nil {
		return nil, err
	}
	tables := make([]geo.Table, len(collections))
	for i, d := range collections {
		if tables[i], err = loadTable(ctx, tx, d); err != nil {
			if c := code(err); c == undefinedTable || c == undefinedColumn {
				err = fmt.Errorf("%w: %w", errLayoutChanged, err)
			}
			return nil, fmt.Errorf("collection %s: %w", d.ID, err)
		}
	}
	rollback(ctx, tx)
	after, err := layouts(ctx, s.pool)
	if err != nil {
		return nil, err
	}
	for _, d := range collections {
		if before[d.ID] != after[d.ID] {
			return nil, fmt.Errorf("collection %s: %w", d.ID, errLayoutChanged)
		}
	}
	return tables, nil
}

// layout changes when a table is made anew, rewritten, truncated or given
// another column.
type layout struct {
	oid, file uint32
	columns   int16
}

func layouts(ctx context.Context, q queryer) (map[string]layout, error) {
	rows, err := q.Query(ctx, `SELECT c.relname, c.oid, c.relfilenode, c.relnatts FROM pg_class c
		JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'petadesa' AND c.relkind = 'r'`)
	if err != nil {
		return nil, err
	}
	found := map[string]layout{}
	var name string
	var l layout
	_, err = pgx.ForEachRow(rows, []any{&name, &l.oid, &l.file, &l.columns}, func() error {
		found[name] = l
		return nil
	})
	return found, err
}

func loadTable(ctx context.Context, tx pgx.Tx, d described) (geo.Table, error) {
	t := geo.Table{Collection: d.Collection}
	rows, err := tx.Query(ctx, selectAll(d), pgx.QueryResultFormats{pgx.BinaryFormatCode})
	if err != nil {
		return t, err
	}
	defer rows.Close()
	width := len(d.Fields)
	var values []any // of several records, cut from one piece
	for rows.Next() {
		if len(values) < width {
			values = make([]any, 256*width)
		}
		r := geo.Record{Values: values[:width:width]}
		values = values[width:]
		if err := readRow(d, rows.RawValues(), &r); err != nil {
			return t, fmt.Errorf("id %q: %w", r.ID, err)
		}
		t.Records = append(t.Records, r)
	}
	return t, rows.Err()
}

// selectAll casts each column to the type it was made with, in case someone
// changed it.
func selectAll(d described) string {
	var q strings.Builder
	q.WriteString("SELECT id::text, ")
	if d.Geometry == geo.None {
		q.WriteString("NULL::bytea")
	} else {
		q.WriteString("ST_AsEWKB(geom)")
	}
	for _, c := range d.columns {
		q.WriteString(", " + quote(c.Column) + "::" + columnType(c.Type))
	}
	q.WriteString(" FROM " + table(d.ID))
	return q.String()
}

// readRow decodes the binary values of selectAll, which are only lent to it.
func readRow(d described, raw [][]byte, r *geo.Record) error {
	r.ID = string(raw[0])
	if raw[1] != nil {
		g, found, err := wkb.DecodeEWKB(raw[1])
		if err != nil {
			return err
		}
		if found != srid {
			return fmt.Errorf("%w: %d; want %d, longitude and latitude", data.ErrUnknownSR, found, srid)
		}
		r.Geometry = data.Canonical(d.Geometry, g)
	}
	for i, c := range d.columns {
		v := raw[2+i]
		if v == nil {
			continue
		}
		switch c.Type {
		case geo.String:
			r.Values[i] = string(v)
		case geo.Integer:
			r.Values[i] = int64(binary.BigEndian.Uint64(v))
		case geo.Number:
			r.Values[i] = math.Float64frombits(binary.BigEndian.Uint64(v)) + 0 // no negative zero
		case geo.Boolean:
			r.Values[i] = v[0] != 0
		}
	}
	return nil
}
