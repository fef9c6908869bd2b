package live

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
)

// relation is a row of relations.sql.
type relation struct {
	Schema, Name string
	Kind         string // pg_class.relkind
	Rows         float64
	Description  string
	Readable     bool
	Columns      []column
}

func (r *relation) kind() Kind {
	switch r.Kind {
	case "v":
		return View
	case "m":
		return MaterializedView
	case "f":
		return ForeignTable
	}
	return Table
}

// relations adds what is to be published of the relations.
func (f *finder) relations(ctx context.Context, schemas []string) error {
	rows, err := f.conn.Query(ctx, fill(relationsSQL, "{postgis}", quoted(f.postgis)), schemas, f.postgis)
	if err != nil {
		return err
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByPos[relation])
	if err != nil {
		return err
	}
	for i := range found {
		if err := f.relation(ctx, &found[i]); err != nil {
			return err
		}
	}
	return nil
}

// relation adds a source for each geometry column. The error is of the
// connection; what is wrong with the relation is noted.
func (f *finder) relation(ctx context.Context, r *relation) error {
	name := r.Schema + "." + r.Name
	if !r.Readable {
		f.skip(name, "the role may not read it: GRANT USAGE on the schema and SELECT on the relation")
		return nil
	}
	first := true
	for i := range r.Columns {
		g := &r.Columns[i]
		if g.Spatial == "" {
			continue
		}
		if !first {
			name = r.Schema + "." + r.Name + "." + g.Name
		}
		first = false
		if err := f.geometry(ctx, name, r, g); err != nil {
			return err
		}
	}
	return nil
}

func (f *finder) geometry(ctx context.Context, name string, r *relation, g *column) error {
	switch {
	case !g.Readable:
		f.skip(name, fmt.Sprintf("the role may not read the column %q", g.Name))
		return nil
	case g.isSolid():
		f.skip(name, fmt.Sprintf("a %s is not drawn", g.Shape))
		return nil
	}
	srid, sampled := g.SRID, false
	if srid == 0 && g.Spatial == "geography" {
		srid = degrees
	}
	if srid == 0 {
		var reason string
		var err error
		if srid, reason, err = f.sampleSRID(ctx, r, g); err != nil {
			return err
		}
		if reason != "" {
			f.skip(name, reason)
			return nil
		}
		sampled = true
	}
	if !f.srids[srid] {
		f.skip(name, fmt.Sprintf("SRID %d is not in spatial_ref_sys", srid))
		return nil
	}

	columns := readable(r.Columns)
	p := &published{indexed: g.Indexed}
	p.Source = Source{
		Name: name, Kind: r.kind(), Schema: r.Schema, Relation: r.Name, Description: r.Description,
		Geometry: g.geometry(), Column: g.Name, SRID: srid, Rows: int64(r.Rows),
	}
	if p.Kind == View || p.Kind == ForeignTable {
		p.Rows = -1
	}
	for i := range columns {
		if field, _, ok := columns[i].field(); ok {
			p.Fields = append(p.Fields, field)
		}
	}
	p.Key = findKey(&p.Source, columns)
	p.Pages = p.Key.Column != "" || r.Kind == "r" || r.Kind == "m" // these have rows that lie somewhere
	p.statements = relationStatements(f.postgis, &p.Source, g, columns, sampled)
	f.extent(ctx, p)
	f.add(p)
	return ctx.Err()
}

// readable returns the columns that become properties or keys, not too many.
func readable(columns []column) []column {
	var kept []column
	for i := range columns {
		if _, _, ok := columns[i].field(); ok && len(kept) < data.MaxFields {
			kept = append(kept, columns[i])
		}
	}
	return kept
}

// findKey prefers an integer, and a primary key before one that is unique. A
// view declares none: there a column is taken by its usual name.
func findKey(s *Source, columns []column) Key {
	best, rank := -1, 0
	for i := range columns {
		c := &columns[i]
		r := 0
		switch usual := slices.Index([]string{"objectid", "ogc_fid", "gid", "fid", "id"}, c.Name) + 1; {
		case !c.canBeKey():
		case c.Primary:
			r = 8
		case c.Unique:
			r = 7
		case s.Kind == View:
			r = usual
		}
		if r >= 7 && c.isInteger() {
			r += 2
		}
		if r > rank {
			best, rank = i, r
		}
	}
	if best < 0 {
		return Key{}
	}
	c := &columns[best]
	k := Key{Column: c.Name, Integer: c.isInteger(), Assumed: rank < 7}
	if !k.Integer && (c.Name == "id" || !hasField(s, "id") && s.Column != "id") {
		k.Property = "id"
	}
	return k
}

func hasField(s *Source, name string) bool {
	return slices.ContainsFunc(s.Fields, func(f geo.Field) bool { return f.Name == name })
}

// sampleSRID asks the geometries for the reference system that their column
// does not declare; the reason says why there is none.
func (f *finder) sampleSRID(ctx context.Context, r *relation, g *column) (srid int, reason string, err error) {
	rows, err := f.conn.Query(ctx, fill(sridsSQL, "{postgis}", quoted(f.postgis), "{relation}", quoted(r.Schema, r.Name), "{stored}", g.from()))
	var found []int
	if err == nil {
		found, err = pgx.CollectRows(rows, pgx.RowTo[int])
	}
	switch {
	case err != nil && f.conn.IsClosed():
		return 0, "", err
	case err != nil:
		return 0, fmt.Sprintf("the column %q declares no reference system, and its geometries cannot be read: %v", g.Name, err), ctx.Err()
	case len(found) == 0:
		return 0, fmt.Sprintf("the column %q declares no reference system, and has no geometry that would", g.Name), nil
	case len(found) > 1:
		return 0, fmt.Sprintf("the column %q declares no reference system, and its geometries are of several: %v", g.Name, found), nil
	case found[0] == 0:
		return 0, fmt.Sprintf("the geometries of the column %q have no reference system (SRID 0)", g.Name), nil
	}
	return found[0], "", nil
}
