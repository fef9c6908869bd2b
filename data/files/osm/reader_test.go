package osm

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func realFile(t testing.TB, name string) string {
	t.Helper()
	root := os.Getenv("PETADESA_TESTDATA")
	if root == "" {
		root = "../../../../shared/testdata"
	}
	if _, err := os.Stat(root); err != nil {
		t.Skipf("the real files are not here: %v (PETADESA_TESTDATA names their folder)", err)
	}
	return filepath.Join(root, name)
}

func TestRealFiles(t *testing.T) {
	for _, name := range []string{"osm/monaco-latest.osm.pbf", "osm/liechtenstein-2013-08-03.osm.pbf"} {
		for _, theme := range Themes() {
			r, err := Open(context.Background(), realFile(t, name), theme, nil)
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			kinds := map[string]int{}
			for f, err := range r.All(context.Background()) {
				if err != nil {
					t.Fatal(err)
				}
				n++
				for _, p := range f.Properties {
					if p.Name == "class" || p.Name == "category" || p.Name == "quality" {
						kinds[fmt.Sprint(p.Name, "=", p.Value)]++
					}
				}
			}
			t.Log(name, theme, n, r.Time(), r.Counts(), kinds)
		}
	}
}
