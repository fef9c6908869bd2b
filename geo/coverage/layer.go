package coverage

import (
	"context"
	"fmt"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/lattice"
)

// CellZoom is the zoom from which single cells can be told apart on a map: 92 m
// are about a third of a pixel of 256 a tile at zoom 9.
const CellZoom = 10

// Layer answers a query by village or district as a layer for tiles: the shapes
// of that layer, with the columns of the rows. What the query does not select has no
// class. Limit, sort and cursor do not count.
func (e *Engine) Layer(ctx context.Context, snap *geo.Snapshot, query *Query) (*geo.Layer, error) {
	q := *query
	if q.Change != nil {
		return e.layer(ctx, snap, &q)
	}
	q.Limit, q.Cursor, q.Sort = MaxLimit, "", "code"
	kept, err := cached(ctx, e.cache, "layer/"+snap.Version+"/"+q.Permalink(), func(ctx context.Context) (dressed, error) {
		l, err := e.layer(ctx, snap, &q)
		return dressed{l}, err
	})
	return kept.Layer, err
}

// dressed is a layer in the cache; its shapes are the snapshot's.
type dressed struct{ *geo.Layer }

// Bytes returns about how much memory the columns take.
func (d dressed) Bytes() int64 { return int64(24 * d.Len() * len(d.Columns)) }

func (e *Engine) layer(ctx context.Context, snap *geo.Snapshot, query *Query) (*geo.Layer, error) {
	q := *query
	q.Limit, q.Cursor, q.Sort = MaxLimit, "", "code"
	source := "villages"
	switch {
	case q.By == "district":
		source = "districts"
	case q.By != "village" && q.By != "":
		return nil, &ParamError{Parameter: "by", Value: q.By, Reason: "has no shapes of its own for tiles", Allowed: []string{"village", "district", "cell"}}
	case q.Operator == "each":
		return nil, &ParamError{Parameter: "operator", Value: q.Operator, Reason: "a map shows one answer at a place", Allowed: []string{"any", "all"}}
	}
	shapes := snap.Layer(source)
	if shapes == nil {
		return nil, ErrNoVillages{}
	}
	rows := map[string]Row{}
	for {
		a, err := e.Gaps(ctx, snap, &q)
		if err != nil {
			return nil, err
		}
		for _, r := range a.Rows {
			rows[r.Code] = r
		}
		if q.Cursor = a.Next; q.Cursor == "" {
			break
		}
	}
	all := columns()
	c := geo.Collection{
		ID: "gaps", Title: "Coverage gaps", Geometry: geo.Polygon, MinZoom: 0, MaxZoom: shapes.Collection.MaxZoom,
		Attribution: shapes.Collection.Attribution, License: shapes.Collection.License,
	}
	for _, column := range all {
		kind := geo.String
		if column.value != nil {
			kind = geo.Number
		}
		c.Fields = append(c.Fields, geo.Field{Name: column.name, Type: kind})
	}
	return shapes.Dress(c, func(i int) []any {
		r, ok := rows[shapes.ID(i)]
		if !ok {
			return nil
		}
		return r.values(all)
	})
}

// values are the row's cells as those of a record: numbers in the units that
// they are written in.
func (r *Row) values(all []column) []any {
	values := make([]any, len(all))
	for k := range all {
		values[k] = all[k].json(r)
	}
	return values
}

// CellTable answers a query as rectangles of cells of one state that lie side by side in a row, within
// a bound in degrees: state, and how many of them there are. At most most.
func (e *Engine) CellTable(ctx context.Context, snap *geo.Snapshot, query *Query, bound orb.Bound, most int) (geo.Table, error) {
	q := *query
	q.By = "cell"
	s, t, err := e.ready(ctx, snap, &q)
	if err != nil {
		return geo.Table{}, err
	}
	if q.Operator == "each" {
		return geo.Table{}, &ParamError{Parameter: "operator", Value: q.Operator, Reason: "a map shows one answer at a place", Allowed: []string{"any", "all"}}
	}
	states, err := s.states(ctx, &q, t)
	if err != nil {
		return geo.Table{}, err
	}
	chosen, err := s.choose(&q)
	if err != nil {
		return geo.Table{}, err
	}
	in, err := s.corridor(ctx, &q)
	if err != nil {
		return geo.Table{}, err
	}
	table := geo.Table{Collection: geo.Collection{
		ID: "gaps", Title: "Cells without coverage", Geometry: geo.Polygon, MinZoom: CellZoom, MaxZoom: 16,
		Fields: []geo.Field{{Name: "state", Type: geo.String}, {Name: "cells", Type: geo.Integer}},
	}}
	w := lattice.Covering(bound)
	land := s.selected(chosen, w)
	for row := w.Row; row < w.Row+w.Height; row++ {
		if ctx.Err() != nil {
			return geo.Table{}, ctx.Err()
		}
		var last string
		from := w.Col
		for col := w.Col; col <= w.Col+w.Width; col++ {
			state := ""
			if c := (lattice.Cell{Col: col, Row: row}); col < w.Col+w.Width {
				if i := s.Grid.Index(c); i >= 0 && land.Mask(i) != 0 && (in == nil || in.Has(i)) {
					state = stateOf(states[0].States, i)
				}
			}
			if state == last {
				continue
			}
			if last != "" {
				table.Records = append(table.Records, rectangle(row, from, col, last))
				if len(table.Records) > most {
					return geo.Table{}, fmt.Errorf("more than %d runs of cells within %v", most, bound)
				}
			}
			last, from = state, col
		}
	}
	return table, nil
}

func stateOf(st *States, i int32) string {
	switch {
	case st.Covered.Has(i):
		return StateCovered
	case st.Not.Has(i):
		return StateNot
	default:
		return StateUnknown
	}
}

func rectangle(row, from, to int32, state string) geo.Record {
	a, b := lattice.Cell{Col: from, Row: row}, lattice.Cell{Col: to - 1, Row: row}
	bound := orb.Bound{Min: a.Bound().Min, Max: b.Bound().Max}
	return geo.Record{ID: CellID(a), Geometry: bound.ToPolygon(), Values: []any{state, int64(to - from)}}
}

// selected is the land of villages within a window.
func (s *scene) selected(chosen []int, w lattice.Window) *Set {
	b := s.Grid.NewBuilder()
	box := w.Bound()
	for _, v := range chosen {
		if g := s.villages.Geometry(v); g == nil || !g.Bound().Intersects(box) {
			continue
		}
		spans, pieces := s.of(v)
		for _, p := range spans {
			b.full[p.word] |= p.mask
		}
		for _, p := range pieces {
			b.Add(p.cell, p.mask)
		}
	}
	return b.Set()
}

// ready checks a query against a snapshot.
func (e *Engine) ready(ctx context.Context, snap *geo.Snapshot, q *Query) (*scene, *Threshold, error) {
	if err := q.Check(); err != nil {
		return nil, nil, err
	}
	t, err := q.resolve()
	if err != nil {
		return nil, nil, err
	}
	s, err := e.scene(ctx, snap, q.Change)
	if err != nil {
		return nil, nil, err
	}
	return s, &t, s.check(q)
}
