package snap

import "math/bits"

// Pixel is a place on the grid: column in the upper half, row in the lower.
type Pixel uint32

// At returns the pixel of that column and row, each 0 to 65535.
func At(x, y int32) Pixel { return Pixel(uint32(x)<<16 | uint32(y)) }

// X returns the column.
func (p Pixel) X() int32 { return int32(p >> 16) }

// Y returns the row.
func (p Pixel) Y() int32 { return int32(p & 0xffff) }

// Grid says where pixels lie: Size×Size of them, the centre of the first at
// the origin of the fine coordinates, each 1<<Shift fine units wide. The box that
// polygons are clipped to runs through the centres of the outermost pixels.
type Grid struct {
	Shift uint  // 1 to 32
	Size  int32 // 2 to 16384
}

// far returns the fine coordinate of the box's right and lower side.
func (g Grid) far() int64 { return int64(g.Size-1) << g.Shift }

// cell returns the column (or row) that holds the fine coordinate v: a pixel
// reaches from half a pixel before its centre up to, not including, half a pixel after.
func (g Grid) cell(v int64) int32 { return int32((v + 1<<(g.Shift-1)) >> g.Shift) }

// pixel returns the pixel that holds a point of the box.
func (g Grid) pixel(p point) Pixel { return At(g.cell(p.x), g.cell(p.y)) }

// centre returns the fine coordinates of a pixel's centre.
func (g Grid) centre(p Pixel) point {
	return point{int64(p.X()) << g.Shift, int64(p.Y()) << g.Shift}
}

// clamp moves a point to the nearest one of the box.
func (g Grid) clamp(p point) point {
	far := g.far()
	return point{min(max(p.x, 0), far), min(max(p.y, 0), far)}
}

// point is a place in fine coordinates.
type point struct{ x, y int64 }

// longest is the greatest length of a segment along either axis: products of
// two such lengths, and sums of two products, fit into 64 bits.
const longest = 1 << 30

type segment struct{ p, q point }

// cross returns twice the area of the triangle a, b, c: positive when c is to
// the right of the way from a to b (y down).
func cross(a, b, c point) int64 {
	return (b.x-a.x)*(c.y-a.y) - (b.y-a.y)*(c.x-a.x)
}

// yAt returns the greatest integer not above the segment's y at that x, which
// lies strictly between its ends.
func (s segment) yAt(x int64) int64 {
	return s.p.y + floorDiv((x-s.p.x)*(s.q.y-s.p.y), s.q.x-s.p.x)
}

// xAt is yAt with the axes exchanged.
func (s segment) xAt(y int64) int64 {
	return s.p.x + floorDiv((y-s.p.y)*(s.q.x-s.p.x), s.q.y-s.p.y)
}

func floorDiv(n, d int64) int64 {
	q := n / d
	if n%d != 0 && (n < 0) != (d < 0) {
		q--
	}
	return q
}

// along returns the greatest integer not above a + d·n/m, for 0 ≤ n ≤ m.
func along(a, d int64, n, m uint64) int64 {
	neg := d < 0
	if neg {
		d = -d
	}
	hi, lo := bits.Mul64(uint64(d), n)
	q, r := bits.Div64(hi, lo, m)
	if !neg {
		return a + int64(q)
	}
	if r != 0 {
		q++
	}
	return a - int64(q)
}
