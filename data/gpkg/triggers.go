package gpkg

import (
	"context"
	"database/sql"
	"strings"

	"github.com/petadesa/petadesa/geo"
)

// trigger is one of a collection's table, on which $table, $rtree and $id stand
// for the names of the table and its index and for the id as a text.
type trigger struct{ name, when, do string }

// triggers returns those of the R-tree extension, as annex F.3 of the GeoPackage
// standard has them, and those that give the collection a new revision.
//
// The former call functions that QGIS and GDAL provide and this program does
// not: it takes the triggers away while it writes, keeps the index itself, and
// puts them back.
func triggers(d described) []trigger {
	const mark = `UPDATE petadesa_collections SET revision = randomblob(8) WHERE id = $id`
	all := []trigger{
		{"petadesa_$_insert", "AFTER INSERT ON $table", mark},
		{"petadesa_$_update", "AFTER UPDATE ON $table", mark},
		{"petadesa_$_delete", "AFTER DELETE ON $table", mark},
	}
	if d.Geometry == geo.None {
		return all
	}
	const (
		is   = `(NEW."geom" NOTNULL AND NOT ST_IsEmpty(NEW."geom"))`
		none = `(NEW."geom" ISNULL OR ST_IsEmpty(NEW."geom"))`
		put  = `INSERT OR REPLACE INTO $rtree VALUES (NEW."fid", ST_MinX(NEW."geom"), ST_MaxX(NEW."geom"), ST_MinY(NEW."geom"), ST_MaxY(NEW."geom"))`
		drop = `DELETE FROM $rtree WHERE id = OLD."fid"`
	)
	return append(
		all,
		trigger{"rtree_$_geom_insert", `AFTER INSERT ON $table WHEN ` + is, put},
		trigger{"rtree_$_geom_update1", `AFTER UPDATE OF "geom" ON $table WHEN OLD."fid" = NEW."fid" AND ` + is, put},
		trigger{"rtree_$_geom_update2", `AFTER UPDATE OF "geom" ON $table WHEN OLD."fid" = NEW."fid" AND ` + none, drop},
		trigger{"rtree_$_geom_update3", `AFTER UPDATE ON $table WHEN OLD."fid" != NEW."fid" AND ` + is, drop + "; " + put},
		trigger{"rtree_$_geom_update4", `AFTER UPDATE ON $table WHEN OLD."fid" != NEW."fid" AND ` + none, `DELETE FROM $rtree WHERE id IN (OLD."fid", NEW."fid")`},
		trigger{"rtree_$_geom_delete", `AFTER DELETE ON $table WHEN OLD."geom" NOT NULL`, drop},
	)
}

func createTriggers(ctx context.Context, tx *sql.Tx, d described) error {
	// An id has no character that would need more than quotes.
	names := strings.NewReplacer("$table", quote(d.ID), "$rtree", rtree(d.ID), "$id", "'"+d.ID+"'")
	for _, t := range triggers(d) {
		statement := "CREATE TRIGGER " + t.quoted(d) + " " + names.Replace(t.when+" BEGIN "+t.do+"; END")
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

func dropTriggers(ctx context.Context, tx *sql.Tx, d described) error {
	for _, t := range triggers(d) {
		if _, err := tx.ExecContext(ctx, "DROP TRIGGER IF EXISTS "+t.quoted(d)); err != nil {
			return err
		}
	}
	return nil
}

func (t trigger) quoted(d described) string { return quote(strings.Replace(t.name, "$", d.ID, 1)) }
