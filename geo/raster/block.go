package raster

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/petadesa/petadesa/geo/lattice"
)

// void stands for no value in a block of type Int16, as in SRTM.
const void = math.MinInt16

// Empty returns the values of a block without any.
func Empty() []float32 {
	values := make([]float32, lattice.BlockArea)
	for i := range values {
		values[i] = nan
	}
	return values
}

var nan = float32(math.NaN())

// Known says whether there is any value in it.
func Known(values []float32) bool {
	for _, v := range values {
		if v == v {
			return true
		}
	}
	return false
}

// Overlay puts the values of a block over those of an older one: where the
// newer has none the older stay.
func Overlay(older, newer []float32) {
	for i, v := range newer {
		if v == v {
			older[i] = v
		}
	}
}

// Encode returns the bytes that a store keeps for the values of a block, and
// their hash, which is of the values and not of how they are compressed.
//
// Each value is kept as the difference of its bits from its western neighbour's,
// one plane for each byte of it, compressed by DEFLATE.
func Encode(t Type, values []float32) (encoded []byte, hash string, err error) {
	raw, err := pack(t, values)
	if err != nil {
		return nil, "", err
	}
	sum := sha256.Sum256(raw)
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.DefaultCompression)
	if err != nil {
		return nil, "", err
	}
	if _, err := w.Write(raw); err != nil {
		return nil, "", err
	}
	if err := w.Close(); err != nil {
		return nil, "", err
	}
	return b.Bytes(), hex.EncodeToString(sum[:16]), nil
}

// Decode returns the values and the hash of what Encode made.
func Decode(t Type, encoded []byte) (values []float32, hash string, err error) {
	size, err := t.size()
	if err != nil {
		return nil, "", err
	}
	raw := make([]byte, size*lattice.BlockArea)
	r := flate.NewReader(bytes.NewReader(encoded))
	if _, err := io.ReadFull(r, raw); err != nil {
		return nil, "", fmt.Errorf("a block of a raster is damaged: %w", err)
	}
	if n, err := r.Read(make([]byte, 1)); n != 0 || err != io.EOF {
		return nil, "", errors.New("a block of a raster is damaged: it is too long")
	}
	sum := sha256.Sum256(raw)
	return unpack(t, raw), hex.EncodeToString(sum[:16]), nil
}

func (t Type) size() (int, error) {
	switch t {
	case Int16:
		return 2, nil
	case Float32:
		return 4, nil
	}
	return 0, fmt.Errorf("raster type %q: want %s or %s", t, Int16, Float32)
}

func pack(t Type, values []float32) ([]byte, error) {
	size, err := t.size()
	if err != nil {
		return nil, err
	}
	if len(values) != lattice.BlockArea {
		return nil, fmt.Errorf("a block of %d values, want %d", len(values), lattice.BlockArea)
	}
	raw := make([]byte, size*len(values))
	var before uint32
	for i, v := range values {
		var bits uint32
		switch {
		case t == Float32 && v != v:
			bits = math.Float32bits(nan)
		case t == Float32:
			bits = math.Float32bits(v + 0) // no negative zero
		case v != v:
			bits = uint32(uint16(1 << 15))
		case v < void+1 || v > math.MaxInt16 || v != float32(int16(v)):
			return nil, fmt.Errorf("value %g is not a whole number of 16 bits", v)
		default:
			bits = uint32(uint16(int16(v)))
		}
		difference := bits - before
		before = bits
		for plane := range size {
			raw[plane*len(values)+i] = byte(difference >> (8 * plane))
		}
	}
	return raw, nil
}

func unpack(t Type, raw []byte) []float32 {
	values := make([]float32, lattice.BlockArea)
	var before uint32
	for i := range values {
		var difference uint32
		for plane := 0; plane*len(values) < len(raw); plane++ {
			difference |= uint32(raw[plane*len(values)+i]) << (8 * plane)
		}
		before += difference
		switch {
		case t == Float32:
			values[i] = math.Float32frombits(before)
		case int16(before) == void:
			values[i] = nan
		default:
			values[i] = float32(int16(before))
		}
	}
	return values
}
