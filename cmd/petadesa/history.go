package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/user"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/petadesa/petadesa/data"
)

type historyCommand struct {
	Collection string `arg:"" optional:"" help:"Only changes of this collection."`
	Feature    string `arg:"" optional:"" help:"Only changes of this feature."`
	Who        string `help:"Only changes by this holder of a token." placeholder:"NAME"`
	Since      string `help:"Only changes since a date, a time or for so long: 2026-11-01, 2026-11-01T08:00:00+07:00, 24h." placeholder:"TIME"`
	Before     int64  `help:"Only changes before the one of this number: the next page."`
	Limit      int    `help:"Most changes to list." default:"50"`
	JSON       bool   `name:"json" help:"One JSON object a line, with the features before and after."`
}

// Run lists changes, latest first.
func (h *historyCommand) Run(ctx context.Context, c *console) error {
	since, err := moment(h.Since, time.Now())
	if err != nil {
		return err
	}
	if h.Limit < 1 || h.Limit > data.MaxPage {
		return fmt.Errorf("limit %d: want 1 to %d", h.Limit, data.MaxPage)
	}
	return withStore(ctx, c, func(store data.Store) error {
		entries, err := store.History(ctx, data.HistoryQuery{
			Collection: h.Collection, Feature: h.Feature, Who: h.Who, Since: since, Before: h.Before, Limit: h.Limit,
		})
		if err != nil {
			return err
		}
		if h.JSON {
			return printHistoryJSON(c.stdout, entries)
		}
		return printHistory(c.stdout, entries)
	})
}

// moment is a time as people write it; "" is the zero time.
func moment(s string, now time.Time) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	for _, form := range []string{time.DateOnly, time.RFC3339} {
		if t, err := time.ParseInLocation(form, s, time.Local); err == nil {
			return t, nil
		}
	}
	if d, err := time.ParseDuration(s); err == nil && d > 0 {
		return now.Add(-d), nil
	}
	return time.Time{}, fmt.Errorf("since %q: want a date like 2026-11-01, a time like 2026-11-01T08:00:00+07:00, or a duration like 24h", s)
}

func printHistory(out io.Writer, entries []data.Entry) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "CHANGE\tWHEN\tWHO\tACTION\tCOLLECTION\tFEATURE\tWHAT")
	for _, e := range entries {
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\t%s\t%s\n", e.ID, e.At.Local().Format(time.DateTime), e.Who, e.Action, e.Collection, e.Feature, difference(e.Before, e.After))
	}
	return w.Flush()
}

// difference tells in a line what a change changed.
func difference(before, after []byte) string {
	was, is := members(before), members(after)
	names := map[string]bool{}
	for name := range was {
		names[name] = true
	}
	for name := range is {
		names[name] = true
	}
	var all []string
	for name := range names {
		a, b := string(was[name]), string(is[name])
		switch {
		case a == b:
		case name == "geometry" && before != nil && after != nil:
			all = append(all, "geometry")
		case name == "features":
			all = append(all, fmt.Sprintf("features %s → %s", orNone(a), orNone(b)))
		case before != nil && after != nil:
			all = append(all, fmt.Sprintf("%s %s → %s", name, orNone(a), orNone(b)))
		}
	}
	slices.Sort(all)
	line := strings.Join(all, ", ")
	if runes := []rune(line); len(runes) > 200 {
		line = string(runes[:200]) + "…"
	}
	return line
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}

// members are the properties of a feature, its geometry, and the members of what
// is none.
func members(text []byte) map[string]json.RawMessage {
	var all map[string]json.RawMessage
	_ = json.Unmarshal(text, &all) // nil, or what the store has checked
	var properties map[string]json.RawMessage
	_ = json.Unmarshal(all["properties"], &properties)
	delete(all, "properties")
	for name, value := range properties {
		if _, taken := all[name]; !taken {
			all[name] = value
		}
	}
	return all
}

func printHistoryJSON(out io.Writer, entries []data.Entry) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for _, e := range entries {
		err := encoder.Encode(struct {
			Change     int64           `json:"change"`
			At         time.Time       `json:"at"`
			Who        string          `json:"who"`
			Action     string          `json:"action"`
			Collection string          `json:"collection"`
			Feature    string          `json:"feature,omitempty"`
			Before     json.RawMessage `json:"before,omitempty"`
			After      json.RawMessage `json:"after,omitempty"`
		}{e.ID, e.At, e.Who, e.Action, e.Collection, e.Feature, e.Before, e.After})
		if err != nil {
			return err
		}
	}
	return nil
}

type undoCommand struct {
	Change int64  `arg:"" help:"The number of the change, as history lists it."`
	Losing string `help:"Undo it although the feature has changed since: what it is now, as the refusal tells." placeholder:"TAG"`
}

// Run undoes a change of a feature.
func (u *undoCommand) Run(ctx context.Context, c *console) error {
	return withStore(ctx, c, func(store data.Store) error {
		entry, err := data.Undo(ctx, store, u.Change, u.Losing)
		lost := (*data.LostError)(nil)
		switch {
		case errors.As(err, &lost):
			return fmt.Errorf("%w: nothing was undone; to lose that, say --losing %s", err, lost.Tag)
		case err != nil:
			return err
		}
		return printHistory(c.stdout, []data.Entry{entry})
	})
}

// operator is what the history calls who uses the command line.
func operator() string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return "command line: " + u.Username
	}
	return "command line"
}
