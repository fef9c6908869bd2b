-- +goose Up
CREATE EXTENSION IF NOT EXISTS postgis;

-- One row describes each collection; its features are in petadesa.<id>.
CREATE TABLE petadesa.collections (
    id          text COLLATE "C" PRIMARY KEY,
    title       text     NOT NULL,
    description text     NOT NULL,
    geometry    text     NOT NULL,
    fields      jsonb    NOT NULL,
    minzoom     smallint NOT NULL,
    maxzoom     smallint NOT NULL,
    attribution text     NOT NULL,
    license     text     NOT NULL
);

-- Runs after each statement on the table of a collection.
-- +goose StatementBegin
CREATE FUNCTION petadesa.notify_features() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('petadesa', TG_TABLE_NAME);
    RETURN NULL;
END
$$;
-- +goose StatementEnd

-- Runs for each row of petadesa.collections, and once for a TRUNCATE, which may
-- have changed any.
-- +goose StatementBegin
CREATE FUNCTION petadesa.notify_description() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        PERFORM pg_notify('petadesa', '');
        RETURN NULL;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        PERFORM pg_notify('petadesa', OLD.id);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM pg_notify('petadesa', NEW.id);
    END IF;
    RETURN NULL;
END
$$;
-- +goose StatementEnd

CREATE TRIGGER notify_description AFTER INSERT OR UPDATE OR DELETE ON petadesa.collections
    FOR EACH ROW EXECUTE FUNCTION petadesa.notify_description();
CREATE TRIGGER notify_truncate AFTER TRUNCATE ON petadesa.collections
    FOR EACH STATEMENT EXECUTE FUNCTION petadesa.notify_description();

-- +goose Down
DROP SCHEMA petadesa CASCADE;
