package geotiff

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
)

// decode returns the bytes of a strip or tile in the file's byte order; nil for
// one that was left out, as GDAL does where there is no data.
func (im *Image) decode(i int) ([]byte, error) {
	if im.counts[i] == 0 {
		return nil, nil
	}
	packed, err := im.h.bytes(int64(im.offsets[i]), int64(im.counts[i]))
	if err != nil {
		return nil, err
	}
	raw := make([]byte, im.chunkBytes())
	need := len(raw)
	if im.chunkWide == im.Width { // the last strip may be shorter
		top := i / im.across * im.chunkHigh
		need = min(im.chunkHigh, im.Height-top) * im.chunkWide * im.bits / 8
	}
	var n int
	switch im.compression {
	case 1:
		n = copy(raw, packed)
	case 5:
		n, err = unLZW(raw, packed)
	case 8, 32946:
		var z io.ReadCloser
		if z, err = zlib.NewReader(bytes.NewReader(packed)); err != nil {
			return nil, err
		}
		n, err = io.ReadFull(z, raw)
		if err == io.ErrUnexpectedEOF || err == io.EOF {
			err = nil // too short, which is seen below
		}
	case 32773:
		n = unpackBits(raw, packed)
	default:
		return nil, fmt.Errorf("compression %d is not read; none, LZW, DEFLATE and PackBits are", im.compression)
	}
	if err != nil {
		return nil, err
	}
	if n < need {
		return nil, fmt.Errorf("truncated: %d of %d bytes", n, need)
	}
	im.undoPredictor(raw)
	return raw, nil
}

// undoPredictor adds up differences along each row: of samples, or (Adobe's
// technical note 3) of the bytes of floats, the most significant of a row first.
func (im *Image) undoPredictor(raw []byte) {
	size, order := im.bits/8, im.h.order
	stride := im.chunkWide * size
	var row []byte
	for ; im.predictor > 1 && len(raw) >= stride; raw = raw[stride:] {
		line := raw[:stride]
		switch {
		case im.predictor == 3:
			for i := 1; i < stride; i++ {
				line[i] += line[i-1]
			}
			row = append(row[:0], line...)
			for i := range im.chunkWide {
				for b := range size {
					line[i*size+size-1-b] = row[b*im.chunkWide+i]
				}
			}
		case size == 1:
			for i := 1; i < stride; i++ {
				line[i] += line[i-1]
			}
		case size == 2:
			for i := 2; i < stride; i += 2 {
				order.PutUint16(line[i:], order.Uint16(line[i:])+order.Uint16(line[i-2:]))
			}
		case size == 4:
			for i := 4; i < stride; i += 4 {
				order.PutUint32(line[i:], order.Uint32(line[i:])+order.Uint32(line[i-4:]))
			}
		case size == 8:
			for i := 8; i < stride; i += 8 {
				order.PutUint64(line[i:], order.Uint64(line[i:])+order.Uint64(line[i-8:]))
			}
		}
	}
}

// unpackBits is TIFF 6.0, section 9; it returns how many bytes it wrote.
func unpackBits(dst, src []byte) (n int) {
	for len(src) > 1 && n < len(dst) {
		count := int(int8(src[0]))
		switch {
		case count >= 0:
			k := min(count+1, len(src)-1)
			n += copy(dst[n:], src[1:1+k])
			src = src[1+k:]
		case count == -128:
			src = src[1:]
		default:
			for range 1 - count {
				if n < len(dst) {
					dst[n] = src[1]
					n++
				}
			}
			src = src[2:]
		}
	}
	return n
}

// unLZW is TIFF 6.0, section 13: codes of 9 to 12 bits, most significant first,
// which widen one code early. It returns how many bytes it wrote.
func unLZW(dst, src []byte) (n int, err error) {
	const clear, end = 256, 257
	var prefix [4096]uint16
	var first, last [4096]byte
	var length [4096]int
	for i := range 256 {
		first[i], last[i], length[i] = byte(i), byte(i), 1
	}
	next, bits := 258, 9
	before := -1
	var acc uint32
	have := 0
	for n < len(dst) {
		for have < bits {
			if len(src) == 0 {
				return n, nil
			}
			acc, src, have = acc<<8|uint32(src[0]), src[1:], have+8
		}
		code := int(acc >> (have - bits) & (1<<bits - 1))
		have -= bits
		if code == end {
			return n, nil
		}
		if code == clear {
			next, bits, before = 258, 9, -1
			continue
		}
		if code > next || before < 0 && code >= 256 || code == next && before < 0 {
			return n, errors.New("the LZW stream is damaged")
		}
		if before >= 0 && next < 4096 {
			from := code
			if code == next {
				from = before
			}
			prefix[next], first[next], last[next], length[next] = uint16(before), first[before], first[from], length[before]+1
			next++
		}
		if code >= next {
			return n, errors.New("the LZW stream is damaged")
		}
		at := n + length[code]
		for c, i := code, at-1; i >= n; i-- {
			if i < len(dst) {
				dst[i] = last[c]
			}
			c = int(prefix[c])
		}
		n = min(at, len(dst))
		before = code
		if next+1 >= 1<<bits && bits < 12 {
			bits++
		}
	}
	return n, nil
}
