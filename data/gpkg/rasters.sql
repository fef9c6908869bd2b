-- Rasters on the lattice of 3 arc-seconds: made with the first of them, so that a
-- file without any stays as it was. Other programs do not know these tables.
CREATE TABLE IF NOT EXISTS petadesa_rasters (
    name        TEXT NOT NULL PRIMARY KEY,
    description TEXT NOT NULL,
    revision    TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS petadesa_raster_blocks (
    raster TEXT    NOT NULL REFERENCES petadesa_rasters (name),
    "row"  INTEGER NOT NULL,
    col    INTEGER NOT NULL,
    hash   TEXT    NOT NULL,
    data   BLOB    NOT NULL,
    PRIMARY KEY (raster, "row", col)
);
