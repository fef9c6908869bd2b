// Package mbtiles reads and writes MBTiles archives, version 1.3: all tiles of a
// pyramid in one SQLite file.
//
// A Reader opens the file read-only, runs nothing that the file's own schema
// brings along beyond plain SQL, and bounds what it reads: a broken file is an
// error that wraps ErrInvalid. A Writer keeps equal contents once, behind the
// view that readers expect.
//
// The package refuses to look inside tiles and metadata, and to interpret the
// "json" row. Addresses are XYZ everywhere; that rows count northward in the
// file stays in here.
// The format: https://github.com/mapbox/mbtiles-spec/blob/master/1.3/spec.md.
package mbtiles

import (
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// ErrInvalid is wrapped by every error about what an archive holds, as opposed
// to errors of reading it.
var ErrInvalid = errors.New("not a valid MBTiles archive")

// MaxZoom is the greatest zoom that is read and written.
const MaxZoom = 31

func invalid(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{ErrInvalid}, args...)...)
}

// connect opens an SQLite file; query holds parameters of the driver.
func connect(path string, query url.Values) (*sql.DB, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: query.Encode()}
	return sql.Open("sqlite", u.String())
}
