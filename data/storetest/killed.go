package storetest

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
)

const childPlace = "PETADESA_STORETEST_CHILD"

// Child must be called first by the TestMain of a package that runs the suite.
// In a process that the suite started in order to kill it, it does not return.
func Child(open func(ctx context.Context, place string) (data.Store, error)) {
	place := os.Getenv(childPlace)
	if place == "" {
		return
	}
	if err := writeForever(open, place); err != nil {
		fmt.Println(err)
	}
	os.Exit(1)
}

// writeForever begins to replace the collection, says so, and goes on.
func writeForever(open func(ctx context.Context, place string) (data.Store, error), place string) error {
	s, err := open(context.Background(), place)
	if err != nil {
		return err
	}
	half := Polygons("places", 200, 100)
	return s.Write(context.Background(), data.Batch{Collection: half.Collection, Mode: data.Replace, Records: func(yield func(geo.Record, error) bool) {
		for round := 0; ; round++ {
			for _, r := range half.Records {
				r.ID = fmt.Sprintf("%s-%d", r.ID, round)
				if !yield(r, nil) {
					return
				}
			}
			fmt.Println("written", round)
		}
	}})
}

// testKilled kills a process in the middle of a write, several times.
func testKilled(t *testing.T, target Target) {
	place := target.Fresh(t)
	write(t, target.open(t, place), Batch(data.Replace, places("a", "b")))
	for round := range 3 {
		child := exec.Command(os.Args[0], "-test.run=^$")
		child.Env = append(os.Environ(), childPlace+"="+place)
		child.Stderr = os.Stderr
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for n := 0; n < 5*(round+1); n++ {
			if !lines.Scan() || lines.Text() != fmt.Sprintf("written %d", n) {
				t.Errorf("the child says %q", lines.Text())
				break
			}
		}
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = child.Wait() // it was killed: that is the point

		s := target.open(t, place)
		same(t, s, places("a", "b"))
		write(t, s, Batch(data.Upsert, places("a", "b"))) // nobody holds a lock
	}
}
