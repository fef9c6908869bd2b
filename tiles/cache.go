package tiles

import "sync"

// tileKey names what the cache holds.
type tileKey struct {
	set    uint64 // which layers and query
	x, y   uint32
	z      uint8
	coding coding
}

// cache keeps values by key, at most so many bytes of them; the least recently
// used go first.
type cache struct {
	limit int

	mu      sync.Mutex
	entries map[tileKey]*entry
	ring    entry // ring.next is the entry used last, ring.prev the one to go next
	size    int
	evicted uint64
}

type entry struct {
	key        tileKey
	value      *answer
	size       int
	prev, next *entry
}

// entryOverhead is about what an entry takes beside its body.
const entryOverhead = 512

func newCache(limit int) *cache {
	c := &cache{limit: limit, entries: map[tileKey]*entry{}}
	c.ring.prev, c.ring.next = &c.ring, &c.ring
	return c
}

func (c *cache) get(k tileKey) (*answer, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.entries[k]
	if !ok {
		return nil, false
	}
	if c.ring.next != e {
		e.unlink()
		c.front(e)
	}
	return e.value, true
}

// put keeps a value, unless it would take more than an eighth of the room.
func (c *cache) put(k tileKey, v *answer) {
	e := &entry{key: k, value: v, size: len(v.body) + entryOverhead}
	if e.size > c.limit/8 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if old, ok := c.entries[k]; ok {
		c.remove(old)
	}
	c.entries[k] = e
	c.size += e.size
	c.front(e)
	for c.size > c.limit {
		c.remove(c.ring.prev)
		c.evicted++
	}
}

func (c *cache) remove(e *entry) {
	e.unlink()
	delete(c.entries, e.key)
	c.size -= e.size
}

// removeSets drops all that belongs to those sets.
func (c *cache) removeSets(gone map[uint64]bool) {
	if len(gone) == 0 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for e := c.ring.next; e != &c.ring; {
		next := e.next
		if gone[e.key.set] {
			c.remove(e)
		}
		e = next
	}
}

func (c *cache) front(e *entry) {
	e.prev, e.next = &c.ring, c.ring.next
	e.prev.next, e.next.prev = e, e
}

func (e *entry) unlink() {
	e.prev.next, e.next.prev = e.next, e.prev
}

func (c *cache) stats() (entries, size int, evicted uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.entries), c.size, c.evicted
}
