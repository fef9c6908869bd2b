package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/petadesa/petadesa/api"
	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/files"
	"github.com/petadesa/petadesa/geo"
)

const (
	editTime = 20 * time.Second // for a change to be stored, others that write included
	seenTime = 2 * time.Second  // for the snapshot to show it before the answer says "soon"
)

// editor changes features in a store, and has the snapshot show it.
type editor struct {
	store    data.Editor
	follower *data.Follower
}

var _ api.Editor = (*editor)(nil)

// Change makes one change in one transaction. What precedes it is checked inside
// that, against the feature as it is stored, not as some snapshot has it.
func (e *editor) Change(ctx context.Context, who api.Identity, c api.Change) (api.Changed, error) {
	var result api.Changed
	edit := data.Edit{Collection: c.Collection, ID: c.Feature, Action: string(c.Verb)}
	edit.Change = func(in *geo.Collection, old *geo.Record) (*geo.Record, error) {
		if err := allowed(&c, in, old); err != nil || c.Verb == api.Remove {
			return nil, err
		}
		r, err := feature(&c, in, old, "edit by "+who.Name)
		if err == nil && c.Feature != "" && r.ID != c.Feature {
			err = fault(idMember(in, &r), fmt.Sprintf("names the feature %.60q; it cannot become that", r.ID))
		}
		if err != nil {
			return nil, err
		}
		r.Geometry = data.Canonical(in.Geometry, r.Geometry)
		result.Feature, result.JSON, result.Tag = r.ID, geo.AppendRecordJSON(nil, in, &r), geo.RecordTag(in, &r)
		return &r, nil
	}
	storing, cancel := context.WithTimeout(data.As(ctx, who.Name), editTime)
	defer cancel()
	if _, err := e.store.Edit(storing, edit); err != nil {
		return api.Changed{}, editProblem(c.Collection, result.Feature, err)
	}
	seeing, stop := context.WithTimeout(context.WithoutCancel(ctx), seenTime)
	defer stop()
	result.Visible = e.follower.Refresh(seeing, c.Collection) == nil
	return result, nil
}

// allowed reports why the stored feature may not be changed so.
func allowed(c *api.Change, in *geo.Collection, old *geo.Record) error {
	switch {
	case c.Verb == api.Create && old != nil:
		return &api.Problem{Kind: api.Stale, Detail: fmt.Sprintf("there is a feature %.60q already", old.ID)}
	case c.Verb == api.Create:
		return nil
	case old == nil:
		return &api.Problem{Kind: api.UnknownFeature, Detail: fmt.Sprintf("%s has no feature %.60q", c.Collection, c.Feature)}
	case !slices.Contains(c.Match, geo.RecordTag(in, old)):
		return &api.Problem{Kind: api.Stale, Detail: fmt.Sprintf("the feature %.60q was changed since the version that If-Match names", c.Feature)}
	}
	return nil
}

// feature reads the body as the feature it describes.
func feature(c *api.Change, in *geo.Collection, old *geo.Record, source string) (geo.Record, error) {
	text := c.Body
	if c.Verb == api.Merge {
		var err error
		if text, err = files.MergePatch(geo.AppendRecordJSON(nil, in, old), c.Body); err != nil {
			return geo.Record{}, err
		}
	}
	return files.CheckFeature(*in, text, c.Feature, source)
}

// idMember is the member of a body that names the feature.
func idMember(in *geo.Collection, r *geo.Record) string {
	if i := in.FieldIndex("code"); i >= 0 && r.Values[i] == r.ID {
		return "properties.code"
	}
	return "id"
}

func fault(member, reason string) *api.Problem {
	return &api.Problem{Kind: api.Unprocessable, Detail: member + " " + reason, Faults: []api.Fault{{Member: member, Reason: reason}}}
}

// editProblem says what the client may know of an error.
func editProblem(collection, id string, err error) error {
	told := (*api.Problem)(nil)
	broken, refused := (*files.FileError)(nil), (*files.FeatureError)(nil)
	switch {
	case errors.As(err, &told):
		return told
	case errors.As(err, &broken):
		return &api.Problem{Kind: api.BadBody, Detail: "the body: " + broken.Error()}
	case errors.As(err, &refused):
		p := &api.Problem{Kind: api.Unprocessable, Detail: refused.Error()}
		for _, f := range refused.Problems {
			p.Faults = append(p.Faults, api.Fault{Member: member(f.Field), Reason: f.Reason})
		}
		return p
	case errors.Is(err, data.ErrExists):
		return &api.Problem{Kind: api.Conflict, Detail: fmt.Sprintf("%s has a feature %.60q already", collection, id)}
	case errors.Is(err, data.ErrNotFound):
		return &api.Problem{Kind: api.UnknownLayer, Detail: fmt.Sprintf("the store has no collection %.60q", collection)}
	case errors.Is(err, data.ErrInvalid):
		return errors.Join(&api.Problem{Kind: api.Unprocessable, Detail: "the feature cannot be stored"}, err)
	case errors.Is(err, context.DeadlineExceeded):
		return errors.Join(&api.Problem{Kind: api.Busy, Detail: "others write to the store for too long"}, err)
	case errors.Is(err, context.Canceled):
		return err
	}
	return errors.Join(&api.Problem{Kind: api.Away, Detail: "the store takes no changes now"}, err)
}

// member is where in a feature a problem of an import's row is.
func member(field string) string {
	switch field {
	case "", "type", "id", "geometry", "properties":
		return field
	}
	return "properties." + field
}
