package coverage

import (
	"context"
	"fmt"
	"net/url"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// What a change does is counted in the blocks that it touches: that is what
// counting everything again says, of villages and of cells.
func TestWhatIfIsTheFullCount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		snap, e := w.snapshot(t), testEngine()
		text := drawQuery(t)
		if rapid.IntRange(0, 5).Draw(t, "buffer") == 0 {
			text += "&preset=buffer-fao"
		}
		values, _ := url.ParseQuery(text)
		q, err := ParseQuery(values)
		if err != nil {
			return // a preset and a threshold
		}
		change := &Change{}
		for _, r := range w.towers {
			if rapid.IntRange(0, 3).Draw(t, "remove") == 0 {
				change.Remove = append(change.Remove, r.ID)
			}
		}
		for i := range rapid.IntRange(0, 2).Draw(t, "add") {
			at := orb.Point{112.58 + rapid.Float64Range(0, 0.08).Draw(t, "lon"), -8.22 + rapid.Float64Range(0, 0.08).Draw(t, "lat")}
			operators := rapid.SampledFrom([][]string{{"Alpha"}, {"Gamma"}, {"Alpha", "New"}}).Draw(t, "operators")
			change.Add = append(change.Add, Tower{ID: fmt.Sprint("n", i), At: at, HeightM: 40, FrequencyMHz: 900, Operators: operators, Technologies: []string{"4g"}})
		}
		q.Change = change
		s, threshold, err := e.ready(context.Background(), snap, q)
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.whatIf(context.Background(), q, threshold)
		if err != nil {
			t.Fatal(err)
		}
		states, err := s.states(context.Background(), q, threshold)
		if err != nil {
			t.Fatal(err)
		}
		want, err := s.count(context.Background(), q, threshold, states[0].States)
		if err != nil {
			t.Fatal(err)
		}
		for v := range want.rows {
			if a, b := counts(got.after.rows[v]), counts(want.rows[v]); a != b {
				t.Fatalf("%s %+v, village %d:\n%s\ncounted again\n%s", text, change, v, a, b)
			}
		}
		now := *s
		now.change = nil
		before, err := now.states(context.Background(), q, threshold)
		if err != nil {
			t.Fatal(err)
		}
		cells := func(s *Set) int { full, part := s.Count(); return full + part }
		land := func(s *Set) *Set { return And(s, now.Land) }
		more, less := cells(AndNot(land(states[0].Covered), land(before[0].Covered))), cells(AndNot(land(before[0].Covered), land(states[0].Covered)))
		if gained, lost := got.cells(); gained != more || lost != less {
			t.Fatalf("%s: %d cells gained, %d lost; counted again %d and %d", text, gained, lost, more, less)
		}
	})
}

// Cutting and pasting loses nothing.
func TestPatch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := NewGrid([]Block{{0, 0}, {1, 0}, {3, 0}, {0, 1}, {2, 1}})
		s := &scene{base: &base{Ground: &Ground{Grid: g}}}
		draw := func(name string) *Set {
			b := g.NewBuilder()
			for range rapid.IntRange(0, 40).Draw(t, name+" adds") {
				cell := rapid.Int32Range(0, int32(len(g.Blocks())-1)).Draw(t, name+" block")<<(2*blockShift) + rapid.Int32Range(0, 200).Draw(t, name+" cell")
				b.Add(cell, rapid.SampledFrom([]uint64{whole, 1, 0xf0f0}).Draw(t, name+" mask"))
			}
			return b.Set()
		}
		a, b := draw("a"), draw("b")
		var blocks []int32
		in := map[int32]bool{}
		for k := range int32(len(g.Blocks())) {
			if rapid.Bool().Draw(t, "block") {
				blocks, in[k] = append(blocks, k), true
			}
		}
		p := newPatch(s, blocks)
		mixed := p.paste(a, p.cut(b))
		for i := range int32(g.Size()) {
			want := a.Mask(i)
			if in[i>>(2*blockShift)] {
				want = b.Mask(i)
			}
			if mixed.Mask(i) != want {
				t.Fatalf("cell %d: %x, want %x", i, mixed.Mask(i), want)
			}
		}
		changed := make([]uint64, g.Words())
		p.mark(changed, a, mixed)
		for i := range int32(g.Size()) {
			if (changed[i>>6]>>(i&63)&1 == 1) != (a.Mask(i) != mixed.Mask(i)) {
				t.Fatalf("cell %d", i)
			}
		}
	})
}
