package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// The committed files are what the committed facts give, to the byte.
func TestRegenerate(t *testing.T) {
	if testing.Short() {
		t.Skip("regenerating the bundle takes some seconds")
	}
	dir := t.TempDir()
	if err := generate(filepath.Join("..", "facts"), dir, io.Discard); err != nil {
		t.Fatal(err)
	}
	fresh, err := filepath.Glob(filepath.Join(dir, "*.geojson"))
	if err != nil || len(fresh) != 8 {
		t.Fatalf("%d files, %v: want 8", len(fresh), err)
	}
	for _, file := range fresh {
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join("..", filepath.Base(file)))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what the facts give: run go generate ./data/bundle", filepath.Base(file))
		}
	}
}
