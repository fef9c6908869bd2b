package postgis

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
)

// Write applies the batches in one transaction. It waits for other writers of
// the same collections. Readers go on meanwhile, but for those of a collection
// whose columns change.
func (s *Store) Write(ctx context.Context, batches ...data.Batch) error {
	var ids []string
	for _, b := range batches {
		if err := data.CheckBatch(&b); err != nil {
			return err
		}
		ids = append(ids, b.Collection.ID)
	}
	slices.Sort(ids) // all writers lock in the same order
	return s.inTransaction(ctx, func(tx pgx.Tx) error {
		for _, id := range slices.Compact(ids) {
			if err := lockCollection(ctx, tx, id); err != nil {
				return err
			}
		}
		for _, b := range batches {
			if err := remembered(ctx, tx, "import: "+string(b.Mode), b.Collection.ID, func() error { return writeBatch(ctx, tx, b) }); err != nil {
				return fmt.Errorf("write collection %s: %w", b.Collection.ID, explain(err))
			}
		}
		return nil
	})
}

func writeBatch(ctx context.Context, tx pgx.Tx, b data.Batch) error {
	stored, err := describe(ctx, tx, []string{b.Collection.ID})
	if err != nil {
		return err
	}
	exists := false
	if err := tx.QueryRow(ctx, "SELECT to_regclass($1) IS NOT NULL", table(b.Collection.ID)).Scan(&exists); err != nil {
		return err
	}
	switch {
	case len(stored) == 0 || !exists:
		return create(ctx, tx, b)
	case b.Mode == data.Replace:
		return replace(ctx, tx, stored[0], b)
	default:
		return add(ctx, tx, stored[0], b)
	}
}

func create(ctx context.Context, tx pgx.Tx, b data.Batch) error {
	d := described{b.Collection, data.Columns(nil, b.Collection.Fields)}
	if err := createTable(ctx, tx, d); err != nil {
		return err
	}
	if err := saveDescription(ctx, tx, d); err != nil {
		return err
	}
	if err := copyRecords(ctx, tx, table(d.ID), d.columns, b); err != nil {
		return err
	}
	return completeTable(ctx, tx, d)
}

// replace deletes rather than truncates: who reads the table meanwhile keeps
// seeing its rows.
func replace(ctx context.Context, tx pgx.Tx, stored described, b data.Batch) error {
	known := slices.DeleteFunc(slices.Clone(stored.columns), func(c data.Column) bool {
		i := b.Collection.FieldIndex(c.Name)
		return i < 0 || b.Collection.Fields[i].Type != c.Type
	})
	d := described{b.Collection, data.Columns(known, b.Collection.Fields)}
	if _, err := tx.Exec(ctx, "LOCK TABLE "+table(d.ID)+" IN SHARE ROW EXCLUSIVE MODE"); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, "DELETE FROM "+table(d.ID)); err != nil {
		return err
	}
	if err := alterTable(ctx, tx, stored, d); err != nil {
		return err
	}
	if err := checkTable(ctx, tx, d); err != nil {
		return err
	}
	if err := saveDescription(ctx, tx, d); err != nil {
		return err
	}
	return copyRecords(ctx, tx, table(d.ID), d.columns, b)
}

func add(ctx context.Context, tx pgx.Tx, stored described, b data.Batch) error {
	columns, err := data.Extend(stored.Collection, stored.columns, b.Collection)
	if err != nil {
		return err
	}
	if err := checkTable(ctx, tx, stored); err != nil {
		return err
	}
	if len(columns) > len(stored.columns) {
		d := described{stored.Collection, columns}
		if err := alterTable(ctx, tx, stored, d); err != nil {
			return err
		}
		if err := saveDescription(ctx, tx, d); err != nil {
			return err
		}
	}
	given := data.Columns(columns, b.Collection.Fields) // in the batch's order
	if b.Mode == data.Append {
		return copyRecords(ctx, tx, table(stored.ID), given, b)
	}
	return upsert(ctx, tx, stored.ID, columns, given, b)
}

// upsert brings the records into a temporary table and from there, as a set, to
// their own.
func upsert(ctx context.Context, tx pgx.Tx, id string, columns, given []data.Column, b data.Batch) error {
	const staging = "pg_temp.petadesa_staging"
	if _, err := tx.Exec(ctx, "CREATE TEMPORARY TABLE petadesa_staging (LIKE "+table(id)+")"); err != nil {
		return err
	}
	if err := copyRecords(ctx, tx, staging, given, b); err != nil {
		return err
	}
	names := []string{"id"}
	if b.Collection.Geometry != geo.None {
		names = append(names, "geom")
	}
	for _, c := range columns {
		names = append(names, quote(c.Column))
	}
	action := "NOTHING"
	if len(names) > 1 {
		var set []string
		for _, name := range names[1:] {
			set = append(set, name+" = excluded."+name)
		}
		action = "UPDATE SET " + strings.Join(set, ", ")
	}
	list := strings.Join(names, ", ")
	_, err := tx.Exec(ctx, "INSERT INTO "+table(id)+" ("+list+") SELECT "+list+" FROM "+staging+" ON CONFLICT (id) DO "+action)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, "DROP TABLE "+staging)
	return err
}
