package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/petadesa/petadesa/api"
	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/live"
	"github.com/petadesa/petadesa/geo"
)

// liveCollections are the relations among the live sources that can be paged
// through, as collections of the API.
type liveCollections struct{ live *live.Live }

var _ api.LiveCollections = liveCollections{}

// Collections lists them.
func (l liveCollections) Collections() []api.LiveCollection {
	var all []api.LiveCollection
	for _, s := range l.live.Sources() {
		if !s.Pages {
			continue
		}
		all = append(all, api.LiveCollection{
			Collection: geo.Collection{ID: s.Name, Title: s.Name, Description: s.Description, Geometry: s.Geometry, Fields: s.Fields},
			Bound:      s.Extent,
		})
	}
	return all
}

// Items returns a page.
func (l liveCollections) Items(ctx context.Context, id string, q api.LiveQuery) (api.LivePage, error) {
	page, err := l.live.Items(ctx, live.ItemsRequest{Source: id, BBox: q.BBox, Limit: q.Limit, After: q.After})
	return api.LivePage{Records: page.Records, Next: page.Next}, liveProblem(err)
}

// Item returns a feature.
func (l liveCollections) Item(ctx context.Context, id, feature string) (geo.Record, error) {
	record, err := l.live.Item(ctx, id, feature)
	if errors.Is(err, data.ErrNotFound) || errors.Is(err, live.ErrNoKey) {
		return record, &api.Problem{Kind: api.UnknownFeature, Detail: fmt.Sprintf("%s has no feature %.60q", id, feature)}
	}
	return record, liveProblem(err)
}
