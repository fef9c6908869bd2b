package gpkg

import (
	"bytes"
	"context"
	"database/sql"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
)

// Edit applies the edits in one transaction.
func (s *Store) Edit(ctx context.Context, edits ...data.Edit) (entries []data.Entry, err error) {
	err = s.inTransaction(ctx, func(tx *sql.Tx) error {
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

func edit(ctx context.Context, tx *sql.Tx, e *data.Edit) (data.Entry, error) {
	stored, err := describe(ctx, tx, []string{e.Collection})
	if err != nil {
		return data.Entry{}, err
	}
	if len(stored) == 0 {
		return data.Entry{}, data.ErrNotFound
	}
	d := stored[0]
	old, err := readFeature(ctx, tx, d, e.ID)
	if err != nil {
		return data.Entry{}, err
	}
	changed, entry, err := data.Decide(ctx, e, &d.Collection, old)
	if err != nil || bytes.Equal(entry.Before, entry.After) {
		return entry, err
	}
	if err := dropTriggers(ctx, tx, d); err != nil {
		return entry, err
	}
	written := noBounds()
	if changed == nil {
		err = deleteFeature(ctx, tx, d, e.ID)
	} else {
		one := data.Batch{Collection: d.Collection, Mode: data.Upsert, Records: func(yield func(geo.Record, error) bool) { yield(*changed, nil) }}
		if old == nil {
			one.Mode = data.Append // an id that is taken is an error
		}
		written, err = insert(ctx, tx, d, one)
	}
	if err == nil {
		err = createTriggers(ctx, tx, d)
	}
	if err == nil {
		_, err = tx.ExecContext(ctx, "UPDATE petadesa_collections SET revision = randomblob(8) WHERE id = ?", d.ID)
	}
	if err == nil {
		err = widen(ctx, tx, d.ID, written)
	}
	if err == nil {
		err = remember(ctx, tx, &entry)
	}
	return entry, err
}

// readFeature returns the feature of that id; nil when there is none.
func readFeature(ctx context.Context, tx *sql.Tx, d described, id string) (*geo.Record, error) {
	if id == "" {
		return nil, nil
	}
	t, err := loadWhere(ctx, tx, d, " WHERE id = ?", id)
	if err != nil || len(t.Records) == 0 {
		return nil, err
	}
	return &t.Records[0], nil
}

func deleteFeature(ctx context.Context, tx *sql.Tx, d described, id string) error {
	if d.Geometry != geo.None {
		_, err := tx.ExecContext(ctx, "DELETE FROM "+rtree(d.ID)+" WHERE id IN (SELECT fid FROM "+quote(d.ID)+" WHERE id = ?)", id)
		if err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, "DELETE FROM "+quote(d.ID)+" WHERE id = ?", id)
	return err
}
