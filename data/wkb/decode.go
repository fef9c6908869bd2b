package wkb

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/twpayne/go-geom"
	"github.com/twpayne/go-geom/encoding/ewkb"
	isowkb "github.com/twpayne/go-geom/encoding/wkb"
	"github.com/twpayne/go-geom/encoding/wkbcommon"
)

// ErrMalformed is what decoding answers when bytes are not a geometry it reads.
var ErrMalformed = errors.New("malformed geometry")

var errTruncated = fmt.Errorf("%w: it ends too early", ErrMalformed)

// Decode reads ISO WKB. An empty geometry is nil; Z and M are dropped.
func Decode(b []byte) (orb.Geometry, error) {
	if err := measure(b); err != nil {
		return nil, err
	}
	g, err := isowkb.Unmarshal(b, wkbcommon.WKBOptionEmptyPointHandling(wkbcommon.EmptyPointHandlingNaN))
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrMalformed, err)
	}
	return toOrb(g)
}

// DecodeEWKB reads the binary of PostGIS and answers the SRID too, 0 when it
// states none. An empty geometry is nil; Z and M are dropped.
func DecodeEWKB(b []byte) (orb.Geometry, int, error) {
	if err := measure(b); err != nil {
		return nil, 0, err
	}
	g, err := ewkb.Unmarshal(b)
	if err != nil {
		return nil, 0, fmt.Errorf("%w: %v", ErrMalformed, err)
	}
	o, err := toOrb(g)
	return o, g.SRID(), err
}

// toOrb copies the first two ordinates of g. Empty members are left out, and a
// geometry with nothing left is nil.
func toOrb(g geom.T) (orb.Geometry, error) {
	if g.Empty() {
		return nil, nil
	}
	points := flatPoints(g)
	switch g := g.(type) {
	case *geom.Point:
		if isEmpty(points[0]) {
			return nil, nil
		}
		return points[0], nil
	case *geom.LineString:
		return orb.LineString(points), nil
	case *geom.Polygon:
		if p := polygon(points, g.Ends(), 0, g.Stride()); p != nil {
			return p, nil
		}
		return nil, nil
	case *geom.MultiPoint:
		if points = slices.DeleteFunc(points, isEmpty); len(points) == 0 {
			return nil, nil
		}
		return orb.MultiPoint(points), nil
	case *geom.MultiLineString:
		return orb.MultiLineString(cut[orb.LineString](points, g.Ends(), 0, g.Stride())), nil
	case *geom.MultiPolygon:
		many := make(orb.MultiPolygon, 0, g.NumPolygons())
		start := 0
		for _, ends := range g.Endss() {
			if p := polygon(points, ends, start, g.Stride()); p != nil {
				many = append(many, p)
			}
			if len(ends) > 0 {
				start = ends[len(ends)-1]
			}
		}
		if len(many) == 0 {
			return nil, nil
		}
		return many, nil
	case *geom.GeometryCollection:
		all := make(orb.Collection, 0, g.NumGeoms())
		for _, member := range g.Geoms() {
			o, err := toOrb(member)
			if err != nil {
				return nil, err
			}
			if o != nil {
				all = append(all, o)
			}
		}
		if len(all) == 0 {
			return nil, nil
		}
		return all, nil
	}
	return nil, fmt.Errorf("%w: unsupported type %T", ErrMalformed, g)
}

// isEmpty recognises how binary forms write an empty point, whichever of the
// many values that are not a number they use.
func isEmpty(p orb.Point) bool { return math.IsNaN(p[0]) && math.IsNaN(p[1]) }

// polygon cuts rings, or answers nil when there is no exterior.
func polygon(points []orb.Point, ends []int, start, stride int) orb.Polygon {
	if len(ends) == 0 || ends[0] == start {
		return nil
	}
	return orb.Polygon(cut[orb.Ring](points, ends, start, stride))
}

// flatPoints copies all vertices of g, without Z and M, into one slice.
func flatPoints(g geom.T) []orb.Point {
	if _, ok := g.(*geom.GeometryCollection); ok {
		return nil
	}
	flat, stride := g.FlatCoords(), g.Stride()
	points := make([]orb.Point, len(flat)/stride)
	for i := range points {
		points[i] = orb.Point{flat[i*stride], flat[i*stride+1]}
	}
	return points
}

// cut slices points at ends, which count ordinates from the beginning of all
// points; the first slice begins at ordinate start. Each slice is full, so
// that appending to one never runs into the next.
func cut[L ~[]orb.Point](points []orb.Point, ends []int, start, stride int) []L {
	parts := make([]L, 0, len(ends))
	for _, end := range ends {
		if end > start {
			parts = append(parts, L(points[start/stride:end/stride:end/stride]))
		}
		start = end
	}
	return parts
}

// maxDepth bounds how deeply collections may be nested.
const maxDepth = 16

// measure walks b without decoding it and reports whether every count in it
// fits in the bytes that follow, so that decoding allocates no more than b
// deserves.
func measure(b []byte) error {
	rest, err := skip(b, 0)
	if err == nil && len(rest) > 0 {
		err = fmt.Errorf("%w: %d bytes too many", ErrMalformed, len(rest))
	}
	return err
}

func skip(b []byte, depth int) ([]byte, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("%w: nested more than %d deep", ErrMalformed, maxDepth)
	}
	if len(b) < 5 {
		return nil, errTruncated
	}
	var order binary.ByteOrder = binary.LittleEndian
	if b[0] == 0 {
		order = binary.BigEndian
	} else if b[0] != 1 {
		return nil, fmt.Errorf("%w: byte order %d", ErrMalformed, b[0])
	}
	word := order.Uint32(b[1:])
	b = b[5:]
	if word&flagSRID != 0 {
		if len(b) < 4 {
			return nil, errTruncated
		}
		b = b[4:]
	}
	code := word &^ (flagZ | flagM | flagSRID)
	iso := code / 1000 // 1: Z, 2: M, 3: both
	width := 16
	if word&flagZ != 0 || iso == 1 || iso == 3 {
		width += 8
	}
	if word&flagM != 0 || iso == 2 || iso == 3 {
		width += 8
	}

	count := func(least int) (int, error) {
		if len(b) < 4 {
			return 0, errTruncated
		}
		n := int(order.Uint32(b))
		b = b[4:]
		if n > len(b)/least {
			return 0, errTruncated
		}
		return n, nil
	}
	points := func() error {
		n, err := count(width)
		if err == nil {
			b = b[n*width:]
		}
		return err
	}

	switch code % 1000 {
	case codePoint:
		if len(b) < width {
			return nil, errTruncated
		}
		return b[width:], nil
	case codeLineString:
		err := points()
		return b, err
	case codePolygon:
		n, err := count(4)
		for ; err == nil && n > 0; n-- {
			err = points()
		}
		return b, err
	case codeMultiPoint, codeMultiLineString, codeMultiPolygon, codeCollection:
		n, err := count(9)
		for ; err == nil && n > 0; n-- {
			b, err = skip(b, depth+1)
		}
		return b, err
	}
	return nil, fmt.Errorf("%w: type %d", ErrMalformed, code)
}
