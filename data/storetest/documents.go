package storetest

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/petadesa/petadesa/data"
)

func testDocuments(t *testing.T, target Target) {
	place := target.Fresh(t)
	s, another := target.open(t, place), target.open(t, place)
	ctx := t.Context()
	made, err := s.PutDocument(ctx, data.Document{Kind: "scenario", ID: "a", Body: []byte(`{ "n": 1e400, "text": "désa \u0001" }`), Owner: "Budi"}, 0)
	if err != nil {
		t.Fatal(err)
	}
	if made.Version != 1 || made.Owner != "Budi" || string(made.Body) != `{"n":1e400,"text":"désa \u0001"}` || time.Since(made.Created).Abs() > time.Hour || !made.Created.Equal(made.Updated) {
		t.Errorf("made %+v %s", made, made.Body)
	}
	got, err := another.Document(ctx, "scenario", "a")
	if diff := cmp.Diff(made, got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	_, err = s.PutDocument(ctx, data.Document{Kind: "scenario", ID: "a", Body: []byte(`1`)}, 0)
	isError(t, err, data.ErrExists, "scenario", `"a"`)
	second, err := another.PutDocument(ctx, data.Document{Kind: "scenario", ID: "a", Body: []byte(`[2]`), Owner: "Somebody else"}, 1)
	if err != nil || second.Version != 2 || second.Owner != "Budi" || string(second.Body) != `[2]` || !second.Created.Equal(made.Created) || second.Updated.Before(made.Updated) {
		t.Errorf("%v: %+v", err, second)
	}
	_, err = s.PutDocument(ctx, data.Document{Kind: "scenario", ID: "a", Body: []byte(`[3]`)}, 1)
	isError(t, err, data.ErrChanged, "scenario", `"a"`)
	_, err = s.PutDocument(ctx, data.Document{Kind: "scenario", ID: "b", Body: []byte(`[3]`)}, 1)
	isError(t, err, data.ErrNotFound)
	isError(t, s.DeleteDocument(ctx, "scenario", "a", 1), data.ErrChanged)
	isError(t, s.DeleteDocument(ctx, "report", "a", 0), data.ErrNotFound, "report")
	if err := s.DeleteDocument(ctx, "scenario", "a", 2); err != nil {
		t.Fatal(err)
	}
	_, err = s.Document(ctx, "scenario", "a")
	isError(t, err, data.ErrNotFound, "scenario", `"a"`)

	for _, bad := range []data.Document{
		{Kind: "Scenario", ID: "a", Body: []byte(`1`)},
		{Kind: "scenario", Body: []byte(`1`)},
		{Kind: "scenario", ID: "\x00", Body: []byte(`1`)},
		{Kind: "scenario", ID: "a", Body: []byte(`{`)},
		{Kind: "scenario", ID: "a"},
		{Kind: "scenario", ID: strings.Repeat("x", data.MaxIDBytes+1), Body: []byte(`1`)},
	} {
		_, err := s.PutDocument(ctx, bad, 0)
		isError(t, err, data.ErrInvalid)
	}
	large := append(append([]byte{'"'}, bytes.Repeat([]byte("x"), data.MaxDocument)...), '"')
	_, err = s.PutDocument(ctx, data.Document{Kind: "scenario", ID: "a", Body: large}, 0)
	isError(t, err, data.ErrTooLarge)
}

func testDocumentPages(t *testing.T, target Target) {
	s := target.open(t, target.Fresh(t))
	for i := range 7 {
		for _, kind := range []string{"report", "scenario"} {
			d := data.Document{Kind: kind, ID: fmt.Sprint("d", i), Body: []byte(`{}`), Owner: []string{"Budi", "Sri"}[i%2]}
			if _, err := s.PutDocument(t.Context(), d, 0); err != nil {
				t.Fatal(err)
			}
		}
	}
	for owner, want := range map[string]string{"": "d0 d1 d2 d3 d4 d5 d6", "Sri": "d1 d3 d5", "Nobody": ""} {
		var ids []string
		for after := ""; ; {
			page, err := s.Documents(t.Context(), data.DocumentQuery{Kind: "scenario", Owner: owner, After: after, Limit: 2})
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range page {
				ids = append(ids, d.ID)
			}
			if len(page) < 2 {
				break
			}
			after = page[1].ID
		}
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("documents of %q: %s", owner, got)
		}
	}
}

// testDocumentRace has many change one document: each version is saved once.
func testDocumentRace(t *testing.T, target Target) {
	place := target.Fresh(t)
	s := target.open(t, place)
	if _, err := s.PutDocument(t.Context(), data.Document{Kind: "k", ID: "d", Body: []byte(`0`)}, 0); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	var mu sync.Mutex
	saved := 0
	for range 8 {
		wg.Go(func() {
			for range 5 {
				d, err := s.Document(t.Context(), "k", "d")
				if err == nil {
					_, err = s.PutDocument(t.Context(), d, d.Version)
				}
				if err == nil {
					mu.Lock()
					saved++
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	if d, err := s.Document(t.Context(), "k", "d"); err != nil || int(d.Version) != saved+1 || saved == 0 {
		t.Errorf("%d saved, version %d, %v", saved, d.Version, err)
	}
}

// testDocumentsAreNotTold: what no snapshot is made of does not make servers load.
func testDocumentsAreNotTold(t *testing.T, target Target) {
	place := target.Fresh(t)
	s := target.open(t, place)
	write(t, s, Batch(data.Replace, places("a")))
	changes, err := s.Watch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.PutDocument(t.Context(), data.Document{Kind: "k", ID: "d", Body: []byte(`0`)}, 0); err != nil {
		t.Fatal(err)
	}
	select {
	case c := <-changes:
		t.Errorf("told of %+v", c)
	case <-time.After(500 * time.Millisecond):
	}
	write(t, s, Batch(data.Append, places("b")))
	if c := next(t, changes); len(c.Collections) != 1 {
		t.Errorf("told of %+v", c)
	}
}
