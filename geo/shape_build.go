package geo

import (
	"context"

	"github.com/paulmach/orb"
)

// newShape projects the geometries, tidies borders that do not quite meet and
// ranks their vertices. Vertices that fall
// on the one before are left out; a ring needs three that differ, a line two.
func newShape(ctx context.Context, geometries []orb.Geometry) (Shape, error) {
	b := shapeBuilder{}
	n := 0
	for _, g := range geometries {
		EachPoint(g, func(orb.Point) { n++ })
	}
	b.X, b.Y = make([]uint32, 0, n), make([]uint32, 0, n)
	b.Parts, b.Feats = append(b.Parts, 0), append(b.Feats, 0)
	for _, g := range geometries {
		b.add(g)
		b.Feats = append(b.Feats, uint32(len(b.Parts)-1))
	}
	at := findNodes(&b.Shape)
	if b.tidy(at) {
		at = findNodes(&b.Shape)
	}
	b.Boxes = make([]Box, len(b.Parts)-1)
	for p := range b.Boxes {
		b.Boxes[p] = b.box(p)
	}
	var err error
	b.Rank, err = rank(ctx, &b.Shape, b.closed, at)
	return b.Shape, err
}

type shapeBuilder struct {
	Shape
	closed  []bool                        // of each part: a ring
	project func(orb.Point) (x, y uint32) // nil: Web Mercator
}

func (b *shapeBuilder) add(g orb.Geometry) {
	switch g := g.(type) {
	case orb.Point:
		b.part([]orb.Point{g}, 1, false, false)
	case orb.MultiPoint:
		for _, p := range g {
			b.part([]orb.Point{p}, 1, false, false)
		}
	case orb.LineString:
		b.part(g, 2, false, false)
	case orb.MultiLineString:
		for _, l := range g {
			b.part(l, 2, false, false)
		}
	case orb.Polygon:
		for i, r := range g {
			if !b.part(r, 3, true, i > 0) && i == 0 {
				return // no shell: its holes are holes in nothing
			}
		}
	case orb.MultiPolygon:
		for _, p := range g {
			b.add(p)
		}
	case orb.Collection:
		for _, m := range g {
			b.add(m)
		}
	}
}

// part adds a point, line or ring of at least least vertices, or nothing.
func (b *shapeBuilder) part(ps []orb.Point, least int, closed, hole bool) bool {
	start, project := len(b.X), b.project
	if project == nil {
		project = Project
	}
	for _, p := range ps {
		x, y := project(p)
		if last := len(b.X) - 1; last >= start && b.X[last] == x && b.Y[last] == y {
			continue
		}
		b.X, b.Y = append(b.X, x), append(b.Y, y)
	}
	if last := len(b.X) - 1; closed && last > start && b.X[last] == b.X[start] && b.Y[last] == b.Y[start] {
		b.X, b.Y = b.X[:last], b.Y[:last]
	}
	if len(b.X)-start < least {
		b.X, b.Y = b.X[:start], b.Y[:start]
		return false
	}
	b.Parts = append(b.Parts, uint32(len(b.X)))
	b.Hole = append(b.Hole, hole)
	b.closed = append(b.closed, closed)
	return true
}

func (b *shapeBuilder) box(p int) Box {
	first := b.Parts[p]
	box := Box{b.X[first], b.Y[first], b.X[first], b.Y[first]}
	for i := first + 1; i < b.Parts[p+1]; i++ {
		box.MinX, box.MaxX = min(box.MinX, b.X[i]), max(box.MaxX, b.X[i])
		box.MinY, box.MaxY = min(box.MinY, b.Y[i]), max(box.MaxY, b.Y[i])
	}
	return box
}
