package live

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/semaphore"
)

// gate lets as many queries run as there are connections, and a bounded number
// wait their turn, first come first served.
type gate struct {
	open    context.Context // ends when the gate closes
	pool    *pgxpool.Pool
	turns   *semaphore.Weighted
	waiting atomic.Int64
	queue   int64
	wait    time.Duration
	timeout time.Duration
}

// grace is how much longer than the server's own timeout an answer is awaited:
// the server may be gone.
const grace = 2 * time.Second

func newGate(open context.Context, pool *pgxpool.Pool, o *Options) *gate {
	return &gate{
		open: open, pool: pool, turns: semaphore.NewWeighted(int64(o.Connections)),
		queue: int64(o.Queue), wait: o.Wait, timeout: o.Timeout,
	}
}

// query hands the rows of a statement to read, which is called again when a
// connection turns out to be broken. When ctx ends the server stops working too.
func (g *gate) query(ctx context.Context, read func(pgx.Rows) error, statement string, arguments ...any) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(g.open, cancel)()
	if err := g.turn(ctx); err != nil {
		return err
	}
	defer g.turns.Release(1)

	running, stop := context.WithTimeout(ctx, g.timeout+grace)
	defer stop()
	err := g.once(running, read, statement, arguments)
	if isBroken(err) && running.Err() == nil {
		g.pool.Reset() // the server may have restarted: then all are
		err = g.once(running, read, statement, arguments)
	}
	if ctx.Err() != nil {
		if g.open.Err() != nil {
			return ErrAway
		}
		return ctx.Err()
	}
	return classify(err)
}

func (g *gate) turn(ctx context.Context) error {
	if g.turns.TryAcquire(1) {
		return nil
	}
	defer g.waiting.Add(-1)
	if g.waiting.Add(1) > g.queue {
		return ErrBusy
	}
	waiting, cancel := context.WithTimeout(ctx, g.wait)
	defer cancel()
	if g.turns.Acquire(waiting, 1) == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return ErrBusy
}

func (g *gate) once(ctx context.Context, read func(pgx.Rows) error, statement string, arguments []any) error {
	rows, err := g.pool.Query(ctx, statement, arguments...)
	if err != nil {
		return err
	}
	defer rows.Close()
	if err := read(rows); err != nil {
		return errors.Join(err, rows.Err())
	}
	rows.Close()
	return rows.Err()
}

// isBroken recognises an error of the connection rather than of the query.
func isBroken(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return isAway(pg)
	}
	return err != nil && !errors.Is(err, errRefused)
}

func (g *gate) close() { g.pool.Close() }
