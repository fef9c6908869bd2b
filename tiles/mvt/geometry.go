package mvt

import "encoding/binary"

// Geometry builds the commands of one feature's geometry. The zero value is
// ready; Reset makes it ready again, for another feature or another buffer.
type Geometry struct {
	Bytes []byte // the packed commands, appended
	x, y  int32  // the cursor
}

// Reset moves the cursor back to the origin; what was built stays in Bytes.
func (g *Geometry) Reset() { g.x, g.y = 0, 0 }

// Points begins a point geometry of n points: n calls of To must follow.
func (g *Geometry) Points(n int) { g.command(moveTo, n) }

// Line begins a line of n points, at least 2: n-1 calls of To must follow.
func (g *Geometry) Line(x, y int32, n int) {
	g.command(moveTo, 1)
	g.To(x, y)
	g.command(lineTo, n-1)
}

// Close closes a ring that Line began, without repeating its first point.
func (g *Geometry) Close() { g.command(closePath, 1) }

// To appends a point.
func (g *Geometry) To(x, y int32) {
	g.Bytes = appendVarint32(g.Bytes, zigzag(x-g.x))
	g.Bytes = appendVarint32(g.Bytes, zigzag(y-g.y))
	g.x, g.y = x, y
}

func (g *Geometry) command(id, count int) {
	g.Bytes = appendVarint32(g.Bytes, uint32(count)<<3|uint32(id))
}

func zigzag(v int32) uint32 { return uint32(v<<1) ^ uint32(v>>31) }

func appendVarint32(b []byte, v uint32) []byte {
	if v < 1<<7 {
		return append(b, byte(v))
	}
	if v < 1<<14 {
		return append(b, byte(v)|0x80, byte(v>>7))
	}
	return binary.AppendUvarint(b, uint64(v))
}
