package gpkg

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/wkb"
	"github.com/petadesa/petadesa/geo"
)

// Write applies the batches in one transaction. Readers go on meanwhile; other
// writers wait.
func (s *Store) Write(ctx context.Context, batches ...data.Batch) error {
	for _, b := range batches {
		if err := data.CheckBatch(&b); err != nil {
			return err
		}
	}
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		for _, b := range batches {
			if err := remembered(ctx, tx, "import: "+string(b.Mode), b.Collection.ID, func() error { return writeBatch(ctx, tx, b) }); err != nil {
				return fmt.Errorf("write collection %s: %w", b.Collection.ID, explain(err))
			}
		}
		return nil
	})
}

func writeBatch(ctx context.Context, tx *sql.Tx, b data.Batch) error {
	stored, err := describe(ctx, tx, []string{b.Collection.ID})
	if err != nil {
		return err
	}
	var d described
	if len(stored) == 0 || b.Mode == data.Replace {
		d, err = anew(ctx, tx, len(stored) > 0, b)
	} else {
		d, err = extend(ctx, tx, stored[0], b)
	}
	if err != nil {
		return err
	}
	if err := saveDescription(ctx, tx, d); err != nil {
		return err
	}
	written, err := insert(ctx, tx, d, b)
	if err != nil {
		return err
	}
	if err := createTriggers(ctx, tx, d); err != nil {
		return err
	}
	return widen(ctx, tx, d.ID, written)
}

// anew makes the collection's table, in place of the one it has.
func anew(ctx context.Context, tx *sql.Tx, exists bool, b data.Batch) (described, error) {
	d := described{Collection: b.Collection, columns: data.Columns(nil, b.Collection.Fields)}
	if exists {
		if err := dropTable(ctx, tx, d.ID); err != nil {
			return d, err
		}
	}
	return d, createTable(ctx, tx, d)
}

// extend gives the collection's table the fields of the batch that it lacks, and
// takes its triggers away.
func extend(ctx context.Context, tx *sql.Tx, stored described, b data.Batch) (described, error) {
	d := stored
	var err error
	if d.columns, err = data.Extend(stored.Collection, stored.columns, b.Collection); err != nil {
		return d, err
	}
	if err := dropTriggers(ctx, tx, d); err != nil {
		return d, err
	}
	for _, c := range d.columns[len(stored.columns):] {
		if _, err := tx.ExecContext(ctx, "ALTER TABLE "+quote(d.ID)+" ADD COLUMN "+quote(c.Column)+" "+columnType(c.Type)); err != nil {
			return d, err
		}
	}
	return d, nil
}

// insert writes the records of the batch and keeps the index, and answers the
// bounds of what it wrote.
func insert(ctx context.Context, tx *sql.Tx, d described, b data.Batch) (bounds, error) {
	written := noBounds()
	features, err := tx.PrepareContext(ctx, insertStatement(d, b))
	if err != nil {
		return written, err
	}
	defer func() { _ = features.Close() }()
	var index, unindex *sql.Stmt
	if d.Geometry != geo.None {
		if index, err = tx.PrepareContext(ctx, "INSERT OR REPLACE INTO "+rtree(d.ID)+" VALUES (?, ?, ?, ?, ?)"); err != nil {
			return written, err
		}
		defer func() { _ = index.Close() }()
		if unindex, err = tx.PrepareContext(ctx, "DELETE FROM "+rtree(d.ID)+" WHERE id = ?"); err != nil {
			return written, err
		}
		defer func() { _ = unindex.Close() }()
	}

	// Watching the context costs more than inserting a row; Checked does it.
	row := context.WithoutCancel(ctx)
	var blob []byte
	var args []any
	for r, err := range data.Checked(ctx, b) {
		if err != nil {
			return written, err
		}
		args = append(args[:0], r.ID)
		if d.Geometry != geo.None {
			if r.Geometry == nil {
				args = append(args, nil)
			} else if blob, err = wkb.AppendGeoPackage(blob[:0], data.Multi(d.Geometry, r.Geometry), srid); err != nil {
				return written, fmt.Errorf("id %q: %w", r.ID, err)
			} else {
				args = append(args, blob)
			}
		}
		args = append(args, r.Values...)
		var fid int64
		if b.Mode == data.Upsert {
			err = features.QueryRowContext(row, args...).Scan(&fid)
		} else {
			var result sql.Result
			if result, err = features.ExecContext(row, args...); err == nil {
				fid, err = result.LastInsertId()
			}
		}
		if isTwice(err) {
			return written, fmt.Errorf("%w: id %q", data.ErrExists, r.ID)
		}
		if err != nil {
			return written, fmt.Errorf("id %q: %w", r.ID, err)
		}
		switch {
		case r.Geometry != nil:
			box := r.Geometry.Bound()
			written.Bound = written.Union(box)
			_, err = index.ExecContext(row, fid, box.Min[0], box.Max[0], box.Min[1], box.Max[1])
		case d.Geometry != geo.None && b.Mode == data.Upsert:
			_, err = unindex.ExecContext(row, fid)
		}
		if err != nil {
			return written, fmt.Errorf("index id %q: %w", r.ID, err)
		}
	}
	return written, nil
}

// insertStatement takes the values of a record in the order id, geom, fields of
// the batch. An upsert empties the fields that the batch does not have.
func insertStatement(d described, b data.Batch) string {
	names := []string{"id"}
	if d.Geometry != geo.None {
		names = append(names, "geom")
	}
	for _, c := range data.Columns(d.columns, b.Collection.Fields) {
		names = append(names, quote(c.Column))
	}
	statement := "INSERT INTO " + quote(d.ID) + " (" + strings.Join(names, ", ") + ") VALUES (?" + strings.Repeat(", ?", len(names)-1) + ")"
	if b.Mode != data.Upsert {
		return statement
	}
	set := []string{"id = excluded.id"} // so that there is a row to return
	if d.Geometry != geo.None {
		set = append(set, "geom = excluded.geom")
	}
	for _, c := range d.columns {
		set = append(set, quote(c.Column)+" = excluded."+quote(c.Column))
	}
	return statement + " ON CONFLICT (id) DO UPDATE SET " + strings.Join(set, ", ") + " RETURNING fid"
}

// bounds grow from nothing, which is different from a point.
type bounds struct{ orb.Bound }

func noBounds() bounds {
	return bounds{orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}}
}

func (b bounds) empty() bool { return b.Min[0] > b.Max[0] }
