package gpkg

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"

	_ "embed"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"github.com/petadesa/petadesa/data"
)

//go:embed schema.sql
var schema string

//go:embed metadata.sql
var metadataSchema string

// Store keeps collections in a GeoPackage.
type Store struct {
	path  string
	file  os.FileInfo // as it was opened
	read  *sql.DB
	write *sql.DB // one connection: SQLite has one writer at a time
}

var _ data.Store = (*Store)(nil)

// Open opens the GeoPackage at path, or makes it. A new file appears complete or
// not at all. Any other file is left as it is and refused with data.ErrNotAStore.
func Open(ctx context.Context, path string) (*Store, error) {
	s, err := open(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("open GeoPackage %s: %w", path, explain(err))
	}
	return s, nil
}

func open(ctx context.Context, path string) (*Store, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	file, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		if err = create(ctx, path); err == nil {
			file, err = os.Stat(path)
		}
	}
	if err != nil {
		return nil, err
	}
	if err := examine(ctx, path, file); err != nil {
		return nil, err
	}
	s := &Store{path: path, file: file}
	if s.read, err = connect(path, url.Values{"_query_only": {"1"}}); err != nil {
		return nil, err
	}
	if s.write, err = connect(path, url.Values{"_txlock": {"immediate"}, "_sync": {"FULL"}, "_journal_mode": {"WAL"}, "_pragma": {"cache_size(-65536)", "journal_size_limit(67108864)"}}); err != nil {
		return nil, errors.Join(err, s.read.Close())
	}
	s.write.SetMaxOpenConns(1)
	if err := s.upgrade(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// connect prepares a pool of connections; the file is opened when first needed.
func connect(path string, parameters url.Values) (*sql.DB, error) {
	parameters.Set("_busy_timeout", "10000")
	parameters.Set("_dqs", "0")
	return sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+parameters.Encode())
}

// create makes an empty store beside path and then gives it its name, unless
// another process was faster.
func create(ctx context.Context, path string) (err error) {
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		return err
	}
	made := fmt.Sprintf("%s.%x.new", path, rand.Uint64())
	defer func() {
		for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
			if e := os.Remove(made + suffix); e != nil && !errors.Is(e, os.ErrNotExist) {
				err = errors.Join(err, e)
			}
		}
	}()
	db, err := connect(made, url.Values{"_sync": {"FULL"}, "_journal_mode": {"WAL"}})
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, schema+service)
	if err = errors.Join(err, db.Close()); err != nil {
		return err
	}
	if err := os.Link(made, path); err == nil || errors.Is(err, os.ErrExist) {
		return nil
	}
	return os.Rename(made, path) // a file system without links
}

// examine reports what keeps the file from being a store, without changing it.
func examine(ctx context.Context, path string, file os.FileInfo) (err error) {
	if !file.Mode().IsRegular() {
		return fmt.Errorf("%w: it is not a file", data.ErrNotAStore)
	}
	if file.Size() == 0 {
		return fmt.Errorf("%w: the file is empty; remove it to have a new one made", data.ErrNotAStore)
	}
	db, err := connect(path, url.Values{"mode": {"ro"}})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	const want = 1196444487 // "GPKG"
	var kind, tables int
	if err := db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&kind); err != nil {
		return err
	}
	if kind != want {
		return fmt.Errorf("%w: it is an SQLite database, but no GeoPackage", data.ErrNotAStore)
	}
	err = db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master WHERE name = 'petadesa_collections'").Scan(&tables)
	if err == nil && tables == 0 {
		err = fmt.Errorf("%w: it is a GeoPackage made by another program; import its layers into a store instead", data.ErrNotAStore)
	}
	return err
}

// Ping reports whether the file answers and is still the one that was opened.
func (s *Store) Ping(ctx context.Context) error {
	err := s.present()
	if err == nil {
		err = s.read.QueryRowContext(ctx, "SELECT count(*) FROM petadesa_collections").Scan(new(int))
	}
	if err != nil {
		return fmt.Errorf("GeoPackage %s: %w", s.path, explain(err))
	}
	return nil
}

func (s *Store) present() error {
	now, err := os.Stat(s.path)
	if err == nil && !os.SameFile(now, s.file) {
		err = errors.New("the file was replaced by another since it was opened")
	}
	return err
}

// Close closes the file. Watches end.
func (s *Store) Close() error {
	return errors.Join(s.read.Close(), s.write.Close())
}

// Drop removes a collection and its table.
func (s *Store) Drop(ctx context.Context, collection string) error {
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		err := remembered(ctx, tx, "drop", collection, func() error {
			stored, err := describe(ctx, tx, []string{collection})
			if err == nil && len(stored) == 0 {
				err = data.ErrNotFound
			}
			if err == nil {
				err = dropTable(ctx, tx, collection)
			}
			if err == nil {
				_, err = tx.ExecContext(ctx, "DELETE FROM petadesa_collections WHERE id = ?", collection)
			}
			return err
		})
		if err != nil {
			return fmt.Errorf("drop collection %s: %w", collection, explain(err))
		}
		return nil
	})
}

// inTransaction runs work as the only writer of the file and commits, or rolls
// back when it fails.
func (s *Store) inTransaction(ctx context.Context, work func(*sql.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin transaction: %w", explain(err))
	}
	if err := work(tx); err != nil {
		_ = tx.Rollback() // also done when ctx ended; the first error counts
		return errors.Join(err, ctx.Err())
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", errors.Join(explain(err), ctx.Err()))
	}
	return nil
}
