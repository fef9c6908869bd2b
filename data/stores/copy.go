package stores

import (
	"context"
	"fmt"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
)

// Copied tells what a copy did.
type Copied struct {
	Collections, Features int
	Others                []string // collections of the target that the source does not have; they are left alone
}

// Copy makes the target hold the collections of the source, as of one moment, in
// one transaction: all of them, or the target stays as it was. Those of the same
// id are replaced. tell hears how many of all features are written; nil: nobody.
func Copy(ctx context.Context, from, to data.Store, tell func(done, total int64)) (Copied, error) {
	tables, err := from.Load(ctx)
	if err != nil {
		return Copied{}, fmt.Errorf("read the source: %w", err)
	}
	if tell == nil {
		tell = func(int64, int64) {}
	}
	copied := Copied{Collections: len(tables)}
	for i := range tables {
		copied.Features += len(tables[i].Records)
	}
	done := int64(0)
	batches := make([]data.Batch, len(tables))
	has := map[string]bool{}
	for i, t := range tables {
		has[t.Collection.ID] = true
		batches[i] = data.Batch{Collection: t.Collection, Mode: data.Replace, Records: func(yield func(geo.Record, error) bool) {
			for _, r := range t.Records {
				if !yield(r, nil) {
					return
				}
				done++
				tell(done, int64(copied.Features))
			}
		}}
	}
	there, err := to.Load(ctx)
	if err != nil {
		return Copied{}, fmt.Errorf("read the target: %w", err)
	}
	for _, t := range there {
		if !has[t.Collection.ID] {
			copied.Others = append(copied.Others, t.Collection.ID)
		}
	}
	if err := to.Write(ctx, batches...); err != nil {
		return Copied{}, fmt.Errorf("write the target, which is as it was: %w", err)
	}
	return copied, nil
}
