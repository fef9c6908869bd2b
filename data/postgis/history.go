package postgis

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/petadesa/petadesa/data"
)

// remember adds an entry to the history and completes it.
func remember(ctx context.Context, tx pgx.Tx, e *data.Entry) error {
	var feature *string
	if e.Feature != "" {
		feature = &e.Feature
	}
	err := tx.QueryRow(ctx, `INSERT INTO petadesa.petadesa_changes (who, action, collection, feature, before, after)
		VALUES ($1, $2, $3, $4, $5::text::json, $6::text::json) RETURNING id, at`,
		e.Who, e.Action, e.Collection, feature, optional(e.Before), optional(e.After)).Scan(&e.ID, &e.At)
	if err != nil {
		return fmt.Errorf("note the change: %w", err)
	}
	e.At = e.At.UTC()
	return nil
}

func optional(text []byte) *string {
	if text == nil {
		return nil
	}
	s := string(text)
	return &s
}

// remembered does work on a whole collection, with an entry in the history.
func remembered(ctx context.Context, tx pgx.Tx, action, collection string, work func() error) error {
	e, err := data.Summarized(ctx, action, collection, func() (int, error) { return count(ctx, tx, collection) }, work)
	if err != nil {
		return err
	}
	return remember(ctx, tx, &e)
}

// count is how many features a collection has; -1 when it has no table.
func count(ctx context.Context, tx pgx.Tx, collection string) (int, error) {
	exists := false
	if err := tx.QueryRow(ctx, "SELECT to_regclass($1) IS NOT NULL", table(collection)).Scan(&exists); err != nil || !exists {
		return -1, err
	}
	var n int
	return n, tx.QueryRow(ctx, "SELECT count(*) FROM "+table(collection)).Scan(&n)
}

// History returns a page of the history.
func (s *Store) History(ctx context.Context, q data.HistoryQuery) ([]data.Entry, error) {
	rows, err := s.pool.Query(ctx, `SELECT id, at, who, action, collection, coalesce(feature, ''), before::text, after::text
		FROM petadesa.petadesa_changes
		WHERE ($1 = '' OR collection = $1) AND ($2 = '' OR feature = $2) AND ($3 = '' OR who = $3)
			AND at >= $4 AND ($5::bigint = 0 OR id < $5) ORDER BY id DESC LIMIT $6`,
		q.Collection, q.Feature, q.Who, q.Since, q.Before, data.PageLimit(q.Limit))
	var found []data.Entry
	if err == nil {
		found, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (e data.Entry, err error) {
			err = row.Scan(&e.ID, &e.At, &e.Who, &e.Action, &e.Collection, &e.Feature, &e.Before, &e.After)
			e.At = e.At.UTC()
			return e, err
		})
	}
	if err != nil {
		return nil, fmt.Errorf("read the history: %w", explain(err))
	}
	return found, nil
}
