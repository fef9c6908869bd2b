package cql2

import (
	"github.com/paulmach/orb"
)

// geometry compiles a node of a geometry.
func (c *compiler) geometry(n *node) values[orb.Geometry] {
	if n.op == opLiteral {
		return always(n.value.(orb.Geometry))
	}
	if n.op == opProperty && !isGeometryName(&c.layer.Collection, n.value.(string)) {
		return null[orb.Geometry]()
	}
	return func(i int) (orb.Geometry, bool) {
		g := c.layer.Geometry(i)
		return g, g != nil
	}
}

func (c *compiler) spatial(n *node) conditions {
	return func(int) truth { return unknown }
}
