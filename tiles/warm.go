package tiles

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/petadesa/petadesa/geo"
)

// Warm puts the tiles of low zooms into the cache, up to and including a zoom,
// one after another, so that the first to look at a new snapshot need not wait:
// those zooms hold the most and are asked for first. It is meant to run beside the
// server, with a context that ends when the next snapshot arrives. It returns
// ctx's error, or that of the first tile that could not be cut.
func (s *Server) Warm(ctx context.Context, layers []*geo.Layer, q Query, maxZoom int) error {
	set, err := s.set(layers, &q)
	if err != nil {
		return err
	}
	bounds := Bounds(layers)
	for z := 0; z <= min(maxZoom, geo.MaxTileZoom); z++ {
		if set.zooms>>z&1 == 0 {
			continue
		}
		from, to := corners(bounds, z)
		for y := from.Y; y <= to.Y; y++ {
			for x := from.X; x <= to.X; x++ {
				if err := s.warm(ctx, set, Address{X: x, Y: y, Z: from.Z}); err != nil {
					return fmt.Errorf("warm up tile %d/%d/%d: %w", z, x, y, err)
				}
			}
		}
	}
	return nil
}

// maxWarm is how many choices of layers and query are warmed up again.
const maxWarm = 32

// WarmAgain is Warm for a new snapshot: for what clients asked of the layers
// before, without filters. Layer finds the new layer of a collection, or nil.
func (s *Server) WarmAgain(ctx context.Context, layer func(id string) *geo.Layer, maxZoom int) error {
	for _, old := range s.sets.asked(maxWarm) {
		if old.query.FilterKey != "" {
			continue
		}
		layers := make([]*geo.Layer, len(old.layers))
		changed := false
		for i, l := range old.layers {
			layers[i] = layer(l.Collection.ID)
			changed = changed || layers[i] != l
		}
		if !changed || slices.Contains(layers, nil) {
			continue
		}
		if err := s.Warm(ctx, layers, old.query, maxZoom); errors.Is(err, ErrBadQuery) {
			continue // a property it names is gone
		} else if err != nil {
			return err
		}
	}
	return nil
}

// warm makes a tile in the codings that browsers ask for, if it is not there.
func (s *Server) warm(ctx context.Context, set *set, a Address) error {
	for _, in := range [2]coding{set.best(a), gzipped} {
		if err := ctx.Err(); err != nil {
			return err
		}
		k := tileKey{set.id, a.X, a.Y, uint8(a.Z), in}
		if _, ok := s.cache.get(k); ok {
			continue
		}
		if _, _, err := s.flights.do(ctx, k, func(ctx context.Context) (*answer, error) { return s.make(ctx, set, a, in) }); err != nil {
			return err
		}
	}
	return nil
}
