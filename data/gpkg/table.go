package gpkg

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
)

func columnType(t geo.FieldType) string {
	switch t {
	case geo.Integer:
		return "INTEGER"
	case geo.Number:
		return "REAL"
	case geo.Boolean:
		return "BOOLEAN"
	default:
		return "TEXT"
	}
}

func geometryType(t geo.GeometryType) string {
	switch t {
	case geo.Point:
		return "POINT"
	case geo.Line:
		return "MULTILINESTRING"
	case geo.Polygon:
		return "MULTIPOLYGON"
	default:
		return "GEOMETRY"
	}
}

func rtree(id string) string { return quote("rtree_" + id + "_geom") }

// createTable makes a collection's table, its index and its entries in the
// tables of the GeoPackage, but not yet its triggers. A feature that is drawn in
// another program is given an id.
func createTable(ctx context.Context, tx *sql.Tx, d described) error {
	table := "CREATE TABLE " + quote(d.ID) + ` (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, id TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16))))`
	if d.Geometry != geo.None {
		table += ", geom " + geometryType(d.Geometry)
		if d.Geometry == geo.Line || d.Geometry == geo.Polygon {
			table += " NOT NULL"
		}
	}
	for _, c := range d.columns {
		table += ", " + quote(c.Column) + " " + columnType(c.Type)
	}
	if _, err := tx.ExecContext(ctx, table+")"); err != nil {
		if strings.Contains(err.Error(), "already exists") {
			return fmt.Errorf("%w: there is a table of that name that is not a collection", data.ErrInvalid)
		}
		return err
	}
	if d.Geometry == geo.None {
		_, err := tx.ExecContext(ctx, "INSERT INTO gpkg_contents (table_name, data_type, identifier, description) VALUES (?, 'attributes', ?, ?)",
			d.ID, d.ID, d.Title)
		return err
	}
	for _, step := range []struct {
		statement string
		args      []any
	}{
		{"INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES (?, 'features', ?, ?, ?)", []any{d.ID, d.ID, d.Title, srid}},
		{"INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)", []any{d.ID, geometryType(d.Geometry), srid}},
		{"INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')", []any{d.ID}},
		{"CREATE VIRTUAL TABLE " + rtree(d.ID) + " USING rtree(id, minx, maxx, miny, maxy)", nil},
	} {
		if _, err := tx.ExecContext(ctx, step.statement, step.args...); err != nil {
			return err
		}
	}
	return nil
}

// dropTable removes a collection's table and every mention of it, also those of
// GDAL and QGIS.
func dropTable(ctx context.Context, tx *sql.Tx, id string) error {
	for _, name := range []string{rtree(id), quote(id)} {
		if _, err := tx.ExecContext(ctx, "DROP TABLE IF EXISTS "+name); err != nil {
			return err
		}
	}
	for _, mentions := range []string{"gpkg_extensions", "gpkg_geometry_columns", "gpkg_ogr_contents", "gpkg_data_columns", "gpkg_metadata_reference", "gpkg_contents"} {
		exists := false
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?", mentions).Scan(&exists); err != nil {
			return err
		}
		if exists {
			if _, err := tx.ExecContext(ctx, "DELETE FROM "+mentions+" WHERE lower(table_name) = ?", id); err != nil {
				return err
			}
		}
	}
	return nil
}

// widen enters the bounds of what was written, and the time.
func widen(ctx context.Context, tx *sql.Tx, id string, b bounds) error {
	if b.empty() {
		_, err := tx.ExecContext(ctx, "UPDATE gpkg_contents SET last_change = "+now+" WHERE table_name = ?", id)
		return err
	}
	_, err := tx.ExecContext(ctx, "UPDATE gpkg_contents SET last_change = "+now+`,
		min_x = min(coalesce(min_x, ?2), ?2), min_y = min(coalesce(min_y, ?3), ?3),
		max_x = max(coalesce(max_x, ?4), ?4), max_y = max(coalesce(max_y, ?5), ?5) WHERE table_name = ?1`,
		id, b.Min[0], b.Min[1], b.Max[0], b.Max[1])
	return err
}
