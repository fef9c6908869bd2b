package data

import (
	"context"
	"errors"
	"iter"

	"github.com/petadesa/petadesa/geo"
)

// Mode says what a Batch does with the features already in its collection.
type Mode string

// The modes of a write.
const (
	Replace Mode = "replace" // the collection holds exactly the batch's records afterwards
	Append  Mode = "append"  // new ids only: an id that exists fails the write
	Upsert  Mode = "upsert"  // an id that exists is replaced as a whole
)

// Batch is the records to write into one collection. The collection is created
// when it is missing. With Replace its description is stored as given; with
// Append and Upsert a field that is not there yet is added, and a field of
// another type fails the write.
//
// A pair with an error in Records fails the write with that error.
type Batch struct {
	Collection geo.Collection
	Mode       Mode
	Records    iter.Seq2[geo.Record, error]
}

// Change names the collections and rasters that changed; none means that any may have. One
// with an Err says that the store is away: what is known may be old until the
// next Change without it, which names no collection.
type Change struct {
	Collections []string
	Err         error
}

// Store keeps collections of features, and rasters. Its methods may be called concurrently.
type Store interface {
	// Load reads the named collections, or all, as of one moment. A name that
	// does not exist is left out of the answer. Tables come in order of id.
	Load(ctx context.Context, collections ...string) ([]geo.Table, error)

	// Watch delivers a Change after each commit by whichever process, until ctx
	// ends; then the channel is closed. Watching has begun when Watch returns, so
	// a Load that follows misses nothing. A connection that is lost is a Change
	// with an Err; when it is back, an empty Change (anything may have changed in
	// between).
	Watch(ctx context.Context) (<-chan Change, error)

	// Write applies the batches in one transaction: all of it, or none.
	Write(ctx context.Context, batches ...Batch) error

	// Drop removes a collection and its features. ErrNotFound if it is missing.
	Drop(ctx context.Context, collection string) error

	Editor
	Documents
	Tokens

	RasterStore

	// Ping reports whether the store answers.
	Ping(ctx context.Context) error

	Close() error
}

// Errors a Store answers with; test with errors.Is.
var (
	ErrNotFound  = errors.New("not found")
	ErrExists    = errors.New("already exists")
	ErrChanged   = errors.New("changed meanwhile") // it is not of the version that was expected
	ErrTooLarge  = errors.New("too large")
	ErrInvalid   = errors.New("invalid")      // the data or description break a rule; the message says which
	ErrUnknownSR = errors.New("unknown SRID") // geometry in a reference system the store cannot read
	ErrNotAStore = errors.New("not a Petadesa store")
)
