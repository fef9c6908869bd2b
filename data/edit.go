package data

import (
	"context"
	"fmt"
	"time"

	"github.com/petadesa/petadesa/geo"
)

// Edit changes one feature.
type Edit struct {
	Collection string
	ID         string // of the feature; "": Change makes a new one, with an id of its own
	Action     string // what the history calls it; "": insert, replace or delete
	// Change is given the feature as it is stored, nil when there is none, and
	// returns what it shall be, nil to delete it. What it was given stays as it is.
	// An error, and so a precondition that does not hold, ends the transaction
	// with nothing changed. No other writer of the collection comes in between.
	Change func(c *geo.Collection, old *geo.Record) (*geo.Record, error)
}

// Entry is a change in the history. Imports have one for the collection as a
// whole, without a feature; what they changed it does not tell.
type Entry struct {
	ID         int64 // greater than those of earlier changes of the same collection
	At         time.Time
	Who        string
	Action     string // insert, merge, replace, delete, undo …, import …, drop
	Collection string
	Feature    string
	Before     []byte // GeoJSON of the feature, or {"features": how many there were}; nil: there was none
	After      []byte
}

// HistoryQuery asks for a page of the history, latest first.
type HistoryQuery struct {
	Collection string    // "": of any
	Feature    string    // "": of any
	Who        string    // "": by anybody
	Since      time.Time // zero: from the beginning
	Before     int64     // Entry.ID of the last entry of the page before; 0 for the first
	Limit      int       // 1 to MaxPage; 0: 100
}

// Editor changes features one by one and keeps the history of all changes; every
// Store does.
type Editor interface {
	// Edit applies the edits in order, in one transaction: all of them, or none.
	// It returns an entry of the history for each; one that changed nothing has
	// the ID 0 and is not in the history. ErrNotFound when there is no such
	// collection; ErrExists when a new feature has an id that is taken; what Change
	// returned, wrapped.
	Edit(ctx context.Context, edits ...Edit) ([]Entry, error)
	// History returns a page; a shorter one than asked for is the last.
	History(ctx context.Context, q HistoryQuery) ([]Entry, error)
}

// Decide asks an edit what it makes of the stored feature. It returns the
// record to store in the form in which stores keep it, nil for none, and the
// entry of the history without its id and time, whose Before and After are equal
// when nothing is to be done. It is for stores.
func Decide(ctx context.Context, e *Edit, c *geo.Collection, old *geo.Record) (*geo.Record, Entry, error) {
	entry := Entry{Who: Actor(ctx), Action: e.Action, Collection: e.Collection, Feature: e.ID}
	if old != nil {
		entry.Before = geo.AppendRecordJSON(nil, c, old)
	}
	changed, err := e.Change(c, old)
	if err != nil {
		return nil, entry, err
	}
	action := "replace"
	switch {
	case changed == nil:
		action = "delete"
	case old == nil:
		action = "insert"
	}
	if changed != nil {
		if e.ID != "" && changed.ID != e.ID {
			return nil, entry, fmt.Errorf("%w: feature %q cannot become %q", ErrInvalid, e.ID, changed.ID)
		}
		r, err := checkRecord(c, *changed)
		if err != nil {
			return nil, entry, err
		}
		changed, entry.Feature = &r, r.ID
		entry.After = geo.AppendRecordJSON(nil, c, &r)
	}
	if entry.Action == "" {
		entry.Action = action
	}
	return changed, entry, nil
}

// EditAll makes the edits in order until one fails, whose error names its
// collection. It is for stores, which do so in one transaction.
func EditAll(edits []Edit, one func(*Edit) (Entry, error)) (entries []Entry, err error) {
	for i := range edits {
		entry, err := one(&edits[i])
		if err != nil {
			return nil, fmt.Errorf("edit collection %s: %w", edits[i].Collection, err)
		}
		entries = append(entries, entry)
	}
	return entries, nil
}

// Summarized does work on a whole collection and returns its entry in the
// history. It is for stores, which count the features; negative: there is no
// such collection.
func Summarized(ctx context.Context, action, collection string, count func() (int, error), work func() error) (Entry, error) {
	before, err := count()
	if err == nil {
		err = work()
	}
	if err != nil {
		return Entry{}, err
	}
	after, err := count()
	return summary(ctx, action, collection, before, after), err
}

func summary(ctx context.Context, action, collection string, before, after int) Entry {
	count := func(n int) []byte {
		if n < 0 {
			return nil
		}
		return fmt.Appendf(nil, `{"features":%d}`, n)
	}
	return Entry{Who: Actor(ctx), Action: action, Collection: collection, Before: count(before), After: count(after)}
}
