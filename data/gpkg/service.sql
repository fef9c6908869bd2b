-- What the service keeps beside the collections. These tables are no layers: the
-- GeoPackage does not list them, so that no program shows them.

-- A row for each change of a feature, and for each import as a whole.
CREATE TABLE IF NOT EXISTS petadesa_changes (
    id         INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    at         TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    who        TEXT    NOT NULL,
    action     TEXT    NOT NULL,
    collection TEXT    NOT NULL,
    feature    TEXT, -- null: the collection as a whole
    before     TEXT, -- GeoJSON, or how many features there were
    after      TEXT
);
CREATE INDEX IF NOT EXISTS petadesa_changes_feature ON petadesa_changes (collection, feature, id);
CREATE INDEX IF NOT EXISTS petadesa_changes_who ON petadesa_changes (who, id);

CREATE TABLE IF NOT EXISTS petadesa_documents (
    kind    TEXT    NOT NULL,
    id      TEXT    NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    body    TEXT    NOT NULL,
    owner   TEXT    NOT NULL,
    created TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    updated TEXT    NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    PRIMARY KEY (kind, id)
);

CREATE TABLE IF NOT EXISTS petadesa_tokens (
    id      TEXT NOT NULL PRIMARY KEY,
    name    TEXT NOT NULL UNIQUE,
    role    TEXT NOT NULL,
    hash    BLOB NOT NULL,
    created TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    expires TEXT,
    used    TEXT
);

-- The revision is another after each change of documents and tokens: so a watch
-- knows that a commit that changed no collection was one of these.
CREATE TABLE IF NOT EXISTS petadesa_service (
    one      INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    revision INTEGER NOT NULL
);
INSERT OR IGNORE INTO petadesa_service VALUES (1, 0);
