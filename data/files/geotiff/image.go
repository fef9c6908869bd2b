package geotiff

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// Bounds of what is read.
const (
	maxSide  = 1 << 20  // pixels
	maxChunk = 64 << 20 // bytes of a strip or tile, uncompressed
)

// Image is the first image of a file.
type Image struct {
	Width, Height int
	// West and North are the outer edges of the first pixel, in the units of the
	// reference system; PixelX and PixelY the steps to the next column and row.
	// PixelY is negative when the first row is the northernmost.
	West, North, PixelX, PixelY float64
	Point                       bool // values belong to points, which are the middles of pixels all the same
	EPSG                        int  // of the reference system; 0: the file names none
	NoData                      float64
	HasNoData                   bool

	h                    *header
	bits, format         int
	compression          int
	predictor            int
	chunkWide, chunkHigh int
	across, down         int
	offsets, counts      []float64
	kept                 chunks
}

// Open reads the description of the image.
func Open(r io.ReaderAt, size int64) (*Image, error) {
	h, err := readHeader(r, size)
	if err != nil {
		return nil, err
	}
	im := &Image{h: h, kept: chunks{most: maxChunk}}
	var bands int
	for _, f := range []struct {
		tag  uint16
		into *int
		def  int
	}{
		{tagWidth, &im.Width, 0},
		{tagHeight, &im.Height, 0},
		{tagBits, &im.bits, 1},
		{tagBands, &bands, 1},
		{tagSampleFormat, &im.format, 1},
		{tagCompression, &im.compression, 1},
		{tagPredictor, &im.predictor, 1},
	} {
		if *f.into, err = h.number(f.tag, f.def); err != nil {
			return nil, err
		}
	}
	switch {
	case im.Width < 1 || im.Height < 1 || im.Width > maxSide || im.Height > maxSide:
		return nil, fmt.Errorf("an image of %d × %d pixels; up to %d each way are read", im.Width, im.Height, maxSide)
	case bands != 1:
		return nil, fmt.Errorf("%d bands; one is wanted", bands)
	case !im.sample():
		return nil, fmt.Errorf("samples of format %d with %d bits; integers of 8, 16 or 32 bits and floats of 32 or 64 are read", im.format, im.bits)
	case im.predictor < 1 || im.predictor > 3 || im.predictor == 3 && im.format != 3:
		return nil, fmt.Errorf("predictor %d is not read", im.predictor)
	case im.predictor == 3 && h.order == binary.BigEndian:
		// Writers disagree on which byte comes first.
		return nil, errors.New("predictor 3 in a big-endian file is not read")
	}
	if im.NoData, im.HasNoData, err = h.noData(); err != nil {
		return nil, err
	}
	if err := im.layout(); err != nil {
		return nil, err
	}
	return im, im.place()
}

func (im *Image) sample() bool {
	switch im.format {
	case 1, 2:
		return im.bits == 8 || im.bits == 16 || im.bits == 32
	case 3:
		return im.bits == 32 || im.bits == 64
	}
	return false
}

// layout finds the strips or tiles, all of them in the file.
func (im *Image) layout() error {
	h := im.h
	offsets, counts := uint16(tagStripOffsets), uint16(tagStripCounts)
	if _, tiled := h.tags[tagTileOffsets]; tiled {
		offsets, counts = tagTileOffsets, tagTileCounts
	}
	var err error
	if offsets == tagTileOffsets {
		if im.chunkWide, err = h.number(tagTileWidth, 0); err != nil {
			return err
		}
		if im.chunkHigh, err = h.number(tagTileHeight, 0); err != nil {
			return err
		}
	} else {
		im.chunkWide = im.Width
		rows, err := h.numbers(tagRowsPerStrip, 1)
		if err != nil {
			return err
		}
		im.chunkHigh = im.Height
		if len(rows) == 1 && rows[0] < float64(im.Height) {
			im.chunkHigh = int(rows[0])
		}
	}
	if im.chunkWide < 1 || im.chunkHigh < 1 || im.chunkWide > maxSide || im.chunkHigh > maxSide || im.chunkBytes() > maxChunk {
		return fmt.Errorf("strips or tiles of %d × %d pixels; up to %d MiB are read at once", im.chunkWide, im.chunkHigh, maxChunk>>20)
	}
	im.across, im.down = (im.Width+im.chunkWide-1)/im.chunkWide, (im.Height+im.chunkHigh-1)/im.chunkHigh
	want := uint64(im.across) * uint64(im.down)
	for _, id := range []uint16{offsets, counts} {
		if got := h.tags[id].count; got != want {
			return fmt.Errorf("an image of %d × %d pixels needs %d strips or tiles; the file names %d", im.Width, im.Height, want, got)
		}
	}
	if im.offsets, err = h.numbers(offsets, want); err != nil {
		return err
	}
	if im.counts, err = h.numbers(counts, want); err != nil {
		return err
	}
	for i := range im.offsets {
		if !(im.offsets[i] >= 0 && im.counts[i] >= 0 && im.offsets[i]+im.counts[i] <= float64(h.size)) {
			return fmt.Errorf("truncated: strip or tile %d of %d lies beyond the end of the file", i+1, want)
		}
	}
	return nil
}

func (im *Image) chunkBytes() int { return im.chunkWide * im.chunkHigh * im.bits / 8 }

// place reads where the image is.
func (im *Image) place() error {
	h := im.h
	keys, err := h.numbers(tagGeoKeys, 4096)
	if err != nil {
		return err
	}
	for i := 4; i+3 < len(keys); i += 4 {
		switch value := int(keys[i+3]); int(keys[i]) {
		case 1025: // GTRasterTypeGeoKey
			im.Point = value == 2
		case 2048, 3072: // geographic, projected
			if value != 32767 && keys[i+1] == 0 {
				im.EPSG = value
			}
		}
	}
	scale, err := h.numbers(tagPixelScale, 16)
	if err != nil {
		return err
	}
	tie, err := h.numbers(tagTiepoint, 1<<16)
	if err != nil {
		return err
	}
	matrix, err := h.numbers(tagTransformation, 16)
	if err != nil {
		return err
	}
	switch {
	case len(matrix) == 16:
		if matrix[1] != 0 || matrix[4] != 0 {
			return errors.New("the image is rotated or sheared")
		}
		im.West, im.North, im.PixelX, im.PixelY = matrix[3], matrix[7], matrix[0], matrix[5]
	case len(scale) >= 2 && len(tie) == 6:
		im.PixelX, im.PixelY = scale[0], -scale[1]
		im.West, im.North = tie[3]-tie[0]*im.PixelX, tie[4]-tie[1]*im.PixelY
	default:
		return errors.New("the file does not say where on Earth the image is")
	}
	if im.Point { // the tie is to the middle of a pixel
		im.West -= im.PixelX / 2
		im.North -= im.PixelY / 2
	}
	for _, v := range []float64{im.West, im.North, im.PixelX, im.PixelY} {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return errors.New("the place of the image on Earth is not a number")
		}
	}
	if im.PixelX <= 0 || im.PixelY == 0 {
		return fmt.Errorf("pixels of %g × %g", im.PixelX, im.PixelY)
	}
	return nil
}
