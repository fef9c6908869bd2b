package cql2

import (
	"slices"

	"github.com/paulmach/orb"
)

// geometry compiles a node of a geometry.
func (c *compiler) geometry(n *node) values[orb.Geometry] {
	if n.op == opLiteral {
		return always(n.value.(orb.Geometry))
	}
	if !isGeometryName(&c.layer.Collection, n.value.(string)) {
		return null[orb.Geometry]()
	}
	return func(i int) (orb.Geometry, bool) {
		g := c.layer.Geometry(i)
		return g, g != nil
	}
}

// spatial compiles a spatial function. Of two geometries that are both written
// out, or both of the feature, either is taken apart each time; a literal
// against the feature's is taken apart once, and asked only of the features
// whose bounds meet it.
func (c *compiler) spatial(n *node) conditions {
	a, b := n.args[0], n.args[1]
	op := n.op
	if a.op == opLiteral && b.op != opLiteral {
		a, b, op = b, a, converse(op)
	}
	features := c.geometry(a)
	if b.op != opLiteral {
		others := c.geometry(b)
		return func(i int) truth {
			g, ok := features(i)
			h, also := others(i)
			if !ok || !also {
				return unknown
			}
			return holds(op, newShape(g), newShape(h))
		}
	}
	literal := b.value.(orb.Geometry)
	fixed := newShape(literal)
	fixed.prepare()
	if a.op == opLiteral {
		return func(i int) truth {
			g, _ := features(i)
			return holds(op, newShape(g), fixed)
		}
	}
	near := c.layer.Search(fixed.bound, nil)
	box, simple := literal.(orb.Bound)
	simple = simple && box.Min[0] <= box.Max[0] && (op == "s_intersects" || op == "s_disjoint")
	return func(i int) truth {
		g, ok := features(i)
		if !ok {
			return unknown
		}
		if _, meets := slices.BinarySearch(near, int32(i)); !meets {
			return truthOf(op == "s_disjoint")
		}
		if simple {
			return truthOf(c.layer.Intersects(i, box) == (op == "s_intersects"))
		}
		return holds(op, newShape(g), fixed)
	}
}

// converse returns the function that says of b and a what op says of a and b.
func converse(op string) string {
	switch op {
	case "s_within":
		return "s_contains"
	case "s_contains":
		return "s_within"
	}
	return op
}

// holds decides a spatial function by the definitions of OGC Simple Features
// (06-103r4, 6.1.15.3). A collection of unlike parts has no interior of one
// dimension: all that is decided of it is whether it intersects.
func holds(op string, a, b *shape) truth {
	whether := op == "s_intersects" || op == "s_disjoint"
	if !whether && (a.mixed || b.mixed) {
		return unknown
	}
	if op != "s_disjoint" && !a.bound.Intersects(b.bound) {
		return no
	}
	m := relate(a, b, whether)
	const i, b_, e = interior, boundary, exterior
	meets := m.at[i][i] || m.at[i][b_] || m.at[b_][i] || m.at[b_][b_]
	switch op {
	case "s_intersects":
		return truthOf(meets)
	case "s_disjoint":
		return truthOf(!meets)
	case "s_touches":
		return truthOf(meets && !m.at[i][i])
	case "s_within":
		return truthOf(m.at[i][i] && !m.at[i][e] && !m.at[b_][e])
	case "s_contains":
		return truthOf(m.at[i][i] && !m.at[e][i] && !m.at[e][b_])
	case "s_equals":
		return truthOf(a.dimension == b.dimension && m.at[i][i] && !m.at[i][e] && !m.at[b_][e] && !m.at[e][i] && !m.at[e][b_])
	case "s_crosses":
		switch {
		case a.dimension < b.dimension:
			return truthOf(m.at[i][i] && m.at[i][e])
		case a.dimension > b.dimension:
			return truthOf(m.at[i][i] && m.at[e][i])
		}
		return truthOf(a.dimension == 1 && m.at[i][i] && !m.along)
	default: // s_overlaps
		return truthOf(a.dimension == b.dimension && m.at[i][i] && m.at[i][e] && m.at[e][i] && (a.dimension != 1 || m.along))
	}
}
