package data

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/raster"
)

// Follower turns a Store into an ever-current snapshot: it loads and builds once,
// and again, for what changed only, after each change. While the store is away or
// holds something that cannot be built, the last good snapshot stays.
//
// Its methods may be called concurrently and never wait, but for Wait and Close.
type Follower struct {
	store  Store
	log    *slog.Logger
	cancel context.CancelFunc
	done   chan struct{} // closed when it has ended
	blocks *raster.Cache // of all rasters, whichever snapshot has them

	snapshot atomic.Pointer[geo.Snapshot]
	asked    chan asked

	mu    sync.Mutex
	newer chan struct{} // closed when the snapshot is replaced
	state State
}

// State says whether the snapshot of a Follower is as current as it should be.
type State struct {
	Err     error     // why it may be old: the store is away, or holds what cannot be served; nil: it is current
	Since   time.Time // when Err became what it is, or nil
	Version string    // of the snapshot
	Built   time.Time // when the snapshot was
}

// FollowOptions changes how Follow works. The zero value will do.
type FollowOptions struct {
	// Retry is the pause after a load that failed, doubled after each further one
	// up to 64 times of it; 0: 250 ms.
	Retry time.Duration
}

// Follow watches the store, loads all of it and builds the first snapshot. It
// fails when that does. The Follower ends with ctx, or by Close; it does not close
// the store.
func Follow(ctx context.Context, store Store, log *slog.Logger, o FollowOptions) (*Follower, error) {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	if o.Retry == 0 {
		o.Retry = 250 * time.Millisecond
	}
	ctx, cancel := context.WithCancel(ctx)
	f := &Follower{
		store: store, log: log, cancel: cancel, done: make(chan struct{}), asked: make(chan asked), newer: make(chan struct{}),
		blocks: raster.NewCache(raster.DefaultCacheBytes),
	}
	// Watching comes first, so that no change falls between the load and it.
	changes, err := store.Watch(ctx)
	if err == nil {
		err = f.refresh(ctx, everything())
	}
	if err != nil {
		cancel()
		return nil, fmt.Errorf("follow the store: %w", err)
	}
	go f.run(ctx, changes, o.Retry)
	return f, nil
}

// Snapshot returns the newest snapshot; never nil.
func (f *Follower) Snapshot() *geo.Snapshot { return f.snapshot.Load() }

// State returns how current the snapshot is.
func (f *Follower) State() State {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.state
}

