-- The tables of the metadata extension (OGC 12-128r17, annex F.8).
CREATE TABLE gpkg_metadata (
    id              INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    md_scope        TEXT    NOT NULL DEFAULT 'dataset',
    md_standard_uri TEXT    NOT NULL,
    mime_type       TEXT    NOT NULL DEFAULT 'text/xml',
    metadata        TEXT    NOT NULL DEFAULT ''
);

CREATE TABLE gpkg_metadata_reference (
    reference_scope TEXT     NOT NULL,
    table_name      TEXT,
    column_name     TEXT,
    row_id_value    INTEGER,
    timestamp       DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    md_file_id      INTEGER  NOT NULL,
    md_parent_id    INTEGER,
    CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
    CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id)
);

INSERT INTO gpkg_extensions VALUES
    ('gpkg_metadata', NULL, 'gpkg_metadata', 'http://www.geopackage.org/spec121/#extension_metadata', 'read-write'),
    ('gpkg_metadata_reference', NULL, 'gpkg_metadata', 'http://www.geopackage.org/spec121/#extension_metadata', 'read-write');
