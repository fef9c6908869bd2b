package raster

import (
	"container/list"
	"context"
	"sync"

	"github.com/petadesa/petadesa/geo/lattice"
)

// DefaultCacheBytes holds about 250 blocks, several times those of a regency.
const DefaultCacheBytes = 64 << 20

// Cache keeps the blocks that were used last, of any number of rasters, by the
// hash of their values: a raster that is loaded again finds the blocks that did
// not change. A block is fetched once however many ask for it.
type Cache struct {
	most int // blocks

	mu     sync.Mutex
	blocks map[string]*list.Element
	used   list.List // of *entry, last used first
}

type entry struct {
	hash   string
	ready  chan struct{} // closed when values or err is there
	values []float32
	err    error
}

// NewCache returns a cache of so many bytes; of at least 4 blocks.
func NewCache(size int) *Cache {
	return &Cache{most: max(4, size/(4*lattice.BlockArea)), blocks: map[string]*list.Element{}}
}

// get returns the block with that hash, by fetch if it is not there. Who waits
// for another's fetch that failed tries itself.
func (c *Cache) get(ctx context.Context, hash string, fetch func() ([]float32, error)) ([]float32, error) {
	for {
		e, mine := c.enter(hash)
		if mine {
			e.values, e.err = fetch()
			if e.err != nil {
				c.remove(hash, e)
			}
			close(e.ready)
			return e.values, e.err
		}
		select {
		case <-e.ready:
			if e.err == nil {
				return e.values, nil
			}
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// enter finds the block, or makes the caller the one to fetch it.
func (c *Cache) enter(hash string) (e *entry, mine bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if at, ok := c.blocks[hash]; ok {
		c.used.MoveToFront(at)
		return at.Value.(*entry), false
	}
	e = &entry{hash: hash, ready: make(chan struct{})}
	c.blocks[hash] = c.used.PushFront(e)
	for c.used.Len() > c.most {
		last := c.used.Back()
		delete(c.blocks, last.Value.(*entry).hash)
		c.used.Remove(last)
	}
	return e, true
}

func (c *Cache) remove(hash string, e *entry) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if at, ok := c.blocks[hash]; ok && at.Value == e {
		delete(c.blocks, hash)
		c.used.Remove(at)
	}
}
