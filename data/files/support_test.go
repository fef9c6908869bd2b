package files

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
)

var update = flag.Bool("update", false, "accept the output as golden")

// golden compares output with a file in testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	a, b := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range max(len(a), len(b)) {
		if i >= len(a) || i >= len(b) || a[i] != b[i] {
			t.Fatalf("%s, line %d (-update accepts):\n got %s\nwant %s", path, i+1, strings.Join(a[min(i, len(a)):min(i+2, len(a))], "\n"), strings.Join(b[min(i, len(b)):min(i+2, len(b))], "\n"))
		}
	}
}

// memory is a store that forgets, and can only load and write.
type memory struct {
	data.Store
	mu     sync.Mutex
	tables map[string]geo.Table
}

var _ data.Store = (*memory)(nil)

func (m *memory) Load(_ context.Context, names ...string) ([]geo.Table, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var tables []geo.Table
	for _, name := range names {
		if t, ok := m.tables[name]; ok {
			tables = append(tables, t)
		}
	}
	return tables, nil
}

func (m *memory) Write(ctx context.Context, batches ...data.Batch) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, b := range batches {
		if err := data.CheckCollection(&b.Collection); err != nil {
			return err
		}
		t := geo.Table{Collection: b.Collection}
		for r, err := range data.Checked(ctx, b) {
			if err != nil {
				return err
			}
			r.Values = slices.Clone(r.Values)
			t.Records = append(t.Records, r)
		}
		if b.Mode != data.Replace {
			t.Records = append(t.Records, m.tables[b.Collection.ID].Records...)
		}
		slices.SortFunc(t.Records, func(a, b geo.Record) int { return strings.Compare(a.ID, b.ID) })
		if m.tables == nil {
			m.tables = map[string]geo.Table{}
		}
		m.tables[b.Collection.ID] = t
	}
	return nil
}

func (m *memory) Watch(context.Context) (<-chan data.Change, error) { return nil, data.ErrInvalid }
func (m *memory) Drop(context.Context, string) error                { return data.ErrNotFound }
func (m *memory) Ping(context.Context) error                        { return nil }
func (m *memory) Close() error                                      { return nil }
