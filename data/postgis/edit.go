package postgis

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/wkb"
	"github.com/petadesa/petadesa/geo"
)

// Edit applies the edits in one transaction. It waits for other writers of the
// same collections.
func (s *Store) Edit(ctx context.Context, edits ...data.Edit) (entries []data.Entry, err error) {
	var ids []string
	for _, e := range edits {
		ids = append(ids, e.Collection)
	}
	slices.Sort(ids)
	err = s.inTransaction(ctx, func(tx pgx.Tx) error {
		for _, id := range slices.Compact(ids) {
			if err := lockCollection(ctx, tx, id); err != nil {
				return err
			}
		}
		entries, err = data.EditAll(edits, func(e *data.Edit) (data.Entry, error) {
			entry, err := edit(ctx, tx, e)
			return entry, explain(err)
		})
		return err
	})
	if err != nil {
		return nil, err // and no entries of what is not committed
	}
	return entries, nil
}

func edit(ctx context.Context, tx pgx.Tx, e *data.Edit) (data.Entry, error) {
	stored, err := describe(ctx, tx, []string{e.Collection})
	if err != nil {
		return data.Entry{}, err
	}
	if len(stored) == 0 {
		return data.Entry{}, data.ErrNotFound
	}
	d := stored[0]
	if err := checkTable(ctx, tx, d); err != nil {
		return data.Entry{}, err
	}
	old, err := readFeature(ctx, tx, d, e.ID)
	if err != nil {
		return data.Entry{}, err
	}
	changed, entry, err := data.Decide(ctx, e, &d.Collection, old)
	if err != nil || bytes.Equal(entry.Before, entry.After) {
		return entry, err
	}
	if changed == nil {
		_, err = tx.Exec(ctx, "DELETE FROM "+table(d.ID)+" WHERE id = $1", e.ID)
	} else {
		err = writeFeature(ctx, tx, d, changed, old != nil)
	}
	if err != nil {
		return entry, err
	}
	return entry, remember(ctx, tx, &entry)
}

// readFeature returns the feature of that id and keeps others from changing it;
// nil when there is none.
func readFeature(ctx context.Context, tx pgx.Tx, d described, id string) (*geo.Record, error) {
	if id == "" {
		return nil, nil
	}
	rows, err := tx.Query(ctx, selectAll(d)+" WHERE id = $1 FOR UPDATE", pgx.QueryResultFormats{pgx.BinaryFormatCode}, id)
	if err != nil {
		return nil, err
	}
	r, err := pgx.CollectExactlyOneRow(rows, func(row pgx.CollectableRow) (*geo.Record, error) {
		r := &geo.Record{Values: make([]any, len(d.Fields))}
		return r, readRow(d, row.RawValues(), r)
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	return r, err
}

// writeFeature inserts a feature, or writes over the one of its id.
func writeFeature(ctx context.Context, tx pgx.Tx, d described, r *geo.Record, over bool) error {
	names, values, args := []string{"id"}, []string{"$1"}, []any{r.ID}
	if d.Geometry != geo.None {
		var blob []byte
		if r.Geometry != nil {
			var err error
			if blob, err = wkb.AppendEWKB(nil, data.Multi(d.Geometry, r.Geometry), srid); err != nil {
				return err
			}
		}
		args = append(args, blob)
		names, values = append(names, "geom"), append(values, "ST_GeomFromEWKB($2)")
	}
	for i, c := range d.columns {
		args = append(args, r.Values[i])
		names, values = append(names, quote(c.Column)), append(values, fmt.Sprintf("$%d::%s", len(args), columnType(c.Type)))
	}
	statement := "INSERT INTO " + table(d.ID) + " (" + strings.Join(names, ", ") + ") VALUES (" + strings.Join(values, ", ") + ")"
	if over {
		statement = "UPDATE " + table(d.ID) + " SET (" + strings.Join(names, ", ") + ") = ROW (" + strings.Join(values, ", ") + ") WHERE id = $1"
	}
	_, err := tx.Exec(ctx, statement, args...)
	return err
}
