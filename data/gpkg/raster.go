package gpkg

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	_ "embed"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo/lattice"
	"github.com/petadesa/petadesa/geo/raster"
)

//go:embed rasters.sql
var rasterSchema string

// rasterSource is a database or a transaction.
type rasterSource interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// hasRasters says whether there are tables for rasters yet.
func hasRasters(ctx context.Context, q rasterSource) (exists bool, err error) {
	err = q.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master WHERE name = 'petadesa_rasters'").Scan(&exists)
	return exists, err
}

// Rasters reads the descriptions and the lists of blocks in one transaction.
func (s *Store) Rasters(ctx context.Context) ([]raster.Info, error) {
	tx, err := s.read.BeginTx(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("read the rasters: %w", explain(err))
	}
	defer func() { _ = tx.Rollback() }()
	found, err := readRasters(ctx, tx)
	if err != nil {
		return nil, fmt.Errorf("read the rasters: %w", explain(err))
	}
	return found, nil
}

func readRasters(ctx context.Context, tx *sql.Tx) (found []raster.Info, err error) {
	if has, err := hasRasters(ctx, tx); err != nil || !has {
		return nil, err
	}
	rows, err := tx.QueryContext(ctx, `SELECT r.name, r.description, coalesce(b."row", 0), coalesce(b.col, 0), coalesce(b.hash, '')
		FROM petadesa_rasters r LEFT JOIN petadesa_raster_blocks b ON b.raster = r.name ORDER BY r.name, b."row", b.col`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var name, description string
		var b raster.BlockInfo
		if err := rows.Scan(&name, &description, &b.Row, &b.Col, &b.Hash); err != nil {
			return nil, err
		}
		if n := len(found); n == 0 || found[n-1].Name != name {
			var info raster.Info
			if err := json.Unmarshal([]byte(description), &info.Description); err != nil {
				return nil, fmt.Errorf("description of %s: %w", name, err)
			}
			info.Name = name
			found = append(found, info)
		}
		if last := &found[len(found)-1]; b.Hash != "" {
			last.Blocks = append(last.Blocks, b)
		}
	}
	return found, rows.Err()
}

// ReadBlock reads a block of a raster.
func (s *Store) ReadBlock(ctx context.Context, name string, b lattice.Block) ([]byte, error) {
	encoded, err := readBlock(ctx, s.read, name, b)
	switch {
	case err != nil:
		return nil, fmt.Errorf("read a block of raster %s: %w", name, explain(err))
	case encoded == nil:
		return nil, raster.ErrStale
	}
	return encoded, nil
}

// readBlock returns nil when there is no such block.
func readBlock(ctx context.Context, q rasterSource, name string, b lattice.Block) (encoded []byte, err error) {
	if has, err := hasRasters(ctx, q); err != nil || !has {
		return nil, err
	}
	err = q.QueryRowContext(ctx, `SELECT data FROM petadesa_raster_blocks WHERE raster = ? AND "row" = ? AND col = ?`, name, b.Row, b.Col).Scan(&encoded)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return encoded, err
}

// WriteRaster writes the batch in one transaction.
func (s *Store) WriteRaster(ctx context.Context, b data.RasterBatch) error {
	if err := data.CheckRaster(&b); err != nil {
		return err
	}
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		if err := writeRaster(ctx, tx, b); err != nil {
			return fmt.Errorf("write raster %s: %w", b.Description.Name, explain(err))
		}
		return nil
	})
}

func writeRaster(ctx context.Context, tx *sql.Tx, b data.RasterBatch) error {
	if _, err := tx.ExecContext(ctx, rasterSchema); err != nil {
		return err
	}
	name := b.Description.Name
	description, err := json.Marshal(b.Description)
	if err != nil {
		return err
	}
	if b.Mode == data.Replace {
		if _, err := tx.ExecContext(ctx, "DELETE FROM petadesa_raster_blocks WHERE raster = ?", name); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO petadesa_rasters (name, description, revision) VALUES (?1, ?2, hex(randomblob(8)))
		ON CONFLICT (name) DO UPDATE SET description = excluded.description, revision = excluded.revision`, name, string(description)); err != nil {
		return err
	}
	old := func(at lattice.Block) ([]byte, error) { return readBlock(ctx, tx, name, at) }
	for stored, err := range data.StoredBlocks(ctx, b, old) {
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO petadesa_raster_blocks (raster, "row", col, hash, data) VALUES (?, ?, ?, ?, ?)`,
			name, stored.Row, stored.Col, stored.Hash, stored.Encoded); err != nil {
			return err
		}
	}
	return nil
}

// DropRaster removes a raster and its blocks.
func (s *Store) DropRaster(ctx context.Context, name string) error {
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		has, err := hasRasters(ctx, tx)
		if err == nil && !has {
			err = data.ErrNotFound
		}
		if err == nil {
			_, err = tx.ExecContext(ctx, "DELETE FROM petadesa_raster_blocks WHERE raster = ?", name)
		}
		if err == nil {
			var result sql.Result
			if result, err = tx.ExecContext(ctx, "DELETE FROM petadesa_rasters WHERE name = ?", name); err == nil {
				if n, _ := result.RowsAffected(); n == 0 { // SQLite always knows
					err = data.ErrNotFound
				}
			}
		}
		if err != nil {
			return fmt.Errorf("drop raster %s: %w", name, explain(err))
		}
		return nil
	})
}

// rasterRevisions returns the revision of each raster, another after each change.
func rasterRevisions(ctx context.Context, tx *sql.Tx) (map[string]string, error) {
	if has, err := hasRasters(ctx, tx); err != nil || !has {
		return nil, err
	}
	rows, err := tx.QueryContext(ctx, "SELECT name, revision FROM petadesa_rasters")
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	found := map[string]string{}
	for rows.Next() {
		var name, revision string
		if err := rows.Scan(&name, &revision); err != nil {
			return nil, err
		}
		found[name] = revision
	}
	return found, rows.Err()
}
