package tiles

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/tiles/mvt"
)

// Points cluster in the cells of a grid that all tiles of a zoom share, 16
// cells to a tile and side: so a cluster is the same in every tile that shows
// it, and a cell of one zoom is four cells of the next.
const clusterCells = 4 // log2 of the cells along a tile's side

// A cluster has these properties. Categories is a JSON object of counts, the
// most frequent first; bbox is west, south, east, north in degrees.
const (
	clusterCount      = "point_count"
	clusterCategories = "categories"
	clusterBBox       = "bbox"
	clusterExpansion  = "expansion_zoom" // where it falls apart
)

// categoryFields are the fields that clusters count by: the first there is.
var categoryFields = [...]string{"category", "class", "unit", "status", "network", "kind"}

type clusterer struct {
	points []cellPoint
	sorted []cellPoint // by cell, then in order of position
	all    []cluster
}

type cellPoint struct {
	cell  int32 // row by row
	index int32
	x, y  uint32
}

type cluster struct {
	count      int
	categories string
	box        geo.Box
	expansion  int
}

func (c *clusterer) reset() { c.all = c.all[:0] }

// drawClusters draws a layer of points: alone those that are alone in their
// cell, as one those that share it.
func (c *cutter) drawClusters(d *drawing, passes func(int) bool) {
	s := &d.layer.Shape
	shift := 32 - uint(c.zoom) - clusterCells
	side := int64(1) << shift
	x0, y0 := int64(c.box.MinX)>>shift<<shift, int64(c.box.MinY)>>shift<<shift
	x1, y1 := (int64(c.box.MaxX)>>shift+1)*side-1, (int64(c.box.MaxY)>>shift+1)*side-1
	around := geo.Box{MinX: world(x0), MinY: world(y0), MaxX: world(x1), MaxY: world(y1)}
	across := (x1 + 1 - x0) >> shift
	points, count := c.clusters.points[:0], make([]int32, across*((y1+1-y0)>>shift)+1)
	c.found = d.layer.Search(c.degrees(x0, y0, x1, y1), c.found[:0])
	for _, i := range c.found {
		if passes != nil && !passes(int(i)) || s.Feats[i] == s.Feats[i+1] {
			continue
		}
		v := s.Parts[s.Feats[i]]
		x, y := s.X[v], s.Y[v]
		if around.Meets(geo.Box{MinX: x, MinY: y, MaxX: x, MaxY: y}) {
			cell := (int64(y)-y0)>>shift*across + (int64(x)-x0)>>shift
			points = append(points, cellPoint{int32(cell), i, x, y})
			count[cell+1]++
		}
	}
	c.clusters.points = points
	for i := 1; i < len(count); i++ {
		count[i] += count[i-1]
	}
	sorted := append(c.clusters.sorted[:0], points...)
	c.clusters.sorted = sorted
	fill := slices.Clone(count)
	for _, p := range points {
		sorted[fill[p.cell]] = p
		fill[p.cell]++
	}
	for cell := range count[1:] {
		if in := sorted[count[cell]:count[cell+1]]; len(in) > 0 {
			c.drawCell(d, in)
		}
	}
}

// drawCell draws the points of one cell, if they are in the tile or its buffer.
func (c *cutter) drawCell(d *drawing, points []cellPoint) {
	var sx, sy uint64
	for _, p := range points {
		sx, sy = sx+uint64(p.x), sy+uint64(p.y)
	}
	n := uint64(len(points))
	x, y := uint32(sx/n), uint32(sy/n)
	if !c.box.Meets(geo.Box{MinX: x, MinY: y, MaxX: x, MaxY: y}) {
		return
	}
	f := feature{index: points[0].index, kind: mvt.Point, from: len(c.geometry.Bytes)}
	if n > 1 {
		f.index, f.cluster = -1, int32(len(c.clusters.all))
		c.clusters.all = append(c.clusters.all, newCluster(d.layer, points, int(c.zoom)))
	}
	c.geometry.Reset()
	c.geometry.Points(1)
	c.geometry.To(c.unit(int64(x)-c.x), c.unit(int64(y)-c.y))
	f.to = len(c.geometry.Bytes)
	d.features = append(d.features, f)
}

func newCluster(l *geo.Layer, points []cellPoint, zoom int) cluster {
	p := points[0]
	k := cluster{count: len(points), box: geo.Box{MinX: p.x, MinY: p.y, MaxX: p.x, MaxY: p.y}, expansion: zoom + 1}
	for _, p := range points {
		k.box.MinX, k.box.MaxX = min(k.box.MinX, p.x), max(k.box.MaxX, p.x)
		k.box.MinY, k.box.MaxY = min(k.box.MinY, p.y), max(k.box.MaxY, p.y)
	}
	for k.expansion < geo.MaxTileZoom {
		shift := 32 - uint(k.expansion) - clusterCells
		if k.box.MinX>>shift != k.box.MaxX>>shift || k.box.MinY>>shift != k.box.MaxY>>shift {
			break
		}
		k.expansion++
	}
	k.categories = countCategories(l, points)
	return k
}

// countCategories returns the JSON object of the cluster's categories, or "".
func countCategories(l *geo.Layer, points []cellPoint) string {
	var column *geo.Column
	for _, name := range categoryFields {
		if c := l.Column(name); c != nil && c.Field.Type == geo.String {
			column = c
			break
		}
	}
	if column == nil {
		return ""
	}
	counts := map[int]int{}
	for _, p := range points {
		if w := column.Word(int(p.index)); w >= 0 {
			counts[w]++
		}
	}
	words := column.Words()
	order := make([]int, 0, len(counts))
	for w := range counts {
		order = append(order, w)
	}
	slices.SortFunc(order, func(a, b int) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		return strings.Compare(words[a], words[b])
	})
	var b strings.Builder
	for i, w := range order {
		if i > 0 {
			b.WriteByte(',')
		}
		name, _ := json.Marshal(words[w]) // a string always marshals
		fmt.Fprintf(&b, "%s:%d", name, counts[w])
	}
	return "{" + b.String() + "}"
}

func (k *cluster) bbox() string {
	sw := geo.Unproject(float64(k.box.MinX), float64(k.box.MaxY))
	ne := geo.Unproject(float64(k.box.MaxX), float64(k.box.MinY))
	return fmt.Sprintf("%.5f,%.5f,%.5f,%.5f", sw[0], sw[1], ne[0], ne[1])
}
