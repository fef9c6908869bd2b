package archive

import (
	"context"

	"golang.org/x/sync/errgroup"

	"github.com/petadesa/petadesa/tiles"
	"github.com/petadesa/petadesa/tiles/archive/pmtiles"
)

// window is how many tiles, for each worker, may wait for one that takes long.
const window = 32

// task is a tile to be cut, and where the answer goes.
type task struct {
	at   tiles.Address
	done chan cut
}

type cut struct {
	tile   tiles.Tile
	packed []byte // gzip; nil when nothing is in the tile
}

// cutAll cuts the tiles with those ids side by side and hands them to emit one
// by one, in order. It ends with the first error, having stopped all work.
func cutAll(ctx context.Context, ids []uint64, workers int, cutOne func(context.Context, tiles.Address) (tiles.Tile, error), emit func(tiles.Address, cut) error) error {
	group, ctx := errgroup.WithContext(ctx)
	work := make(chan task)
	order := make(chan task, window*workers)
	group.Go(func() error {
		defer close(work)
		defer close(order)
		for _, id := range ids {
			at, _ := pmtiles.At(id) // ids come from addresses
			t := task{at, make(chan cut, 1)}
			for _, to := range []chan<- task{order, work} {
				select {
				case to <- t:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
		}
		return nil
	})
	for range workers {
		group.Go(func() error {
			for t := range work {
				tile, err := cutOne(ctx, t.at)
				if err != nil {
					return err
				}
				c := cut{tile: tile}
				if len(tile.Data) > 0 {
					c.packed = tiles.Gzip(tile.Data)
				}
				t.done <- c
			}
			return nil
		})
	}
	group.Go(func() error {
		for t := range order {
			select {
			case c := <-t.done:
				if err := emit(t.at, c); err != nil {
					return err
				}
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	return group.Wait()
}
