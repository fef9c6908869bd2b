package gpkg_test

import (
	"path/filepath"
	"testing"

	"github.com/petadesa/petadesa/data/storetest"
)

func BenchmarkStore(b *testing.B) {
	storetest.Bench(b, storetest.Target{
		Fresh: func(t testing.TB) string { return filepath.Join(t.TempDir(), "store.gpkg") },
		Open:  open,
	})
}
