package tiles

import (
	"context"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/tiles/mvt"
)

// draw finds the features of a layer that are in the tile and makes their
// geometries.
func (c *cutter) draw(ctx context.Context, l *geo.Layer, q *Query, o *Options) error {
	var passes func(int) bool
	if q.Filter != nil {
		var err error
		if passes, err = q.Filter(l); err != nil {
			return err
		}
	}
	n := len(c.drawings)
	if n < cap(c.drawings) {
		c.drawings = c.drawings[:n+1]
	} else {
		c.drawings = append(c.drawings, drawing{})
	}
	d := &c.drawings[n]
	d.layer, d.features = l, d.features[:0]
	if l.Collection.Geometry == geo.Point && int(c.zoom) < o.clusterBelow() {
		c.drawClusters(d, passes)
		return ctx.Err()
	}
	c.found = l.Search(c.buffers, c.found[:0])
	if passes != nil {
		kept := c.found[:0]
		for _, i := range c.found {
			if passes(int(i)) {
				kept = append(kept, i)
			}
		}
		c.found = kept
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	switch l.Collection.Geometry {
	case geo.Polygon:
		return c.drawPolygons(ctx, d, c.found)
	case geo.Line:
		c.drawEach(d, c.found, c.lines, mvt.LineString)
	case geo.Point:
		c.drawEach(d, c.found, c.points, mvt.Point)
	default:
		return c.drawMixed(ctx, d)
	}
	return ctx.Err()
}

// drawMixed draws a layer of several types of geometry: polygons first, then
// lines, then points.
func (c *cutter) drawMixed(ctx context.Context, d *drawing) error {
	var polygons, lines, points []int32
	for _, i := range c.found {
		switch d.layer.Geometry(int(i)).(type) {
		case orb.Polygon, orb.MultiPolygon:
			polygons = append(polygons, i)
		case orb.LineString, orb.MultiLineString:
			lines = append(lines, i)
		case orb.Point, orb.MultiPoint:
			points = append(points, i)
		}
	}
	if err := c.drawPolygons(ctx, d, polygons); err != nil {
		return err
	}
	c.drawEach(d, lines, c.lines, mvt.LineString)
	c.drawEach(d, points, c.points, mvt.Point)
	return ctx.Err()
}

// drawEach draws features one by one; those that leave nothing are left out.
func (c *cutter) drawEach(d *drawing, found []int32, draw func(*geo.Shape, int), kind mvt.GeometryType) {
	for _, i := range found {
		from := len(c.geometry.Bytes)
		c.geometry.Reset()
		draw(&d.layer.Shape, int(i))
		if to := len(c.geometry.Bytes); to > from {
			d.features = append(d.features, feature{index: i, kind: kind, from: from, to: to})
		}
	}
}

// points draws the points of feature i that are in the tile or its buffer.
func (c *cutter) points(s *geo.Shape, i int) {
	n := 0
	for p := s.Feats[i]; p < s.Feats[i+1]; p++ {
		if c.box.Meets(s.Boxes[p]) {
			n++
		}
	}
	if n == 0 {
		return
	}
	c.geometry.Points(n)
	for p := s.Feats[i]; p < s.Feats[i+1]; p++ {
		if c.box.Meets(s.Boxes[p]) {
			v := s.Parts[p]
			c.geometry.To(c.unit(int64(s.X[v])-c.x), c.unit(int64(s.Y[v])-c.y))
		}
	}
}

// drawPolygons rounds the polygons together and draws what is left of them.
func (c *cutter) drawPolygons(ctx context.Context, d *drawing, found []int32) error {
	s := &d.layer.Shape
	c.snap.Reset(c.grid(), s.Planar)
	for _, i := range found {
		c.snap.Begin()
		for p := s.Feats[i]; p < s.Feats[i+1]; p++ {
			if c.box.Meets(s.Boxes[p]) {
				c.take(s, p)
				c.snap.Ring(c.xs, c.ys)
			}
		}
	}
	if err := c.snap.Round(ctx); err != nil {
		return err
	}
	for k, i := range found {
		from := len(c.geometry.Bytes)
		c.geometry.Reset()
		for _, loop := range c.snap.Polygon(k) {
			p := loop.Pixels[0]
			c.geometry.Line(p.X()-c.buffer, p.Y()-c.buffer, len(loop.Pixels))
			for _, p := range loop.Pixels[1:] {
				c.geometry.To(p.X()-c.buffer, p.Y()-c.buffer)
			}
			c.geometry.Close()
		}
		if to := len(c.geometry.Bytes); to > from {
			d.features = append(d.features, feature{index: i, kind: mvt.Polygon, from: from, to: to})
		}
	}
	return nil
}

// take gathers the vertices of part p that are drawn at the tile's rank, as
// distances from the grid's first pixel.
func (c *cutter) take(s *geo.Shape, p uint32) {
	c.xs, c.ys = c.xs[:0], c.ys[:0]
	from, to := s.Parts[p], s.Parts[p+1]
	x, y := s.X[from:to], s.Y[from:to]
	for v, rank := range s.Rank[from:to] {
		if rank <= c.rank {
			c.xs = append(c.xs, int64(x[v])-c.x)
			c.ys = append(c.ys, int64(y[v])-c.y)
		}
	}
}
