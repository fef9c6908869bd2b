package api

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/petadesa/petadesa/geo"
)

// derive has ready what answers about a snapshot are made from.
func (s *service) derive(ctx context.Context, snap *geo.Snapshot) error {
	if _, _, err := s.index(ctx, snap); err != nil {
		return err
	}
	return errors.Join(s.deriveRoads(ctx, snap), s.deriveSignal(ctx, snap))
}

// derived keeps values that are made of a snapshot and cost something, such as
// an index of names: the last few, each under a key, which is the version of
// what it is made of. A value is made once however many ask for it. The zero
// value is not ready: see newDerived.
type derived[T any] struct {
	name     string // for problems
	keep     int
	patience time.Duration // of now and soon

	mu      sync.Mutex
	kept    []keptValue[T] // the latest asked for first
	flights map[string]*making[T]
}

type keptValue[T any] struct {
	key   string
	value T
}

// making is a value that is being made.
type making[T any] struct {
	done   chan struct{}
	cancel context.CancelFunc
	asking int  // who wait for it
	held   bool // it is to be finished also when nobody waits
	value  T
	err    error
}

// newDerived keeps the last few values; name is what people are told is being
// made.
func newDerived[T any](name string, keep int) *derived[T] {
	return &derived[T]{name: name, keep: keep, patience: patienceFor, flights: map[string]*making[T]{}}
}

// of returns the value of a key, and waits for it while it is made. What nobody
// waits for any more is given up.
func (d *derived[T]) of(ctx context.Context, key string, build func(context.Context) (T, error)) (T, error) {
	d.mu.Lock()
	if value, ok := d.find(key); ok {
		d.mu.Unlock()
		return value, nil
	}
	m := d.begin(ctx, key, build)
	m.asking++
	d.mu.Unlock()
	return d.wait(ctx, key, m)
}

// patienceFor is how long a value is waited for by those who will not wait for all
// of it, unless they are told otherwise.
const patienceFor = 500 * time.Millisecond

// now returns the value of a key if it is there; else it has it made in the
// background, where nothing but a newer key ends it, and returns the latest
// there is. It fails with a problem NotReady when there is none yet.
func (d *derived[T]) now(ctx context.Context, key string, build func(context.Context) (T, error)) (T, error) {
	d.mu.Lock()
	if value, ok := d.find(key); ok {
		d.mu.Unlock()
		return value, nil
	}
	for other, m := range d.flights {
		if other != key && m.held && m.asking == 0 {
			m.cancel() // an older version
		}
	}
	m := d.begin(ctx, key, build)
	m.held = true
	if len(d.kept) > 0 {
		defer d.mu.Unlock()
		return d.kept[0].value, nil
	}
	m.asking++
	d.mu.Unlock()
	return d.briefly(ctx, key, m)
}

// soon returns the value of a key if it is there in a moment; else it goes on being
// made in the background, and soon fails with a problem NotReady.
func (d *derived[T]) soon(ctx context.Context, key string, build func(context.Context) (T, error)) (T, error) {
	d.mu.Lock()
	if value, ok := d.find(key); ok {
		d.mu.Unlock()
		return value, nil
	}
	m := d.begin(ctx, key, build)
	m.held = true
	m.asking++
	d.mu.Unlock()
	return d.briefly(ctx, key, m)
}

// briefly waits for a value that is to be finished anyway.
func (d *derived[T]) briefly(ctx context.Context, key string, m *making[T]) (T, error) {
	brief, cancel := context.WithTimeout(ctx, d.patience)
	defer cancel()
	value, err := d.wait(brief, key, m)
	if brief.Err() != nil && ctx.Err() == nil && err == brief.Err() {
		p := problem(NotReady, "%s are being prepared; try again in some seconds", d.name)
		p.Retry = 2
		return value, p
	}
	return value, err
}

// find returns a kept value and brings it to the front; d.mu is held.
func (d *derived[T]) find(key string) (T, bool) {
	for i, k := range d.kept {
		if k.key == key {
			copy(d.kept[1:i+1], d.kept[:i])
			d.kept[0] = k
			return k.value, true
		}
	}
	var none T
	return none, false
}

// begin has a value made, or joins its making; d.mu is held.
func (d *derived[T]) begin(ctx context.Context, key string, build func(context.Context) (T, error)) *making[T] {
	if m, ok := d.flights[key]; ok {
		return m
	}
	own, cancel := context.WithCancel(context.WithoutCancel(ctx))
	m := &making[T]{done: make(chan struct{}), cancel: cancel}
	d.flights[key] = m
	go d.fly(own, key, m, build)
	return m
}

func (d *derived[T]) fly(ctx context.Context, key string, m *making[T], build func(context.Context) (T, error)) {
	defer m.cancel()
	defer close(m.done)
	func() {
		defer func() {
			if fault := recover(); fault != nil { // no handler could recover this goroutine
				m.err = fmt.Errorf("making of %s: %v", d.name, fault)
			}
		}()
		m.value, m.err = build(ctx)
	}()
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.flights[key] == m {
		delete(d.flights, key)
	}
	if m.err != nil {
		return
	}
	d.kept = append([]keptValue[T]{{key, m.value}}, d.kept...)
	d.kept = d.kept[:min(len(d.kept), d.keep)]
}

func (d *derived[T]) wait(ctx context.Context, key string, m *making[T]) (T, error) {
	select {
	case <-m.done:
		return m.value, m.err
	case <-ctx.Done():
		d.mu.Lock()
		defer d.mu.Unlock()
		if m.asking--; m.asking == 0 && !m.held {
			m.cancel()
			if d.flights[key] == m { // who asks next begins anew
				delete(d.flights, key)
			}
		}
		var none T
		return none, ctx.Err()
	}
}
