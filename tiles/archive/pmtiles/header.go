package pmtiles

import (
	"encoding/binary"
	"math"

	"github.com/paulmach/orb"
)

const (
	magic      = "PMTiles"
	version    = 3
	headerSize = 127
	startSize  = 16384 // header and root directory lie in these first bytes
	maxRoot    = startSize - headerSize
)

// TileType says what kind of tiles an archive holds.
type TileType uint8

// The tile types of the format.
const (
	UnknownType TileType = iota
	MVT
	PNG
	JPEG
	WebP
	AVIF
	MLT
)

// Section is a run of bytes of the archive.
type Section struct{ Offset, Length uint64 }

func (s Section) end() uint64 { return s.Offset + s.Length }

// Header is the fixed start of an archive.
type Header struct {
	Root, Metadata, Leaves, Data Section

	Addressed uint64 // tiles that can be asked for; 0: not counted
	Entries   uint64 // runs of tiles in the directories; 0: not counted
	Contents  uint64 // distinct tiles; 0: not counted

	Clustered bool        // contents lie in the order of the tiles' ids
	Internal  Compression // of directories and metadata
	Tiles     Compression // of each tile
	Type      TileType

	MinZoom, MaxZoom, CenterZoom uint8

	Bounds orb.Bound // degrees
	Center orb.Point // degrees
}

// wholeWorld stands for bounds that an archive states wrongly.
var wholeWorld = orb.Bound{Min: orb.Point{-180, -85.0511288}, Max: orb.Point{180, 85.0511288}}

// encode returns the header as it stands in the file.
func (h *Header) encode() []byte {
	b := append(make([]byte, 0, headerSize), magic...)
	b = append(b, version)
	for _, v := range []uint64{
		h.Root.Offset, h.Root.Length, h.Metadata.Offset, h.Metadata.Length, h.Leaves.Offset, h.Leaves.Length, h.Data.Offset, h.Data.Length,
		h.Addressed, h.Entries, h.Contents,
	} {
		b = binary.LittleEndian.AppendUint64(b, v)
	}
	clustered := byte(0)
	if h.Clustered {
		clustered = 1
	}
	b = append(b, clustered, byte(h.Internal), byte(h.Tiles), byte(h.Type), h.MinZoom, h.MaxZoom)
	b = appendPosition(b, h.Bounds.Min)
	b = appendPosition(b, h.Bounds.Max)
	return appendPosition(append(b, h.CenterZoom), h.Center)
}

// decodeHeader reads and checks a header. size is that of the archive in bytes,
// or negative when it is not known.
func decodeHeader(b []byte, size int64) (*Header, error) {
	if len(b) < headerSize || string(b[:len(magic)]) != magic {
		return nil, invalid("it does not begin like one")
	}
	if v := b[len(magic)]; v != version {
		return nil, invalid("it is of version %d; only version %d is read", v, version)
	}
	var words [11]uint64
	for i := range words {
		words[i] = binary.LittleEndian.Uint64(b[8+8*i:])
	}
	h := &Header{
		Root: Section{words[0], words[1]}, Metadata: Section{words[2], words[3]}, Leaves: Section{words[4], words[5]}, Data: Section{words[6], words[7]},
		Addressed: words[8], Entries: words[9], Contents: words[10],
		Clustered: b[96] == 1, Internal: Compression(b[97]), Tiles: Compression(b[98]), Type: TileType(b[99]),
		MinZoom: b[100], MaxZoom: b[101], CenterZoom: b[118],
		Bounds: orb.Bound{Min: position(b[102:]), Max: position(b[110:])}, Center: position(b[119:]),
	}
	if err := h.check(size); err != nil {
		return nil, err
	}
	if !sane(h.Bounds) {
		h.Bounds = wholeWorld
	}
	if !h.Bounds.Contains(h.Center) {
		h.Center = kept(h.Bounds.Center())
	}
	h.CenterZoom = min(max(h.CenterZoom, h.MinZoom), h.MaxZoom)
	return h, nil
}

func (h *Header) check(size int64) error {
	limit := uint64(math.MaxInt64)
	if size >= 0 {
		limit = uint64(size)
	}
	for _, s := range []struct {
		name string
		Section
	}{{"root directory", h.Root}, {"metadata", h.Metadata}, {"leaf directories", h.Leaves}, {"tile data", h.Data}} {
		if s.Offset > limit || s.Length > limit-s.Offset {
			return invalid("the %s, %d bytes from %d, reach beyond the file's end", s.name, s.Length, s.Offset)
		}
	}
	switch {
	case h.Root.Length == 0 || h.Root.Offset < headerSize || h.Root.end() > startSize:
		return invalid("the root directory, %d bytes from %d, is not in bytes %d to %d", h.Root.Length, h.Root.Offset, headerSize, startSize)
	case h.MinZoom > h.MaxZoom || h.MaxZoom > MaxZoom:
		return invalid("zooms %d to %d are not within 0 to %d", h.MinZoom, h.MaxZoom, MaxZoom)
	case !h.Internal.known():
		return invalid("its directories are compressed in an unknown way (%d)", h.Internal)
	}
	return nil
}

// sane reports whether bounds lie in the world and are more than a point.
func sane(b orb.Bound) bool {
	return b.Min[0] >= -180 && b.Max[0] <= 180 && b.Min[1] >= -90 && b.Max[1] <= 90 && b.Min[0] <= b.Max[0] && b.Min[1] <= b.Max[1] && b.Min != b.Max
}

// Positions are kept as signed 32-bit ten-millionths of a degree.

func position(b []byte) orb.Point {
	return orb.Point{
		float64(int32(binary.LittleEndian.Uint32(b))) / 1e7,
		float64(int32(binary.LittleEndian.Uint32(b[4:]))) / 1e7,
	}
}

func appendPosition(b []byte, p orb.Point) []byte {
	for _, v := range p {
		b = binary.LittleEndian.AppendUint32(b, uint32(int32(math.Round(min(max(v, -180), 180)*1e7))))
	}
	return b
}

// kept returns a position as it is read back.
func kept(p orb.Point) orb.Point { return position(appendPosition(nil, p)) }
