package osm

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
)

// A small writer of PBF, for tests: fields of protocol buffers.
type message struct{ bytes.Buffer }

func (m *message) number(field int, v uint64) *message {
	m.Write(binary.AppendUvarint(binary.AppendUvarint(nil, uint64(field)<<3), v))
	return m
}

func (m *message) bytes(field int, b []byte) *message {
	m.Write(binary.AppendUvarint(binary.AppendUvarint(nil, uint64(field)<<3|2), uint64(len(b))))
	m.Write(b)
	return m
}

func packed(values ...uint64) []byte {
	var b []byte
	for _, v := range values {
		b = binary.AppendUvarint(b, v)
	}
	return b
}

// deltas is a list of differences in zigzag form.
func deltas(values ...int64) []byte {
	var b []byte
	last := int64(0)
	for _, v := range values {
		b = binary.AppendVarint(b, v-last)
		last = v
	}
	return b
}

// block is a file block of a type.
func fileBlock(kind string, content []byte, compress bool) []byte {
	var blob message
	if compress {
		var z bytes.Buffer
		w := zlib.NewWriter(&z)
		_, _ = w.Write(content)
		_ = w.Close()
		blob.number(2, uint64(len(content))).bytes(3, z.Bytes())
	} else {
		blob.bytes(1, content)
	}
	var header message
	header.bytes(1, []byte(kind)).number(3, uint64(blob.Len()))
	out := binary.BigEndian.AppendUint32(nil, uint32(header.Len()))
	return append(append(out, header.Bytes()...), blob.Bytes()...)
}

func header(features ...string) []byte {
	var m message
	for _, f := range features {
		m.bytes(4, []byte(f))
	}
	return m.number(32, 1_700_000_000).Bytes()
}

// sample is a file of five nodes, of which one is a beach and one stands alone in
// the old form, a road against its nodes that lacks one, and a park of two ways.
func sample() []byte {
	var table message
	for _, s := range []string{"", "natural", "beach", "name", "Pantai", "highway", "primary", "oneway", "-1", "leisure", "park", "type", "multipolygon", "outer", "waterway", "waterfall", "Coban"} {
		table.bytes(1, []byte(s))
	}
	var dense message
	dense.bytes(1, deltas(1, 2, 3, 4)).bytes(8, deltas(-80000000, -80000000, -80010000, -80010000)).bytes(9, deltas(1125000000, 1125010000, 1125010000, 1125000000))
	dense.bytes(10, packed(1, 2, 3, 4, 0, 0, 0, 0))
	var single message
	single.number(1, zigzag(10)).bytes(2, packed(14, 3)).bytes(3, packed(15, 16)).number(8, zigzag(-80000000)).number(9, zigzag(1125000000))
	var road, half, other, park message
	road.number(1, 20).bytes(2, packed(5, 7)).bytes(3, packed(6, 8)).bytes(8, deltas(1, 2, 99))
	half.number(1, 21).bytes(8, deltas(1, 2, 3))
	other.number(1, 22).bytes(8, deltas(1, 4, 3))
	park.number(1, 30).bytes(2, packed(9, 11, 3)).bytes(3, packed(10, 12, 4)).bytes(8, packed(13, 13, 13)).bytes(9, deltas(21, 22, 77)).bytes(10, packed(1, 1, 1))
	var group, ways message
	group.bytes(2, dense.Bytes()).bytes(1, single.Bytes())
	ways.bytes(3, road.Bytes()).bytes(3, half.Bytes()).bytes(3, other.Bytes()).bytes(4, park.Bytes())
	var block message
	block.bytes(1, table.Bytes()).bytes(2, group.Bytes()).bytes(2, ways.Bytes())
	out := fileBlock("OSMHeader", header("OsmSchema-V0.6", "DenseNodes"), false)
	return append(out, fileBlock("OSMData", block.Bytes(), true)...)
}

func zigzag(v int64) uint64 { return uint64(v<<1) ^ uint64(v>>63) }
