package postgis

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the schema up to date, unless it is.
func (s *Store) migrate(ctx context.Context) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	db := stdlib.OpenDBFromPool(s.pool)
	defer func() { _ = db.Close() }()
	provider, err := goose.NewProvider(goose.DialectPostgres, db, files, goose.WithTableName(schema+".migrations"),
		goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	sources := provider.ListSources()
	want := sources[len(sources)-1].Version

	var have int64
	err = s.pool.QueryRow(ctx, "SELECT coalesce(max(version_id), 0) FROM petadesa.migrations WHERE is_applied").Scan(&have)
	switch {
	case code(err) == undefinedTable || code(err) == invalidSchema:
	case err != nil:
		return fmt.Errorf("read the version of the schema: %w", err)
	case have == want:
		return nil
	case have > want:
		return fmt.Errorf("the schema has version %d, newer than %d, the newest this program knows: use a newer program", have, want)
	}
	done, err := s.upgrade(ctx, provider)
	if err != nil {
		if c := code(err); c == insufficientPrivilege || c == readOnlyTransaction {
			err = fmt.Errorf("schema %s is missing or old (version %d, want %d) and this role may not change it; open the store once with a role that may: %w", schema, have, want, err)
		}
		return err
	}
	for _, m := range done {
		s.log.Info("migrated the PostGIS schema", "version", m.Source.Version, "took", m.Duration)
	}
	return nil
}

// upgrade migrates while no other program does, in a schema that it makes if it
// is missing.
func (s *Store) upgrade(ctx context.Context, provider *goose.Provider) (done []*goose.MigrationResult, err error) {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Release()
	const key = 0x7065746164657361 // "petadesa"
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1)", int64(key)); err != nil {
		return nil, fmt.Errorf("wait for other programs to migrate: %w", err)
	}
	defer func() {
		if _, e := conn.Exec(ctx, "SELECT pg_advisory_unlock($1)", int64(key)); e != nil {
			err = errors.Join(err, e, conn.Conn().Close(ctx)) // which unlocks too
		}
	}()
	// CREATE SCHEMA IF NOT EXISTS would ask for the right to create even if it does.
	_, err = conn.Exec(ctx, "DO $$ BEGIN IF to_regnamespace('petadesa') IS NULL THEN CREATE SCHEMA petadesa; END IF; END $$")
	if err != nil {
		return nil, err
	}
	return provider.Up(ctx)
}
