package files

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/petadesa/petadesa/data"
)

// Each malformed file is refused with the message in malformed.golden: nothing
// is stored, nothing is left behind, and memory stays bounded.
func TestMalformedFiles(t *testing.T) {
	t.Setenv("PATH", "")
	t.Setenv("TMPDIR", t.TempDir())
	all := malformed(t)
	if len(all) < 60 {
		t.Errorf("only %d files", len(all))
	}
	var out strings.Builder
	var before, after runtime.MemStats
	for _, name := range slices.Sorted(maps.Keys(all)) {
		runtime.ReadMemStats(&before)
		store := &memory{}
		_, err := Import(context.Background(), store, Stream(name, bytes.NewReader(all[name])), Options{Collection: "things", MaxFeature: 1 << 16})
		runtime.ReadMemStats(&after)
		refused, fault := (*RefusedError)(nil), (*FileError)(nil)
		switch {
		case err == nil:
			t.Errorf("%s was imported", name)
			continue
		case store.tables != nil:
			t.Errorf("%s: the store was changed", name)
		case !errors.As(err, &refused) && !errors.As(err, &fault) && !errors.Is(err, data.ErrInvalid):
			t.Errorf("%s: an error of type %T: %v", name, err, err)
		}
		if grown := after.TotalAlloc - before.TotalAlloc; grown > 64<<20 {
			t.Errorf("%s: %d MB were asked for", name, grown>>20)
		}
		fmt.Fprintln(&out, err)
	}
	golden(t, "malformed.golden", out.String())
	if left, err := filepath.Glob(filepath.Join(os.TempDir(), "*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
