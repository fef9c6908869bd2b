package pull

import (
	"context"
	"fmt"
	"slices"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
)

// A stage is a store that keeps what is written to it in memory, over what the
// store behind it has, until everything is there to be written at once.
type stage struct {
	data.Store
	tables []geo.Table
}

// Load gives what was staged, and what the store has beside it.
func (s *stage) Load(ctx context.Context, names ...string) ([]geo.Table, error) {
	if len(names) == 0 {
		return nil, fmt.Errorf("%w: a stage is asked for collections by name", data.ErrInvalid)
	}
	var found []geo.Table
	for _, name := range names {
		if t := s.table(name); t != nil {
			found = append(found, *t)
			continue
		}
		tables, err := s.Store.Load(ctx, name)
		if err != nil {
			return nil, err
		}
		found = append(found, tables...)
	}
	return found, nil
}

// Write stages batches; each holds its collection whole.
func (s *stage) Write(ctx context.Context, batches ...data.Batch) error {
	for _, b := range batches {
		if err := data.CheckBatch(&b); err != nil {
			return err
		}
		t := geo.Table{Collection: b.Collection}
		for r, err := range data.Checked(ctx, b) {
			if err != nil {
				return err
			}
			r.Values = slices.Clone(r.Values)
			t.Records = append(t.Records, r)
		}
		s.drop(b.Collection.ID)
		s.tables = append(s.tables, t)
	}
	return nil
}

func (s *stage) table(id string) *geo.Table {
	for i := range s.tables {
		if s.tables[i].Collection.ID == id {
			return &s.tables[i]
		}
	}
	return nil
}

func (s *stage) drop(id string) {
	s.tables = slices.DeleteFunc(s.tables, func(t geo.Table) bool { return t.Collection.ID == id })
}

// commit writes everything to the store, in one transaction.
func (s *stage) commit(ctx context.Context) error {
	batches := make([]data.Batch, len(s.tables))
	for i := range s.tables {
		t := &s.tables[i]
		batches[i] = data.Batch{Collection: t.Collection, Mode: data.Replace, Records: func(yield func(geo.Record, error) bool) {
			for _, r := range t.Records {
				if !yield(r, nil) {
					return
				}
			}
		}}
	}
	return s.Store.Write(ctx, batches...)
}
