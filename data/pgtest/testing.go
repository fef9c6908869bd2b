package pgtest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"testing"

	"github.com/petadesa/petadesa/internal/needs"
)

// Main is a TestMain with one cluster for all tests of a package, put into
// *shared while they run; it returns the exit status. Where PostgreSQL is not
// installed *shared stays nil, which Database knows what to make of.
func Main(m *testing.M, shared **Cluster) int {
	c, err := NewCluster(context.Background(), "")
	if err != nil && (!errors.Is(err, ErrNoBinaries) || needs.OnCI()) {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	*shared = c
	status := m.Run()
	if c != nil {
		if err := c.Close(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	return status
}

// New starts a cluster of the test's own, for tests that stop it.
func New(t testing.TB) *Cluster {
	t.Helper()
	c, err := NewCluster(context.Background(), "")
	if errors.Is(err, ErrNoBinaries) {
		needs.Missing(t, "%v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

// Start starts a cluster of the test's own and returns the connection string of
// an empty database in it.
func Start(t testing.TB) string {
	t.Helper()
	return New(t).Database(t)
}

// Database returns the connection string of a new, empty database with PostGIS.
func (c *Cluster) Database(t testing.TB) string {
	t.Helper()
	if c == nil {
		needs.Missing(t, "%v", ErrNoBinaries)
	}
	name, err := c.CreateDatabase(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return c.URL(name)
}
