package live

import (
	"context"
	"sync"
)

// flights lets equal requests that overlap share one piece of work. Who leaves
// does not disturb the others; when the last has left, the work is stopped.
type flights[K comparable, V any] struct {
	mu      sync.Mutex
	running map[K]*flight[V]
}

type flight[V any] struct {
	done    chan struct{} // closed when value and err are set
	value   V
	err     error
	waiting int
	stop    context.CancelFunc
}

// do answers what work does for the key.
func (f *flights[K, V]) do(ctx context.Context, key K, work func(context.Context) (V, error)) (V, error) {
	f.mu.Lock()
	one, ok := f.running[key]
	if !ok {
		one = f.start(ctx, key, work)
	}
	one.waiting++
	f.mu.Unlock()

	select {
	case <-one.done:
		return one.value, one.err
	case <-ctx.Done():
		f.mu.Lock()
		defer f.mu.Unlock()
		if one.waiting--; one.waiting == 0 {
			one.stop()
			f.forget(key, one) // who comes now must not share what was stopped
		}
		var none V
		return none, context.Cause(ctx)
	}
}

// start begins work that outlives ctx. The caller holds the lock.
func (f *flights[K, V]) start(ctx context.Context, key K, work func(context.Context) (V, error)) *flight[V] {
	own, stop := context.WithCancel(context.WithoutCancel(ctx))
	one := &flight[V]{done: make(chan struct{}), stop: stop}
	if f.running == nil {
		f.running = map[K]*flight[V]{}
	}
	f.running[key] = one
	go func() {
		defer stop()
		one.value, one.err = work(own)
		f.mu.Lock()
		f.forget(key, one)
		f.mu.Unlock()
		close(one.done)
	}()
	return one
}

func (f *flights[K, V]) forget(key K, one *flight[V]) {
	if f.running[key] == one {
		delete(f.running, key)
	}
}
