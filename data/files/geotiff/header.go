package geotiff

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// The tags that are looked at.
const (
	tagWidth          = 256
	tagHeight         = 257
	tagBits           = 258
	tagCompression    = 259
	tagStripOffsets   = 273
	tagBands          = 277
	tagRowsPerStrip   = 278
	tagStripCounts    = 279
	tagPredictor      = 317
	tagTileWidth      = 322
	tagTileHeight     = 323
	tagTileOffsets    = 324
	tagTileCounts     = 325
	tagSampleFormat   = 339
	tagPixelScale     = 33550
	tagTiepoint       = 33922
	tagTransformation = 34264
	tagGeoKeys        = 34735
	tagNoData         = 42113
)

// header reads the first directory of a TIFF.
type header struct {
	r     io.ReaderAt
	size  int64
	order binary.ByteOrder
	big   bool
	tags  map[uint16]tag
}

// tag is an entry of a directory: count values of a kind at an offset of the file.
type tag struct {
	kind   uint16
	count  uint64
	offset int64
}

// widths of the kinds of values in bytes, by number (TIFF 6.0, BigTIFF).
func width(kind uint16) int64 {
	switch kind {
	case 1, 2, 6, 7:
		return 1
	case 3, 8:
		return 2
	case 4, 9, 11, 13:
		return 4
	case 5, 10, 12, 16, 17, 18:
		return 8
	}
	return 0
}

func readHeader(r io.ReaderAt, size int64) (*header, error) {
	h := &header{r: r, size: size, tags: map[uint16]tag{}}
	start, err := h.bytes(0, 8)
	if err != nil {
		return nil, errors.New("not a TIFF: it is too short")
	}
	switch string(start[:2]) {
	case "II":
		h.order = binary.LittleEndian
	case "MM":
		h.order = binary.BigEndian
	default:
		return nil, errors.New("not a TIFF")
	}
	at := int64(h.order.Uint32(start[4:]))
	switch h.order.Uint16(start[2:]) {
	case 42:
	case 43:
		h.big = true
		first, err := h.bytes(8, 8)
		if err != nil {
			return nil, err
		}
		at = int64(h.order.Uint64(first))
	default:
		return nil, errors.New("not a TIFF")
	}
	return h, h.directory(at)
}

// bytes reads n bytes at an offset.
func (h *header) bytes(at, n int64) ([]byte, error) {
	if at < 0 || n < 0 || at > h.size-n {
		return nil, fmt.Errorf("truncated: it has %d bytes, and %d are missing at %d", h.size, n, at)
	}
	b := make([]byte, n)
	_, err := h.r.ReadAt(b, at)
	if err == io.EOF {
		err = nil // the bytes were there
	}
	return b, err
}

func (h *header) directory(at int64) error {
	lead, entry, inline := int64(2), int64(12), int64(4)
	if h.big {
		lead, entry, inline = 8, 20, 8
	}
	b, err := h.bytes(at, lead)
	if err != nil {
		return err
	}
	n := uint64(h.order.Uint16(b))
	if h.big {
		n = h.order.Uint64(b)
	}
	if n > 4096 {
		return fmt.Errorf("a directory of %d entries", n)
	}
	if b, err = h.bytes(at+lead, int64(n)*entry); err != nil {
		return err
	}
	for i := range int64(n) {
		e := b[i*entry : (i+1)*entry]
		t := tag{kind: h.order.Uint16(e[2:])}
		value := e[8:]
		if h.big {
			t.count, value = h.order.Uint64(e[4:]), e[12:]
		} else {
			t.count = uint64(h.order.Uint32(e[4:]))
		}
		w := width(t.kind)
		if w == 0 {
			continue // a kind that none of our tags is of
		}
		if t.count > uint64(h.size) {
			return fmt.Errorf("truncated: tag %d has %d values", h.order.Uint16(e), t.count)
		}
		switch {
		case int64(t.count)*w <= inline:
			t.offset = at + lead + i*entry + (entry - inline)
		case h.big:
			t.offset = int64(h.order.Uint64(value))
		default:
			t.offset = int64(h.order.Uint32(value))
		}
		h.tags[h.order.Uint16(e)] = t
	}
	return nil
}

// numbers returns the values of a tag, nil if it is not there. More than most are
// refused.
func (h *header) numbers(id uint16, most uint64) ([]float64, error) {
	t, ok := h.tags[id]
	if !ok {
		return nil, nil
	}
	if t.count > most {
		return nil, fmt.Errorf("tag %d has %d values, more than %d", id, t.count, most)
	}
	w := width(t.kind)
	b, err := h.bytes(t.offset, int64(t.count)*w)
	if err != nil {
		return nil, err
	}
	values := make([]float64, t.count)
	for i := range values {
		v := b[int64(i)*w:]
		switch t.kind {
		case 1, 6, 7, 2:
			values[i] = float64(v[0])
		case 3:
			values[i] = float64(h.order.Uint16(v))
		case 8:
			values[i] = float64(int16(h.order.Uint16(v)))
		case 4, 13:
			values[i] = float64(h.order.Uint32(v))
		case 9:
			values[i] = float64(int32(h.order.Uint32(v)))
		case 11:
			values[i] = float64(math.Float32frombits(h.order.Uint32(v)))
		case 12:
			values[i] = math.Float64frombits(h.order.Uint64(v))
		case 16, 18:
			values[i] = float64(h.order.Uint64(v))
		case 17:
			values[i] = float64(int64(h.order.Uint64(v)))
		default:
			values[i] = math.NaN()
		}
	}
	return values, nil
}

// number returns the first value of a tag as a whole number, or def.
func (h *header) number(id uint16, def int) (int, error) {
	v, err := h.numbers(id, 1<<16)
	if err != nil || len(v) == 0 {
		return def, err
	}
	for _, other := range v {
		if other != v[0] {
			return 0, fmt.Errorf("tag %d differs from band to band", id)
		}
	}
	if v[0] != math.Trunc(v[0]) || v[0] < 0 || v[0] > math.MaxInt32 {
		return 0, fmt.Errorf("tag %d is %g", id, v[0])
	}
	return int(v[0]), nil
}

// noData returns the value that GDAL's tag names for pixels without one.
func (h *header) noData() (value float64, ok bool, err error) {
	t, ok := h.tags[tagNoData]
	if !ok || t.kind != 2 || t.count > 64 {
		return 0, false, nil
	}
	b, err := h.bytes(t.offset, int64(t.count))
	if err != nil {
		return 0, false, err
	}
	text := strings.TrimSpace(strings.TrimRight(string(b), "\x00"))
	value, err = strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, false, fmt.Errorf("no-data value %q is not a number", text)
	}
	return value, true, nil
}
