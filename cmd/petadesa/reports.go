package main

import (
	"context"
	"iter"
	"slices"

	"github.com/petadesa/petadesa/api"
	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/files"
	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage/reports"
)

// measurements takes what citizens' reports confirm into a store.
type measurements struct {
	store    data.Store
	follower *data.Follower
}

var _ api.Measurements = (*measurements)(nil)

const measurementsID = "measurements"

// Publish makes the features those given, in one transaction.
func (m *measurements) Publish(ctx context.Context, who api.Identity, features []api.ReportFeature) (bool, error) {
	ctx, cancel := context.WithTimeout(data.As(ctx, who.Name), editTime)
	defer cancel()
	there := m.follower.Snapshot().Layer(measurementsID)
	var edits []data.Edit
	for _, f := range features {
		if f.JSON == nil && (there == nil || !has(there, f.ID)) {
			continue // nothing to take away
		}
		edits = append(edits, data.Edit{
			Collection: measurementsID, ID: f.ID, Action: reports.Source,
			Change: func(in *geo.Collection, old *geo.Record) (*geo.Record, error) {
				if f.JSON == nil {
					return nil, nil
				}
				r, err := files.CheckFeature(*in, f.JSON, f.ID, reports.Source)
				if err != nil {
					return nil, err
				}
				r.Geometry = data.Canonical(in.Geometry, r.Geometry)
				return &r, nil
			},
		})
	}
	if len(edits) == 0 {
		return true, nil
	}
	if err := m.prepare(ctx, there); err != nil {
		return false, editProblem(measurementsID, "", err)
	}
	if _, err := m.store.Edit(ctx, edits...); err != nil {
		return false, editProblem(measurementsID, "", err)
	}
	seeing, stop := context.WithTimeout(context.WithoutCancel(ctx), seenTime)
	defer stop()
	return m.follower.Refresh(seeing, measurementsID) == nil, nil
}

func has(l *geo.Layer, id string) bool {
	_, ok := l.Find(id)
	return ok
}

// prepare makes the collection, or the fields that a store of an older version
// lacks, where they are not there yet.
func (m *measurements) prepare(ctx context.Context, there *geo.Layer) error {
	wanted, _ := data.StandardCollection(measurementsID)
	if there != nil {
		missing := slices.DeleteFunc(slices.Clone(wanted.Fields), func(f geo.Field) bool { return there.Column(f.Name) != nil })
		if len(missing) == 0 {
			return nil
		}
		wanted = there.Collection
		wanted.Fields = append(slices.Clone(wanted.Fields), missing...)
	}
	none := iter.Seq2[geo.Record, error](func(func(geo.Record, error) bool) {})
	return m.store.Write(ctx, data.Batch{Collection: wanted, Mode: data.Append, Records: none})
}
