package gpkg

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	_ "embed"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// service makes the tables of what is kept beside the collections.
//
//go:embed service.sql
var service string

// upgrade gives a file that an older program made the tables it lacks. A file
// that may not be written is read as it is.
func (s *Store) upgrade(ctx context.Context) error {
	var tables int
	err := s.read.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master WHERE name = 'petadesa_service'").Scan(&tables)
	if err != nil || tables > 0 {
		return err
	}
	err = s.inTransaction(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, service)
		return err
	})
	e := (*sqlite.Error)(nil)
	if errors.As(err, &e) && e.Code()&0xff == lib.SQLITE_READONLY {
		return nil
	}
	return err
}

// serve runs one statement that changes documents or tokens.
func (s *Store) serve(ctx context.Context, what string, work func(*sql.Tx) error) error {
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		err := work(tx)
		if err == nil {
			_, err = tx.ExecContext(ctx, "UPDATE petadesa_service SET revision = revision + 1")
		}
		if err != nil {
			return fmt.Errorf("%s: %w", what, explain(err))
		}
		return nil
	})
}

// now is the time in the form in which it is kept, as SQL.
const now = "strftime('%Y-%m-%dT%H:%M:%fZ','now')"

const timeForm = "2006-01-02T15:04:05.000Z"

// moment reads a time that may be missing.
type moment struct{ time.Time }

// Scan implements sql.Scanner.
func (m *moment) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		m.Time = time.Time{}
		return nil
	case time.Time: // the driver knows the form
		m.Time = v.UTC()
		return nil
	case string:
		var err error
		m.Time, err = time.Parse(timeForm, v)
		return err
	}
	return fmt.Errorf("a time cannot be read from %T", v)
}
