package gpkg

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/petadesa/petadesa/data"
)

// AddToken keeps a token.
func (s *Store) AddToken(ctx context.Context, t data.Token) error {
	var expires any
	if !t.Expires.IsZero() {
		expires = t.Expires.UTC().Format(timeForm)
	}
	return s.serve(ctx, "add a token", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO petadesa_tokens (id, name, role, hash, expires) VALUES (?, ?, ?, ?, ?)", t.ID, t.Name, t.Role, t.Hash, expires)
		if isTwice(err) {
			return fmt.Errorf("%w: %q", data.ErrExists, t.Name)
		}
		return err
	})
}

// Token returns the token of that id.
func (s *Store) Token(ctx context.Context, id string) (data.Token, error) {
	return data.OneToken(s.tokens(ctx, "WHERE id = ?", id))
}

// Tokens lists all tokens.
func (s *Store) Tokens(ctx context.Context) ([]data.Token, error) {
	found, err := s.tokens(ctx, "ORDER BY name")
	if err != nil {
		return nil, fmt.Errorf("list tokens: %w", err)
	}
	return found, nil
}

func (s *Store) tokens(ctx context.Context, which string, args ...any) (found []data.Token, err error) {
	rows, err := s.read.QueryContext(ctx, "SELECT id, name, role, hash, created, expires, used FROM petadesa_tokens "+which, args...)
	if err != nil {
		return nil, explain(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var t data.Token
		var created, expires, used moment
		if err := rows.Scan(&t.ID, &t.Name, &t.Role, &t.Hash, &created, &expires, &used); err != nil {
			return nil, explain(err)
		}
		t.Created, t.Expires, t.Used = created.Time, expires.Time, used.Time
		found = append(found, t)
	}
	return found, explain(rows.Err())
}

// RevokeToken removes a token.
func (s *Store) RevokeToken(ctx context.Context, nameOrID string) error {
	return s.serve(ctx, fmt.Sprintf("revoke token %q", nameOrID), func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, "DELETE FROM petadesa_tokens WHERE name = ?1 OR id = ?1", nameOrID)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err == nil && n == 0 {
			return data.ErrNotFound
		}
		return nil
	})
}

// TokenUsed notes that a token was used.
func (s *Store) TokenUsed(ctx context.Context, id string) error {
	return s.serve(ctx, "note the use of a token", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE petadesa_tokens SET used = "+now+" WHERE id = ?", id)
		return err
	})
}
