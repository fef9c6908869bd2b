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

const (
	childPlace = "PETADESA_STORETEST_CHILD"
	childWork  = "PETADESA_STORETEST_WORK"
)

// Child must be called first by the TestMain of a package that runs the suite.
// In a process that the suite started in order to kill it, it does not return.
func Child(open func(ctx context.Context, place string) (data.Store, error)) {
	place := os.Getenv(childPlace)
	if place == "" {
		return
	}
	work := writeForever
	if os.Getenv(childWork) == "edit" {
		work = editForever
	}
	if err := work(open, place); err != nil {
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
		killChild(t, place, "write", 5*(round+1))
		s := target.open(t, place)
		same(t, s, places("a", "b"))
		write(t, s, Batch(data.Upsert, places("a", "b"))) // nobody holds a lock
	}
}

// killChild starts a process and kills it after it has said so many lines.
func killChild(t *testing.T, place, work string, lines int) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^$")
	child.Env = append(os.Environ(), childPlace+"="+place, childWork+"="+work)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	said := bufio.NewScanner(out)
	for n := range lines {
		if !said.Scan() || said.Text() != fmt.Sprintf("written %d", n) {
			t.Errorf("the child says %q", said.Text())
			break
		}
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = child.Wait() // it was killed: that is the point
}

// editForever counts up two features together.
func editForever(open func(ctx context.Context, place string) (data.Store, error), place string) error {
	s, err := open(context.Background(), place)
	if err != nil {
		return err
	}
	up := func(id string) data.Edit {
		return data.Edit{Collection: "places", ID: id, Change: func(_ *geo.Collection, old *geo.Record) (*geo.Record, error) {
			return &geo.Record{ID: id, Geometry: old.Geometry, Values: []any{old.Values[0], old.Values[1].(int64) + 1}}, nil
		}}
	}
	for n := 0; ; n++ {
		if _, err := s.Edit(context.Background(), up("a"), up("b")); err != nil {
			return err
		}
		fmt.Println("written", n)
	}
}

// testKilledWhileEditing kills a process that edits: both features are as
// before or as after, and the history tells the same.
func testKilledWhileEditing(t *testing.T, target Target) {
	place := target.Fresh(t)
	start := places("a", "b")
	start.Records[1].Values[1] = int64(0)
	write(t, target.open(t, place), Batch(data.Replace, start))
	for round := range 4 {
		killChild(t, place, "edit", 3+2*round)
		s := target.open(t, place)
		now := load(t, s)[0].Records
		changes := history(t, s, data.HistoryQuery{Feature: "b", Limit: data.MaxPage})
		if a, b := now[0].Values[1], now[1].Values[1]; a != b || b != int64(len(changes)) || len(changes) < 3 {
			t.Errorf("counted up to %v and %v; %d entries", a, b, len(changes))
		}
		edit(t, s, becoming("places", "c", nil)) // nobody holds a lock
	}
}
