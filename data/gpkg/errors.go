package gpkg

import (
	"errors"
	"fmt"
	"strings"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"github.com/petadesa/petadesa/data"
)

// explain puts an error of SQLite into words that say what to do.
func explain(err error) error {
	e := (*sqlite.Error)(nil)
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() & 0xff {
	case lib.SQLITE_FULL:
		return fmt.Errorf("the disk is full, nothing was changed: %w", err)
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return fmt.Errorf("another program is writing to the file and did not finish: %w", err)
	case lib.SQLITE_CORRUPT:
		return fmt.Errorf("the file is damaged: %w", err)
	case lib.SQLITE_NOTADB:
		return fmt.Errorf("%w: it is no GeoPackage: %w", data.ErrNotAStore, err)
	case lib.SQLITE_READONLY, lib.SQLITE_PERM:
		return fmt.Errorf("the file or its folder may not be written: %w", err)
	}
	return err
}

// isTwice reports whether err is about a value that must be unique.
func isTwice(err error) bool {
	e := (*sqlite.Error)(nil)
	return errors.As(err, &e) && e.Code() == lib.SQLITE_CONSTRAINT_UNIQUE
}

// isMissing reports whether err is about a table that is not there: a file that
// an older program made, and that this one may not change.
func isMissing(err error) bool { return err != nil && strings.Contains(err.Error(), "no such table") }
