package live

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
)

// SRIDs in which every tile has a box: the transformation bends nothing.
const (
	degrees  = 4326
	mercator = 3857
)

// margin is what a tile shows beyond its edge, as a share of its width.
const margin = 64.0 / 4096

// reach is how far from the known extent of a source, in degrees, features that
// are not known yet are looked for.
const reach = 10

// tileBound returns the bounds of a tile with its margin, in degrees. It ends at
// the edge of the world: beyond it, a transformation would come back on the
// other side.
func tileBound(z, x, y int) orb.Bound {
	tiles := float64(uint64(1) << z)
	at := func(x, y float64) orb.Point {
		lat := math.Atan(math.Sinh(math.Pi*(1-2*y/tiles))) * 180 / math.Pi
		return orb.Point{x/tiles*360 - 180, lat}
	}
	fx, fy := float64(x), float64(y)
	b := orb.Bound{Min: at(fx-margin, fy+1+margin), Max: at(fx+1+margin, fy-margin)}
	return orb.Bound{
		Min: orb.Point{max(b.Min[0], -180), max(b.Min[1], -geo.MaxLatitude)},
		Max: orb.Point{min(b.Max[0], 180), min(b.Max[1], geo.MaxLatitude)},
	}
}

// region is where in degrees a query has to look for what is inside b, as the
// statements take it; nil: everywhere. It answers false when there is nothing.
//
// In a projected reference system only the surroundings of the data have a
// faithful box: the corners of the world lie on one line in UTM, and further
// places do not exist at all.
func (p *published) region(b orb.Bound) ([]float64, bool) {
	if p.SRID != degrees && p.SRID != mercator {
		if p.Extent == nil {
			return nil, true
		}
		b.Min = orb.Point{max(b.Min[0], p.Extent.Min[0]-reach), max(b.Min[1], p.Extent.Min[1]-reach)}
		b.Max = orb.Point{min(b.Max[0], p.Extent.Max[0]+reach), min(b.Max[1], p.Extent.Max[1]+reach)}
	}
	b.Min = orb.Point{max(b.Min[0], -180), max(b.Min[1], -90)}
	b.Max = orb.Point{min(b.Max[0], 180), min(b.Max[1], 90)}
	if b.Min[0] > b.Max[0] || b.Min[1] > b.Max[1] {
		return nil, false
	}
	return box(b), true
}

// box is a bound as region.sql takes it.
func box(b orb.Bound) []float64 {
	piece := max(b.Max[0]-b.Min[0], b.Max[1]-b.Min[1], 1e-6) / 32
	return []float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1], piece}
}

// regions are one or, across the date line, two regions, nil for none. It
// answers false when nothing can be inside.
func (p *published) regions(bbox *orb.Bound) (both [2][]float64, some bool, err error) {
	if bbox == nil {
		return both, true, nil
	}
	for _, v := range []float64{bbox.Min[0], bbox.Max[0], 2 * bbox.Min[1], 2 * bbox.Max[1]} {
		if !(math.Abs(v) <= 180) { // so written, it catches NaN
			return both, false, fmt.Errorf("%w: the box %v is not on Earth", data.ErrInvalid, *bbox)
		}
	}
	if bbox.Min[1] > bbox.Max[1] {
		return both, false, fmt.Errorf("%w: the box %v ends south of its beginning", data.ErrInvalid, *bbox)
	}
	parts := []orb.Bound{*bbox}
	if bbox.Min[0] > bbox.Max[0] {
		parts = []orb.Bound{
			{Min: bbox.Min, Max: orb.Point{180, bbox.Max[1]}},
			{Min: orb.Point{-180, bbox.Min[1]}, Max: bbox.Max},
		}
	}
	n := 0
	for _, part := range parts {
		region, any := p.region(part)
		if !any {
			continue
		}
		if region == nil { // of an unknown extent: as it is
			region = box(part)
		}
		both[n] = region
		n++
	}
	return both, n > 0, nil
}
