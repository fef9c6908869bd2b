package live

import (
	"container/list"
	"sync"
	"time"
)

// cache keeps tiles for a while, the least recently used leaving first when they
// exceed the bound. The key of a tile has the version of its source in it: what
// is outdated is not found, and leaves.
type cache struct {
	most int
	ttl  time.Duration

	mu    sync.Mutex
	size  int
	order *list.List // of *kept, most recently used first
	byKey map[tileKey]*list.Element
}

type kept struct {
	key   tileKey
	tile  Tile
	until time.Time
}

func (k *kept) size() int {
	const overhead = 384 // of an entry beside its bytes, about
	return len(k.tile.Data) + len(k.tile.ETag) + len(k.key.query) + len(k.key.properties) + overhead
}

func newCache(most int, ttl time.Duration) *cache {
	return &cache{most: most, ttl: ttl, order: list.New(), byKey: map[tileKey]*list.Element{}}
}

func (c *cache) get(key tileKey) (Tile, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.byKey[key]
	if !ok {
		return Tile{}, false
	}
	k := e.Value.(*kept)
	if time.Now().After(k.until) {
		c.remove(e)
		return Tile{}, false
	}
	c.order.MoveToFront(e)
	return k.tile, true
}

// put keeps a tile unless it would take more than a quarter of all room.
func (c *cache) put(key tileKey, tile Tile) {
	k := &kept{key, tile, time.Now().Add(c.ttl)}
	if c.ttl <= 0 || k.size() > c.most/4 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.byKey[key]; ok {
		c.remove(e)
	}
	c.byKey[key] = c.order.PushFront(k)
	c.size += k.size()
	for c.size > c.most {
		c.remove(c.order.Back())
	}
}

func (c *cache) remove(e *list.Element) {
	k := c.order.Remove(e).(*kept)
	delete(c.byKey, k.key)
	c.size -= k.size()
}
