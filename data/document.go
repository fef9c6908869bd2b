package data

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"time"
)

// MaxDocument is the greatest size of a document's body in bytes.
const MaxDocument = 1 << 20

// Document is something that people saved beside the features: a scenario, a
// report. What its body means is for who saved it to know.
type Document struct {
	Kind    string // what it is, in a word
	ID      string // unique among its kind
	Version int64  // 1, and one more with each change
	Body    []byte // JSON
	Owner   string // who made it
	Created time.Time
	Updated time.Time
}

// DocumentQuery asks for a page of the documents of a kind, in order of id.
type DocumentQuery struct {
	Kind  string
	Owner string // only those of one; "" of anyone
	After string // id of the last document of the page before; "" for the first
	Limit int    // most documents, 1 to MaxPage; 0: 100
}

// MaxPage is the greatest number of documents, or entries of the history, that
// are answered at once.
const MaxPage = 1000

// Documents keep documents; every Store does.
type Documents interface {
	// Document returns one; ErrNotFound when it is missing.
	Document(ctx context.Context, kind, id string) (Document, error)
	// Documents returns a page; a shorter one than asked for is the last.
	Documents(ctx context.Context, q DocumentQuery) ([]Document, error)
	// PutDocument saves the body and returns the document as it now is. It must
	// have the version expected (else ErrChanged, or ErrNotFound), and then keeps
	// its owner and when it was made; 0: there must be none (else ErrExists).
	PutDocument(ctx context.Context, d Document, expected int64) (Document, error)
	// DeleteDocument removes a document of the version expected; 0: of any.
	DeleteDocument(ctx context.Context, kind, id string, expected int64) error
}

var documentKind = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,47}$`)

// CheckDocument reports what a store would refuse, and brings the body to its
// shortest form.
func CheckDocument(d *Document) error {
	if !documentKind.MatchString(d.Kind) {
		return fmt.Errorf("%w: kind of document %q", ErrInvalid, d.Kind)
	}
	if d.ID == "" || len(d.ID) > MaxIDBytes {
		return fmt.Errorf("%w: document id of %d bytes: want 1 to %d", ErrInvalid, len(d.ID), MaxIDBytes)
	}
	for _, text := range []string{d.ID, d.Owner, string(d.Body)} {
		if err := checkText(text); err != nil {
			return fmt.Errorf("%w: document: %w", ErrInvalid, err)
		}
	}
	var body bytes.Buffer
	if err := json.Compact(&body, d.Body); err != nil {
		return fmt.Errorf("%w: document: the body is not JSON: %w", ErrInvalid, err)
	}
	if body.Len() > MaxDocument {
		return fmt.Errorf("%w: document: %d bytes are more than %d", ErrTooLarge, body.Len(), MaxDocument)
	}
	d.Body = body.Bytes()
	return nil
}

// PageLimit is the number of a page that was asked for, within its bounds.
func PageLimit(asked int) int {
	if asked <= 0 {
		return 100
	}
	return min(asked, MaxPage)
}
