package live

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
)

// catalogue is what is published at a moment. It never changes.
type catalogue struct {
	byName  map[string]*published
	sources []Source // in order of name
	skipped []Skipped
}

// finder looks through the allowed schemas once.
type finder struct {
	conn    *pgx.Conn
	postgis string       // schema of the extension
	srids   map[int]bool // that the database can transform
	before  *catalogue
	version *uint64   // of the newest source
	until   time.Time // after which no relation is read for its extent
	log     *slog.Logger
	found   catalogue
}

// discover reads the catalogue anew. Sources that are as they were keep their
// version, and with it their tiles.
func (l *Live) discover(ctx context.Context, conn *pgx.Conn) (*catalogue, error) {
	f := finder{
		conn: conn, before: l.catalogue.Load(), version: &l.version, until: time.Now().Add(l.options.Refresh / 4), log: l.options.Log,
		found: catalogue{byName: map[string]*published{}},
	}
	if err := f.look(ctx, l.options.Schemas); err != nil {
		return nil, fmt.Errorf("look for live sources: %w", err)
	}
	for _, p := range f.found.byName {
		f.found.sources = append(f.found.sources, p.Source)
	}
	slices.SortFunc(f.found.sources, func(a, b Source) int { return cmp.Compare(a.Name, b.Name) })
	slices.SortStableFunc(f.found.skipped, func(a, b Skipped) int { return cmp.Compare(a.Name, b.Name) })
	return &f.found, nil
}

func (f *finder) look(ctx context.Context, schemas []string) error {
	const extension = "SELECT n.nspname::text FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'postgis'"
	err := f.conn.QueryRow(ctx, extension).Scan(&f.postgis)
	if errors.Is(err, pgx.ErrNoRows) {
		return errors.New("the database has no PostGIS")
	}
	if err != nil {
		return err
	}
	rows, err := f.conn.Query(ctx, fill("SELECT srid FROM {postgis}.spatial_ref_sys", "{postgis}", quoted(f.postgis)))
	if err != nil {
		return err
	}
	srids, err := pgx.CollectRows(rows, pgx.RowTo[int])
	if err != nil {
		return err
	}
	f.srids = make(map[int]bool, len(srids))
	for _, srid := range srids {
		f.srids[srid] = true
	}
	if err := f.relations(ctx, schemas); err != nil {
		return err
	}
	return f.functions(ctx, schemas)
}

func (f *finder) skip(name, reason string) {
	f.found.skipped = append(f.found.skipped, Skipped{name, reason})
}

// add publishes p unless its name is taken: relations come before functions.
func (f *finder) add(p *published) {
	if taken, ok := f.found.byName[p.Name]; ok {
		if taken.Kind != Function || p.Kind != Function { // of two functions the richer came first
			f.skip(p.Name, fmt.Sprintf("a %s is published under this name", taken.Kind))
		}
		return
	}
	if old := f.before.byName[p.Name]; old != nil && old.statements.tile == p.statements.tile {
		p.version = old.version
	} else {
		*f.version++
		p.version = *f.version
	}
	f.found.byName[p.Name] = p
}

// renewed is the catalogue with new versions for the sources of a relation or
// function, given as schema.name; "" means all.
func (c *catalogue) renewed(name string, version *uint64) *catalogue {
	next := *c
	next.byName = make(map[string]*published, len(c.byName))
	for n, p := range c.byName {
		if name == "" || name == n || name == p.Schema+"."+p.Relation {
			changed := *p
			*version++
			changed.version = *version
			p = &changed
		}
		next.byName[n] = p
	}
	return &next
}
