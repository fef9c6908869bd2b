-- +goose Up
-- Rasters on the lattice of 3 arc-seconds: a description each, and the blocks of
-- 256 × 256 cells that have values.
CREATE TABLE petadesa.rasters (
    name        text COLLATE "C" PRIMARY KEY,
    description jsonb NOT NULL
);

CREATE TABLE petadesa.raster_blocks (
    raster text COLLATE "C" NOT NULL REFERENCES petadesa.rasters ON DELETE CASCADE,
    "row"  integer NOT NULL,
    col    integer NOT NULL,
    hash   text    NOT NULL,
    data   bytea   NOT NULL,
    PRIMARY KEY (raster, "row", col)
);

-- The blocks are compressed already.
ALTER TABLE petadesa.raster_blocks ALTER COLUMN data SET STORAGE EXTERNAL;

-- +goose StatementBegin
CREATE FUNCTION petadesa.notify_raster() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('petadesa', CASE WHEN TG_OP = 'DELETE' THEN OLD.name ELSE NEW.name END);
    RETURN NULL;
END
$$;
-- +goose StatementEnd

CREATE TRIGGER notify_raster AFTER INSERT OR UPDATE OR DELETE ON petadesa.rasters
    FOR EACH ROW EXECUTE FUNCTION petadesa.notify_raster();

-- +goose Down
DROP TABLE petadesa.raster_blocks;
DROP TABLE petadesa.rasters;
DROP FUNCTION petadesa.notify_raster();
