package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/petadesa/petadesa/api"
	"github.com/petadesa/petadesa/tiles"
)

func isRemote(location string) bool {
	return strings.HasPrefix(location, "http://") || strings.HasPrefix(location, "https://")
}

// archiveTiles is an archive whose errors say what to tell a client.
type archiveTiles struct {
	tiles.Source
	remote bool
}

// Tile returns a tile of the archive.
func (a archiveTiles) Tile(ctx context.Context, at tiles.Address) (tiles.Encoded, error) {
	t, err := a.Source.Tile(ctx, at)
	switch {
	case err == nil || ctx.Err() != nil:
		return t, err
	case errors.Is(err, os.ErrClosed):
		return t, fmt.Errorf("%w: %w", &api.Problem{Kind: api.NotFound, Detail: "the archive is gone"}, err)
	case a.remote:
		return t, fmt.Errorf("%w: %w", &api.Problem{Kind: api.Away, Detail: "the server that has the archive does not answer well"}, err)
	}
	return t, err
}
