package data

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/petadesa/petadesa/geo"
)

// LostError says what undoing a change would take away: the feature was changed
// since. It is an ErrChanged.
type LostError struct {
	Feature string
	Tag     string  // of the feature as it is now
	Later   []Entry // the changes since, latest first; some may be unknown, made by other programs
}

func (e *LostError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "feature %q has changed since", e.Feature)
	for i, l := range e.Later {
		b.WriteString([]string{": ", ", "}[min(i, 1)])
		fmt.Fprintf(&b, "change %d (%s by %s, %s)", l.ID, l.Action, l.Who, l.At.Format("2006-01-02 15:04"))
	}
	fmt.Fprintf(&b, "; it is %s now", e.Tag)
	return b.String()
}

// Is reports that the error is an ErrChanged.
func (e *LostError) Is(target error) bool { return target == ErrChanged }

// Undo makes a feature what it was before a change of the history. If it has
// changed since, the error is a *LostError and nothing is done, unless losing is
// the tag that the error tells: the feature as it is now, which then is lost.
func Undo(ctx context.Context, store Editor, change int64, losing string) (Entry, error) {
	var entry Entry
	if change > 0 {
		page, err := store.History(ctx, HistoryQuery{Before: change + 1, Limit: 1})
		if err != nil {
			return entry, err
		}
		if len(page) == 1 {
			entry = page[0]
		}
	}
	switch {
	case entry.ID != change || change <= 0:
		return Entry{}, fmt.Errorf("change %d: %w", change, ErrNotFound)
	case entry.Feature == "":
		return Entry{}, fmt.Errorf("change %d: %w: %q of %s as a whole cannot be undone, the history does not tell what there was: import the file of before again",
			change, ErrInvalid, entry.Action, entry.Collection)
	}
	lost := &LostError{Feature: entry.Feature}
	done, err := store.Edit(ctx, Edit{
		Collection: entry.Collection, ID: entry.Feature, Action: fmt.Sprintf("undo %d", change),
		Change: func(c *geo.Collection, old *geo.Record) (*geo.Record, error) {
			before, err := DecodeFeature(c, entry.Before)
			if err != nil {
				return nil, err
			}
			after, err := DecodeFeature(c, entry.After)
			if err != nil {
				return nil, err
			}
			lost.Tag = geo.RecordTag(c, old)
			if lost.Tag != geo.RecordTag(c, after) && lost.Tag != losing {
				return nil, lost
			}
			return before, nil
		},
	})
	if errors.Is(err, lost) {
		later, e := store.History(ctx, HistoryQuery{Collection: entry.Collection, Feature: entry.Feature, Limit: 20})
		lost.Later = slices.DeleteFunc(later, func(l Entry) bool { return l.ID <= change })
		return Entry{}, errors.Join(lost, e)
	}
	if err != nil {
		return Entry{}, err
	}
	return done[0], nil
}
