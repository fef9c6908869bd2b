package live

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/petadesa/petadesa/data"
)

// Live answers from the sources of a database. Its methods may be called
// concurrently.
type Live struct {
	options Options
	gate    *gate
	flights flights[tileKey, Tile]
	cache   *cache

	// Of the goroutine that follows the database.
	cancel    context.CancelFunc
	followed  chan struct{}                      // closed when it has ended
	wake      atomic.Pointer[context.CancelFunc] // has it look at the catalogue
	version   uint64                             // only it touches this
	catalogue atomic.Pointer[catalogue]
	state     atomic.Pointer[error] // of its last attempt
}

// Open begins to publish. It returns after the first look at the database, even
// when that fails: Err tells, and the database is tried again until Close. Its
// own error is of the URL, the options or ctx.
func Open(ctx context.Context, url string, o Options) (*Live, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("%w: connection string of the live sources: %w", data.ErrInvalid, err)
	}
	listener := config.ConnConfig.Copy()
	prepare(listener.RuntimeParams, o.Timeout)
	prepare(config.ConnConfig.RuntimeParams, o.Timeout)
	listener.RuntimeParams["application_name"] = "petadesa live catalogue"
	config.MinConns, config.MaxConns = 0, int32(o.Connections)
	config.ConnConfig.BuildContextWatcherHandler = func(c *pgconn.PgConn) ctxwatch.Handler {
		return &pgconn.CancelRequestContextWatcherHandler{Conn: c, DeadlineDelay: 2 * time.Second}
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("live sources: %w", err)
	}

	following, cancel := context.WithCancel(context.WithoutCancel(ctx))
	l := &Live{
		options: o, cache: newCache(o.CacheBytes, o.TTL), gate: newGate(following, pool, &o),
		cancel: cancel, followed: make(chan struct{}),
	}
	l.catalogue.Store(&catalogue{})
	tried := make(chan struct{})
	go l.follow(following, listener, tried)
	select {
	case <-tried:
		return l, nil
	case <-ctx.Done():
		l.Close()
		return nil, context.Cause(ctx)
	}
}

// prepare makes sessions that read, stop in time and answer the same everywhere.
func prepare(session map[string]string, timeout time.Duration) {
	milliseconds := strconv.FormatInt(timeout.Milliseconds(), 10)
	for name, value := range map[string]string{
		"application_name":              "petadesa live",
		"default_transaction_read_only": "on",
		"statement_timeout":             milliseconds,
		"lock_timeout":                  milliseconds,
		"plan_cache_mode":               "force_custom_plan", // a plan for one tile is wrong for another
		"jit":                           "off",
		"DateStyle":                     "ISO, YMD",
		"IntervalStyle":                 "iso_8601",
		"TimeZone":                      "UTC",
		"bytea_output":                  "hex",
	} {
		session[name] = value
	}
}

// Sources returns what is published, in order of name. It must not be changed.
func (l *Live) Sources() []Source { return l.catalogue.Load().sources }

// Source returns the source of that name.
func (l *Live) Source(name string) (Source, bool) {
	p, ok := l.catalogue.Load().byName[name]
	if !ok {
		return Source{}, false
	}
	return p.Source, true
}

// Skipped returns what is not published although its schema is, and why.
func (l *Live) Skipped() []Skipped { return slices.Clone(l.catalogue.Load().skipped) }

// Err returns why the catalogue is not known to be current; nil: it is.
func (l *Live) Err() error { return *l.state.Load() }

// Close ends all queries, for which requests get an error, and all connections.
func (l *Live) Close() {
	l.cancel()
	<-l.followed
	l.gate.close()
}

func (l *Live) find(name string) (*published, error) {
	p, ok := l.catalogue.Load().byName[name]
	if !ok {
		return nil, fmt.Errorf("live source %q: %w", name, data.ErrNotFound)
	}
	return p, nil
}

func closeQuietly(ctx context.Context, conn *pgx.Conn) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	_ = conn.Close(ctx)
}
