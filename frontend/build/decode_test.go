package main

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/petadesa/petadesa/internal/needs"
)

// TestDecoder has the application's decoder of vector tiles read what Mapbox's
// reads, and refuse what is broken with a sentence.
func TestDecoder(t *testing.T) {
	node := needs.Program(t, "node", "Node 20 or newer")
	for _, module := range []string{"@mapbox/vector-tile", "@mapbox/mvt-fixtures", "pbf"} {
		needs.File(t, filepath.Join(root, "node_modules", module), "npm ci in frontend")
	}
	module := filepath.Join(t.TempDir(), "decode.mjs")
	folder, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	o := options(folder)
	o.EntryPoints = []string{"src/data/decode.ts"}
	built, err := build(o)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(module, built.OutputFiles[0].Contents, 0o600); err != nil {
		t.Fatal(err)
	}
	script, err := os.ReadFile("testdata/decode.mjs")
	if err != nil {
		t.Fatal(err)
	}
	seed := strconv.Itoa(rand.IntN(1 << 30))
	// As standard input the script finds packages from the working folder.
	judge := exec.CommandContext(t.Context(), node, "--input-type=module", "-")
	judge.Dir, judge.Stdin, judge.Env = root, bytes.NewReader(script), append(os.Environ(), "DECODER="+module, "SEED="+seed)
	var complaint bytes.Buffer
	judge.Stderr = &complaint
	out, err := judge.Output()
	if err != nil {
		t.Fatalf("seed %s: %v: %s", seed, err, complaint.Bytes())
	}
	var said struct{ Fixtures, Real, Features, Refused, Changed, ChangedRead int }
	if err := json.Unmarshal(out, &said); err != nil {
		t.Fatal(err)
	}
	if said.Fixtures < 30 || said.Real < 20 || said.Refused < 5 || said.ChangedRead == 0 || said.ChangedRead == said.Changed {
		t.Errorf("too little was compared: %+v", said)
	}
	t.Logf("seed %s: %+v", seed, said)
}
