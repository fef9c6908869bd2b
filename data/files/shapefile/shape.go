package shapefile

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// Types of shapes; with Z they are 10 more, with M 20.
const (
	null       = 0
	pointType  = 1
	lineType   = 3
	areaType   = 5
	pointsType = 8
)

func known(kind uint32) bool {
	switch kind % 10 {
	case pointType, lineType, areaType, pointsType:
		return kind < 30
	}
	return kind == null
}

// shape reads a record's geometry, or says why it cannot be read.
func (r *Record) shape(b []byte) {
	g, err := shape(b, &r.Heights)
	if err == nil && g != nil && !finite(g) {
		err = fmt.Errorf("a coordinate is not finite")
	}
	if err != nil {
		r.Fault = err.Error()
		return
	}
	r.Geometry = g
}

func shape(b []byte, heights *int) (orb.Geometry, error) {
	kind := binary.LittleEndian.Uint32(b)
	b = b[4:]
	if kind == null {
		return nil, nil
	}
	if !known(kind) {
		return nil, fmt.Errorf("is a shape of type %d, which is not read", kind)
	}
	if kind%10 == pointType {
		if len(b) < 16 {
			return nil, errShort
		}
		if kind >= 10 {
			*heights = 1
		}
		return position(b), nil
	}
	if len(b) < 40 {
		return nil, errShort
	}
	parts, points, b, err := counts(kind, b[32:]) // after the box
	if err != nil {
		return nil, err
	}
	paths, err := cut(parts, points, b)
	if err != nil {
		return nil, err
	}
	if kind >= 10 {
		*heights = points
	}
	switch {
	case points == 0:
		return nil, nil
	case kind%10 == pointsType:
		return orb.MultiPoint(paths[0]), nil
	case kind%10 == lineType && len(paths) == 1:
		return orb.LineString(paths[0]), nil
	case kind%10 == lineType:
		lines := make(orb.MultiLineString, len(paths))
		for i, p := range paths {
			lines[i] = p
		}
		return lines, nil
	}
	rings := make([]orb.Ring, len(paths))
	for i, p := range paths {
		rings[i] = p
	}
	return polygons(rings), nil
}

var errShort = fmt.Errorf("the shape is shorter than what it claims to hold")

// counts reads how many parts and points there are, which the record must have
// room for.
func counts(kind uint32, b []byte) (parts, points int, rest []byte, err error) {
	n := int64(binary.LittleEndian.Uint32(b))
	if kind%10 == pointsType {
		if b = b[4:]; n*16 > int64(len(b)) {
			return 0, 0, nil, errShort
		}
		return 0, int(n), b, nil
	}
	m := int64(binary.LittleEndian.Uint32(b[4:]))
	if b = b[8:]; n*4+m*16 > int64(len(b)) {
		return 0, 0, nil, errShort
	}
	return int(n), int(m), b, nil
}

// cut divides points into parts.
func cut(parts, points int, b []byte) ([][]orb.Point, error) {
	starts := make([]int, 0, parts+1)
	for i := range parts {
		start := int(binary.LittleEndian.Uint32(b[4*i:]))
		if i == 0 && start != 0 || i > 0 && start <= starts[i-1] || start >= points {
			return nil, fmt.Errorf("part %d begins at point %d of %d, which is no part", i+1, start, points)
		}
		starts = append(starts, start)
	}
	if parts == 0 && points > 0 {
		starts = append(starts, 0)
	}
	starts = append(starts, points)
	b = b[4*parts:]
	paths := make([][]orb.Point, len(starts)-1)
	for i := range paths {
		paths[i] = make([]orb.Point, 0, starts[i+1]-starts[i])
		for k := starts[i]; k < starts[i+1]; k++ {
			paths[i] = append(paths[i], position(b[16*k:]))
		}
	}
	return paths, nil
}

func position(b []byte) orb.Point {
	return orb.Point{math.Float64frombits(binary.LittleEndian.Uint64(b)), math.Float64frombits(binary.LittleEndian.Uint64(b[8:]))}
}

func finite(g orb.Geometry) bool {
	ok := true
	each := func(points []orb.Point) {
		for _, p := range points {
			ok = ok && !math.IsNaN(p[0]-p[0]) && !math.IsNaN(p[1]-p[1])
		}
	}
	switch g := g.(type) {
	case orb.Point:
		each([]orb.Point{g})
	case orb.MultiPoint:
		each(g)
	case orb.LineString:
		each(g)
	case orb.MultiLineString:
		for _, l := range g {
			each(l)
		}
	case orb.Polygon:
		for _, r := range g {
			each(r)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			for _, r := range p {
				each(r)
			}
		}
	}
	return ok
}
