package gpkg

import (
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/storetest"
)

// A file that may not grow fails as a full disk does.
func TestAFullDiskChangesNothing(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "store.gpkg"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	write := func(n int) error {
		return s.Write(t.Context(), storetest.Batch(data.Replace, storetest.Polygons("villages", n, 20)))
	}
	if err := write(100); err != nil {
		t.Fatal(err)
	}
	before, err := s.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.write.Exec("PRAGMA max_page_count = 200"); err != nil {
		t.Fatal(err)
	}
	if err := write(5000); err == nil || !strings.Contains(err.Error(), "disk is full") {
		t.Errorf("write: %v", err)
	}
	after, err := s.Load(t.Context())
	if err != nil || !reflect.DeepEqual(before, after) {
		t.Errorf("the old data are not whole: %v", err)
	}
	if err := write(101); err != nil {
		t.Errorf("a small write afterwards: %v", err)
	}
}
