package postgis_test

import (
	"context"
	"os"
	"testing"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/pgtest"
	"github.com/petadesa/petadesa/data/postgis"
	"github.com/petadesa/petadesa/data/storetest"
)

var cluster *pgtest.Cluster

func open(ctx context.Context, url string) (data.Store, error) { return postgis.Open(ctx, url) }

func TestMain(m *testing.M) {
	storetest.Child(open)
	os.Exit(pgtest.Main(m, &cluster))
}

func TestStore(t *testing.T) {
	storetest.Run(t, storetest.Target{
		Fresh: func(t testing.TB) string { return cluster.Database(t) },
		Open:  open,
	})
}
