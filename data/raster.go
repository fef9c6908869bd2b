package data

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/petadesa/petadesa/geo/lattice"
	"github.com/petadesa/petadesa/geo/raster"
)

// RasterBlock is the values of one block of a raster; NaN where there is none.
type RasterBlock struct {
	lattice.Block
	Values []float32 // only lent
}

// RasterBatch is the values to write into one raster. With Replace the raster
// holds exactly these afterwards; with Upsert they are put over those it has, cell
// by cell. Append does not apply. Its description is stored as given.
//
// A pair with an error in Blocks fails the write with that error.
type RasterBatch struct {
	Description raster.Description
	Mode        Mode
	Blocks      iter.Seq2[RasterBlock, error]
}

// RasterStore keeps rasters. A Change names them as it names collections, whose
// ids cannot be the same.
type RasterStore interface {
	// Rasters returns all rasters in order of name, as of one moment.
	Rasters(ctx context.Context) ([]raster.Info, error)

	// ReadBlock reads a block as it is now; one that is not there is
	// raster.ErrStale.
	raster.Blocks

	// WriteRaster writes the batch in one transaction: all of it, or nothing.
	WriteRaster(ctx context.Context, b RasterBatch) error

	// DropRaster removes a raster. ErrNotFound if it is missing.
	DropRaster(ctx context.Context, name string) error
}

// IsRaster says whether a name is that of a raster, and never of a collection.
func IsRaster(name string) bool { return slices.Contains(raster.Names(), name) }

// CheckRaster reports what a store would refuse in the batch before it looks at
// the values.
func CheckRaster(b *RasterBatch) error {
	if b.Blocks == nil || b.Mode != Replace && b.Mode != Upsert {
		return fmt.Errorf("%w: raster %s: a write needs values and a mode, %s or %s, not %q", ErrInvalid, b.Description.Name, Replace, Upsert, b.Mode)
	}
	info := raster.Info{Description: b.Description}
	if err := info.Check(); err != nil {
		return fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	d := b.Description
	for _, text := range []string{d.Title, d.Source, d.SourceDate, d.Method, d.Attribution, d.License} {
		if err := checkText(text); err != nil {
			return fmt.Errorf("%w: raster %s: %q: %w", ErrInvalid, d.Name, text, err)
		}
	}
	return nil
}

// StoredBlock is a block as stores keep it.
type StoredBlock struct {
	raster.BlockInfo
	Encoded []byte
}

// StoredBlocks passes on the blocks of a batch as stores keep them. Those without
// a value are left out. old reads a block that the store has, nil if it has none;
// with Replace it is not called. It ends when ctx does.
func StoredBlocks(ctx context.Context, b RasterBatch, old func(lattice.Block) ([]byte, error)) iter.Seq2[StoredBlock, error] {
	return func(yield func(StoredBlock, error) bool) {
		seen := map[lattice.Block]bool{}
		for block, err := range b.Blocks {
			var stored StoredBlock
			if err == nil {
				err = ctx.Err()
			}
			if err == nil && seen[block.Block] {
				err = fmt.Errorf("%w: block %d/%d is given twice", ErrExists, block.Col, block.Row)
			}
			if err == nil {
				stored, err = storedBlock(b, block, old)
			}
			if err != nil {
				yield(StoredBlock{}, fmt.Errorf("raster %s: %w", b.Description.Name, err))
				return
			}
			seen[block.Block] = true
			if stored.Encoded != nil && !yield(stored, nil) {
				return
			}
		}
	}
}

// storedBlock encodes one block; without values it is the zero value.
func storedBlock(b RasterBatch, block RasterBlock, old func(lattice.Block) ([]byte, error)) (s StoredBlock, err error) {
	if err := raster.CheckBlock(block.Block); err != nil {
		return s, fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	if !raster.Known(block.Values) {
		return s, nil
	}
	values := block.Values
	if b.Mode == Upsert {
		encoded, err := old(block.Block)
		if err != nil {
			return s, err
		}
		if encoded != nil {
			if values, _, err = raster.Decode(b.Description.Type, encoded); err != nil {
				return s, err
			}
			raster.Overlay(values, block.Values)
		}
	}
	s.Block = block.Block
	if s.Encoded, s.Hash, err = raster.Encode(b.Description.Type, values); err != nil {
		return s, fmt.Errorf("%w: block %d/%d: %w", ErrInvalid, block.Col, block.Row, err)
	}
	return s, nil
}

// CopyRaster returns the batch that makes another store hold the raster.
func CopyRaster(ctx context.Context, from RasterStore, info raster.Info) RasterBatch {
	return RasterBatch{Description: info.Description, Mode: Replace, Blocks: func(yield func(RasterBlock, error) bool) {
		for _, b := range info.Blocks {
			encoded, err := from.ReadBlock(ctx, info.Name, b.Block)
			var values []float32
			var hash string
			if err == nil {
				values, hash, err = raster.Decode(info.Type, encoded)
			}
			if err == nil && hash != b.Hash {
				err = raster.ErrStale
			}
			if !yield(RasterBlock{b.Block, values}, err) || err != nil {
				return
			}
		}
	}}
}
