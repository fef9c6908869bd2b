package gpkg

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo/raster"
)

// interval is how often a watch looks at the file. Looking reads a counter in
// memory shared by all processes that have the file open.
const interval = 150 * time.Millisecond

// Watch looks at the file a few times a second. The collections that programs
// change by statements are named; a change that leaves no mark, as when a table
// is made anew, is an empty Change.
func (s *Store) Watch(ctx context.Context) (<-chan data.Change, error) {
	conn, err := s.read.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("watch: %w", explain(err))
	}
	seen, err := look(ctx, conn)
	if err != nil {
		return nil, fmt.Errorf("watch: %w", errors.Join(explain(err), conn.Close()))
	}
	changes := make(chan data.Change)
	go func() {
		defer close(changes)
		defer func() { _ = conn.Close() }()
		ticks := time.NewTicker(interval)
		defer ticks.Stop()
		away := false
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticks.C:
			}
			now, err := s.lookAgain(ctx, conn, seen)
			if ctx.Err() != nil || errors.Is(err, sql.ErrConnDone) {
				return
			}
			c := seen.until(now)
			switch {
			case err != nil && away:
				continue
			case err != nil:
				c = &data.Change{Err: fmt.Errorf("GeoPackage %s: %w", s.path, explain(err))}
			case away:
				c = &data.Change{}
			}
			away = err != nil
			if !away {
				seen = now
			}
			if c == nil {
				continue
			}
			select {
			case changes <- *c:
			case <-ctx.Done():
				return
			}
		}
	}()
	return changes, nil
}

// glance is what a watch saw of the file.
type glance struct {
	version     int64 // another after any commit by another connection
	schema      int64 // another after any change of the tables' form
	service     int64 // another after a change of documents or tokens
	collections []described
	rasters     map[string]string // revisions by name
}

func (s *Store) lookAgain(ctx context.Context, conn *sql.Conn, seen glance) (glance, error) {
	if err := s.present(); err != nil {
		return seen, err
	}
	var version int64
	err := conn.QueryRowContext(ctx, "PRAGMA data_version").Scan(&version)
	if err != nil || version == seen.version {
		return seen, err
	}
	return look(ctx, conn)
}

// look reads version and collections in one transaction, so that they belong
// together.
func look(ctx context.Context, conn *sql.Conn) (g glance, err error) {
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return g, err
	}
	defer func() { _ = tx.Rollback() }()
	if g.collections, err = describe(ctx, tx, nil); err != nil {
		return g, err
	}
	if err := tx.QueryRowContext(ctx, "SELECT coalesce(max(revision), 0) FROM petadesa_service").Scan(&g.service); err != nil && !isMissing(err) {
		return g, err
	}
	if err := tx.QueryRowContext(ctx, "PRAGMA schema_version").Scan(&g.schema); err != nil {
		return g, err
	}
	if g.rasters, err = rasterRevisions(ctx, tx); err != nil {
		return g, err
	}
	return g, tx.QueryRowContext(ctx, "PRAGMA data_version").Scan(&g.version)
}

// until returns the change from one glance to the next, or nil.
func (g glance) until(next glance) *data.Change {
	if g.version == next.version {
		return nil
	}
	c := &data.Change{}
	for _, pair := range [][2][]described{{g.collections, next.collections}, {next.collections, g.collections}} {
		for _, d := range pair[0] {
			same := func(o described) bool { return reflect.DeepEqual(o, d) }
			if !slices.ContainsFunc(pair[1], same) {
				c.Collections = append(c.Collections, d.ID)
			}
		}
	}
	if len(c.Collections) == 0 && g.service != next.service && g.schema == next.schema {
		return nil // only what no snapshot is made of
	}
	for _, name := range raster.Names() {
		if g.rasters[name] != next.rasters[name] {
			c.Collections = append(c.Collections, name)
		}
	}
	slices.Sort(c.Collections)
	c.Collections = slices.Compact(c.Collections)
	return c
}
