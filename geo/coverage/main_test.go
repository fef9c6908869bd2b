package coverage

import (
	"flag"
	"os"
	"testing"
)

// TestMain draws 12 small regencies for each property unless the command line
// says how many: each is a whole snapshot, and all of them run under the race detector.
func TestMain(m *testing.M) {
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "rapid.checks" })
	if !given {
		if err := flag.Set("rapid.checks", "12"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}
