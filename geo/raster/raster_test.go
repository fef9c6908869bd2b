package raster

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"github.com/petadesa/petadesa/geo/lattice"
)

// memory is a store of blocks.
type memory struct {
	blocks map[lattice.Block][]byte
	reads  atomic.Int64
	err    error
}

func (m *memory) ReadBlock(_ context.Context, _ string, b lattice.Block) ([]byte, error) {
	m.reads.Add(1)
	return m.blocks[b], m.err
}

// world makes a raster whose values are given by a function of the cell.
func world(t testing.TB, name string, w lattice.Window, value func(lattice.Cell) float32) (*Raster, *memory) {
	t.Helper()
	d, ok := Describe(name)
	if !ok {
		t.Fatal(name)
	}
	info, m := Info{Description: d}, &memory{blocks: map[lattice.Block][]byte{}}
	for b := range w.Blocks {
		values := Empty()
		for i := range values {
			if c := b.Window().Cell(i); w.Contains(c) {
				values[i] = value(c)
			}
		}
		encoded, hash, err := Encode(d.Type, values)
		if err != nil {
			t.Fatal(err)
		}
		m.blocks[b] = encoded
		info.Blocks = append(info.Blocks, BlockInfo{b, hash})
	}
	r, err := New(info, m, NewCache(DefaultCacheBytes))
	if err != nil {
		t.Fatal(err)
	}
	return r, m
}

func TestBlocksRoundTrip(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, kind := range []Type{Int16, Float32, Int16, Float32} {
		values := Empty()
		for range random.IntN(500) {
			v := float32(random.IntN(65535) - 32767)
			if kind == Float32 {
				v = v * random.Float32()
			}
			values[random.IntN(lattice.BlockArea)] = v
		}
		encoded, hash, err := Encode(kind, values)
		if err != nil {
			t.Fatal(err)
		}
		got, same, err := Decode(kind, encoded)
		if err != nil || hash != same {
			t.Fatal(err, hash, same)
		}
		for i, v := range values {
			if v != got[i] && (v == v || got[i] == got[i]) {
				t.Fatalf("%d: %g became %g", i, v, got[i])
			}
		}
	}
}

func TestBlocksRefuse(t *testing.T) {
	values := Empty()
	for _, v := range []float32{-32768, 40000, 0.5, float32(math.Inf(1))} {
		values[0] = v
		if _, _, err := Encode(Int16, values); err == nil {
			t.Errorf("%g is kept in 16 bits", v)
		}
	}
	if _, _, err := Encode(Int16, nil); err == nil {
		t.Error("no values make a block")
	}
	if _, _, err := Encode("int8", values); err == nil {
		t.Error("int8 is a type")
	}
	whole, _, err := Encode(Float32, values)
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range [][]byte{nil, {1, 2, 3}, whole[:len(whole)-3]} {
		if _, _, err := Decode(Float32, bad); err == nil {
			t.Errorf("%d bytes are a block", len(bad))
		}
	}
	if _, _, err := Decode(Int16, whole); err == nil {
		t.Error("a block of another type is read")
	}
}

func TestReadEqualsTheFunction(t *testing.T) {
	extent := lattice.Window{Col: 350_000, Row: 117_000, Width: 600, Height: 400}
	f := func(c lattice.Cell) float32 { return float32((c.Col*7+c.Row*13)%9000) - 300 }
	r, m := world(t, Elevation, extent, f)
	rapid.Check(t, func(t *rapid.T) {
		w := lattice.Window{
			Col: extent.Col + rapid.Int32Range(-300, 700).Draw(t, "col"), Row: extent.Row + rapid.Int32Range(-300, 500).Draw(t, "row"),
			Width: rapid.Int32Range(1, 300).Draw(t, "width"), Height: rapid.Int32Range(1, 300).Draw(t, "height"),
		}
		dst := make([]float32, w.Len())
		if err := r.Read(t.Context(), w, dst); err != nil {
			t.Fatal(err)
		}
		var want float64
		known := 0
		for i, v := range dst {
			c := w.Cell(i)
			if extent.Contains(c) != (v == v) || v == v && v != f(c) {
				t.Fatalf("%v: %g", c, v)
			}
			if v == v {
				want += float64(v)
				known++
			}
		}
		sum, n, err := r.Sum(t.Context(), w)
		if err != nil || n != known || math.Abs(sum-want) > 1e-6 {
			t.Fatalf("sum %g of %d, want %g of %d; %v", sum, n, want, known, err)
		}
	})
	if int(m.reads.Load()) > len(r.info.Blocks) {
		t.Errorf("%d reads of %d blocks", m.reads.Load(), len(r.info.Blocks))
	}
	if err := r.Read(t.Context(), extent, nil); err == nil {
		t.Error("no room is enough")
	}
}

