package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"sync"
	"testing"
)

const root = ".."

// bundled is built once for all tests.
var bundled = sync.OnceValues(func() (Files, error) { return Bundle(root) })

// TestDistIsFresh fails when the committed bundle is not what the sources give.
func TestDistIsFresh(t *testing.T) {
	fresh, err := bundled()
	if err != nil {
		t.Fatal(err)
	}
	committed := Files{}
	dist := filepath.Join(root, "dist")
	err = filepath.WalkDir(dist, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dist, name)
		if err != nil {
			return err
		}
		committed[filepath.ToSlash(rel)], err = os.ReadFile(name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range fresh.Names() {
		if !bytes.Equal(fresh[name], committed[name]) {
			t.Errorf("dist/%s is not what src gives: run go run ./frontend/build", name)
		}
		delete(committed, name)
	}
	for _, name := range committed.Names() {
		t.Errorf("dist/%s is left over: run go run ./frontend/build", name)
	}
}

// TestBudgets holds the sizes of FRONTEND's table: what the first view loads, and
// each later part.
func TestBudgets(t *testing.T) {
	files, err := bundled()
	if err != nil {
		t.Fatal(err)
	}
	first := map[string]bool{}
	for _, m := range regexp.MustCompile(`/(assets/[^" ]+)`).FindAllSubmatch(files["index.html"], -1) {
		first[string(m[1])] = true
	}
	js, css, later := 0, 0, 0
	for _, name := range files.Names() {
		size := len(files[name+".br"])
		switch {
		case first[name] && filepath.Ext(name) == ".js":
			js += size
		case first[name] && filepath.Ext(name) == ".css":
			css += size
		case filepath.Ext(name) == ".js":
			later += size
			if size > 40_000 {
				t.Errorf("%s has %d bytes of brotli, more than 40,000", name, size)
			}
		}
	}
	t.Logf("brotli: scripts %d, styles %d, later parts %d", js, css, later)
	if js > 60_000 || css > 8_000 || later > 120_000 {
		t.Errorf("over the budget of 60,000, 8,000 and 120,000")
	}
}

// TestPageIsPlain holds what the content security policy asks of the page.
func TestPageIsPlain(t *testing.T) {
	files, err := bundled()
	if err != nil {
		t.Fatal(err)
	}
	for _, forbidden := range []string{`<style`, ` style=`, `<script>`, ` onclick`, `://`} {
		if bytes.Contains(files["index.html"], []byte(forbidden)) {
			t.Errorf("the page contains %s", forbidden)
		}
	}
}
