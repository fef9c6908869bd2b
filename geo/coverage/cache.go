package coverage

import (
	"container/list"
	"context"
	"fmt"
	"sync"
)

// cache keeps what was computed within a bound of memory; what was not asked
// for the longest goes first. What is being computed is computed once, and
// stopped when all who asked have left.
type cache struct {
	mu      sync.Mutex
	limit   int64
	bytes   int64
	entries map[string]*list.Element
	order   *list.List // the last asked for in front
	flights map[string]*flight
}

type entry struct {
	key   string
	value any
	bytes int64
}

type flight struct {
	done    chan struct{}
	waiters int
	cancel  context.CancelFunc
	value   any
	err     error
}

func newCache(limit int64) *cache {
	return &cache{limit: limit, entries: map[string]*list.Element{}, order: list.New(), flights: map[string]*flight{}}
}

// sized is what a cache can keep.
type sized interface{ Bytes() int64 }

// cached returns the value of a key, made by build if it is not there. It fails
// with ctx's error or build's.
func cached[T sized](ctx context.Context, c *cache, key string, build func(context.Context) (T, error)) (T, error) {
	v, err := c.get(ctx, key, func(ctx context.Context) (sized, error) { return build(ctx) })
	if err != nil {
		var none T
		return none, err
	}
	return v.(T), nil
}

func (c *cache) get(ctx context.Context, key string, build func(context.Context) (sized, error)) (any, error) {
	c.mu.Lock()
	if e, ok := c.entries[key]; ok {
		c.order.MoveToFront(e)
		c.mu.Unlock()
		return e.Value.(*entry).value, nil
	}
	f, ok := c.flights[key]
	if !ok {
		own, cancel := context.WithCancel(context.WithoutCancel(ctx))
		f = &flight{done: make(chan struct{}), cancel: cancel}
		c.flights[key] = f
		go c.fly(own, key, f, build)
	}
	f.waiters++
	c.mu.Unlock()
	select {
	case <-f.done:
		return f.value, f.err
	case <-ctx.Done():
		c.mu.Lock()
		if f.waiters--; f.waiters == 0 {
			f.cancel()
			if c.flights[key] == f { // the next who asks begins anew
				delete(c.flights, key)
			}
		}
		c.mu.Unlock()
		return nil, ctx.Err()
	}
}

func (c *cache) fly(ctx context.Context, key string, f *flight, build func(context.Context) (sized, error)) {
	defer f.cancel()
	defer close(f.done)
	var v sized
	func() {
		defer func() {
			if p := recover(); p != nil { // the asker's handler could not recover this goroutine
				f.err = fmt.Errorf("compute %s: %v", key, p)
			}
		}()
		v, f.err = build(ctx)
	}()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.flights[key] == f {
		delete(c.flights, key)
	}
	if f.err != nil {
		return
	}
	f.value = v
	if _, ok := c.entries[key]; ok {
		return
	}
	e := &entry{key, v, v.Bytes() + int64(len(key)) + 100}
	c.entries[key] = c.order.PushFront(e)
	c.bytes += e.bytes
	for c.bytes > c.limit && c.order.Len() > 1 {
		c.drop(c.order.Back())
	}
}

func (c *cache) drop(e *list.Element) {
	old := c.order.Remove(e).(*entry)
	delete(c.entries, old.key)
	c.bytes -= old.bytes
}

// use returns how many values are kept and how much memory they take.
func (c *cache) use() (values int, bytes int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.entries), c.bytes
}
