package api

import (
	"context"
	"encoding/json"
	"time"
)

// Document is something that people saved, beside the features: a scenario, a
// report. Its body is whatever the resource that keeps it makes of it.
type Document struct {
	Kind    string          // what it is, in a word: "scenario"
	ID      string          // unique among its kind
	Version int64           // 1, and one more with each change
	Body    json.RawMessage // at most MaxDocument bytes
	Owner   string          // Identity.Name of who made it
	Created time.Time
	Updated time.Time
}

// MaxDocument is the greatest size of a body in bytes.
const MaxDocument = 1 << 20

// DocumentQuery asks for a page of the documents of a kind, in order of id.
type DocumentQuery struct {
	Kind  string
	Owner string // only those of one; "" of anyone
	After string // id of the last document of the page before; "" for the first
	Limit int    // most documents, 1 to 1,000; 0: 100
}

// Documents keep documents where all servers find them. Errors wrap a Problem
// where there is something to tell the client: UnknownDocument, Stale (the
// version is not the expected one), Conflict (there is one already),
// BodyTooLarge. Its methods may be called concurrently.
type Documents interface {
	// Document returns one.
	Document(ctx context.Context, kind, id string) (Document, error)
	// Documents returns a page; a shorter one than asked for is the last.
	Documents(ctx context.Context, q DocumentQuery) ([]Document, error)
	// PutDocument saves d.Body and returns the document as it now is. It must have
	// the version expected, and then keeps its owner and time; 0: there must be
	// none yet, and d.Owner has it.
	PutDocument(ctx context.Context, d Document, expected int64) (Document, error)
	// DeleteDocument removes it if it has the version expected; 0: any.
	DeleteDocument(ctx context.Context, kind, id string, expected int64) error
}
