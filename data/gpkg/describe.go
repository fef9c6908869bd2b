package gpkg

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
)

// described is a collection as the table petadesa_collections describes it.
type described struct {
	geo.Collection
	columns  []data.Column
	revision string
}

// describe returns the named collections, or all, in order of id.
func describe(ctx context.Context, tx *sql.Tx, ids []string) ([]described, error) {
	found, err := describeAll(ctx, tx)
	if err != nil {
		return nil, fmt.Errorf("read the collections: %w", err)
	}
	if len(ids) > 0 {
		found = slices.DeleteFunc(found, func(d described) bool { return !slices.Contains(ids, d.ID) })
	}
	return found, nil
}

func describeAll(ctx context.Context, tx *sql.Tx) (found []described, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT id, title, description, geometry, fields, minzoom, maxzoom, attribution, license, revision
		FROM petadesa_collections ORDER BY id`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var d described
		var fields []byte
		err := rows.Scan(&d.ID, &d.Title, &d.Description, &d.Geometry, &fields, &d.MinZoom, &d.MaxZoom, &d.Attribution, &d.License, &d.revision)
		if err != nil {
			return nil, err
		}
		if d.columns, err = data.DecodeColumns(fields); err != nil {
			return nil, fmt.Errorf("collection %s: %w", d.ID, err)
		}
		d.Fields = data.Fields(d.columns)
		found = append(found, d)
	}
	return found, rows.Err()
}

// saveDescription stores the description of a collection, with a new revision.
func saveDescription(ctx context.Context, tx *sql.Tx, d described) error {
	fields, err := data.EncodeColumns(d.columns)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT OR REPLACE INTO petadesa_collections (id, title, description, geometry, fields, minzoom, maxzoom, attribution, license)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		d.ID, d.Title, d.Description, string(d.Geometry), fields, d.MinZoom, d.MaxZoom, d.Attribution, d.License)
	if err != nil {
		return fmt.Errorf("describe collection %s: %w", d.ID, err)
	}
	return nil
}

// quote makes an SQL name of any text without NUL.
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
