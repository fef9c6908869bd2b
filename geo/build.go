package geo

import (
	"context"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
)

// Build returns a new snapshot in which tables take the place of the layers of
// their ids, the removed ids are gone, and every other layer is prev's own. A
// table that says what prev's layer says already is not built again. A nil prev
// is an empty start. Rasters stay as they are (see WithRasters). Derived layers (see derive.go) follow their source.
//
// Build copies what it keeps; the tables are the caller's again afterwards. It
// fails, naming collection, id and field, when records do not fit their
// collection, and with ctx's error when that ends.
func Build(ctx context.Context, prev *Snapshot, tables []Table, removed []string) (*Snapshot, error) {
	layers := map[string]*Layer{}
	if prev != nil {
		for _, l := range prev.layers {
			layers[l.Collection.ID] = l
		}
	}
	for _, id := range removed {
		delete(layers, id)
	}
	built, err := buildLayers(ctx, layers, tables)
	if err != nil {
		return nil, err
	}
	for _, l := range built {
		layers[l.Collection.ID] = l
	}
	if err := derive(ctx, layers); err != nil {
		return nil, err
	}
	s := &Snapshot{Built: time.Now()}
	for _, l := range layers {
		s.layers = append(s.layers, l)
	}
	slices.SortFunc(s.layers, func(a, b *Layer) int { return strings.Compare(a.Collection.ID, b.Collection.ID) })
	if prev != nil {
		s.rasters = prev.rasters
	}
	s.Version = s.hash()
	return s, nil
}

// buildLayers builds the tables side by side on all cores.
func buildLayers(ctx context.Context, have map[string]*Layer, tables []Table) ([]*Layer, error) {
	built := make([]*Layer, len(tables))
	errs := make([]error, len(tables))
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for i := range tables {
		wg.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			built[i], errs[i] = buildLayer(ctx, have[tables[i].Collection.ID], &tables[i])
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return built, nil
}

// buildLayer makes a layer of a table, or returns old when it is the same.
func buildLayer(ctx context.Context, old *Layer, t *Table) (*Layer, error) {
	if err := t.Collection.Validate(); err != nil {
		return nil, err
	}
	order, err := checkedOrder(t)
	if err != nil {
		return nil, err
	}
	version := tableHash(t, order)
	if old != nil && old.Version == version {
		return old, nil
	}
	l := &Layer{Collection: cloneCollection(t.Collection), Version: version, ids: make([]string, len(order))}
	for _, f := range l.Collection.Fields {
		l.Columns = append(l.Columns, newColumn(f, len(order)))
	}
	for c := range l.Columns {
		fillColumn(&l.Columns[c], t, order, c)
	}
	for i, at := range order {
		l.ids[i] = t.Records[at].ID
	}
	l.geometries = copyGeometries(t, order)
	l.index = newIndex(l.geometries)
	l.Bound = emptyBound()
	if n := len(l.index.boxes); n > 0 {
		l.Bound = l.index.boxes[n-1]
	}
	if l.Shape, err = newShape(ctx, l.geometries); err != nil {
		return nil, err
	}
	return l, nil
}

func cloneCollection(c Collection) Collection {
	c.Fields = slices.Clone(c.Fields)
	for i := range c.Fields {
		c.Fields[i].Enum = slices.Clone(c.Fields[i].Enum)
	}
	return c
}

func fillColumn(col *Column, t *Table, order []int, c int) {
	words := map[string]uint32{}
	for i, at := range order {
		switch v := t.Records[at].Values[c].(type) {
		case string:
			ref, ok := words[v]
			if !ok {
				col.words = append(col.words, strings.Clone(v))
				ref = uint32(len(col.words))
				words[v] = ref
			}
			col.refs[i] = ref
		case int64:
			col.ints[i], col.set[i] = v, true
		case float64:
			col.nums[i], col.set[i] = v, true
		case bool:
			col.bools[i], col.set[i] = v, true
		}
	}
}
