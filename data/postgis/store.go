package postgis

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/petadesa/petadesa/data"
)

const schema = "petadesa"

// Store keeps collections in a PostGIS database.
type Store struct {
	pool *pgxpool.Pool
	log  *slog.Logger
}

var _ data.Store = (*Store)(nil)

// Option changes how Open opens a store.
type Option func(*Store)

// WithLogger has the store log migrations and lost connections.
func WithLogger(l *slog.Logger) Option { return func(s *Store) { s.log = l } }

// Open connects to the database of a connection string (a URL or key=value
// words, completed by the PG* environment variables) and brings its schema up
// to date. Several servers may do so at the same time. A role that may not
// change the schema can open a database whose schema is current.
//
// The error and the log never hold the connection string.
func Open(ctx context.Context, url string, options ...Option) (*Store, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("open PostGIS store: %w", err)
	}
	if config.ConnConfig.RuntimeParams["application_name"] == "" {
		config.ConnConfig.RuntimeParams["application_name"] = "petadesa"
	}
	// Tables change their columns under us, and a pooler may be in between: no
	// statement is kept prepared.
	config.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeDescribeExec
	s := &Store{log: slog.New(slog.DiscardHandler)}
	for _, option := range options {
		option(s)
	}
	if s.pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return nil, fmt.Errorf("open PostGIS store: %w", err)
	}
	if err := s.migrate(ctx); err != nil {
		s.pool.Close()
		return nil, fmt.Errorf("open PostGIS store: %w", err)
	}
	return s, nil
}

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.pool.Ping(ctx); err != nil {
		return fmt.Errorf("PostGIS store: %w", err)
	}
	return nil
}

// Close closes all connections but those of watches, which end with their
// contexts.
func (s *Store) Close() error {
	s.pool.Close()
	return nil
}

// Drop removes a collection and its table.
func (s *Store) Drop(ctx context.Context, collection string) error {
	return s.inTransaction(ctx, func(tx pgx.Tx) error {
		if err := lockCollection(ctx, tx, collection); err != nil {
			return err
		}
		err := remembered(ctx, tx, "drop", collection, func() error {
			tag, err := tx.Exec(ctx, "DELETE FROM petadesa.collections WHERE id = $1", collection)
			if err == nil && tag.RowsAffected() == 0 {
				err = data.ErrNotFound
			}
			if err == nil {
				_, err = tx.Exec(ctx, "DROP TABLE IF EXISTS "+table(collection))
			}
			return err
		})
		if err != nil {
			return fmt.Errorf("drop collection %s: %w", collection, explain(err))
		}
		return nil
	})
}

// inTransaction runs work and commits, or rolls back when it fails.
func (s *Store) inTransaction(ctx context.Context, work func(pgx.Tx) error) error {
	tx, err := s.pool.Begin(ctx)
	if err != nil {
		return fmt.Errorf("begin transaction: %w", err)
	}
	if err := work(tx); err != nil {
		rollback(ctx, tx)
		return err
	}
	if err := tx.Commit(ctx); err != nil {
		return fmt.Errorf("commit: %w", explain(err))
	}
	return nil
}

// rollback also works when ctx has ended, so that the connection stays usable.
func rollback(ctx context.Context, tx pgx.Tx) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	_ = tx.Rollback(ctx) // a connection that cannot roll back is closed by the pool
}

// lockCollection makes the transaction the only writer of the collection.
func lockCollection(ctx context.Context, tx pgx.Tx, id string) error {
	const family = 0x70657461 // "peta"
	if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1::int4, hashtext($2))", family, id); err != nil {
		return fmt.Errorf("wait for other writers of collection %s: %w", id, err)
	}
	return nil
}

// table returns the quoted name of a collection's table.
func table(id string) string { return pgx.Identifier{schema, id}.Sanitize() }

func quote(name string) string { return pgx.Identifier{name}.Sanitize() }

var errLayoutChanged = errors.New("the table was changed while it was read")
