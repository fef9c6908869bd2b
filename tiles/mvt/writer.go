package mvt

import (
	"encoding/binary"
	"math"
)

// Writer writes the layers of a tile one after another: Begin, features, End.
// The zero value is ready. It keeps its memory; it is for one goroutine at a time.
type Writer struct {
	name     string
	extent   uint32
	features []byte
	count    int
	keys     []byte
	keyCount uint32
	values   table
	tags     []byte
}

// Begin starts a layer. The extent is the width of the tile in its units.
func (w *Writer) Begin(name string, extent uint32) {
	w.name, w.extent, w.count = name, extent, 0
	w.features, w.keys, w.tags = w.features[:0], w.keys[:0], w.tags[:0]
	w.keyCount = 0
	w.values.reset()
}

// Key appends a key to the layer's keys and returns its place. The caller uses
// each key once.
func (w *Writer) Key(name string) uint32 {
	w.keys = binary.AppendUvarint(append(w.keys, layerKey), uint64(len(name)))
	w.keys = append(w.keys, name...)
	w.keyCount++
	return w.keyCount - 1
}

// String returns the place of a value in the layer's values.
func (w *Writer) String(s string) uint32 {
	w.values.begin()
	w.values.buf = binary.AppendUvarint(append(w.values.buf, valueString), uint64(len(s)))
	w.values.buf = append(w.values.buf, s...)
	return w.values.end()
}

// Int is String for an integer.
func (w *Writer) Int(v int64) uint32 {
	w.values.begin()
	if v >= 0 {
		w.values.buf = binary.AppendUvarint(append(w.values.buf, valueUint), uint64(v))
	} else {
		w.values.buf = binary.AppendUvarint(append(w.values.buf, valueSint), uint64(v<<1)^uint64(v>>63))
	}
	return w.values.end()
}

// Number is String for a number: in 32 bits when those hold it exactly.
func (w *Writer) Number(v float64) uint32 {
	w.values.begin()
	if f := float32(v); float64(f) == v {
		w.values.buf = binary.LittleEndian.AppendUint32(append(w.values.buf, valueFloat), math.Float32bits(f))
	} else {
		w.values.buf = binary.LittleEndian.AppendUint64(append(w.values.buf, valueDouble), math.Float64bits(v))
	}
	return w.values.end()
}

// Bool is String for a truth value.
func (w *Writer) Bool(v bool) uint32 {
	w.values.begin()
	b := byte(0)
	if v {
		b = 1
	}
	w.values.buf = append(w.values.buf, valueBool, b)
	return w.values.end()
}

// Tag gives the feature that is written next a property.
func (w *Writer) Tag(key, value uint32) {
	w.tags = appendVarint32(appendVarint32(w.tags, key), value)
}

// Feature writes a feature with the properties tagged since the last one. Its
// geometry is what a Geometry built; a feature without an id has hasID false.
func (w *Writer) Feature(id uint64, hasID bool, t GeometryType, geometry []byte) {
	size := 2 + fieldSize(len(w.tags)) + fieldSize(len(geometry))
	if hasID {
		size += 1 + uvarintSize(id)
	}
	b := binary.AppendUvarint(append(w.features, layerFeature), uint64(size))
	if hasID {
		b = binary.AppendUvarint(append(b, featureID), id)
	}
	b = appendField(b, featureTags, w.tags)
	b = append(b, featureType, byte(t))
	w.features = appendField(b, featureGeometry, geometry)
	w.tags = w.tags[:0]
	w.count++
}

// End appends the layer to a tile; a layer without features is left out.
func (w *Writer) End(tile []byte) []byte {
	if w.count == 0 {
		return tile
	}
	size := fieldSize(len(w.name)) + len(w.features) + len(w.keys) + w.values.size() + 1 + uvarintSize(uint64(w.extent)) + 2
	tile = binary.AppendUvarint(append(tile, tileLayer), uint64(size))
	tile = append(tile, layerVersion, 2)
	tile = binary.AppendUvarint(append(tile, layerName), uint64(len(w.name)))
	tile = append(tile, w.name...)
	tile = append(tile, w.features...)
	tile = append(tile, w.keys...)
	tile = w.values.appendTo(tile)
	return binary.AppendUvarint(append(tile, layerExtent), uint64(w.extent))
}

func appendField(b []byte, key byte, data []byte) []byte {
	if len(data) == 0 {
		return b
	}
	b = binary.AppendUvarint(append(b, key), uint64(len(data)))
	return append(b, data...)
}

// fieldSize is the size of a field of n bytes, which is left out when empty.
func fieldSize(n int) int {
	if n == 0 {
		return 0
	}
	return 1 + uvarintSize(uint64(n)) + n
}

func uvarintSize(v uint64) int {
	n := 1
	for ; v >= 0x80; v >>= 7 {
		n++
	}
	return n
}
