package postgis_test

import (
	"testing"

	"github.com/petadesa/petadesa/data/storetest"
)

func BenchmarkStore(b *testing.B) {
	storetest.Bench(b, storetest.Target{
		Fresh: func(t testing.TB) string { return cluster.Database(t) },
		Open:  open,
	})
}
