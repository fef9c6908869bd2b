package tiles

import (
	"context"
	"errors"
	"testing"
)

func TestWarmTilesAreNotCutAgain(t *testing.T) {
	s := NewServer(Options{})
	layers := layersOf(t)
	if err := s.Warm(context.Background(), layers, Query{}, 9); err != nil {
		t.Fatal(err)
	}
	cuts := s.Stats().Cuts
	if cuts == 0 {
		t.Fatal("nothing was cut")
	}
	for z := 4; z <= 9; z++ {
		for _, accept := range []string{"gzip", "zstd"} {
			get(t, s, Request{Layers: layers, Address: At(Bounds(layers).Center(), z)}, "Accept-Encoding", accept)
		}
	}
	if st := s.Stats(); st.Cuts != cuts || st.Misses != 0 {
		t.Errorf("%d cuts and %d misses after the warm-up", st.Cuts-cuts, st.Misses)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := NewServer(Options{}).Warm(ctx, layers, Query{}, 9); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
