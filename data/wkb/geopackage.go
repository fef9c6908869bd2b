package wkb

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// AppendGeoPackage appends g as a GeoPackage blob with that SRID and, but for
// points, its bounds (OGC 12-128r18, clause 2.1.3).
func AppendGeoPackage(dst []byte, g orb.Geometry, srid int) ([]byte, error) {
	const littleEndian, withBounds = 1, 1 << 1
	_, isPoint := g.(orb.Point)
	flags := byte(littleEndian)
	if !isPoint {
		flags |= withBounds
	}
	dst = append(dst, 'G', 'P', 0, flags)
	dst = binary.LittleEndian.AppendUint32(dst, uint32(int32(srid)))
	if !isPoint {
		b := g.Bound()
		for _, v := range []float64{b.Min[0], b.Max[0], b.Min[1], b.Max[1]} {
			dst = binary.LittleEndian.AppendUint64(dst, math.Float64bits(v))
		}
	}
	return Append(dst, g)
}

// DecodeGeoPackage reads a GeoPackage blob and answers its SRID too. An empty
// geometry is nil; Z and M are dropped.
func DecodeGeoPackage(b []byte) (orb.Geometry, int, error) {
	if len(b) < 8 || b[0] != 'G' || b[1] != 'P' {
		return nil, 0, fmt.Errorf("%w: it does not begin as a GeoPackage geometry", ErrMalformed)
	}
	flags := b[3]
	if flags&(1<<5) != 0 {
		return nil, 0, fmt.Errorf("%w: extended GeoPackage geometry type", ErrMalformed)
	}
	var order binary.ByteOrder = binary.BigEndian
	if flags&1 != 0 {
		order = binary.LittleEndian
	}
	srid := int(int32(order.Uint32(b[4:])))
	envelopes := []int{0, 32, 48, 48, 64}
	kind := int(flags >> 1 & 7)
	if kind >= len(envelopes) || len(b) < 8+envelopes[kind] {
		return nil, srid, fmt.Errorf("%w: envelope kind %d", ErrMalformed, kind)
	}
	if flags&(1<<4) != 0 { // declared empty
		return nil, srid, nil
	}
	g, err := Decode(b[8+envelopes[kind]:])
	return g, srid, err
}
