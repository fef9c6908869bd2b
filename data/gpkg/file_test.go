package gpkg_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/gpkg"
	"github.com/petadesa/petadesa/data/storetest"
)

func TestFilesThatAreNoStoresAreRefusedAndLeftAlone(t *testing.T) {
	dir := t.TempDir()
	file := func(name string, content []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	database := func(name string, statements ...string) string {
		path := filepath.Join(dir, name)
		execute(t, path, statements...)
		return path
	}
	for _, test := range []struct{ path, says string }{
		{file("empty.gpkg", nil), "empty"},
		{file("text.gpkg", bytes.Repeat([]byte("this is a text, not a database; "), 100)), "no GeoPackage"},
		{file("short.gpkg", []byte("x")), "no GeoPackage"},
		{database("other.sqlite", "CREATE TABLE petadesa_collections (a)"), "no GeoPackage"},
		{database("qgis.gpkg", "PRAGMA application_id = 1196444487", "CREATE TABLE gpkg_contents (table_name)"), "import its layers"},
	} {
		before, err := os.ReadFile(test.path)
		if err != nil {
			t.Fatal(err)
		}
		_, err = gpkg.Open(t.Context(), test.path)
		if !errors.Is(err, data.ErrNotAStore) || !strings.Contains(err.Error(), test.says) || !strings.Contains(err.Error(), filepath.Base(test.path)) {
			t.Errorf("%s: %v", filepath.Base(test.path), err)
		}
		if after, err := os.ReadFile(test.path); err != nil || !bytes.Equal(before, after) {
			t.Errorf("%s was changed", test.path)
		}
	}
	for _, path := range []string{dir, filepath.Join(dir, "nowhere", "x.gpkg")} {
		if _, err := gpkg.Open(t.Context(), path); err == nil {
			t.Errorf("%s was opened", path)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 5 {
		t.Errorf("files were left behind: %v", entries)
	}
}

// execute opens the file as another program would.
func execute(t *testing.T, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range statements {
		if _, err := db.Exec(statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestADamagedFileIsAnError(t *testing.T) {
	s, path := store(t, storetest.Polygons("villages", 500, 20))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	damaged := bytes.Clone(whole)
	for i := 4096; i < len(damaged); i++ {
		damaged[i] = 0x5a
	}
	for name, content := range map[string][]byte{"damaged": damaged, "cut": whole[:len(whole)/2], "cut to a page": whole[:4096]} {
		path := filepath.Join(t.TempDir(), "store.gpkg")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := gpkg.Open(t.Context(), path)
		if err == nil {
			_, err = s.Load(t.Context())
			_ = s.Close()
		}
		if err == nil || !strings.Contains(err.Error(), "damaged") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestManyProcessesMayCreateTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.gpkg")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			s, err := gpkg.Open(t.Context(), path)
			if err != nil {
				t.Error(err)
				return
			}
			if err := s.Write(t.Context(), storetest.Batch(data.Upsert, points("places", "a"))); err != nil {
				t.Error(err)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 1 {
		t.Errorf("files were left behind: %v, %v", entries, err)
	}
}

func TestAFileThatGoesAwayIsTold(t *testing.T) {
	s, path := store(t, points("places", "a"))
	changes, err := s.Watch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path, path+".away"); err != nil {
		t.Fatal(err)
	}
	if c := <-changes; c.Err == nil {
		t.Errorf("told %+v", c)
	}
	if err := s.Ping(t.Context()); err == nil {
		t.Error("ping answers")
	}
	if err := os.Rename(path+".away", path); err != nil {
		t.Fatal(err)
	}
	if c := <-changes; c.Err != nil || len(c.Collections) > 0 {
		t.Errorf("told %+v", c)
	}
	if err := s.Ping(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestALockedFileIsWaitedForUntilTheContextEnds(t *testing.T) {
	s, path := store(t, points("places", "a"))
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	other, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.ExecContext(t.Context(), "BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	result := make(chan error)
	go func() { result <- s.Write(ctx, storetest.Batch(data.Append, points("places", "b"))) }()
	if _, err := s.Load(t.Context()); err != nil {
		t.Errorf("a reader waits for a writer: %v", err)
	}
	cancel()
	if err := <-result; !errors.Is(err, context.Canceled) {
		t.Errorf("write: %v", err)
	}
	if _, err := other.ExecContext(t.Context(), "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	if err := s.Write(t.Context(), storetest.Batch(data.Append, points("places", "b"))); err != nil {
		t.Error(err)
	}
	_ = other.Close()
}

func TestForeignContentIsNamed(t *testing.T) {
	for name, test := range map[string]struct {
		statement string
		want      error
		says      string
	}{
		"another reference system": {`UPDATE places SET geom = x'47500001ed7f0000' || substr(geom, 9) WHERE id = 'b'`, data.ErrUnknownSR, "32749"},
		"no geometry":              {`UPDATE places SET geom = x'00' WHERE id = 'b'`, nil, "malformed"},
		"text in a number":         {`UPDATE places SET n = 'many' WHERE id = 'b'`, data.ErrInvalid, `"n"`},
		"no column":                {`ALTER TABLE places DROP COLUMN n`, nil, "n"},
	} {
		s, path := store(t, points("places", "a", "b"))
		// Another program would have the functions that these triggers call.
		for _, trigger := range []string{"update1", "update2", "update3", "update4", "insert", "delete"} {
			execute(t, path, `DROP TRIGGER "rtree_places_geom_`+trigger+`"`)
		}
		execute(t, path, test.statement)
		_, err := s.Load(t.Context())
		if err == nil || test.want != nil && !errors.Is(err, test.want) || !strings.Contains(err.Error(), "places") || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAnOlderFileIsUpgraded(t *testing.T) {
	s, path := store(t, points("places", "a"))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	execute(t, path, "DROP TABLE petadesa_changes", "DROP TABLE petadesa_documents", "DROP TABLE petadesa_tokens", "DROP TABLE petadesa_service")
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			again, err := gpkg.Open(t.Context(), path)
			if err != nil {
				t.Error(err)
				return
			}
			defer func() { _ = again.Close() }()
			if _, err := again.PutDocument(t.Context(), data.Document{Kind: "k", ID: fmt.Sprint(i), Body: []byte("1")}, 0); err != nil {
				t.Error(err)
			}
			if err := again.Write(t.Context(), storetest.Batch(data.Upsert, points("places", "a"))); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}
