package gpkg_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/gpkg"
	"github.com/petadesa/petadesa/data/storetest"
)

func open(ctx context.Context, path string) (data.Store, error) { return gpkg.Open(ctx, path) }

func TestMain(m *testing.M) {
	storetest.Child(open)
	os.Exit(m.Run())
}

func TestStore(t *testing.T) {
	storetest.Run(t, storetest.Target{
		Fresh: func(t testing.TB) string { return filepath.Join(t.TempDir(), "a store?#%41.gpkg") },
		Open:  open,
	})
}
