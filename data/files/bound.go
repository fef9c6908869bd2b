package files

import (
	"context"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data"
)

// BoundOf returns the bound in degrees of what Options.Within would name:
// COLLECTION or COLLECTION:ID of the store.
func BoundOf(ctx context.Context, store data.Store, within string) (orb.Bound, error) {
	r, err := findRegion(ctx, store, &Options{Within: within})
	if err != nil {
		return orb.Bound{}, err
	}
	return r.bound, nil
}

// Checksum returns the SHA-256 of a file in hexadecimal, and its size.
func Checksum(ctx context.Context, path string) (string, int64, error) { return checksum(ctx, path) }
