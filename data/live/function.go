package live

import (
	"context"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

// function is a row of functions.sql.
type function struct {
	Schema, Name string
	Description  string
	Callable     bool
	QueryType    string // json, jsonb or ""
	Arguments    []string
	Results      []string
}

// functions adds what is to be published of the functions.
func (f *finder) functions(ctx context.Context, schemas []string) error {
	rows, err := f.conn.Query(ctx, functionsSQL, schemas)
	if err != nil {
		return err
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByPos[function])
	if err != nil {
		return err
	}
	for i := range found {
		f.function(&found[i])
	}
	return nil
}

func (f *finder) function(fn *function) {
	name := fn.Schema + "." + fn.Name
	keyed := slices.Equal(fn.Results, []string{"bytea", "text"})
	switch {
	case !fn.Callable:
		f.skip(name, "the role may not call it: GRANT USAGE on the schema and EXECUTE on the function")
		return
	case !slices.EqualFunc(fn.Arguments, []string{"z", "x", "y"}, strings.EqualFold):
		f.skip(name, "its arguments are not called z, x and y, in this order")
		return
	case !keyed && len(fn.Results) != 1:
		f.skip(name, "it answers more than a bytea, or a bytea and a text")
		return
	}
	p := &published{Source: Source{
		Name: name, Kind: Function, Schema: fn.Schema, Relation: fn.Name, Description: fn.Description,
		Rows: -1, TakesQuery: fn.QueryType != "",
	}}
	p.statements = functionStatements(&p.Source, fn.QueryType, keyed)
	f.add(p)
}
