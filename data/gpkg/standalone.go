package gpkg

import (
	"context"
	"database/sql"
	"encoding/xml"
	"errors"
	"fmt"
	"net/url"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
)

// WriteFile makes a GeoPackage of one collection at path, where no file may be.
// It is whole in that one file, for sending away: no journal belongs to it. It
// tells the origin of the data where QGIS looks for it, and is a store too.
// After an error what is at path is of no use.
func WriteFile(ctx context.Context, path string, b data.Batch) (err error) {
	if err := data.CheckBatch(&b); err != nil {
		return err
	}
	db, err := connect(path, url.Values{"_sync": {"OFF"}, "_journal_mode": {"MEMORY"}, "_pragma": {"cache_size(-65536)"}})
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := db.ExecContext(ctx, schema); err != nil {
		return fmt.Errorf("make a GeoPackage: %w", explain(err))
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err = writeBatch(ctx, tx, b); err == nil {
		err = writeOrigin(ctx, tx, &b.Collection)
	}
	if err != nil {
		return errors.Join(explain(err), tx.Rollback())
	}
	return explain(tx.Commit())
}

// origin is layer metadata as QGIS keeps it.
type origin struct {
	XMLName    xml.Name `xml:"qgis"`
	Identifier string   `xml:"identifier"`
	Title      string   `xml:"title"`
	Abstract   string   `xml:"abstract"`
	Rights     string   `xml:"rights,omitempty"`
	License    string   `xml:"license,omitempty"`
}

// writeOrigin uses the metadata extension (OGC 12-128r17, annex F.8).
func writeOrigin(ctx context.Context, tx *sql.Tx, c *geo.Collection) error {
	if c.Attribution == "" && c.License == "" && c.Description == "" {
		return nil
	}
	text, err := xml.Marshal(origin{Identifier: c.ID, Title: c.Title, Abstract: c.Description, Rights: c.Attribution, License: c.License})
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, metadataSchema); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO gpkg_metadata VALUES (1, 'dataset', 'http://mrcc.com/qgis.dtd', 'text/xml', ?)", string(text)); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO gpkg_metadata_reference (reference_scope, table_name, md_file_id) VALUES ('table', ?, 1)", c.ID)
	return err
}
