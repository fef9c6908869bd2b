package gpkg

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/petadesa/petadesa/data"
)

const documentColumns = "kind, id, version, body, owner, created, updated"

type scanner interface{ Scan(into ...any) error }

func scanDocument(row scanner) (d data.Document, err error) {
	var created, updated moment
	err = row.Scan(&d.Kind, &d.ID, &d.Version, &d.Body, &d.Owner, &created, &updated)
	d.Created, d.Updated = created.Time, updated.Time
	return d, err
}

type rowQueryer interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func document(ctx context.Context, q rowQueryer, kind, id string) (data.Document, error) {
	d, err := scanDocument(q.QueryRowContext(ctx, "SELECT "+documentColumns+" FROM petadesa_documents WHERE kind = ? AND id = ?", kind, id))
	if errors.Is(err, sql.ErrNoRows) {
		err = data.ErrNotFound
	}
	if err != nil {
		return d, fmt.Errorf("%s %q: %w", kind, id, explain(err))
	}
	return d, nil
}

// Document returns one document.
func (s *Store) Document(ctx context.Context, kind, id string) (data.Document, error) {
	return document(ctx, s.read, kind, id)
}

// Documents returns a page of documents.
func (s *Store) Documents(ctx context.Context, q data.DocumentQuery) ([]data.Document, error) {
	rows, err := s.read.QueryContext(ctx, "SELECT "+documentColumns+` FROM petadesa_documents
		WHERE kind = ?1 AND id > ?2 AND (?3 = '' OR owner = ?3) ORDER BY id LIMIT ?4`, q.Kind, q.After, q.Owner, data.PageLimit(q.Limit))
	if err != nil {
		return nil, fmt.Errorf("list documents: %w", explain(err))
	}
	defer func() { _ = rows.Close() }()
	var found []data.Document
	for rows.Next() {
		d, err := scanDocument(rows)
		if err != nil {
			return nil, fmt.Errorf("list documents: %w", explain(err))
		}
		found = append(found, d)
	}
	return found, rows.Err()
}

// PutDocument saves a document.
func (s *Store) PutDocument(ctx context.Context, d data.Document, expected int64) (saved data.Document, err error) {
	if err := data.CheckDocument(&d); err != nil {
		return d, err
	}
	return saved, s.serve(ctx, "save a document", func(tx *sql.Tx) error {
		if err := expect(ctx, tx, d.Kind, d.ID, expected); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO petadesa_documents (kind, id, body, owner) VALUES (?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET body = excluded.body, version = version + 1, updated = `+now, d.Kind, d.ID, string(d.Body), d.Owner)
		if err == nil {
			saved, err = document(ctx, tx, d.Kind, d.ID)
		}
		return err
	})
}

// expect reports that a document is not of the version expected; 0 is of none.
func expect(ctx context.Context, tx *sql.Tx, kind, id string, expected int64) error {
	is, err := document(ctx, tx, kind, id)
	switch {
	case errors.Is(err, data.ErrNotFound) && expected == 0:
		return nil
	case err != nil:
		return err
	case expected == 0:
		return fmt.Errorf("%s %q: %w", kind, id, data.ErrExists)
	case is.Version != expected:
		return fmt.Errorf("%s %q: %w: it has version %d", kind, id, data.ErrChanged, is.Version)
	}
	return nil
}

// DeleteDocument removes a document.
func (s *Store) DeleteDocument(ctx context.Context, kind, id string, expected int64) error {
	return s.serve(ctx, "delete a document", func(tx *sql.Tx) error {
		is, err := document(ctx, tx, kind, id)
		if err == nil && expected != 0 && is.Version != expected {
			err = fmt.Errorf("%s %q: %w: it has version %d", kind, id, data.ErrChanged, is.Version)
		}
		if err == nil {
			_, err = tx.ExecContext(ctx, "DELETE FROM petadesa_documents WHERE kind = ? AND id = ?", kind, id)
		}
		return err
	})
}
