package postgis

import (
	"errors"
	"fmt"
	"regexp"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/petadesa/petadesa/data"
)

// Error codes of PostgreSQL, from its manual's appendix A.
const (
	uniqueViolation       = "23505"
	duplicateTable        = "42P07"
	insufficientPrivilege = "42501"
	readOnlyTransaction   = "25006"
	undefinedTable        = "42P01"
	undefinedColumn       = "42703"
	invalidSchema         = "3F000"
)

func code(err error) string {
	if e := (*pgconn.PgError)(nil); errors.As(err, &e) {
		return e.Code
	}
	return ""
}

var keyOfDetail = regexp.MustCompile(`(?s)\)=\((.*)\)`)

// explain puts an error of the database into the words of package data.
func explain(err error) error {
	e := (*pgconn.PgError)(nil)
	if !errors.As(err, &e) {
		return err
	}
	switch {
	case e.Code == uniqueViolation:
		id := e.Detail
		if found := keyOfDetail.FindStringSubmatch(e.Detail); found != nil {
			id = found[1]
		}
		return fmt.Errorf("%w: id %q", data.ErrExists, id)
	case e.Code == duplicateTable:
		return fmt.Errorf("%w: there is a table of that name that is not a collection", data.ErrInvalid)
	case e.Code[:2] == "22" || e.Code[:2] == "23": // data exceptions, broken constraints
		return fmt.Errorf("%w: %w", data.ErrInvalid, err)
	}
	return err
}
