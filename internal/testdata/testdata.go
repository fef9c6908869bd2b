// Package testdata finds the real files that tests and benchmarks read, which
// lie outside the repository. Only tests and benchmarks import it.
package testdata

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// Dir returns the folder of the real files: PETADESA_TESTDATA, or
// ../shared/testdata beside the repository.
func Dir() (string, error) {
	if d := os.Getenv("PETADESA_TESTDATA"); d != "" {
		return d, nil
	}
	root, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		up := filepath.Dir(root)
		if up == root {
			return "", errors.New("not inside a Go module")
		}
		root = up
	}
	d := filepath.Join(root, "..", "shared", "testdata")
	if _, err := os.Stat(d); err != nil {
		return "", fmt.Errorf("test data: %w (set PETADESA_TESTDATA)", err)
	}
	return d, nil
}

// Path returns the path of a real file, and skips the test where there are none.
func Path(t testing.TB, name ...string) string {
	t.Helper()
	d, err := Dir()
	if err != nil {
		t.Skipf("real test data absent: %v", err)
	}
	return filepath.Join(append([]string{d}, name...)...)
}
