package coverage

import (
	"math/bits"
	"testing"

	"pgregory.net/rapid"

	"github.com/petadesa/petadesa/geo/lattice"
)

// someGrid is two blocks that do not touch.
func someGrid() *Grid { return NewGrid([]Block{{5400, 1900}, {5402, 1901}}) }

// drawSet makes a set, and the same as a plain slice of masks.
func drawSet(t *rapid.T, g *Grid, name string) (*Set, []uint64) {
	b, plain := g.NewBuilder(), make([]uint64, g.Size())
	for range rapid.IntRange(0, 60).Draw(t, name+" adds") {
		i := rapid.Int32Range(0, int32(g.Size()-1)).Draw(t, name+" cell")
		i = i / 61 // sets that meet
		m := rapid.SampledFrom([]uint64{whole, 1, 0xff00, 0xf0f0f0f0f0f0f0f0, 0x0f0f0f0f0f0f0f0f, rapid.Uint64().Draw(t, "bits")}).Draw(t, name+" mask")
		b.Add(i, m)
		plain[i] |= m
	}
	return b.Set(), plain
}

func TestSetAlgebraIsThatOfANaiveLoop(t *testing.T) {
	g := someGrid()
	rapid.Check(t, func(t *rapid.T) {
		sets, plain := make([]*Set, 4), make([][]uint64, 4)
		for k := range sets {
			sets[k], plain[k] = drawSet(t, g, string(rune('a'+k)))
		}
		n := rapid.IntRange(1, 4).Draw(t, "n")
		and, or, not, some := And(sets[0], sets[1]), Or(sets[0], sets[1]), AndNot(sets[0], sets[1]), AtLeast(n, sets...)
		var full, part int
		for i := range int32(g.Size()) {
			x, y := plain[0][i], plain[1][i]
			if x == whole {
				full++
			} else if x != 0 {
				part++
			}
			if sets[0].Mask(i) != x || and.Mask(i) != x&y || or.Mask(i) != x|y || not.Mask(i) != x&^y {
				t.Fatalf("cell %d of %x and %x: %x %x %x", i, x, y, and.Mask(i), or.Mask(i), not.Mask(i))
			}
			for k := range 64 {
				have := 0
				for _, p := range plain {
					have += int(p[i] >> k & 1)
				}
				if in := some.Mask(i)>>k&1 == 1; in != (have >= n) {
					t.Fatalf("cell %d part %d is in %d sets: at least %d is %v", i, k, have, n, in)
				}
			}
		}
		if f, p := sets[0].Count(); f != full || p != part {
			t.Fatalf("counted %d and %d, want %d and %d", f, p, full, part)
		}
		if !And(sets[0], sets[1]).Equal(And(sets[1], sets[0])) || !AtLeast(1, sets...).Equal(Or(Or(sets[3], sets[2]), or)) {
			t.Fatal("order matters")
		}
		if !AtLeast(4, sets...).Equal(And(and, And(sets[2], sets[3]))) {
			t.Fatal("at least all is not all")
		}
	})
}

func TestNumbersOfCellsGoBothWays(t *testing.T) {
	g := someGrid()
	for i := range int32(g.Size()) {
		if c := g.Cell(i); g.Index(c) != i || lattice.At(c.Center()[0], c.Center()[1]) != c {
			t.Fatalf("cell %d is %v, whose number is %d", i, c, g.Index(c))
		}
	}
	for _, c := range []lattice.Cell{{}, {Col: 5401 * 64, Row: 1900 * 64}, {Col: lattice.Cols - 1, Row: lattice.Rows - 1}} {
		if i := g.Index(c); i != -1 {
			t.Errorf("%v is not in the grid but has number %d", c, i)
		}
	}
}

func TestRunsAreTheCellsOfARow(t *testing.T) {
	g := someGrid()
	row := int32(1900*64 + 7)
	var got int
	g.runs(row, 5400*64-3, 5400*64+70, func(w int32, mask uint64) { got += bits.OnesCount64(mask) })
	if got != 64 {
		t.Errorf("%d cells of the row, want the 64 of its block", got)
	}
	g.runs(row, 5400*64+3, 5400*64+5, func(w int32, mask uint64) {
		if w != 7 || mask != 0b11000 {
			t.Errorf("word %d, bits %b", w, mask)
		}
	})
}
