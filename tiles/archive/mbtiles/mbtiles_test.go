package mbtiles

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/paulmach/orb/maptile"
)

func content(x, y uint32) []byte { return fmt.Appendf(nil, "tile %d", x/2+y/2) }

func write(t testing.TB, path string) Stats {
	t.Helper()
	w, err := Create(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	for x := range uint32(8) {
		for y := range uint32(8) {
			if err := w.Add(t.Context(), maptile.Tile{X: x, Y: y, Z: 3}, content(x, y)); err != nil {
				t.Fatal(err)
			}
		}
	}
	stats, err := w.Finish(t.Context(), []Row{{"name", "test"}, {"format", "pbf"}})
	if err != nil {
		t.Fatal(err)
	}
	return stats
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "odd name? #1 100%.mbtiles")
	stats := write(t, path)
	if stats.Tiles != 64 || stats.Contents != 7 || stats.Data != 7*6 || stats.Repeated != 57*6 || stats.Bytes < 512 {
		t.Errorf("stats %+v", stats)
	}
	r, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if r.MinZoom != 3 || r.MaxZoom != 3 || r.Metadata["name"] != "test" || r.Metadata["format"] != "pbf" {
		t.Errorf("zooms %d to %d, metadata %v", r.MinZoom, r.MaxZoom, r.Metadata)
	}
	var wg sync.WaitGroup
	for x := range uint32(8) {
		wg.Go(func() {
			for y := range uint32(8) {
				if b, err := r.Tile(t.Context(), maptile.Tile{X: x, Y: y, Z: 3}); err != nil || !bytes.Equal(b, content(x, y)) {
					t.Errorf("tile %d/%d: %q, %v", x, y, b, err)
				}
			}
		})
	}
	wg.Wait()
	for _, at := range []maptile.Tile{{Z: 2}, {X: 8, Z: 3}, {Z: 99}} {
		if b, err := r.Tile(t.Context(), at); b != nil || err != nil {
			t.Errorf("tile %v: %q, %v", at, b, err)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Tile(ended, maptile.Tile{Z: 3}); !errors.Is(err, context.Canceled) {
		t.Errorf("a tile nobody waits for: %v", err)
	}
	other := filepath.Join(t.TempDir(), "b.mbtiles")
	write(t, other)
	a, _ := os.ReadFile(path)
	b, _ := os.ReadFile(other)
	if !bytes.Equal(a, b) {
		t.Error("the same tiles give other bytes")
	}
}

func TestRowsCountNorthward(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.mbtiles")
	write(t, path)
	db, err := connect(path, url.Values{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var b []byte
	if err := db.QueryRow(`SELECT tile_data FROM tiles WHERE zoom_level = 3 AND tile_column = 0 AND tile_row = 7`).Scan(&b); err != nil || !bytes.Equal(b, content(0, 0)) {
		t.Errorf("the row farthest north: %q, %v", b, err)
	}
	var verdict string
	if err := db.QueryRow(`PRAGMA integrity_check`).Scan(&verdict); err != nil || verdict != "ok" {
		t.Errorf("SQLite says %q of the file, %v", verdict, err)
	}
}

func TestClosed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.mbtiles")
	write(t, path)
	r, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Tile(t.Context(), maptile.Tile{Z: 3}); !errors.Is(err, os.ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
}

func TestWriterRefuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.mbtiles")
	w, err := Create(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Add(t.Context(), maptile.Tile{X: 2, Z: 1}, []byte("a")); err == nil {
		t.Error("a tile outside is taken")
	}
	if err := w.Add(t.Context(), maptile.Tile{}, nil); err == nil {
		t.Error("a tile without bytes is taken")
	}
	if _, err := w.Finish(t.Context(), nil); !errors.Is(err, ErrEmpty) {
		t.Errorf("an empty archive: %v", err)
	}
	write(t, filepath.Join(t.TempDir(), "b.mbtiles"))
	if _, err := Create(t.Context(), path); !errors.Is(err, os.ErrExist) {
		t.Errorf("over a file: %v", err)
	}
}

// foreign makes an SQLite file by the statements.
func foreign(t testing.TB, statements ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "f.mbtiles")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	return path
}

const plain = `CREATE TABLE metadata (name text, value text); CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob);`

func TestForeignFiles(t *testing.T) {
	for _, c := range []struct {
		name, want string // empty: it opens and tile 0/0/0 is read
		statements []string
	}{
		{"plain table", "", []string{plain + `INSERT INTO tiles VALUES (0, 0, 0, x'0102')`}},
		{"text for bytes", "", []string{plain + `INSERT INTO tiles VALUES (0, 0, 0, 'ab')`}},
		{"no tiles", "", []string{plain}},
		{"another database", "no such table", []string{`CREATE TABLE roads (id)`}},
		{"other columns", "no such column", []string{`CREATE TABLE metadata (name, value); CREATE TABLE tiles (z, x, y, data)`}},
		{"zoom of 99", "zooms 99 to 99", []string{plain + `INSERT INTO tiles VALUES (99, 0, 0, 'ab')`}},
		{"negative zoom", "zooms -1", []string{plain + `INSERT INTO tiles VALUES (-1, 0, 0, 'ab')`}},
		{"a tile of a gigabyte", "too big", []string{
			`CREATE TABLE metadata (name, value); CREATE VIEW tiles AS SELECT 0 AS zoom_level, 0 AS tile_column, 0 AS tile_row, zeroblob(900000000) AS tile_data`,
		}},
		{"metadata of a gigabyte", "too big", []string{plain + `DROP TABLE metadata; CREATE VIEW metadata AS SELECT 'a' AS name, hex(zeroblob(400000000)) AS value`}},
		{"a view that calls out", "unsafe use", []string{
			`CREATE TABLE metadata (name, value); CREATE VIEW tiles AS SELECT 0 AS zoom_level, 0 AS tile_column, 0 AS tile_row, load_extension('x') AS tile_data`,
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := Open(t.Context(), foreign(t, c.statements...))
			var b []byte
			if err == nil {
				defer r.Close()
				b, err = r.Tile(t.Context(), maptile.Tile{})
			}
			switch {
			case c.want == "" && err != nil:
				t.Error(err)
			case c.want == "" && len(b) != 2 && c.name != "no tiles":
				t.Errorf("tile %q", b)
			case c.want != "" && (!errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), c.want)):
				t.Errorf("%v; want %q", err, c.want)
			}
		})
	}
}

func TestAViewWithoutEndStopsWithItsAsker(t *testing.T) {
	path := foreign(t, `CREATE TABLE metadata (name, value)`, `CREATE VIEW tiles AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM c)
		SELECT 0 AS zoom_level, 0 AS tile_column, 0 AS tile_row, 'a' AS tile_data FROM c WHERE i < 0`)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := Open(ctx, path); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("it ended with %v", err)
	}
}

func FuzzOpen(f *testing.F) {
	path := foreign(f, `PRAGMA page_size = 512`, plain+`INSERT INTO tiles VALUES (0, 0, 0, x'0102'), (1, 0, 1, 'ab')`)
	whole, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add([]byte(Magic))
	f.Fuzz(func(t *testing.T, b []byte) {
		path := filepath.Join(t.TempDir(), "a.mbtiles")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := Open(t.Context(), path)
		if err != nil {
			return
		}
		defer r.Close()
		for z := range maptile.Zoom(4) {
			if _, err := r.Tile(t.Context(), maptile.Tile{Z: z}); err != nil && !errors.Is(err, ErrInvalid) {
				t.Fatal(err)
			}
		}
	})
}
