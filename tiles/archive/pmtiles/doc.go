// Package pmtiles reads and writes PMTiles archives, version 3: all tiles of a
// pyramid in one file that is read by ranges, from disk or an object store.
//
// A Reader believes nothing it reads: offsets, lengths, counts and expansions
// are bounded before memory is asked for, and a broken archive is an error that
// wraps ErrInvalid. A Writer lays tiles out clustered in the order of their ids,
// keeps equal contents once and is deterministic: the same tiles give the same
// bytes.
//
// The package refuses to look inside tiles and metadata: both are bytes here.
// The format: https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md.
package pmtiles

import (
	"errors"
	"fmt"
)

// ErrInvalid is wrapped by every error about what an archive holds, as opposed
// to errors of reading it.
var ErrInvalid = errors.New("not a valid PMTiles archive")

func invalid(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{ErrInvalid}, args...)...)
}
