package api

import (
	"context"
	"fmt"
	"iter"
	"net/url"
	"slices"

	"github.com/petadesa/petadesa/geo"
)

// Found is features that were selected, on their way out.
type Found struct {
	Collection geo.Collection // with the fields that were asked for
	Count      int
	// Records gives them in the order asked for. The values of one are good until
	// the next, its geometry is shared with the layer.
	Records iter.Seq2[geo.Record, error]
}

// Select chooses features of a layer by the parameters of …/items that select:
// filter, filter-lang, bbox, datetime, properties, sortby, limit, skipGeometry
// and the collection's properties. Its errors are Problems that name the
// parameter, or ctx's.
func Select(ctx context.Context, l *geo.Layer, q url.Values) (Found, error) {
	p, err := checked(q, append(reservedOfItems(), fieldNames(itemFields(l))...))
	if err != nil {
		return Found{}, err
	}
	sel, err := selectionOf(p, l, true)
	if err != nil {
		return Found{}, err
	}
	found, err := sel.find(ctx, l)
	if err != nil {
		return Found{}, fmt.Errorf("select from %s: %w", l.Collection.ID, err)
	}
	return recordsOf(l, &sel, found.positions), nil
}

// recordsOf makes records of the features at positions.
func recordsOf(l *geo.Layer, sel *selection, positions []int32) Found {
	c := l.Collection
	fields := chosen(l, sel.properties)
	c.Fields = make([]geo.Field, len(fields))
	for k, f := range fields {
		c.Fields[k] = l.Collection.Fields[f]
	}
	if sel.skipGeometry {
		c.Geometry = geo.None
	}
	return Found{Collection: c, Count: len(positions), Records: func(yield func(geo.Record, error) bool) {
		values := make([]any, len(fields))
		for _, i := range positions {
			r := geo.Record{ID: l.ID(int(i)), Values: values}
			if !sel.skipGeometry {
				r.Geometry = l.Geometry(int(i))
			}
			for k, f := range fields {
				values[k] = l.Columns[f].Value(int(i))
			}
			if !yield(r, nil) {
				return
			}
		}
	}}
}

// forms are the representations of a page of features: those made here, then the
// files that it can be saved as.
func (s *service) forms() []format {
	all := []format{asGeoJSON, asHTML}
	for i := range s.Downloads {
		d := &s.Downloads[i]
		all = append(all, format{name: d.Name, media: d.Media, also: []string{bare(d.Media)}, download: d})
	}
	return slices.Clip(all)
}
