package live

import (
	_ "embed" // for the statements
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
)

//go:embed sql/relations.sql
var relationsSQL string

//go:embed sql/functions.sql
var functionsSQL string

//go:embed sql/tile.sql
var tileSQL string

//go:embed sql/items.sql
var itemsSQL string

//go:embed sql/region.sql
var regionSQL string

//go:embed sql/function.sql
var functionSQL string

//go:embed sql/estimated_extent.sql
var estimatedExtentSQL string

//go:embed sql/exact_extent.sql
var exactExtentSQL string

//go:embed sql/sampled_extent.sql
var sampledExtentSQL string

//go:embed sql/degrees.sql
var degreesSQL string

//go:embed sql/srids.sql
var sridsSQL string

// statements are the SQL of one source, each prepared once on a connection.
type statements struct {
	tile  string
	items string

	// Names of columns in a feature, bound to the tile's statement.
	geometryName string
	idName       *string

	extents []string // ways to learn the extent, best first
}

// fill puts quoted names into the {marks} of a statement, in one pass: what a
// name contains is never taken for a mark.
func fill(statement string, marks ...string) string {
	return strings.TrimSpace(strings.NewReplacer(marks...).Replace(statement))
}

func quoted(names ...string) string { return pgx.Identifier(names).Sanitize() }

// relationStatements writes the SQL of a relation. The source is complete but
// for its extent; g is its geometry, columns are those of its fields.
func relationStatements(postgis string, s *Source, g *column, columns []column, sampled bool) statements {
	postgis = quoted(postgis)
	srid := strconv.Itoa(s.SRID)
	stored := g.from()
	if g.Spatial == "geography" {
		stored += "::" + postgis + ".geometry"
	}
	drawn := stored
	if g.mayCurve() {
		drawn = fill("CASE WHEN {postgis}.ST_HasArc({stored}) THEN {postgis}.ST_CurveToLine({stored}) ELSE {stored} END", "{postgis}", postgis, "{stored}", stored)
	}
	only := ""
	if sampled { // nothing holds the other rows to the same reference system
		only = fill(" AND {postgis}.ST_SRID({stored}) = {srid}", "{postgis}", postgis, "{stored}", stored, "{srid}", srid)
	}
	region := func(box string) string {
		return fill(regionSQL, "{postgis}", postgis, "{srid}", srid, "{box}", box)
	}

	st := statements{geometryName: g.Name}
	marks := []string{
		"{postgis}", postgis, "{relation}", quoted(s.Schema, s.Relation), "{stored}", stored, "{geometry}", drawn,
		"{geometryName}", quoted(g.Name), "{srid}", srid, "{only}", only,
	}
	order, id := "", ""
	key, keyType := pagingKey(s, columns)
	if key != "" {
		order = "ORDER BY " + key
	}
	switch {
	case s.Key.Integer:
		name := unusedName(s, g)
		st.idName = &name
		id = ", " + key + "::int8 AS " + quoted(name)
	case s.Key.Property != "" && s.Key.Property != s.Key.Column:
		id = ", " + key + "::text AS " + quoted(s.Key.Property)
	}
	all, chosen := propertyLists(columns)
	st.tile = fill(tileSQL, append(marks, "{id}", id, "{columns}", chosen, "{order}", order, "{region}", region("$7::float8[]"))...)
	if s.Pages {
		tie := ""
		if s.Key.Assumed { // it may occur twice: what else is in the row decides
			tie = ", pg_catalog.md5((source.*)::text)"
		}
		st.items = fill(itemsSQL, append(marks, "{tie}", tie, "{key}", key, "{keyType}", keyType, "{columns}", all,
			"{region}", region("$4::float8[]"), "{secondRegion}", region("$5::float8[]"))...)
	}
	for _, way := range []string{estimatedExtentSQL, exactExtentSQL, sampledExtentSQL} {
		st.extents = append(st.extents, fill(degreesSQL, "{postgis}", postgis, "{srid}", srid, "{box}", fill(way, marks...)))
	}
	return st
}

// propertyLists returns the columns of a query: all of them, and those that the
// bound $8 chooses.
func propertyLists(columns []column) (all, chosen string) {
	var a, c strings.Builder
	n := 0
	for i := range columns {
		f, value, ok := columns[i].field()
		if !ok {
			continue
		}
		n++
		name := quoted(f.Name)
		a.WriteString(", " + value + " AS " + name)
		c.WriteString(", CASE WHEN ($8::bool[])[" + strconv.Itoa(n) + "] THEN " + value + " END AS " + name)
	}
	return a.String(), c.String()
}

// pagingKey returns what orders the features of a source, and its type: its key,
// or where a row of a table lies.
func pagingKey(s *Source, columns []column) (key, keyType string) {
	for i := range columns {
		if c := &columns[i]; c.Name == s.Key.Column {
			return c.from(), quoted(c.TypeSchema, c.Type)
		}
	}
	if s.Pages {
		return "source.ctid", "tid"
	}
	return "", ""
}

// unusedName is for the id among the columns of a feature.
func unusedName(s *Source, g *column) string {
	name := "id"
	for hasField(s, name) || name == g.Name {
		name += "_"
	}
	return name
}

// functionStatements writes the SQL of a function.
func functionStatements(s *Source, queryType string, keyed bool) statements {
	query, key, results := "", "NULL::text", "mvt"
	if s.TakesQuery {
		query = ", $5::" + queryType // json or jsonb
	}
	if keyed {
		key, results = "string_agg(made.key, ',')", "mvt, key"
	}
	return statements{tile: fill(functionSQL, "{function}", quoted(s.Schema, s.Relation), "{query}", query, "{key}", key, "{results}", results)}
}
