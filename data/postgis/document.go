package postgis

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/petadesa/petadesa/data"
)

const documentColumns = "kind, id, version, body::text, owner, created, updated"

func scanDocument(row pgx.CollectableRow) (d data.Document, err error) {
	err = row.Scan(&d.Kind, &d.ID, &d.Version, &d.Body, &d.Owner, &d.Created, &d.Updated)
	d.Created, d.Updated = d.Created.UTC(), d.Updated.UTC()
	return d, err
}

// Document returns one document.
func (s *Store) Document(ctx context.Context, kind, id string) (data.Document, error) {
	rows, err := s.pool.Query(ctx, "SELECT "+documentColumns+" FROM petadesa.petadesa_documents WHERE kind = $1 AND id = $2", kind, id)
	return oneDocument(rows, err, kind, id, data.ErrNotFound)
}

// oneDocument reads a single document; without a row the error is none.
func oneDocument(rows pgx.Rows, err error, kind, id string, none error) (d data.Document, _ error) {
	if err == nil {
		d, err = pgx.CollectExactlyOneRow(rows, scanDocument)
	}
	if errors.Is(err, pgx.ErrNoRows) {
		err = none
	}
	if err != nil {
		return d, fmt.Errorf("%s %q: %w", kind, id, explain(err))
	}
	return d, nil
}

// Documents returns a page of documents.
func (s *Store) Documents(ctx context.Context, q data.DocumentQuery) ([]data.Document, error) {
	rows, err := s.pool.Query(ctx, "SELECT "+documentColumns+` FROM petadesa.petadesa_documents
		WHERE kind = $1 AND id > $2 AND ($3 = '' OR owner = $3) ORDER BY id LIMIT $4`, q.Kind, q.After, q.Owner, data.PageLimit(q.Limit))
	var found []data.Document
	if err == nil {
		found, err = pgx.CollectRows(rows, scanDocument)
	}
	if err != nil {
		return nil, fmt.Errorf("list documents: %w", explain(err))
	}
	return found, nil
}

// PutDocument saves a document.
func (s *Store) PutDocument(ctx context.Context, d data.Document, expected int64) (data.Document, error) {
	if err := data.CheckDocument(&d); err != nil {
		return d, err
	}
	if expected == 0 {
		rows, err := s.pool.Query(ctx, `INSERT INTO petadesa.petadesa_documents (kind, id, body, owner) VALUES ($1, $2, $3::text::json, $4)
			ON CONFLICT DO NOTHING RETURNING `+documentColumns, d.Kind, d.ID, string(d.Body), d.Owner)
		return oneDocument(rows, err, d.Kind, d.ID, data.ErrExists)
	}
	rows, err := s.pool.Query(ctx, `UPDATE petadesa.petadesa_documents
		SET body = $3::text::json, version = version + 1, updated = date_trunc('milliseconds', clock_timestamp())
		WHERE kind = $1 AND id = $2 AND version = $4 RETURNING `+documentColumns, d.Kind, d.ID, string(d.Body), expected)
	saved, err := oneDocument(rows, err, d.Kind, d.ID, data.ErrChanged)
	if errors.Is(err, data.ErrChanged) {
		if _, missing := s.Document(ctx, d.Kind, d.ID); missing != nil {
			err = missing
		}
	}
	return saved, err
}

// DeleteDocument removes a document.
func (s *Store) DeleteDocument(ctx context.Context, kind, id string, expected int64) error {
	tag, err := s.pool.Exec(ctx, "DELETE FROM petadesa.petadesa_documents WHERE kind = $1 AND id = $2 AND ($3::bigint = 0 OR version = $3)", kind, id, expected)
	if err != nil {
		return fmt.Errorf("delete %s %q: %w", kind, id, explain(err))
	}
	if tag.RowsAffected() > 0 {
		return nil
	}
	if _, err := s.Document(ctx, kind, id); err != nil {
		return err
	}
	return fmt.Errorf("delete %s %q: %w", kind, id, data.ErrChanged)
}
