package live

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// Errors beside data.ErrNotFound and data.ErrInvalid; test with errors.Is. What
// the database said is wrapped: it is for the log, not for a client.
var (
	ErrBusy     = errors.New("too many requests to the database at once") // no turn within Options.Wait, or the queue is full
	ErrTimeout  = errors.New("the query takes too long")                  // longer than Options.Timeout
	ErrAway     = errors.New("the database is away")
	ErrTooLarge = errors.New("the tile is too large") // more than Options.MaxBytes
	ErrNoKey    = errors.New("the source has no key to page by")
)

// classify gives an error of a query that its client still waits for its place
// among those above.
func classify(err error) error {
	var pg *pgconn.PgError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &pg):
		switch {
		case pg.Code == "57014": // query_canceled
			return fmt.Errorf("%w: %w", ErrTimeout, err)
		case isAway(pg):
			return fmt.Errorf("%w: %w", ErrAway, err)
		}
		return err
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("%w: %w", ErrTimeout, err)
	case errors.Is(err, context.Canceled):
		return err
	}
	return fmt.Errorf("%w: %w", ErrAway, err)
}

// isAway recognises a server that shuts down, starts or has no connection left.
func isAway(pg *pgconn.PgError) bool {
	return strings.HasPrefix(pg.Code, "57P") || strings.HasPrefix(pg.Code, "08") || pg.Code == "53300"
}

// isOutdated recognises a source that is no longer as the catalogue had it.
func isOutdated(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (strings.HasPrefix(pg.Code, "42") || pg.Code == "0A000")
}

// isStandby recognises a server that cannot LISTEN because it only follows.
func isStandby(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "25006" || pg.Code == "0A000")
}

// isNoValue recognises text that is no value of the type it is for.
func isNoValue(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && slices.Contains([]string{"22P02", "22003", "22007", "22008", "22021"}, pg.Code)
}