func TestAt(t *testing.T) {
	w := lattice.Covering(lattice.Cell{Col: 350_400, Row: 117_700}.Bound())
	w.Width, w.Height = 20, 20
	plane := func(c lattice.Cell) float32 { return float32(3*(c.Col-w.Col) + 5*(c.Row-w.Row)) }
	r, _ := world(t, Elevation, w, plane)
	for _, p := range [][2]float64{{0, 0}, {1, 1}, {2.25, 3.5}, {10.9, 0.1}} {
		got, err := r.At(t.Context(), lattice.Lon(float64(w.Col)+p[0]), lattice.Lat(float64(w.Row)+p[1]))
		if want := 3*p[0] + 5*p[1]; err != nil || math.Abs(got-want) > 1e-6 {
			t.Errorf("%v: %g, want %g; %v", p, got, want, err)
		}
	}
	if got, err := r.At(t.Context(), 0, 0); err != nil || !math.IsNaN(got) {
		t.Error(got, err)
	}
	people, _ := world(t, Population, w, plane)
	if got, err := people.At(t.Context(), lattice.Lon(float64(w.Col)+2.9), lattice.Lat(float64(w.Row)+0.5)); err != nil || got != 6 {
		t.Error(got, err)
	}
}

func TestStaleAndBroken(t *testing.T) {
	w := lattice.Window{Col: 256, Row: 256, Width: 10, Height: 10}
	r, m := world(t, Elevation, w, func(lattice.Cell) float32 { return 1 })
	_, other := world(t, Elevation, w, func(lattice.Cell) float32 { return 2 })
	good := m.blocks
	m.blocks = other.blocks
	dst := make([]float32, w.Len())
	if err := r.Read(t.Context(), w, dst); !errors.Is(err, ErrStale) {
		t.Error(err)
	}
	m.blocks, m.err = good, errors.New("away")
	if err := r.Read(t.Context(), w, dst); !errors.Is(err, m.err) {
		t.Error(err)
	}
	m.err = nil
	if err := r.Read(t.Context(), w, dst); err != nil || dst[0] != 1 {
		t.Error(err, dst[0])
	}
}

func TestManyReadersFetchOnceAndMemoryIsBounded(t *testing.T) {
	w := lattice.Window{Width: 256 * 12, Height: 256}
	r, m := world(t, Elevation, w, func(c lattice.Cell) float32 { return float32(c.Col) })
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			dst := make([]float32, w.Len())
			if err := r.Read(context.Background(), w, dst); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := m.reads.Load(); n != 12 {
		t.Errorf("%d reads of 12 blocks", n)
	}
	small, _ := New(r.info, m, NewCache(0))
	if _, _, err := small.Sum(t.Context(), w); err != nil || small.cache.used.Len() > 4 || len(small.cache.blocks) > 4 {
		t.Error(err, small.cache.used.Len())
	}
}

func TestInfo(t *testing.T) {
	r, _ := world(t, Elevation, lattice.Window{Col: 250, Row: 250, Width: 10, Height: 10}, func(lattice.Cell) float32 { return 1 })
	if r.Window() != (lattice.Window{Width: 512, Height: 512}) || len(r.info.Blocks) != 4 {
		t.Error(r.Window())
	}
	again, _ := New(r.info, nil, nil)
	if again.Version() != r.Version() || len(r.Version()) != 16 {
		t.Error("the version of the same differs")
	}
	other := r.info
	other.SourceDate = "2020"
	if other.Version() == r.Version() {
		t.Error("the description is not in the version")
	}
	for _, bad := range []func(*Info){
		func(i *Info) { i.Name = "villages" },
		func(i *Info) { i.Type = Float32 },
		func(i *Info) { i.Blocks = []BlockInfo{i.Blocks[1], i.Blocks[0]} },
		func(i *Info) { i.Blocks = []BlockInfo{{Block: lattice.Block{Col: -1}}} },
	} {
		i := r.info
		bad(&i)
		if _, err := New(i, nil, nil); err == nil {
			t.Errorf("%+v is not refused", i)
		}
	}
}
