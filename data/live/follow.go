package live

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Channel is what to NOTIFY: with schema.name as payload when the rows of that
// relation, or what that function answers, have changed; with none when anything
// may have.
const Channel = "petadesa_live"

const (
	firstPause = 100 * time.Millisecond // after a lost connection, doubled each time
	lastPause  = 5 * time.Second
	leastPause = time.Second // between two looks at the catalogue
)

// follow keeps the catalogue current until ctx ends. It closes tried after the
// first attempt, whatever came of it.
func (l *Live) follow(ctx context.Context, config *pgx.ConnConfig, tried chan struct{}) {
	defer close(l.followed)
	pause := firstPause
	report := func(err error) {
		before := l.state.Swap(&err)
		if err != nil && ctx.Err() == nil && (before == nil || *before == nil) { // once for each outage
			l.options.Log.Warn("live sources are away", "err", err)
		}
		if tried != nil {
			close(tried)
			tried = nil
		}
	}
	for ctx.Err() == nil {
		err := l.session(ctx, config, func() {
			pause = firstPause
			report(nil)
		})
		report(fmt.Errorf("%w: %w", ErrAway, err))
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
		pause = min(2*pause, lastPause)
	}
}

// session follows over one connection until it fails. It listens first and then
// looks, so nothing is missed in between.
func (l *Live) session(ctx context.Context, config *pgx.ConnConfig, current func()) error {
	connecting, cancel := context.WithTimeout(ctx, l.options.Timeout)
	conn, err := pgx.ConnectConfig(connecting, config)
	cancel()
	if err != nil {
		return err
	}
	defer closeQuietly(ctx, conn)
	if _, err := conn.Exec(ctx, "LISTEN "+quoted(Channel)); isStandby(err) {
		l.options.Log.Warn("live sources: a standby sends no notifications; changes are seen by the timer only", "every", l.options.Refresh)
	} else if err != nil {
		return err
	}
	l.forget("") // what changed while nobody listened is not known
	for {
		if err := l.refresh(ctx, conn); err != nil {
			return err
		}
		current()
		if err := l.wait(ctx, conn); err != nil {
			return err
		}
	}
}

func (l *Live) refresh(ctx context.Context, conn *pgx.Conn) error {
	ctx, cancel := context.WithTimeout(ctx, l.options.Refresh+l.options.Timeout)
	defer cancel()
	found, err := l.discover(ctx, conn)
	if err != nil {
		return err
	}
	before := l.catalogue.Swap(found)
	for name, p := range found.byName {
		if before.byName[name] == nil {
			l.options.Log.Info("live source published", "source", name, "kind", p.Kind)
		}
	}
	for name := range before.byName {
		if found.byName[name] == nil {
			l.options.Log.Info("live source gone", "source", name)
		}
	}
	return nil
}

// wait returns when it is time to look again. Tiles of a source that a
// notification names are forgotten at once.
func (l *Live) wait(ctx context.Context, conn *pgx.Conn) error {
	began := time.Now()
	soonest := began.Add(min(leastPause, l.options.Refresh))
	for until := began.Add(l.options.Refresh); time.Now().Before(until); until = soonest {
		waiting, cancel := context.WithDeadline(ctx, until)
		l.wake.Store(&cancel)
		n, err := conn.WaitForNotification(waiting)
		cancel()
		switch {
		case err == nil:
			l.forget(n.Payload)
		case ctx.Err() != nil:
			return ctx.Err()
		case conn.IsClosed() || waiting.Err() == nil:
			return err
		}
	}
	return nil
}

// lookSoon has the catalogue read again.
func (l *Live) lookSoon() {
	if wake := l.wake.Load(); wake != nil {
		(*wake)()
	}
}

// forget drops the tiles of a relation or function; "" means all.
func (l *Live) forget(name string) {
	l.catalogue.Store(l.catalogue.Load().renewed(name, &l.version))
}
