package postgis

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/petadesa/petadesa/data"
)

const (
	burst    = 30 * time.Millisecond  // changes so close together are one
	silence  = 15 * time.Second       // after which the connection is tried
	firstTry = 100 * time.Millisecond // after a lost connection, doubled each time
	lastTry  = 10 * time.Second
)

// Watch listens on a connection of its own.
func (s *Store) Watch(ctx context.Context) (<-chan data.Change, error) {
	conn, err := s.listen(ctx)
	if err != nil {
		return nil, fmt.Errorf("watch the PostGIS store: %w", err)
	}
	changes := make(chan data.Change)
	go func() {
		defer close(changes)
		for conn != nil {
			err := deliver(ctx, conn, changes)
			closeQuietly(ctx, conn)
			if ctx.Err() != nil {
				return
			}
			s.log.Warn("lost the connection that listens for changes", "err", err)
			if !send(ctx, changes, data.Change{Err: fmt.Errorf("PostGIS store: %w", err)}) {
				return
			}
			if conn = s.listenAgain(ctx); conn == nil {
				return
			}
			s.log.Info("listening for changes again")
			if !send(ctx, changes, data.Change{}) {
				closeQuietly(ctx, conn)
				return
			}
		}
	}()
	return changes, nil
}

func (s *Store) listen(ctx context.Context) (*pgx.Conn, error) {
	conn, err := pgx.ConnectConfig(ctx, s.pool.Config().ConnConfig)
	if err != nil {
		return nil, err
	}
	if _, err := conn.Exec(ctx, "LISTEN petadesa"); err != nil {
		closeQuietly(ctx, conn)
		return nil, err
	}
	return conn, nil
}

// listenAgain tries until it succeeds; nil when ctx has ended. The pauses are
// random so that many servers do not come back at once.
func (s *Store) listenAgain(ctx context.Context) *pgx.Conn {
	for pause := firstTry; ; pause = min(2*pause, lastTry) {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pause/2 + rand.N(pause/2)):
		}
		conn, err := s.listen(ctx)
		if err == nil {
			return conn
		}
		s.log.Debug("the database is still away", "err", err)
	}
}

// deliver sends a Change for each burst of notifications until the connection
// fails or ctx ends.
func deliver(ctx context.Context, conn *pgx.Conn, changes chan<- data.Change) error {
	for {
		n, err := wait(ctx, conn, silence)
		if pgconn.Timeout(err) && ctx.Err() == nil {
			if err := ping(ctx, conn); err != nil {
				return err
			}
			continue
		}
		if err != nil {
			return err
		}
		ids := map[string]bool{n.Payload: true}
		for end := time.Now().Add(burst); ; {
			if n, err = wait(ctx, conn, time.Until(end)); err != nil {
				break
			}
			ids[n.Payload] = true
		}
		if !pgconn.Timeout(err) || ctx.Err() != nil {
			return err // the Change that follows a lost connection tells all
		}
		if !send(ctx, changes, change(ids)) {
			return ctx.Err()
		}
	}
}

func wait(ctx context.Context, conn *pgx.Conn, d time.Duration) (*pgconn.Notification, error) {
	ctx, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	return conn.WaitForNotification(ctx)
}

func ping(ctx context.Context, conn *pgx.Conn) error {
	ctx, cancel := context.WithTimeout(ctx, silence)
	defer cancel()
	return conn.Ping(ctx)
}

// change names the ids; an empty one stands for all.
func change(ids map[string]bool) data.Change {
	if ids[""] {
		return data.Change{}
	}
	var c data.Change
	for id := range ids {
		c.Collections = append(c.Collections, id)
	}
	slices.Sort(c.Collections)
	return c
}

func send(ctx context.Context, changes chan<- data.Change, c data.Change) bool {
	select {
	case changes <- c:
		return true
	case <-ctx.Done():
		return false
	}
}

// closeQuietly also works when ctx has ended.
func closeQuietly(ctx context.Context, conn *pgx.Conn) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	_ = conn.Close(ctx)
}
