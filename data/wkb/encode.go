package wkb

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// Type codes of ISO 13249-3, and the flags EWKB adds to them.
const (
	codePoint = iota + 1
	codeLineString
	codePolygon
	codeMultiPoint
	codeMultiLineString
	codeMultiPolygon
	codeCollection

	flagZ    = 0x80000000
	flagM    = 0x40000000
	flagSRID = 0x20000000
)

// Append appends g as little-endian ISO WKB to dst. A Ring or a Bound is
// written as a Polygon.
func Append(dst []byte, g orb.Geometry) ([]byte, error) {
	return appendGeometry(dst, g, 0)
}

// AppendEWKB appends g as little-endian EWKB with that SRID to dst.
func AppendEWKB(dst []byte, g orb.Geometry, srid int) ([]byte, error) {
	return appendGeometry(dst, g, srid)
}

func appendGeometry(dst []byte, g orb.Geometry, srid int) ([]byte, error) {
	switch g := g.(type) {
	case orb.Point:
		return appendPoint(appendHead(dst, codePoint, srid), g), nil
	case orb.LineString:
		return appendPoints(appendHead(dst, codeLineString, srid), g), nil
	case orb.Polygon:
		return appendRings(appendHead(dst, codePolygon, srid), g), nil
	case orb.Ring:
		return appendRings(appendHead(dst, codePolygon, srid), orb.Polygon{g}), nil
	case orb.Bound:
		return appendRings(appendHead(dst, codePolygon, srid), g.ToPolygon()), nil
	case orb.MultiPoint:
		dst = appendCount(appendHead(dst, codeMultiPoint, srid), len(g))
		for _, p := range g {
			dst = appendPoint(appendHead(dst, codePoint, 0), p)
		}
		return dst, nil
	case orb.MultiLineString:
		dst = appendCount(appendHead(dst, codeMultiLineString, srid), len(g))
		for _, l := range g {
			dst = appendPoints(appendHead(dst, codeLineString, 0), l)
		}
		return dst, nil
	case orb.MultiPolygon:
		dst = appendCount(appendHead(dst, codeMultiPolygon, srid), len(g))
		for _, p := range g {
			dst = appendRings(appendHead(dst, codePolygon, 0), p)
		}
		return dst, nil
	case orb.Collection:
		dst = appendCount(appendHead(dst, codeCollection, srid), len(g))
		for _, member := range g {
			var err error
			if dst, err = appendGeometry(dst, member, 0); err != nil {
				return nil, err
			}
		}
		return dst, nil
	}
	return nil, fmt.Errorf("write geometry: no binary form for %T", g)
}

func appendHead(dst []byte, code uint32, srid int) []byte {
	dst = append(dst, 1) // little-endian
	if srid == 0 {
		return binary.LittleEndian.AppendUint32(dst, code)
	}
	dst = binary.LittleEndian.AppendUint32(dst, code|flagSRID)
	return binary.LittleEndian.AppendUint32(dst, uint32(srid))
}

func appendCount(dst []byte, n int) []byte {
	return binary.LittleEndian.AppendUint32(dst, uint32(n))
}

func appendPoint(dst []byte, p orb.Point) []byte {
	dst = binary.LittleEndian.AppendUint64(dst, math.Float64bits(p[0]))
	return binary.LittleEndian.AppendUint64(dst, math.Float64bits(p[1]))
}

func appendPoints(dst []byte, points []orb.Point) []byte {
	dst = appendCount(dst, len(points))
	for _, p := range points {
		dst = appendPoint(dst, p)
	}
	return dst
}

func appendRings(dst []byte, p orb.Polygon) []byte {
	dst = appendCount(dst, len(p))
	for _, r := range p {
		dst = appendPoints(dst, r)
	}
	return dst
}
