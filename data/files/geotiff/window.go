package geotiff

import (
	"context"
	"fmt"
	"math"
)

// Read fills dst with the values of a window of the image, rows first as in the
// file; NaN where there is none. dst has width·height places, the window lies in
// the image.
func (im *Image) Read(ctx context.Context, x, y, width, height int, dst []float64) error {
	if x < 0 || y < 0 || width < 1 || height < 1 || x > im.Width-width || y > im.Height-height || len(dst) != width*height {
		return fmt.Errorf("window of %d × %d at %d, %d of an image of %d × %d", width, height, x, y, im.Width, im.Height)
	}
	for row := y / im.chunkHigh; row <= (y+height-1)/im.chunkHigh; row++ {
		for col := x / im.chunkWide; col <= (x+width-1)/im.chunkWide; col++ {
			if err := ctx.Err(); err != nil {
				return err
			}
			raw, err := im.chunk(row*im.across + col)
			if err != nil {
				return fmt.Errorf("strip or tile %d of %d: %w", row*im.across+col+1, len(im.offsets), err)
			}
			left, top := col*im.chunkWide, row*im.chunkHigh
			for r := max(y, top); r < min(y+height, top+im.chunkHigh); r++ {
				from, to := max(x, left), min(x+width, left+im.chunkWide)
				for c := from; c < to; c++ {
					dst[(r-y)*width+c-x] = im.value(raw, (r-top)*im.chunkWide+c-left)
				}
			}
		}
	}
	return nil
}

// value decodes the sample at a place of a chunk; a chunk without bytes has none.
func (im *Image) value(raw []byte, i int) (v float64) {
	if raw == nil {
		return math.NaN()
	}
	order := im.h.order
	switch {
	case im.format == 3 && im.bits == 32:
		v = float64(math.Float32frombits(order.Uint32(raw[4*i:])))
	case im.format == 3:
		v = math.Float64frombits(order.Uint64(raw[8*i:]))
	case im.bits == 8 && im.format == 2:
		v = float64(int8(raw[i]))
	case im.bits == 8:
		v = float64(raw[i])
	case im.bits == 16 && im.format == 2:
		v = float64(int16(order.Uint16(raw[2*i:])))
	case im.bits == 16:
		v = float64(order.Uint16(raw[2*i:]))
	case im.format == 2:
		v = float64(int32(order.Uint32(raw[4*i:])))
	default:
		v = float64(order.Uint32(raw[4*i:]))
	}
	if im.HasNoData && (v == im.NoData || im.format == 3 && im.bits == 32 && v == float64(float32(im.NoData))) {
		return math.NaN()
	}
	return v
}

// chunks are the decoded strips or tiles that were used last.
type chunks struct {
	most  int // bytes
	bytes int
	order []int // used last at the end
	raw   map[int][]byte
}

func (im *Image) chunk(i int) ([]byte, error) {
	k := &im.kept
	if raw, ok := k.raw[i]; ok {
		return raw, nil
	}
	raw, err := im.decode(i)
	if err != nil {
		return nil, err
	}
	if k.raw == nil {
		k.raw = map[int][]byte{}
	}
	for len(k.order) > 0 && k.bytes+len(raw) > k.most {
		k.bytes -= len(k.raw[k.order[0]])
		delete(k.raw, k.order[0])
		k.order = k.order[1:]
	}
	k.raw[i] = raw
	k.order = append(k.order, i)
	k.bytes += len(raw)
	return raw, nil
}
