package geo

import (
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
)

func TestOrient(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 1_000 {
		at := func() orb.Point { return orb.Point{rng.Float64() * 1e-15, rng.Float64()} }
		a, b := at(), at()
		c := orb.Point{(a[0] + b[0]) / 2, (a[1] + b[1]) / 2}
		if got, want := Orient(a, b, c), exactOrient(a, b, c); got != want {
			t.Fatalf("Orient(%v, %v, %v) = %d, want %d", a, b, c, got, want)
		}
		if Orient(a, b, c) != -Orient(b, a, c) || Orient(a, b, c) != Orient(b, c, a) {
			t.Fatalf("Orient(%v, %v, %v) depends on the order", a, b, c)
		}
	}
}
