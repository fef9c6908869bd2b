package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"strings"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/gpkg"
	"github.com/petadesa/petadesa/data/postgis"
)

// openStore opens the store that a URL names: postgres://… or the path of a
// GeoPackage, which is made when it is missing.
func openStore(ctx context.Context, name string, log *slog.Logger) (data.Store, error) {
	switch {
	case isPostgres(name):
		return postgis.Open(ctx, name, postgis.WithLogger(log))
	case strings.HasSuffix(name, ".gpkg"):
		return gpkg.Open(ctx, name)
	default:
		return nil, fmt.Errorf("store %q: want postgres://… or a path ending in .gpkg", shown(name))
	}
}

func isPostgres(name string) bool {
	return strings.HasPrefix(name, "postgres://") || strings.HasPrefix(name, "postgresql://")
}

// shown is a store's name without a password.
func shown(name string) string {
	u, err := url.Parse(name)
	if err != nil || u.Host == "" {
		return name
	}
	return u.Redacted()
}
