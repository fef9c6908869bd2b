package storetest

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
)

func history(t testing.TB, s data.Store, q data.HistoryQuery) []data.Entry {
	t.Helper()
	entries, err := s.History(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

func testHistory(t *testing.T, target Target) {
	s := target.open(t, target.Fresh(t))
	start := time.Now().Add(-time.Minute)
	budi, sri := data.As(t.Context(), "Budi"), data.As(t.Context(), "Sri")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(s.Write(budi, Batch(data.Replace, places("a", "b")), Batch(data.Replace, named("other", places("a")))))
	must(s.Write(sri, Batch(data.Append, places("c"))))
	must(errors.Join(s.Write(sri, Batch(data.Upsert, places("c", "d"))), s.Drop(budi, "other")))
	if err := s.Write(sri, broken(data.Replace, places("x"))); err == nil {
		t.Fatal("no error")
	}
	_, err := s.Edit(sri, becoming("places", "a", nil))
	must(err)
	_, err = s.Edit(budi, becoming("places", "b", nil))
	must(err)

	tell := func(entries []data.Entry) (told []string) {
		for _, e := range entries {
			before, after := string(e.Before), string(e.After)
			if e.Feature != "" {
				before, after = fmt.Sprint(len(before) > 0), fmt.Sprint(len(after) > 0)
			}
			told = append(told, strings.Join([]string{e.Who, e.Action, e.Collection, e.Feature, before, after}, "|"))
			if e.At.Before(start) || e.At.After(time.Now().Add(time.Minute)) || e.At.Location() != time.UTC {
				t.Errorf("at %v", e.At)
			}
		}
		return told
	}
	all := []string{
		"Budi|delete|places|b|true|false", "Sri|delete|places|a|true|false",
		`Budi|drop|other||{"features":1}|`, `Sri|import: upsert|places||{"features":3}|{"features":4}`, `Sri|import: append|places||{"features":2}|{"features":3}`,
		`Budi|import: replace|other|||{"features":1}`, `Budi|import: replace|places|||{"features":2}`,
	}
	if diff := cmp.Diff(all, tell(history(t, s, data.HistoryQuery{}))); diff != "" {
		t.Error(diff)
	}
	var paged []string
	for before := int64(0); ; {
		page := history(t, s, data.HistoryQuery{Before: before, Limit: 3})
		paged = append(paged, tell(page)...)
		if len(page) < 3 {
			break
		}
		before = page[2].ID
	}
	if diff := cmp.Diff(all, paged); diff != "" {
		t.Error(diff)
	}
	for _, c := range []struct {
		q    data.HistoryQuery
		want int
	}{
		{data.HistoryQuery{Collection: "other"}, 2},
		{data.HistoryQuery{Collection: "places", Feature: "a"}, 1},
		{data.HistoryQuery{Who: "Sri"}, 3},
		{data.HistoryQuery{Since: start}, 7},
		{data.HistoryQuery{Since: time.Now().Add(time.Hour)}, 0},
		{data.HistoryQuery{Who: "' OR 1=1 --"}, 0},
	} {
		if got := history(t, s, c.q); len(got) != c.want {
			t.Errorf("%+v: %d entries", c.q, len(got))
		}
	}
}

func testUndo(t *testing.T, target Target) {
	s := target.open(t, target.Fresh(t))
	ctx := data.As(t.Context(), "Sri")
	write(t, s, Batch(data.Replace, places("a")))
	imported := history(t, s, data.HistoryQuery{})[0]
	_, err := data.Undo(ctx, s, imported.ID, "")
	isError(t, err, data.ErrInvalid, "import", "places")
	for _, unknown := range []int64{0, -1, imported.ID + 100} {
		_, err := data.Undo(ctx, s, unknown, "")
		isError(t, err, data.ErrNotFound, fmt.Sprint(unknown))
	}

	renamed := func(name string) *geo.Record {
		r := places("a").Records[0]
		r.Values = []any{name, r.Values[1]}
		return &r
	}
	first := edit(t, s, becoming("places", "a", renamed("first")))[0]
	second := edit(t, s, becoming("places", "a", renamed("second")))[0]
	_, err = data.Undo(ctx, s, first.ID, "")
	var lost *data.LostError
	if !errors.As(err, &lost) || !errors.Is(err, data.ErrChanged) || len(lost.Later) != 1 || lost.Later[0].ID != second.ID || !strings.Contains(err.Error(), fmt.Sprint("change ", second.ID)) {
		t.Fatalf("undone under a later change: %v", err)
	}
	_, err = data.Undo(ctx, s, first.ID, "something else")
	isError(t, err, data.ErrChanged)
	undone, err := data.Undo(ctx, s, second.ID, "")
	if err != nil || undone.Action != fmt.Sprint("undo ", second.ID) || undone.Who != "Sri" {
		t.Fatalf("%+v, %v", undone, err)
	}
	if name := load(t, s)[0].Records[0].Values[0]; name != "first" {
		t.Errorf("it is now %q", name)
	}
	// Undone again by its own entry: redone.
	if _, err := data.Undo(ctx, s, undone.ID, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := data.Undo(ctx, s, first.ID, lost.Tag); err != nil { // what was named is lost
		t.Fatal(err)
	}
	same(t, s, places("a"))

	gone := edit(t, s, becoming("places", "a", nil))[0]
	extra := places("b") // another field since
	extra.Collection.Fields = append(extra.Collection.Fields, geo.Field{Name: "more", Type: geo.Number})
	extra.Records[0].Values = append(extra.Records[0].Values, 1.5)
	write(t, s, Batch(data.Append, extra))
	if _, err := data.Undo(ctx, s, gone.ID, ""); err != nil {
		t.Fatal(err)
	}
	if r := load(t, s)[0].Records[0]; r.ID != "a" || r.Values[0] != "the a" || r.Values[2] != nil {
		t.Errorf("it is back as %+v", r)
	}
	_, err = data.Undo(ctx, s, gone.ID, "")
	isError(t, err, data.ErrChanged, `"a"`)
}
