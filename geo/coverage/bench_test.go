package coverage

import (
	"context"
	"testing"
)

func BenchmarkGapsWarm(b *testing.B) {
	snap := bundleSnapshot(b)
	e := New(Options{Model: ModelOf})
	q := &Query{}
	if _, err := e.Gaps(context.Background(), snap, q); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := e.Gaps(context.Background(), snap, q); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkGapsWhatIf(b *testing.B) {
	snap := bundleSnapshot(b)
	e := New(Options{Model: ModelOf})
	t := towersOf(snap.Layer("towers"))[0]
	t.At[0] += 0.03
	q := &Query{Change: &Change{Add: []Tower{t}}}
	for b.Loop() {
		t.At[0] += 1e-5 // never computed before
		q.Change.Add[0] = t
		if _, err := e.Gaps(context.Background(), snap, q); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkGround(b *testing.B) {
	villages := bundleSnapshot(b).Layer("villages")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := NewGround(context.Background(), villages); err != nil {
			b.Fatal(err)
		}
	}
}
