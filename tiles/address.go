package tiles

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/petadesa/petadesa/geo"
)

// Errors of an address or a query; test with errors.Is.
var (
	ErrBadAddress = errors.New("not a tile address")            // not three plain numbers
	ErrOutOfRange = errors.New("no such tile")                  // no tile of the layers is there
	ErrBadQuery   = errors.New("tiles cannot be cut like this") // an extent or property that does not exist
)

// Address names a tile of the WebMercatorQuad scheme: zoom, column from the
// west, row from the north.
type Address = maptile.Tile

// maxZoom is the greatest zoom of any address: a Source may be finer than what
// is cut here, and columns have 32 bits.
const maxZoom = 30

// ParseAddress reads an address from the parts of a path: plain decimal
// numbers without sign. ErrBadAddress for anything else, ErrOutOfRange for a
// zoom above 30 or a column or row that the zoom does not have.
func ParseAddress(z, x, y string) (Address, error) {
	var n [3]uint64
	for i, s := range [3]string{z, x, y} {
		v, err := strconv.ParseUint(s, 10, 64)
		if err != nil && !errors.Is(err, strconv.ErrRange) || len(s) > 1 && s[0] == '0' || len(s) > 20 {
			return Address{}, fmt.Errorf("%w: %s %.20q is not a whole number", ErrBadAddress, [3]string{"zoom", "column", "row"}[i], s)
		}
		n[i] = v
	}
	if n[0] > maxZoom {
		return Address{}, fmt.Errorf("%w: zoom %d is above %d", ErrOutOfRange, n[0], maxZoom)
	}
	if n[1]>>n[0] != 0 || n[2]>>n[0] != 0 {
		return Address{}, fmt.Errorf("%w: zoom %d has columns and rows 0 to %d", ErrOutOfRange, n[0], 1<<n[0]-1)
	}
	return maptile.New(uint32(n[1]), uint32(n[2]), maptile.Zoom(n[0])), nil
}

// At returns the address of the tile of that zoom that a point (degrees) is in.
func At(p orb.Point, z int) Address {
	x, y := geo.Project(p)
	return maptile.New(uint32(uint64(x)>>(32-z)), uint32(uint64(y)>>(32-z)), maptile.Zoom(z))
}

// name writes an address as z/x/y.
func name(a Address) string { return fmt.Sprintf("%d/%d/%d", a.Z, a.X, a.Y) }
