package raster

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/petadesa/petadesa/geo/lattice"
)

// Blocks is where the blocks of rasters come from.
type Blocks interface {
	// ReadBlock returns the bytes of a block of the named raster, as Encode made
	// them.
	ReadBlock(ctx context.Context, name string, b lattice.Block) ([]byte, error)
}

// ErrStale says that the store holds other values than when the raster was
// loaded; a newer snapshot has them, or will soon.
var ErrStale = errors.New("the raster was changed in the store since it was loaded")

// Raster is values on the lattice. Its methods may be called concurrently.
type Raster struct {
	info    Info
	version string
	window  lattice.Window
	blocks  Blocks
	cache   *Cache
}

// New returns the raster that info describes, with its values from blocks.
func New(info Info, blocks Blocks, cache *Cache) (*Raster, error) {
	if err := info.Check(); err != nil {
		return nil, err
	}
	info.Blocks = slices.Clone(info.Blocks)
	return &Raster{info: info, version: info.Version(), window: info.Window(), blocks: blocks, cache: cache}, nil
}

// Description says what the raster is.
func (r *Raster) Description() Description { return r.info.Description }

// Version is a hash of the description and all values.
func (r *Raster) Version() string { return r.version }

// Window is the rectangle of blocks that hold values; not all in it need to.
func (r *Raster) Window() lattice.Window { return r.window }

// Read fills dst with the values of the cells of the window, rows first, NaN
// where there is none. dst has the window's length.
func (r *Raster) Read(ctx context.Context, w lattice.Window, dst []float32) error {
	if len(dst) != w.Len() {
		return fmt.Errorf("raster %s: room for %d of %d values", r.info.Name, len(dst), w.Len())
	}
	for b := range w.Blocks {
		values, err := r.block(ctx, b)
		if err != nil {
			return err
		}
		whole := b.Window()
		part := whole.Intersect(w)
		for row := part.Row; row < part.Row+part.Height; row++ {
			at := w.Index(lattice.Cell{Col: part.Col, Row: row})
			to := dst[at : at+int(part.Width)]
			if values == nil {
				for i := range to {
					to[i] = nan
				}
				continue
			}
			copy(to, values[whole.Index(lattice.Cell{Col: part.Col, Row: row}):])
		}
	}
	return nil
}

// block returns the values of a block, nil if the raster has none there.
func (r *Raster) block(ctx context.Context, b lattice.Block) ([]float32, error) {
	i, ok := slices.BinarySearchFunc(r.info.Blocks, b, func(i BlockInfo, b lattice.Block) int { return compare(i.Block, b) })
	if !ok {
		return nil, nil
	}
	want := r.info.Blocks[i].Hash
	values, err := r.cache.get(ctx, string(r.info.Type)+want, func() ([]float32, error) {
		encoded, err := r.blocks.ReadBlock(ctx, r.info.Name, b)
		if err != nil {
			return nil, err
		}
		values, hash, err := Decode(r.info.Type, encoded)
		if err == nil && hash != want {
			err = ErrStale
		}
		return values, err
	})
	if err != nil {
		return nil, fmt.Errorf("raster %s, block %d/%d: %w", r.info.Name, b.Col, b.Row, err)
	}
	return values, nil
}

// Sum adds up the values of the window, and counts the cells that have one.
func (r *Raster) Sum(ctx context.Context, w lattice.Window) (sum float64, known int, err error) {
	for b := range w.Blocks {
		values, err := r.block(ctx, b)
		if err != nil {
			return 0, 0, err
		}
		if values == nil {
			continue
		}
		whole := b.Window()
		part := whole.Intersect(w)
		for row := part.Row; row < part.Row+part.Height; row++ {
			at := whole.Index(lattice.Cell{Col: part.Col, Row: row})
			for _, v := range values[at : at+int(part.Width)] {
				if v == v {
					sum += float64(v)
					known++
				}
			}
		}
	}
	return sum, known, nil
}

// At returns the value at a point in degrees: of the cell, or, where values
// belong to corners, interpolated between the four around it. It is NaN where any
// of these is missing.
func (r *Raster) At(ctx context.Context, lon, lat float64) (float64, error) {
	c := lattice.At(lon, lat)
	if r.info.Registration != Corner {
		var one [1]float32
		err := r.Read(ctx, lattice.Window{Col: c.Col, Row: c.Row, Width: 1, Height: 1}, one[:])
		return float64(one[0]), err
	}
	var four [4]float32
	if err := r.Read(ctx, lattice.Window{Col: c.Col, Row: c.Row, Width: 2, Height: 2}, four[:]); err != nil {
		return math.NaN(), err
	}
	x, y := lattice.Position(lon, lat)
	return Bilinear(four, x-float64(c.Col), y-float64(c.Row)), nil
}

// Bilinear interpolates between the corners of a square, north-western,
// north-eastern, south-western and south-eastern, at x to the east and y to the
// south of the first, 0 to 1. A corner without weight does not count.
func Bilinear(corners [4]float32, x, y float64) float64 {
	x, y = min(max(x, 0), 1), min(max(y, 0), 1)
	var sum float64
	for i, weight := range [4]float64{(1 - x) * (1 - y), x * (1 - y), (1 - x) * y, x * y} {
		if weight > 0 {
			sum += weight * float64(corners[i])
		}
	}
	return sum
}
