package mbtiles

import (
	"context"
	"crypto/sha256"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"net/url"
	"os"

	"github.com/paulmach/orb/maptile"
)

//go:embed schema.sql
var schema string

// ErrEmpty is what Finish returns when no tile was added.
var ErrEmpty = errors.New("an archive needs at least one tile")

// Writer writes one archive: Add for each tile in any order, then Finish, or
// Abort. The file is no archive before Finish has returned without error.
// Memory grows by some 60 bytes for each distinct content.
type Writer struct {
	db       *sql.DB
	tx       *sql.Tx
	place    *sql.Stmt
	content  *sql.Stmt
	contents map[[16]byte]int64 // hash of a content to its id
	stats    Stats
	path     string
}

// Stats counts what an archive holds.
type Stats struct {
	Tiles    uint64 // that can be asked for
	Contents uint64 // distinct tiles
	Bytes    uint64 // of the whole archive
	Data     uint64 // of the distinct tiles
	Repeated uint64 // bytes that equal tiles would have taken once more
}

// Row is a row of the table metadata.
type Row struct{ Name, Value string }

// Create begins an archive at path, where there must be no file, or an empty one.
// Nothing in it is safe from a crash before Finish.
func Create(ctx context.Context, path string) (*Writer, error) {
	if info, err := os.Stat(path); err == nil && info.Size() > 0 {
		return nil, fmt.Errorf("create %s: %w", path, os.ErrExist)
	}
	db, err := connect(path, url.Values{"_pragma": {"journal_mode(OFF)", "synchronous(OFF)", "locking_mode(EXCLUSIVE)"}})
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	w := &Writer{db: db, contents: map[[16]byte]int64{}, path: path}
	if err := w.begin(ctx); err != nil {
		db.Close()
		return nil, fmt.Errorf("create %s: %w", path, err)
	}
	return w, nil
}

func (w *Writer) begin(ctx context.Context) (err error) {
	if _, err = w.db.ExecContext(ctx, schema); err != nil {
		return err
	}
	if w.tx, err = w.db.BeginTx(ctx, nil); err != nil {
		return err
	}
	if w.content, err = w.tx.PrepareContext(ctx, `INSERT INTO images (tile_id, tile_data) VALUES (?, ?)`); err != nil {
		return err
	}
	w.place, err = w.tx.PrepareContext(ctx, `INSERT INTO map (zoom_level, tile_column, tile_row, tile_id) VALUES (?, ?, ?, ?)`)
	return err
}

// Add adds a tile.
func (w *Writer) Add(ctx context.Context, at maptile.Tile, data []byte) error {
	if at.Z > MaxZoom || at.X>>at.Z != 0 || at.Y>>at.Z != 0 {
		return fmt.Errorf("add tile %d/%d/%d: there is no such tile", at.Z, at.X, at.Y)
	}
	if len(data) == 0 || len(data) > MaxTile {
		return fmt.Errorf("add tile %d/%d/%d: want 1 to %d bytes, not %d", at.Z, at.X, at.Y, MaxTile, len(data))
	}
	sum := sha256.Sum256(data)
	key := [16]byte(sum[:16])
	id, known := w.contents[key]
	if !known {
		id = int64(len(w.contents) + 1)
		if _, err := w.content.ExecContext(ctx, id, data); err != nil {
			return fmt.Errorf("add tile %d/%d/%d: %w", at.Z, at.X, at.Y, err)
		}
		w.contents[key] = id
		w.stats.Data += uint64(len(data))
	} else {
		w.stats.Repeated += uint64(len(data))
	}
	if _, err := w.place.ExecContext(ctx, int(at.Z), int64(at.X), northward(at), id); err != nil {
		return fmt.Errorf("add tile %d/%d/%d: %w", at.Z, at.X, at.Y, err)
	}
	w.stats.Tiles++
	return nil
}

// Finish writes the metadata and closes the file.
func (w *Writer) Finish(ctx context.Context, metadata []Row) (Stats, error) {
	if w.stats.Tiles == 0 {
		w.Abort()
		return Stats{}, ErrEmpty
	}
	for _, row := range metadata {
		if _, err := w.tx.ExecContext(ctx, `INSERT INTO metadata (name, value) VALUES (?, ?)`, row.Name, row.Value); err != nil {
			w.Abort()
			return Stats{}, fmt.Errorf("metadata %q: %w", row.Name, err)
		}
	}
	if err := errors.Join(w.tx.Commit(), w.db.Close()); err != nil {
		return Stats{}, fmt.Errorf("finish %s: %w", w.path, err)
	}
	info, err := os.Stat(w.path)
	if err != nil {
		return Stats{}, err
	}
	w.stats.Contents, w.stats.Bytes = uint64(len(w.contents)), uint64(info.Size())
	return w.stats, nil
}

// Abort closes the file, which is of no use then. It does nothing after Finish.
func (w *Writer) Abort() {
	_ = w.tx.Rollback() // there may be nothing to roll back, and no journal
	_ = w.db.Close()
}
