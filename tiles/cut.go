package tiles

import (
	"context"
	"fmt"
	"sync"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/tiles/mvt"
	"github.com/petadesa/petadesa/tiles/snap"
)

// Tile is a tile that was cut.
type Tile struct {
	Data     []byte // the encoded tile, not compressed; empty when nothing is in it
	Features int
	Dropped  int // features left out because the tile was over its budget
	parts    []layerPart
}

// layerPart is what one layer has of a tile.
type layerPart struct {
	end      int // of its bytes, which begin where those of the layer before end
	features int
}

// Options are the limits and habits of cutting and serving. The zero value
// takes the defaults.
type Options struct {
	Budget       int // bytes of a tile, not compressed; 0: 500,000; negative: no limit
	ClusterBelow int // points that crowd are drawn as one below this zoom; 0: 10; negative: never
	CacheBytes   int // what a Server keeps of tiles; 0: 128 MiB; negative: nothing
}

func (o *Options) budget() int {
	if o.Budget == 0 {
		return 500_000
	}
	return o.Budget
}

func (o *Options) clusterBelow() int {
	if o.ClusterBelow == 0 {
		return 10
	}
	return o.ClusterBelow
}

// Cut makes the tile at an address of those layers, in their order. Layers that
// are not drawn at its zoom, and layers with nothing in it, are left out.
//
// ErrOutOfRange when no layer is drawn at that zoom, ErrBadQuery for a query
// that does not fit the layers, ctx's error when that ends.
func Cut(ctx context.Context, layers []*geo.Layer, a Address, q Query, o Options) (Tile, error) {
	if a.X>>a.Z != 0 || a.Y>>a.Z != 0 {
		return Tile{}, fmt.Errorf("%w: zoom %d has no tile %s", ErrOutOfRange, a.Z, name(a))
	}
	drawn := at(layers, int(a.Z))
	if len(drawn) == 0 {
		return Tile{}, fmt.Errorf("%w: no layer is drawn at zoom %d", ErrOutOfRange, a.Z)
	}
	if err := q.Check(layers); err != nil {
		return Tile{}, err
	}
	return cutTile(ctx, drawn, a, q, o)
}

func cutTile(ctx context.Context, layers []*geo.Layer, a Address, q Query, o Options) (Tile, error) {
	c := cutters.Get().(*cutter)
	defer cutters.Put(c)
	return c.cut(ctx, layers, a, q, o)
}

// at returns the layers that are drawn at a zoom.
func at(layers []*geo.Layer, z int) []*geo.Layer {
	var drawn []*geo.Layer
	for _, l := range layers {
		if l.Collection.MinZoom <= z && z <= l.Collection.MaxZoom && l.Collection.Geometry != geo.None {
			drawn = append(drawn, l)
		}
	}
	return drawn
}

// cutters keeps the memory of tiles that were cut for the next ones.
var cutters = sync.Pool{New: func() any { return new(cutter) }}

// cutter is the memory that cutting a tile takes.
type cutter struct {
	frame
	drawings []drawing
	found    []int32
	xs, ys   []int64
	piece    [][2]int32
	snap     snap.Arrangement
	geometry mvt.Geometry
	writer   mvt.Writer
	words    [][]uint64 // of each column: the place of a word in the layer's values
	epoch    uint64
	clusters clusterer
	data     []byte
}

// drawing is what one layer has in the tile.
type drawing struct {
	layer    *geo.Layer
	features []feature
	written  int // features not dropped
	end      int // of its bytes in the tile
}

// feature is a feature, or a cluster of some, as it is drawn.
type feature struct {
	index   int32 // its position in the layer, or -1
	cluster int32 // which cluster, when index is -1
	kind    mvt.GeometryType
	dropped bool
	from    int // its geometry among the commands of the tile
	to      int
}

func (c *cutter) cut(ctx context.Context, layers []*geo.Layer, a Address, q Query, o Options) (Tile, error) {
	c.frame = newFrame(a, q.extent())
	c.geometry.Bytes = c.geometry.Bytes[:0]
	c.drawings = c.drawings[:0]
	c.clusters.reset()
	for _, l := range layers {
		if err := c.draw(ctx, l, &q, &o); err != nil {
			return Tile{}, fmt.Errorf("cut layer %s of tile %s: %w", l.Collection.ID, name(a), err)
		}
	}
	c.encode(&q)
	t := Tile{}
	for o.budget() > 0 && len(c.data) > o.budget() {
		n := c.drop(len(c.data), o.budget())
		if n == 0 {
			break
		}
		t.Dropped += n
		c.encode(&q)
	}
	for i := range c.drawings {
		d := &c.drawings[i]
		t.Features += d.written
		t.parts = append(t.parts, layerPart{d.end, d.written})
	}
	t.Data = append([]byte(nil), c.data...)
	return t, ctx.Err()
}
