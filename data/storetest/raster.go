package storetest

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo/lattice"
	"github.com/petadesa/petadesa/geo/raster"
)

// slopes is a batch of elevations: of each block the height given, rising by one
// from cell to cell of the first row, and nothing elsewhere.
func slopes(mode data.Mode, height map[lattice.Block]float32) data.RasterBatch {
	d, _ := raster.Describe(raster.Elevation)
	d.Source, d.SourceDate, d.Attribution = "'a' \"file\".hgt", "2000", "© nobody"
	return data.RasterBatch{Description: d, Mode: mode, Blocks: func(yield func(data.RasterBlock, error) bool) {
		for b, h := range height {
			values := raster.Empty()
			for i := range lattice.BlockSize {
				values[i] = h + float32(i)
			}
			if !yield(data.RasterBlock{Block: b, Values: values}, nil) {
				return
			}
		}
	}}
}

func writeRaster(t testing.TB, s data.Store, b data.RasterBatch) {
	t.Helper()
	if err := s.WriteRaster(t.Context(), b); err != nil {
		t.Fatal(err)
	}
}

func loadRasters(t testing.TB, s data.Store) []raster.Info {
	t.Helper()
	infos, err := s.Rasters(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return infos
}

// heights returns the first value of each block, and fails the test when a block
// is not what its raster says.
func heights(t testing.TB, s data.Store, info raster.Info) map[lattice.Block]float32 {
	t.Helper()
	r, err := raster.New(info, s, raster.NewCache(0))
	if err != nil {
		t.Fatal(err)
	}
	found := map[lattice.Block]float32{}
	for _, b := range info.Blocks {
		var one [1]float32
		if err := r.Read(t.Context(), lattice.Window{Col: b.Col << 8, Row: b.Row << 8, Width: 1, Height: 1}, one[:]); err != nil {
			t.Fatal(err)
		}
		found[b.Block] = one[0]
	}
	return found
}

func testRasters(t *testing.T, target Target) {
	s := target.open(t, target.Fresh(t))
	if infos := loadRasters(t, s); len(infos) != 0 {
		t.Fatal(infos)
	}
	if _, err := s.ReadBlock(t.Context(), raster.Elevation, lattice.Block{}); !errors.Is(err, raster.ErrStale) {
		t.Error(err)
	}
	isError(t, s.DropRaster(t.Context(), raster.Elevation), data.ErrNotFound, raster.Elevation)

	a, b, c := lattice.Block{Col: 1370, Row: 457}, lattice.Block{Col: 1371, Row: 457}, lattice.Block{Col: 1370, Row: 458}
	first := map[lattice.Block]float32{a: 100, b: -300}
	batch := slopes(data.Replace, first)
	writeRaster(t, s, batch)
	infos := loadRasters(t, s)
	if len(infos) != 1 || infos[0].Check() != nil {
		t.Fatal(infos)
	}
	before := infos[0]
	if diff := cmp.Diff(batch.Description, before.Description); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(first, heights(t, s, before)); diff != "" {
		t.Error(diff)
	}

	// Over what is there, cell by cell.
	over := slopes(data.Upsert, map[lattice.Block]float32{b: 7, c: 8})
	whole := over.Blocks
	over.Blocks = func(yield func(data.RasterBlock, error) bool) {
		for block, err := range whole {
			copy(block.Values[1:], raster.Empty()[1:])
			if !yield(block, err) {
				return
			}
		}
	}
	writeRaster(t, s, over)
	infos = loadRasters(t, s)
	if diff := cmp.Diff(map[lattice.Block]float32{a: 100, b: 7, c: 8}, heights(t, s, infos[0])); diff != "" {
		t.Error(diff)
	}
	merged, err := raster.New(infos[0], s, raster.NewCache(0))
	if err != nil {
		t.Fatal(err)
	}
	if sum, n, err := merged.Sum(t.Context(), b.Window()); err != nil || n != 256 || sum != 255*128-300*255+7 {
		t.Errorf("%g of %d; %v", sum, n, err)
	}

	// A raster that was loaded before does not take the new values for its own.
	stale, err := raster.New(before, s, raster.NewCache(0))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := stale.Sum(t.Context(), b.Window()); !errors.Is(err, raster.ErrStale) {
		t.Error(err)
	}

	// Exactly these, and none without a value.
	writeRaster(t, s, data.RasterBatch{Description: batch.Description, Mode: data.Replace, Blocks: func(yield func(data.RasterBlock, error) bool) {
		_ = yield(data.RasterBlock{Block: a, Values: raster.Empty()}, nil)
	}})
	if infos = loadRasters(t, s); len(infos) != 1 || len(infos[0].Blocks) != 0 {
		t.Error(infos)
	}
	if err := s.DropRaster(t.Context(), raster.Elevation); err != nil || len(loadRasters(t, s)) != 0 {
		t.Error(err)
	}
}

func testRasterFailure(t *testing.T, target Target) {
	s := target.open(t, target.Fresh(t))
	a := lattice.Block{Col: 1370, Row: 457}
	writeRaster(t, s, slopes(data.Replace, map[lattice.Block]float32{a: 1}))
	want := loadRasters(t, s)

	d := slopes(data.Replace, nil).Description
	d.SourceDate = "another"
	good := raster.Empty()
	good[0] = 1
	half := raster.Empty()
	half[0] = 0.5
	blocks := func(given ...any) data.RasterBatch {
		return data.RasterBatch{Description: d, Mode: data.Replace, Blocks: func(yield func(data.RasterBlock, error) bool) {
			for _, g := range given {
				switch g := g.(type) {
				case error:
					_ = yield(data.RasterBlock{}, g)
					return
				case data.RasterBlock:
					if !yield(g, nil) {
						return
					}
				}
			}
		}}
	}
	appended, other := blocks(), blocks()
	appended.Mode = data.Append
	other.Description.Name = "villages"
	for _, bad := range []struct {
		batch data.RasterBatch
		want  error
	}{
		{blocks(data.RasterBlock{Block: a, Values: good}, errSource), errSource},
		{blocks(data.RasterBlock{Block: a, Values: good}, data.RasterBlock{Block: a, Values: good}), data.ErrExists},
		{blocks(data.RasterBlock{Block: a, Values: half}), data.ErrInvalid},
		{blocks(data.RasterBlock{Block: lattice.Block{Col: -1}, Values: good}), data.ErrInvalid},
		{appended, data.ErrInvalid},
		{other, data.ErrInvalid},
	} {
		isError(t, s.WriteRaster(t.Context(), bad.batch), bad.want)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	isError(t, s.WriteRaster(ctx, slopes(data.Replace, map[lattice.Block]float32{a: 2})), context.Canceled)
	if diff := cmp.Diff(want, loadRasters(t, s), cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
	isError(t, s.Write(t.Context(), Batch(data.Replace, named(raster.Population, places("a")))), data.ErrInvalid, "raster")
}

func testRasterWatch(t *testing.T, target Target) {
	place := target.Fresh(t)
	s := target.open(t, place)
	changes, err := s.Watch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	another := target.open(t, place)
	a := lattice.Block{Col: 1370, Row: 457}
	for _, change := range []func() error{
		func() error {
			return another.WriteRaster(t.Context(), slopes(data.Replace, map[lattice.Block]float32{a: 1}))
		},
		func() error {
			return another.WriteRaster(t.Context(), slopes(data.Upsert, map[lattice.Block]float32{a: 2}))
		},
		func() error { return another.DropRaster(t.Context(), raster.Elevation) },
	} {
		if err := change(); err != nil {
			t.Fatal(err)
		}
		if c := next(t, changes); !slices.Equal(c.Collections, []string{raster.Elevation}) {
			t.Errorf("told of %q", c.Collections)
		}
	}
}
