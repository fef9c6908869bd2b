package postgis

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
)

// queryer is a pool or a transaction.
type queryer interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// described is a collection as the table petadesa.collections describes it.
type described struct {
	geo.Collection
	columns []data.Column
}

// describe returns the named collections, or all, in order of id.
func describe(ctx context.Context, q queryer, ids []string) ([]described, error) {
	rows, err := q.Query(ctx, `SELECT id, title, description, geometry, fields, minzoom, maxzoom, attribution, license
		FROM petadesa.collections WHERE $1::text[] IS NULL OR id = ANY ($1) ORDER BY id`, ids)
	if err != nil {
		return nil, fmt.Errorf("read the collections: %w", err)
	}
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (described, error) {
		var d described
		var fields []byte
		err := row.Scan(&d.ID, &d.Title, &d.Description, &d.Geometry, &fields, &d.MinZoom, &d.MaxZoom, &d.Attribution, &d.License)
		if err != nil {
			return d, err
		}
		if d.columns, err = data.DecodeColumns(fields); err != nil {
			return d, fmt.Errorf("collection %s: %w", d.ID, err)
		}
		d.Fields = data.Fields(d.columns)
		return d, nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the collections: %w", err)
	}
	return found, nil
}

// saveDescription stores the description of a collection.
func saveDescription(ctx context.Context, tx pgx.Tx, d described) error {
	fields, err := data.EncodeColumns(d.columns)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO petadesa.collections VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9)
		ON CONFLICT (id) DO UPDATE SET title = $2, description = $3, geometry = $4, fields = $5::jsonb, minzoom = $6, maxzoom = $7, attribution = $8, license = $9`,
		d.ID, d.Title, d.Description, string(d.Geometry), fields, d.MinZoom, d.MaxZoom, d.Attribution, d.License)
	if err != nil {
		return fmt.Errorf("describe collection %s: %w", d.ID, err)
	}
	return nil
}
