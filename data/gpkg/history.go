package gpkg

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/petadesa/petadesa/data"
)

// remember adds an entry to the history and completes it.
func remember(ctx context.Context, tx *sql.Tx, e *data.Entry) error {
	var feature any
	if e.Feature != "" {
		feature = e.Feature
	}
	var at moment
	err := tx.QueryRowContext(ctx, `INSERT INTO petadesa_changes (who, action, collection, feature, before, after)
		VALUES (?, ?, ?, ?, ?, ?) RETURNING id, at`, e.Who, e.Action, e.Collection, feature, optional(e.Before), optional(e.After)).Scan(&e.ID, &at)
	if err != nil {
		return fmt.Errorf("note the change: %w", err)
	}
	e.At = at.Time
	return nil
}

func optional(text []byte) any {
	if text == nil {
		return nil
	}
	return string(text)
}

// remembered does work on a whole collection, with an entry in the history.
func remembered(ctx context.Context, tx *sql.Tx, action, collection string, work func() error) error {
	e, err := data.Summarized(ctx, action, collection, func() (int, error) { return count(ctx, tx, collection) }, work)
	if err != nil {
		return err
	}
	return remember(ctx, tx, &e)
}

// count is how many features a collection has; -1 when there is no such.
func count(ctx context.Context, tx *sql.Tx, collection string) (int, error) {
	exists := false
	err := tx.QueryRowContext(ctx, `SELECT count(*) FROM petadesa_collections c JOIN sqlite_master m ON m.type = 'table' AND m.name = c.id
		WHERE c.id = ?`, collection).Scan(&exists)
	if err != nil || !exists {
		return -1, err
	}
	var n int
	return n, tx.QueryRowContext(ctx, "SELECT count(*) FROM "+quote(collection)).Scan(&n)
}

// History returns a page of the history.
func (s *Store) History(ctx context.Context, q data.HistoryQuery) ([]data.Entry, error) {
	since := ""
	if !q.Since.IsZero() {
		since = q.Since.UTC().Add(time.Millisecond - 1).Format(timeForm) // the first that is not before
	}
	rows, err := s.read.QueryContext(ctx, `SELECT id, at, who, action, collection, coalesce(feature, ''), before, after
		FROM petadesa_changes
		WHERE (?1 = '' OR collection = ?1) AND (?2 = '' OR feature = ?2) AND (?3 = '' OR who = ?3)
			AND at >= ?4 AND (?5 = 0 OR id < ?5) ORDER BY id DESC LIMIT ?6`,
		q.Collection, q.Feature, q.Who, since, q.Before, data.PageLimit(q.Limit))
	if err != nil {
		return nil, fmt.Errorf("read the history: %w", explain(err))
	}
	defer func() { _ = rows.Close() }()
	var found []data.Entry
	for rows.Next() {
		var e data.Entry
		var at moment
		if err := rows.Scan(&e.ID, &at, &e.Who, &e.Action, &e.Collection, &e.Feature, &e.Before, &e.After); err != nil {
			return nil, fmt.Errorf("read the history: %w", explain(err))
		}
		e.At = at.Time
		found = append(found, e)
	}
	return found, explain(rows.Err())
}
