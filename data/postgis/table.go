package postgis

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
)

func columnType(t geo.FieldType) string {
	switch t {
	case geo.Integer:
		return "bigint"
	case geo.Number:
		return "double precision"
	case geo.Boolean:
		return "boolean"
	default:
		return "text"
	}
}

func geometryType(t geo.GeometryType) string {
	switch t {
	case geo.Point:
		return "geometry(Point, 4326)"
	case geo.Line:
		return "geometry(MultiLineString, 4326) NOT NULL"
	case geo.Polygon:
		return "geometry(MultiPolygon, 4326) NOT NULL"
	default:
		return "geometry(Geometry, 4326)"
	}
}

// createTable makes a collection's table without keys; completeTable adds them
// when it is filled, which is faster. A feature that is drawn in another program
// is given an id.
func createTable(ctx context.Context, tx pgx.Tx, d described) error {
	var q strings.Builder
	q.WriteString("CREATE TABLE " + table(d.ID) + ` (id text COLLATE "C" NOT NULL DEFAULT gen_random_uuid()::text`)
	if d.Geometry != geo.None {
		q.WriteString(", geom " + geometryType(d.Geometry))
	}
	for _, c := range d.columns {
		q.WriteString(", " + quote(c.Column) + " " + columnType(c.Type))
	}
	q.WriteString(")")
	_, err := tx.Exec(ctx, q.String())
	return err
}

func completeTable(ctx context.Context, tx pgx.Tx, d described) error {
	statements := []string{
		"ALTER TABLE " + table(d.ID) + " ADD PRIMARY KEY (id)",
		"CREATE TRIGGER notify_features AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON " + table(d.ID) +
			" FOR EACH STATEMENT EXECUTE FUNCTION petadesa.notify_features()",
	}
	if d.Geometry != geo.None {
		statements = append(statements, createIndex(d.ID))
	}
	for _, statement := range statements {
		if _, err := tx.Exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

func createIndex(id string) string { return "CREATE INDEX ON " + table(id) + " USING gist (geom)" }

// alterTable gives the table of a collection, as it is, the columns and the
// geometry it shall have. The table must be empty if the geometry changes.
func alterTable(ctx context.Context, tx pgx.Tx, is, shall described) error {
	var changes []string
	for _, c := range is.columns {
		if !slices.ContainsFunc(shall.columns, same(c)) {
			changes = append(changes, "DROP COLUMN "+quote(c.Column))
		}
	}
	for _, c := range shall.columns {
		if !slices.ContainsFunc(is.columns, same(c)) {
			changes = append(changes, "ADD COLUMN "+quote(c.Column)+" "+columnType(c.Type))
		}
	}
	regeom := is.Geometry != shall.Geometry
	if regeom && is.Geometry != geo.None {
		changes = append(changes, "DROP COLUMN geom")
	}
	if regeom && shall.Geometry != geo.None {
		changes = append(changes, "ADD COLUMN geom "+geometryType(shall.Geometry))
	}
	if len(changes) == 0 {
		return nil
	}
	if _, err := tx.Exec(ctx, "ALTER TABLE "+table(is.ID)+" "+strings.Join(changes, ", ")); err != nil {
		return err
	}
	if regeom && shall.Geometry != geo.None {
		_, err := tx.Exec(ctx, createIndex(is.ID))
		return err
	}
	return nil
}

// same finds the column of that name and type.
func same(c data.Column) func(data.Column) bool {
	return func(other data.Column) bool { return c.Column == other.Column && c.Type == other.Type }
}

// checkTable reports what a foreign hand made of a collection's geometry that
// keeps us from writing to it.
func checkTable(ctx context.Context, tx pgx.Tx, d described) error {
	if d.Geometry == geo.None {
		return nil
	}
	var found int
	var kind string
	err := tx.QueryRow(ctx, `SELECT srid, type FROM geometry_columns
		WHERE f_table_schema = 'petadesa' AND f_table_name = $1 AND f_geometry_column = 'geom'`, d.ID).Scan(&found, &kind)
	if errors.Is(err, pgx.ErrNoRows) {
		return fmt.Errorf("%w: table %s has no column geom", data.ErrInvalid, table(d.ID))
	}
	if err != nil {
		return err
	}
	if found != srid {
		return fmt.Errorf("%w: %d of column geom of %s; want %d", data.ErrUnknownSR, found, table(d.ID), srid)
	}
	if want := geometryType(d.Geometry); kind != "GEOMETRY" && !strings.HasPrefix(strings.ToUpper(want), "GEOMETRY("+kind+",") {
		return fmt.Errorf("%w: column geom of %s is of type %s; want %s", data.ErrInvalid, table(d.ID), kind, want)
	}
	return nil
}
