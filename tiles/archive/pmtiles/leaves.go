package pmtiles

import (
	"container/list"
	"sync"
)

// leafCache keeps the leaf directories used last, up to a number of entries.
type leafCache struct {
	mu    sync.Mutex
	byAt  map[uint64]*list.Element // offset of the leaf to its element
	order list.List                // of leaf, the last used first
	size  int                      // entries of all
}

type leaf struct {
	at      uint64
	entries []Entry
}

// cachedEntries bounds a leafCache to 24 bytes times this.
const cachedEntries = 1 << 19

func (c *leafCache) get(at uint64) []Entry {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.byAt[at]
	if !ok {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(leaf).entries
}

func (c *leafCache) put(at uint64, entries []Entry) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.byAt[at]; ok || len(entries) > cachedEntries {
		return
	}
	if c.byAt == nil {
		c.byAt = map[uint64]*list.Element{}
	}
	c.byAt[at] = c.order.PushFront(leaf{at, entries})
	for c.size += len(entries); c.size > cachedEntries; {
		last := c.order.Back()
		old := c.order.Remove(last).(leaf)
		delete(c.byAt, old.at)
		c.size -= len(old.entries)
	}
}
