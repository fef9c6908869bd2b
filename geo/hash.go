package geo

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"math"

	"github.com/paulmach/orb"
)

// tableHash is the version of a layer: it depends on the description, and on
// the records but not on their order; on every bit of a coordinate but not on
// the sign of a zero.
func tableHash(t *Table, order []int) string {
	h := sha256.New()
	d, _ := json.Marshal(t.Collection) // strings and numbers only: cannot fail
	h.Write(d)
	buf := make([]byte, 0, 1<<16)
	for _, i := range order {
		r := &t.Records[i]
		buf = appendText(buf, r.ID)
		for _, v := range r.Values {
			buf = appendValue(buf, v)
		}
		buf = appendGeometry(buf, r.Geometry)
		if len(buf) > 1<<15 {
			h.Write(buf)
			buf = buf[:0]
		}
	}
	h.Write(buf)
	return hex.EncodeToString(h.Sum(nil)[:8])
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendFloat(b []byte, f float64) []byte {
	return binary.LittleEndian.AppendUint64(b, math.Float64bits(f+0)) // −0 + 0 = 0
}

func appendValue(b []byte, v any) []byte {
	switch v := v.(type) {
	case string:
		return appendText(append(b, 's'), v)
	case int64:
		return binary.AppendVarint(append(b, 'i'), v)
	case float64:
		return appendFloat(append(b, 'n'), v)
	case bool:
		if v {
			return append(b, 't')
		}
		return append(b, 'f')
	default:
		return append(b, 0)
	}
}

// appendGeometry writes kind, counts and coordinates. A single line or polygon
// is the same as a multi one of one member: stores may keep either as the other.
func appendGeometry(b []byte, g orb.Geometry) []byte {
	points := func(b []byte, ps []orb.Point) []byte {
		b = binary.AppendUvarint(b, uint64(len(ps)))
		for _, p := range ps {
			b = appendFloat(appendFloat(b, p[0]), p[1])
		}
		return b
	}
	switch g := g.(type) {
	case orb.Point:
		return points(append(b, 'P'), []orb.Point{g})
	case orb.MultiPoint:
		return points(append(b, 'M'), g)
	case orb.LineString:
		return appendGeometry(b, orb.MultiLineString{g})
	case orb.MultiLineString:
		b = binary.AppendUvarint(append(b, 'L'), uint64(len(g)))
		for _, l := range g {
			b = points(b, l)
		}
		return b
	case orb.Polygon:
		return appendGeometry(b, orb.MultiPolygon{g})
	case orb.MultiPolygon:
		b = binary.AppendUvarint(append(b, 'A'), uint64(len(g)))
		for _, p := range g {
			b = binary.AppendUvarint(b, uint64(len(p)))
			for _, r := range p {
				b = points(b, r)
			}
		}
		return b
	case orb.Collection:
		b = binary.AppendUvarint(append(b, 'C'), uint64(len(g)))
		for _, m := range g {
			b = appendGeometry(b, m)
		}
		return b
	default:
		return append(b, 0)
	}
}
