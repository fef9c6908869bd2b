package postgis

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo/lattice"
	"github.com/petadesa/petadesa/geo/raster"
)

// Rasters reads the descriptions and the lists of blocks in one statement.
func (s *Store) Rasters(ctx context.Context) (found []raster.Info, err error) {
	rows, err := s.pool.Query(ctx, `SELECT r.name, r.description, coalesce(b."row", 0), coalesce(b.col, 0), coalesce(b.hash, '')
		FROM petadesa.rasters r LEFT JOIN petadesa.raster_blocks b ON b.raster = r.name ORDER BY r.name, b."row", b.col`)
	if err != nil {
		return nil, fmt.Errorf("read the rasters: %w", err)
	}
	var name string
	var description []byte
	var b raster.BlockInfo
	_, err = pgx.ForEachRow(rows, []any{&name, &description, &b.Row, &b.Col, &b.Hash}, func() error {
		if n := len(found); n == 0 || found[n-1].Name != name {
			var info raster.Info
			if err := json.Unmarshal(description, &info.Description); err != nil {
				return fmt.Errorf("description of %s: %w", name, err)
			}
			info.Name = name
			found = append(found, info)
		}
		if last := &found[len(found)-1]; b.Hash != "" {
			last.Blocks = append(last.Blocks, b)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the rasters: %w", err)
	}
	return found, nil
}

// ReadBlock reads a block of a raster.
func (s *Store) ReadBlock(ctx context.Context, name string, b lattice.Block) ([]byte, error) {
	return readBlock(ctx, s.pool, name, b)
}

func readBlock(ctx context.Context, q queryer, name string, b lattice.Block) ([]byte, error) {
	rows, err := q.Query(ctx, `SELECT data FROM petadesa.raster_blocks WHERE raster = $1 AND "row" = $2 AND col = $3`, name, b.Row, b.Col)
	if err != nil {
		return nil, fmt.Errorf("read a block of raster %s: %w", name, err)
	}
	encoded, err := pgx.CollectExactlyOneRow(rows, pgx.RowTo[[]byte])
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil, raster.ErrStale
	case err != nil:
		return nil, fmt.Errorf("read a block of raster %s: %w", name, err)
	}
	return encoded, nil
}

// WriteRaster writes the batch in one transaction. It waits for other writers of
// the same raster.
func (s *Store) WriteRaster(ctx context.Context, b data.RasterBatch) error {
	if err := data.CheckRaster(&b); err != nil {
		return err
	}
	name := b.Description.Name
	description, err := json.Marshal(b.Description)
	if err != nil {
		return err
	}
	return s.inTransaction(ctx, func(tx pgx.Tx) error {
		if err := lockCollection(ctx, tx, name); err != nil {
			return err
		}
		if b.Mode == data.Replace {
			if _, err := tx.Exec(ctx, `DELETE FROM petadesa.raster_blocks WHERE raster = $1`, name); err != nil {
				return fmt.Errorf("write raster %s: %w", name, explain(err))
			}
		}
		if _, err := tx.Exec(ctx, `INSERT INTO petadesa.rasters (name, description) VALUES ($1, $2::jsonb)
			ON CONFLICT (name) DO UPDATE SET description = excluded.description`, name, description); err != nil {
			return fmt.Errorf("write raster %s: %w", name, explain(err))
		}
		old := func(at lattice.Block) ([]byte, error) {
			encoded, err := readBlock(ctx, tx, name, at)
			if errors.Is(err, raster.ErrStale) {
				return nil, nil
			}
			return encoded, err
		}
		for stored, err := range data.StoredBlocks(ctx, b, old) {
			if err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, `INSERT INTO petadesa.raster_blocks (raster, "row", col, hash, data) VALUES ($1, $2, $3, $4, $5)
				ON CONFLICT (raster, "row", col) DO UPDATE SET hash = excluded.hash, data = excluded.data`,
				name, stored.Row, stored.Col, stored.Hash, stored.Encoded); err != nil {
				return fmt.Errorf("write raster %s: %w", name, explain(err))
			}
		}
		return nil
	})
}

// DropRaster removes a raster and its blocks.
func (s *Store) DropRaster(ctx context.Context, name string) error {
	return s.inTransaction(ctx, func(tx pgx.Tx) error {
		if err := lockCollection(ctx, tx, name); err != nil {
			return err
		}
		tag, err := tx.Exec(ctx, "DELETE FROM petadesa.rasters WHERE name = $1", name)
		if err == nil && tag.RowsAffected() == 0 {
			err = data.ErrNotFound
		}
		if err != nil {
			return fmt.Errorf("drop raster %s: %w", name, explain(err))
		}
		return nil
	})
}
