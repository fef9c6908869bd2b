// Package stores opens whichever kind of store a URL or path names. It is the
// only place that knows all kinds.
package stores

import (
	"context"
	"log/slog"
	"strings"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/gpkg"
	"github.com/petadesa/petadesa/data/postgis"
)

// IsPostGIS reports whether place is the URL of a database; else it is the path
// of a GeoPackage.
func IsPostGIS(place string) bool {
	return strings.HasPrefix(place, "postgres://") || strings.HasPrefix(place, "postgresql://")
}

// Open opens the store at a postgres:// URL or the path of a GeoPackage, which is
// made if it is missing.
func Open(ctx context.Context, place string, log *slog.Logger) (data.Store, error) {
	if IsPostGIS(place) {
		return postgis.Open(ctx, place, postgis.WithLogger(log))
	}
	return gpkg.Open(ctx, place)
}
