// Package postgis is the data.Store in a PostgreSQL database with PostGIS.
//
// Everything is in the schema petadesa: a table collections with a row for each
// collection, and beside it one table for each, with the columns id, geom and
// one for each field. The tables may be read and edited with any other tool;
// triggers tell every server at once (NOTIFY petadesa, with the collection as
// payload). A role that may only read can serve:
//
//	GRANT USAGE ON SCHEMA petadesa TO reader;
//	GRANT SELECT ON ALL TABLES IN SCHEMA petadesa TO reader;
//	ALTER DEFAULT PRIVILEGES IN SCHEMA petadesa GRANT SELECT ON TABLES TO reader;
//
// It reads and writes longitude and latitude (SRID 4326) only: a column in any
// other reference system is refused by name, never transformed in silence.
package postgis
