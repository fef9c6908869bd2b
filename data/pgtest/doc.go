// Package pgtest starts a private PostgreSQL with PostGIS for tests and
// benchmarks: its own data folder and socket, no TCP port, no fsync, gone at the
// end. It touches no other server of the machine, and kills only what it
// started. It is not for keeping data.
//
// The binaries of Debian's postgresql and postgresql-*-postgis-3 are used.
// Where they are missing, tests are skipped with a line that says so, and fail
// when CI is set.
package pgtest
