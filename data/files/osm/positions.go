package osm

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// positions holds where nodes are: 16 bytes each. First all are wanted, then
// settled, then set.
type positions struct {
	ids        []int64
	lons, lats []int32 // in units of 1e-7 degrees
	sorted     int     // ids up to here are sorted and distinct
}

const unknown = math.MinInt32

func (p *positions) want(ids ...int64) {
	p.ids = append(p.ids, ids...)
	// Neighbouring ways share nodes: what is repeated goes before it is copied.
	if len(p.ids) == cap(p.ids) && len(p.ids) > 2*p.sorted {
		p.compact()
	}
}

func (p *positions) compact() {
	slices.Sort(p.ids)
	p.ids = slices.Compact(p.ids)
	p.sorted = len(p.ids)
}

func (p *positions) settle() {
	p.compact()
	p.ids = slices.Clip(p.ids)
	p.lons, p.lats = make([]int32, len(p.ids)), make([]int32, len(p.ids))
	for i := range p.lons {
		p.lons[i] = unknown
	}
}

func (p *positions) set(id int64, lon, lat int32) {
	if i, ok := slices.BinarySearch(p.ids, id); ok {
		p.lons[i], p.lats[i] = lon, lat
	}
}

func (p *positions) at(id int64) (at orb.Point, wanted, known bool) {
	i, wanted := slices.BinarySearch(p.ids, id)
	if !wanted || p.lons[i] == unknown {
		return at, wanted, false
	}
	return point(p.lons[i], p.lats[i]), true, true
}

func point(lon, lat int32) orb.Point { return orb.Point{float64(lon) / 1e7, float64(lat) / 1e7} }
