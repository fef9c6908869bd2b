package coverage

import (
	"flag"
	"os"
	"testing"
)

// TestMain draws 12 small regencies for each property, 4 under the race detector,
// unless the command line says how many: each is a whole snapshot.
func TestMain(m *testing.M) {
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "rapid.checks" })
	if !given {
		checks := "12"
		if raced {
			checks = "4"
		}
		if err := flag.Set("rapid.checks", checks); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}
