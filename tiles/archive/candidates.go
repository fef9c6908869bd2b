package archive

import (
	"context"
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/tiles"
	"github.com/petadesa/petadesa/tiles/archive/pmtiles"
)

// maxCandidates bounds the tiles of one export, and so the memory of their list.
const maxCandidates = 50_000_000

// candidates returns the ids, in order, of all tiles that may hold something of
// the layers: it goes down from the one of zoom 0 and never below one that can
// hold nothing.
func candidates(ctx context.Context, layers []*geo.Layer, j *Job) ([]uint64, error) {
	var all, level []uint64
	found := finder{bound: j.Bounds}
	for z := 0; z <= j.MaxZoom; z++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		below, drawn := split(layers, z)
		var next []uint64
		keep := func(id uint64) {
			if found.any(below, id) {
				next = append(next, id)
			}
		}
		if z == 0 {
			keep(0)
		}
		for _, id := range level {
			for child := 4*id + 1; child <= 4*id+4; child++ {
				keep(child)
			}
		}
		level = next
		if z < j.MinZoom {
			continue
		}
		for _, id := range level {
			if len(drawn) == len(below) || found.any(drawn, id) {
				all = append(all, id)
			}
		}
		if len(all)+4*len(level) > maxCandidates && z < j.MaxZoom || len(all) > maxCandidates {
			return nil, fmt.Errorf("more than %d tiles: lower the greatest zoom (it is %d) or give bounds", maxCandidates, j.MaxZoom)
		}
	}
	return all, nil
}

// split returns the layers that are drawn at z or at a greater zoom, and those
// drawn at z.
func split(layers []*geo.Layer, z int) (below, drawn []*geo.Layer) {
	for _, l := range layers {
		if l.Collection.Geometry == geo.None || l.Collection.MaxZoom < z {
			continue
		}
		below = append(below, l)
		if l.Collection.MinZoom <= z {
			drawn = append(drawn, l)
		}
	}
	return below, drawn
}

// finder answers whether layers have features in or near a tile.
type finder struct {
	bound *orb.Bound
	found []int32
}

// margin is how far beside a tile, in its widths, a feature may lie that is
// still drawn in it: a cell of clustered points that meets the tile's buffer
// reaches 1/16 beyond the buffer of 1/64.
const margin = 1. / 8

func (f *finder) any(layers []*geo.Layer, id uint64) bool {
	at, ok := pmtiles.At(id)
	if !ok || f.bound != nil && !bounds(at, 0).Intersects(*f.bound) {
		return false
	}
	b := bounds(at, margin)
	for _, l := range layers {
		if f.found = l.Search(b, f.found[:0]); len(f.found) > 0 {
			return true
		}
	}
	return false
}

// bounds returns what a tile covers, with a margin in widths of the tile, in
// degrees. What lies beyond the square world is drawn on its edge.
func bounds(at tiles.Address, margin float64) orb.Bound {
	width := math.Exp2(32 - float64(at.Z))
	x, y := float64(at.X)*width, float64(at.Y)*width
	b := orb.Bound{
		Min: geo.Unproject(x-margin*width, y+width+margin*width),
		Max: geo.Unproject(x+width+margin*width, y-margin*width),
	}
	last := uint32(1)<<at.Z - 1
	if at.Y == 0 {
		b.Max[1] = 90
	}
	if at.Y == last {
		b.Min[1] = -90
	}
	return b
}
