package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/petadesa/petadesa/api"
	"github.com/petadesa/petadesa/data"
)

// documents are those of a store, as the API wants them.
type documents struct{ store data.Documents }

var _ api.Documents = documents{}

// Document returns one.
func (d documents) Document(ctx context.Context, kind, id string) (api.Document, error) {
	found, err := d.store.Document(ctx, kind, id)
	return apiDocument(found), documentProblem(kind, id, err)
}

// Documents returns a page.
func (d documents) Documents(ctx context.Context, q api.DocumentQuery) ([]api.Document, error) {
	found, err := d.store.Documents(ctx, data.DocumentQuery(q))
	page := make([]api.Document, len(found))
	for i := range found {
		page[i] = apiDocument(found[i])
	}
	return page, documentProblem(q.Kind, "", err)
}

// PutDocument saves one.
func (d documents) PutDocument(ctx context.Context, doc api.Document, expected int64) (api.Document, error) {
	saved, err := d.store.PutDocument(ctx, data.Document{Kind: doc.Kind, ID: doc.ID, Body: doc.Body, Owner: doc.Owner}, expected)
	return apiDocument(saved), documentProblem(doc.Kind, doc.ID, err)
}

// DeleteDocument removes one.
func (d documents) DeleteDocument(ctx context.Context, kind, id string, expected int64) error {
	return documentProblem(kind, id, d.store.DeleteDocument(ctx, kind, id, expected))
}

func apiDocument(d data.Document) api.Document {
	return api.Document{Kind: d.Kind, ID: d.ID, Version: d.Version, Body: d.Body, Owner: d.Owner, Created: d.Created, Updated: d.Updated}
}

// documentProblem says what the client may know of an error.
func documentProblem(kind, id string, err error) error {
	if err == nil {
		return nil
	}
	told := func(k api.Kind, detail string) error {
		return errors.Join(&api.Problem{Kind: k, Detail: detail}, err)
	}
	switch {
	case errors.Is(err, data.ErrNotFound):
		return told(api.UnknownDocument, fmt.Sprintf("there is no %s %.60q", kind, id))
	case errors.Is(err, data.ErrChanged):
		return told(api.Stale, fmt.Sprintf("the %s %.60q was changed since you saw it", kind, id))
	case errors.Is(err, data.ErrExists):
		return told(api.Conflict, fmt.Sprintf("there is a %s %.60q already", kind, id))
	case errors.Is(err, data.ErrTooLarge):
		return told(api.BodyTooLarge, fmt.Sprintf("the %s has more than %d bytes, the most that is kept", kind, api.MaxDocument))
	case errors.Is(err, data.ErrInvalid):
		return told(api.Unprocessable, fmt.Sprintf("the %s cannot be kept: %v", kind, err))
	}
	return err
}
