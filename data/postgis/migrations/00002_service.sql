-- +goose Up

-- What the service keeps beside the collections. No collection's id begins with
-- petadesa_, so none has a table of one of these names.

-- A row for each change of a feature, and for each import as a whole.
CREATE TABLE petadesa.petadesa_changes (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         timestamptz NOT NULL DEFAULT date_trunc('milliseconds', clock_timestamp()),
    who        text        NOT NULL,
    action     text        NOT NULL,
    collection text        COLLATE "C" NOT NULL,
    feature    text        COLLATE "C", -- null: the collection as a whole
    before     json,                    -- GeoJSON, or how many features there were
    after      json
);
CREATE INDEX ON petadesa.petadesa_changes (collection, feature, id);
CREATE INDEX ON petadesa.petadesa_changes (who, id);

CREATE TABLE petadesa.petadesa_documents (
    kind    text        COLLATE "C" NOT NULL,
    id      text        COLLATE "C" NOT NULL,
    version bigint      NOT NULL DEFAULT 1,
    body    json        NOT NULL,
    owner   text        NOT NULL,
    created timestamptz NOT NULL DEFAULT date_trunc('milliseconds', clock_timestamp()),
    updated timestamptz NOT NULL DEFAULT date_trunc('milliseconds', clock_timestamp()),
    PRIMARY KEY (kind, id)
);

CREATE TABLE petadesa.petadesa_tokens (
    id      text        COLLATE "C" PRIMARY KEY,
    name    text        COLLATE "C" NOT NULL UNIQUE,
    role    text        NOT NULL,
    hash    bytea       NOT NULL,
    created timestamptz NOT NULL DEFAULT date_trunc('milliseconds', clock_timestamp()),
    expires timestamptz,
    used    timestamptz
);

-- +goose Down
DROP TABLE petadesa.petadesa_changes, petadesa.petadesa_documents, petadesa.petadesa_tokens;
