package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
)

func TestHistoryAndUndo(t *testing.T) {
	dir := t.TempDir()
	path, file := filepath.Join(dir, "store.gpkg"), filepath.Join(dir, "towers.geojson")
	store := "--store=" + path
	err := os.WriteFile(file, []byte(`{"type":"Feature","id":"t1","geometry":{"type":"Point","coordinates":[112.6,-8]},"properties":{"operators":"Telkomsel","height_m":42}}`), 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := petadesa(t, store, "import", "towers", file); err != nil {
		t.Fatal(err)
	}
	s, err := openStore(t.Context(), path, logger(os.Stderr, "warn", "text"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, operators := range []string{"Indosat", "XL"} {
		_, err := s.Edit(data.As(t.Context(), "Sri"), data.Edit{Collection: "towers", ID: "t1", Change: func(c *geo.Collection, old *geo.Record) (*geo.Record, error) {
			changed := *old
			changed.Values = append([]any{operators}, old.Values[1:]...)
			return &changed, nil
		}})
		if err != nil {
			t.Fatal(err)
		}
	}
	list, err := petadesa(t, store, "history", "towers")
	for _, want := range []string{"import: replace", "command line", "none → 1", "Sri", `operators "Telkomsel" → "Indosat"`, `"Indosat" → "XL"`} {
		if err != nil || !strings.Contains(list, want) {
			t.Errorf("%v: no %q in\n%s", err, want, list)
		}
	}
	lines, err := petadesa(t, store, "history", "--json", "--who", "Sri", "--limit", "1", "--since", "1h")
	if err != nil || strings.Count(lines, "\n") != 1 || !strings.Contains(lines, `"change":3`) || !strings.Contains(lines, `"after":{"type":"Feature"`) {
		t.Errorf("%v: %s", err, lines)
	}
	if out, err := petadesa(t, store, "undo", "2"); err == nil || out != "" || !strings.Contains(err.Error(), "change 3 (replace by Sri") || !strings.Contains(err.Error(), "--losing ") {
		t.Fatalf("undone under a later change: %v %s", err, out)
	} else if _, tag, _ := strings.Cut(err.Error(), "--losing "); tag != "" {
		if out, err := petadesa(t, store, "undo", "2", "--losing", tag); err != nil || !strings.Contains(out, "undo 2") {
			t.Errorf("%v: %s", err, out)
		}
	}
	if tables, err := s.Load(t.Context(), "towers"); err != nil || fmt.Sprint(tables[0].Records[0].Values[0]) != "Telkomsel" {
		t.Errorf("%v: %v", err, tables)
	}
	for _, bad := range [][]string{{"undo", "99"}, {"undo", "x"}, {"undo", "1"}, {"history", "--since", "yesterday"}, {"history", "--limit", "0"}} {
		if _, err := petadesa(t, append([]string{store}, bad...)...); err == nil {
			t.Errorf("%q is no error", bad)
		}
	}
}

func TestMoments(t *testing.T) {
	now := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Time{
		"": {}, "24h": now.Add(-24 * time.Hour), "2026-11-01": time.Date(2026, 11, 1, 0, 0, 0, 0, time.Local), "2026-11-01T08:00:00+07:00": time.Date(2026, 11, 1, 1, 0, 0, 0, time.UTC),
	} {
		if got, err := moment(text, now); err != nil || !got.Equal(want) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
}
