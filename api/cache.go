package api

import (
	"container/list"
	"sync"
)

// answerCache keeps the bytes of answers by their ETag, the least recently used
// going first when they exceed the bound. An ETag names its bytes for ever, so
// nothing in it is ever out of date; what belongs to an old snapshot is not
// asked for any more and leaves.
type answerCache struct {
	most int

	mu    sync.Mutex
	size  int
	order *list.List // of *kept, most recently used first
	byTag map[string]*list.Element
}

type kept struct {
	etag string
	body []byte
}

const keptOverhead = 256 // bytes that an entry takes beside its body, about

func newAnswerCache(most int) *answerCache {
	return &answerCache{most: most, order: list.New(), byTag: map[string]*list.Element{}}
}

// get returns the bytes, which the caller must not change.
func (c *answerCache) get(etag string) ([]byte, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.byTag[etag]
	if !ok {
		return nil, false
	}
	c.order.MoveToFront(e)
	return e.Value.(*kept).body, true
}

// put keeps the bytes, which the caller must not change any more, unless they
// would take more than a quarter of all room.
func (c *answerCache) put(etag string, body []byte) {
	n := len(body) + keptOverhead
	if n > c.most/4 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.byTag[etag]; ok {
		return
	}
	c.byTag[etag] = c.order.PushFront(&kept{etag, body})
	c.size += n
	for c.size > c.most {
		last := c.order.Back()
		k := c.order.Remove(last).(*kept)
		delete(c.byTag, k.etag)
		c.size -= len(k.body) + keptOverhead
	}
}

func (c *answerCache) bytes() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.size
}
