package pmtiles

import "github.com/paulmach/orb/maptile"

// MaxZoom is the greatest zoom whose tiles have an id here.
const MaxZoom = 31

// ID returns the position of a tile in the order of an archive: zoom after zoom,
// each along a Hilbert curve. The four tiles below the one with an id have the
// ids 4·id+1 to 4·id+4. The tile must exist: a zoom up to MaxZoom, x and y below
// 2^zoom.
func ID(at maptile.Tile) uint64 {
	x, y := at.X, at.Y
	var d uint64
	for s := at.Z; s > 0; s-- {
		rx, ry := x>>(s-1)&1, y>>(s-1)&1
		d = d<<2 | uint64((3*rx)^ry)
		x, y = turn(x, y, rx, ry)
	}
	return firstID(uint(at.Z)) + d
}

// At returns the tile of an id; false when its zoom would be above MaxZoom.
func At(id uint64) (maptile.Tile, bool) {
	var z uint
	for z <= MaxZoom && id >= firstID(z+1) {
		z++
	}
	if z > MaxZoom {
		return maptile.Tile{}, false
	}
	d := id - firstID(z)
	var x, y uint32
	for s := uint(0); s < z; s++ {
		rx := uint32(d>>1) & 1
		ry := uint32(d^d>>1) & 1
		// Turn the curve of the s low bits into the place it has in this quarter.
		x, y = turn(x, y, rx, ry)
		mask := uint32(1)<<s - 1
		x, y = x&mask|rx<<s, y&mask|ry<<s
		d >>= 2
	}
	return maptile.Tile{X: x, Y: y, Z: maptile.Zoom(z)}, true
}

// turn maps a quarter of the curve onto the whole, and back: it is its own
// inverse. Bits above the quarter's come out meaningless.
func turn(x, y, rx, ry uint32) (uint32, uint32) {
	if ry != 0 {
		return x, y
	}
	if rx != 0 {
		x, y = ^x, ^y
	}
	return y, x
}

// firstID returns the number of tiles at all zooms below z: the id of 0/0 at z.
func firstID(z uint) uint64 {
	if z > MaxZoom {
		return (1<<64 - 1) / 3
	}
	return (1<<(2*z) - 1) / 3
}