// Wait returns the snapshot as soon as its version is not the given one, or ctx's
// error. It does not promise to show every snapshot there was.
func (f *Follower) Wait(ctx context.Context, version string) (*geo.Snapshot, error) {
	for {
		f.mu.Lock()
		snapshot, newer := f.Snapshot(), f.newer
		f.mu.Unlock()
		if snapshot.Version != version {
			return snapshot, nil
		}
		select {
		case <-newer:
		case <-f.done:
			return nil, errors.New("the follower has ended")
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// asked is a wish to have the snapshot hold what was committed before.
type asked struct {
	collections []string
	done        chan<- struct{} // closed when it does
}

// Refresh loads the named collections, or all, without waiting for the store to
// tell of a change, and returns when the snapshot has all that was committed
// before the call, or with ctx's error. While the store is away it waits.
func (f *Follower) Refresh(ctx context.Context, collections ...string) error {
	done := make(chan struct{})
	select {
	case f.asked <- asked{collections, done}:
	case <-f.done:
		return errors.New("the follower has ended")
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-done:
		return nil
	case <-f.done:
		return errors.New("the follower has ended")
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Close ends following and waits for it. The snapshot stays.
func (f *Follower) Close() {
	f.cancel()
	<-f.done
}

// run is the only one that loads after Follow has returned.
func (f *Follower) run(ctx context.Context, changes <-chan Change, retry time.Duration) {
	defer close(f.done)
	var pending wanted
	var due <-chan time.Time // when to load again what could not be loaded
	var waiting []asked
	pause := retry
	for {
		select {
		case c, ok := <-changes:
			if !ok {
				if ctx.Err() == nil {
					f.report(errors.New("the store is no longer watched"))
				}
				return
			}
			if c = pending.gather(c, changes); c.Err != nil {
				f.report(c.Err) // the store will say when it is back
				due = nil
				continue
			}
		case q := <-f.asked:
			for more := true; more; {
				pending.add(Change{Collections: q.collections})
				waiting = append(waiting, q)
				select {
				case q = <-f.asked:
				default:
					more = false
				}
			}
		case <-due:
		}
		if err := f.refresh(ctx, pending); ctx.Err() != nil {
			return
		} else if err != nil {
			f.report(err)
			due = time.After(pause)
			pause = min(2*pause, 64*retry)
			continue
		}
		pending, due, pause = wanted{}, nil, retry
		for _, q := range waiting {
			close(q.done)
		}
		waiting = nil
	}
}

// refresh loads what is wanted, and replaces the snapshot when that differs.
func (f *Follower) refresh(ctx context.Context, w wanted) error {
	start := time.Now()
	tables, err := f.store.Load(ctx, w.names()...)
	if err != nil {
		return err
	}
	loaded := time.Now()
	old := f.Snapshot()
	next, err := geo.Build(ctx, old, tables, gone(old, tables, w))
	if err != nil {
		return fmt.Errorf("build the snapshot: %w", err)
	}
	if w.all || slices.ContainsFunc(w.names(), IsRaster) {
		rasters, err := f.loadRasters(ctx, next)
		if err != nil {
			return err
		}
		next = next.WithRasters(rasters...)
	}
	f.publish(next)
	if old == nil || old.Version != next.Version {
		f.log.Info("built a snapshot", "version", next.Version, "collections", len(tables),
			"load", loaded.Sub(start), "build", time.Since(loaded))
	}
	return nil
}

// loadRasters returns the rasters of the store; one that is the same as in the
// snapshot is the snapshot's own.
func (f *Follower) loadRasters(ctx context.Context, has *geo.Snapshot) ([]*raster.Raster, error) {
	infos, err := f.store.Rasters(ctx)
	if err != nil {
		return nil, err
	}
	rasters := make([]*raster.Raster, len(infos))
	for i, info := range infos {
		if old := has.Raster(info.Name); old != nil && old.Version() == info.Version() {
			rasters[i] = old
		} else if rasters[i], err = raster.New(info, f.store, f.blocks); err != nil {
			return nil, err
		}
	}
	return rasters, nil
}

// gone returns the collections that are wanted, and in the old snapshot, but no
// longer in the store. What a snapshot derives is not from the store.
func gone(old *geo.Snapshot, tables []geo.Table, w wanted) (ids []string) {
	if old == nil {
		return nil
	}
	for _, l := range old.Layers() {
		id := l.Collection.ID
		is := func(t geo.Table) bool { return t.Collection.ID == id }
		if !l.Derived && (w.all || w.ids[id]) && !slices.ContainsFunc(tables, is) {
			ids = append(ids, id)
		}
	}
	return ids
}

func (f *Follower) publish(s *geo.Snapshot) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if old := f.Snapshot(); old != nil && old.Version == s.Version {
		s = old
	} else {
		f.snapshot.Store(s)
		close(f.newer)
		f.newer = make(chan struct{})
	}
	if f.state.Err != nil {
		f.log.Info("the snapshot is current again", "version", s.Version, "after", time.Since(f.state.Since))
	}
	if f.state.Err != nil || f.state.Since.IsZero() {
		f.state.Since = time.Now()
	}
	f.state.Err, f.state.Version, f.state.Built = nil, s.Version, s.Built
}

// report makes the state degraded.
func (f *Follower) report(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.state.Err == nil || f.state.Err.Error() != err.Error() {
		f.log.Warn("the snapshot may be old", "version", f.state.Version, "err", err)
	}
	if f.state.Err == nil {
		f.state.Since = time.Now()
	}
	f.state.Err = err
}
