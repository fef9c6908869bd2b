package tiles

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
)

// flights lets those who ask for the same at the same time share the work. The
// work belongs to none of them: it goes on while anybody waits, and is
// cancelled when nobody does any more.
type flights struct {
	mu    sync.Mutex
	under map[tileKey]*flight
}

type flight struct {
	done    chan struct{}
	cancel  context.CancelFunc
	waiting int
	result  *answer
	err     error
}

// do returns what work returns, and whether somebody else had begun it. The
// first to ask does the work; should its own client leave, it goes on with it as
// long as others wait.
func (f *flights) do(ctx context.Context, k tileKey, work func(context.Context) (*answer, error)) (*answer, bool, error) {
	f.mu.Lock()
	if f.under == nil {
		f.under = map[tileKey]*flight{}
	}
	if w, ok := f.under[k]; ok {
		w.waiting++
		f.mu.Unlock()
		select {
		case <-w.done:
			return w.result, true, w.err
		case <-ctx.Done():
			f.leave(k, w)
			return nil, true, ctx.Err()
		}
	}
	w := &flight{done: make(chan struct{}), waiting: 1}
	var shared context.Context
	shared, w.cancel = context.WithCancel(context.WithoutCancel(ctx))
	f.under[k] = w
	f.mu.Unlock()
	stays := context.AfterFunc(ctx, func() { f.leave(k, w) })
	f.fly(shared, k, w, work)
	if !stays() {
		return nil, false, ctx.Err()
	}
	return w.result, false, w.err
}

// fly does the work and lets all who wait have what came of it.
func (f *flights) fly(ctx context.Context, k tileKey, w *flight, work func(context.Context) (*answer, error)) {
	defer func() {
		if p := recover(); p != nil {
			w.err = fmt.Errorf("cutting a tile panicked: %v\n%s", p, debug.Stack())
		}
		w.cancel()
		f.mu.Lock()
		if f.under[k] == w {
			delete(f.under, k)
		}
		f.mu.Unlock()
		close(w.done)
	}()
	w.result, w.err = work(ctx)
}

// leave gives up waiting; the last to leave ends the work.
func (f *flights) leave(k tileKey, w *flight) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if w.waiting--; w.waiting > 0 {
		return
	}
	if f.under[k] == w {
		delete(f.under, k)
	}
	w.cancel()
}
