package postgis

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/petadesa/petadesa/data"
)

// AddToken keeps a token.
func (s *Store) AddToken(ctx context.Context, t data.Token) error {
	var expires *time.Time
	if !t.Expires.IsZero() {
		expires = &t.Expires
	}
	_, err := s.pool.Exec(ctx, "INSERT INTO petadesa.petadesa_tokens (id, name, role, hash, expires) VALUES ($1, $2, $3, $4, $5)", t.ID, t.Name, t.Role, t.Hash, expires)
	if err != nil {
		return fmt.Errorf("add a token: %w", explain(err))
	}
	return nil
}

// Token returns the token of that id.
func (s *Store) Token(ctx context.Context, id string) (data.Token, error) {
	return data.OneToken(s.tokens(ctx, "WHERE id = $1", id))
}

// Tokens lists all tokens.
func (s *Store) Tokens(ctx context.Context) ([]data.Token, error) {
	found, err := s.tokens(ctx, "ORDER BY name")
	if err != nil {
		return nil, fmt.Errorf("list tokens: %w", err)
	}
	return found, nil
}

func (s *Store) tokens(ctx context.Context, which string, args ...any) ([]data.Token, error) {
	rows, err := s.pool.Query(ctx, "SELECT id, name, role, hash, created, expires, used FROM petadesa.petadesa_tokens "+which, args...)
	if err != nil {
		return nil, explain(err)
	}
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (t data.Token, err error) {
		var expires, used *time.Time
		err = row.Scan(&t.ID, &t.Name, &t.Role, &t.Hash, &t.Created, &expires, &used)
		t.Created = t.Created.UTC()
		for from, to := range map[*time.Time]*time.Time{expires: &t.Expires, used: &t.Used} {
			if from != nil {
				*to = from.UTC()
			}
		}
		return t, err
	})
	return found, explain(err)
}

// RevokeToken removes a token.
func (s *Store) RevokeToken(ctx context.Context, nameOrID string) error {
	tag, err := s.pool.Exec(ctx, "DELETE FROM petadesa.petadesa_tokens WHERE name = $1 OR id = $1", nameOrID)
	if err == nil && tag.RowsAffected() == 0 {
		err = data.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("revoke token %q: %w", nameOrID, explain(err))
	}
	return nil
}

// TokenUsed notes that a token was used.
func (s *Store) TokenUsed(ctx context.Context, id string) error {
	if _, err := s.pool.Exec(ctx, "UPDATE petadesa.petadesa_tokens SET used = date_trunc('milliseconds', clock_timestamp()) WHERE id = $1", id); err != nil {
		return fmt.Errorf("note the use of a token: %w", explain(err))
	}
	return nil
}
