package tiles

import (
	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/tiles/snap"
)

// frame is where a tile lies in the world, and its grid: the tile's units, and
// a buffer around them. Because the units of a zoom are the same for all tiles,
// neighbouring tiles round a place to the same point.
type frame struct {
	zoom    uint8
	rank    uint8 // vertices of a rank up to this are drawn
	shift   uint  // a unit is 1<<shift world units
	extent  int32 // units
	buffer  int32 // units
	x, y    int64 // world position of the centre of the grid's first pixel
	box     geo.Box
	buffers orb.Bound // the box, in degrees
}

func newFrame(a Address, extent int32) frame {
	f := frame{zoom: uint8(a.Z), extent: extent, buffer: extent / 64, shift: 32 - uint(a.Z)}
	for e := extent; e > 1; e >>= 1 {
		f.shift--
	}
	f.rank = f.zoom - min(f.zoom, coarser(extent))
	margin := int64(f.buffer) << f.shift
	f.x = int64(a.X)<<(32-a.Z) - margin
	f.y = int64(a.Y)<<(32-a.Z) - margin
	side := int64(f.extent+2*f.buffer) << f.shift
	f.box = geo.Box{MinX: world(f.x), MinY: world(f.y), MaxX: world(f.x + side), MaxY: world(f.y + side)}
	f.buffers = f.degrees(f.x, f.y, f.x+side, f.y+side)
	return f
}

// coarser returns how many zooms less detail a coarse grid shows: half of what
// it is coarser by, so that a corner is left out when it is small in units but
// seldom when it could be seen.
func coarser(extent int32) uint8 {
	zooms := uint8(0)
	for ; extent < defaultExtent; extent <<= 2 {
		zooms++
	}
	if extent > defaultExtent && zooms > 0 {
		zooms-- // an odd number of halvings
	}
	return zooms
}

// degrees returns the bounds of a square of the world, a little enlarged so that
// rounding leaves nothing out.
func (f *frame) degrees(x0, y0, x1, y1 int64) orb.Bound {
	const pad = 4 // world units, 4 cm
	b := orb.Bound{Min: geo.Unproject(float64(x0-pad), float64(y1+pad)), Max: geo.Unproject(float64(x1+pad), float64(y0-pad))}
	// What lies beyond the square world is drawn on its edge.
	if y0 <= 0 {
		b.Max[1] = 90
	}
	if y1 >= 1<<32-1 {
		b.Min[1] = -90
	}
	return b
}

func world(v int64) uint32 { return uint32(min(max(v, 0), 1<<32-1)) }

// grid returns the grid that polygons are rounded to.
func (f *frame) grid() snap.Grid {
	return snap.Grid{Shift: f.shift, Size: f.extent + 2*f.buffer + 1}
}

// unit rounds a distance from the grid's first pixel to units, counted from the
// tile's corner.
func (f *frame) unit(v int64) int32 {
	return int32((v+1<<(f.shift-1))>>f.shift) - f.buffer
}

// far is the distance from the first to the last pixel's centre, in world units.
func (f *frame) far() int64 { return int64(f.extent+2*f.buffer) << f.shift }
