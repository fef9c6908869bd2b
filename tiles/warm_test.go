package tiles

import (
	"context"
	"errors"
	"testing"

	"github.com/petadesa/petadesa/geo"
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
		for _, accept := range []string{"gzip", "br"} {
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

func TestWhatWasAskedForIsWarmAgain(t *testing.T) {
	s := NewServer(Options{})
	before := layersOf(t)
	r := Request{Layers: before, Address: At(Bounds(before).Center(), 8), Query: Query{Extent: 1024}}
	get(t, s, r, "Accept-Encoding", "br")
	after := layersOf(t) // the same content, built again
	find := func(id string) *geo.Layer {
		for _, l := range after {
			if l.Collection.ID == id {
				return l
			}
		}
		return nil
	}
	if err := s.WarmAgain(context.Background(), find, 9); err != nil {
		t.Fatal(err)
	}
	cuts, misses := s.Stats().Cuts, s.Stats().Misses
	r.Layers = after
	get(t, s, r, "Accept-Encoding", "br")
	if st := s.Stats(); st.Cuts != cuts || st.Misses != misses {
		t.Errorf("%d cuts and %d misses after the warm-up", st.Cuts-cuts, st.Misses-misses)
	}
	if err := s.WarmAgain(context.Background(), func(string) *geo.Layer { return nil }, 9); err != nil {
		t.Errorf("collections that are gone: %v", err)
	}
}
