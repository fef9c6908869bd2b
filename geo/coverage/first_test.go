package coverage

import (
	"context"
	"testing"
)

func BenchmarkGapsFirst(b *testing.B) {
	snap := bundleSnapshot(b)
	b.ReportAllocs()
	defer cpuTime(b)()
	for b.Loop() {
		if _, err := New(Options{Model: ModelOf}).Gaps(context.Background(), snap, &Query{Evidence: "claimed"}); err != nil {
			b.Fatal(err)
		}
	}
}
