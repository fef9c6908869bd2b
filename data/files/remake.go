package files

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/geom"

	"github.com/petadesa/petadesa/data/files/planar"
	"github.com/petadesa/petadesa/geo"
)

// remake makes a valid area of one that is not, where every reading of its
// borders gives the same area, and says by how much the area changed; or it
// says why it may be read in several ways. docs/decisions/mending.md has the
// rules:
//
//   - a ring that crosses or touches itself is the loops it is made of, if they lie side by side, or
//     one that turns the other way is a hole of the one around it;
//   - a polygon is its shell without its holes, if these are inside it and apart;
//   - a MultiPolygon is the union of its parts, unless one lies in another and
//     turned the other way in the file: that may be a lost hole.
//
// mixed says that shells turned both ways in the file.
func remake(g orb.Geometry, mixed bool) (orb.MultiPolygon, flaw) {
	var parts []orb.Polygon
	switch t := g.(type) {
	case orb.Polygon:
		parts = orb.MultiPolygon{t}
	case orb.MultiPolygon:
		parts = t
	default:
		return nil, flaw{}
	}
	areas := make([]geom.Geometry, 0, len(parts))
	sum := 0.0
	for _, p := range parts {
		area, err := solid(p)
		if err != nil {
			return nil, refuse("geometry", CodeInvalid, "%v", err)
		}
		sum += simpleArea(area)
		areas = append(areas, area)
	}
	whole, err := union(areas)
	if err != nil {
		return nil, refuse("geometry", CodeInvalid, "its parts cannot be joined")
	}
	made, _ := mend(multiPolygon(whole), false)
	after := geo.Area(made)
	twice := sum - after
	if mixed && twice > 1e-6*sum {
		return nil, refuse("geometry", CodeInvalid, "two parts lie on each other and turn opposite ways: one may be a hole of the other")
	}
	if checkShape(made) != nil || after == 0 {
		return nil, refuse("geometry", CodeInvalid, "what it encloses cannot be told")
	}
	before := geo.Area(g)
	return made.(orb.MultiPolygon), repair("geometry", CodeInvalid, "%s; made valid: %.0f m² as it was drawn, %.0f m² now, %+.1f m²", cause(g), before, after, after-before)
}

// cause says what was wrong with an area.
func cause(g orb.Geometry) string {
	if p, ok := planar.Crossing(g); ok {
		return "a ring crosses or touches itself at " + point(p)
	}
	return plainWords(simple(g).Validate())
}

// solid is the land of one polygon.
func solid(p orb.Polygon) (geom.Geometry, error) {
	shell, err := enclosed(p[0])
	if err != nil {
		return shell, err
	}
	var holes []geom.Geometry
	for _, r := range p[1:] {
		hole, err := enclosed(r)
		if err != nil {
			return shell, err
		}
		if shares(hole, shell, interior, exterior) {
			return shell, fmt.Errorf("a hole at %s lies outside its exterior", point(r[0]))
		}
		for _, other := range holes {
			if shares(hole, other, interior, interior) {
				return shell, fmt.Errorf("two holes lie on each other at %s", point(r[0]))
			}
		}
		holes = append(holes, hole)
	}
	if len(holes) == 0 {
		return shell, nil
	}
	all, err := union(holes)
	if err != nil {
		return shell, fmt.Errorf("its holes cannot be joined")
	}
	land, err := geom.Difference(shell, all)
	if err != nil {
		return shell, fmt.Errorf("its holes cannot be cut out")
	}
	return land, nil
}

// enclosed is what a ring encloses, if that is beyond doubt.
func enclosed(r orb.Ring) (geom.Geometry, error) {
	if len(r) < 4 || r[0] != r[len(r)-1] {
		return geom.Geometry{}, fmt.Errorf("a ring of %s at %s is none", plural(len(r), "point"), point(r[0]))
	}
	whole, ok := planar.Split(r)
	if !ok {
		return geom.Geometry{}, fmt.Errorf("a ring at %s crosses itself all over", point(r[0]))
	}
	all := planar.Loops(whole)
	if len(all) == 0 || len(all) > maxLoops {
		return geom.Geometry{}, fmt.Errorf("a ring at %s encloses nothing that can be told", point(r[0]))
	}
	areas := make([]geom.Geometry, len(all))
	for i, l := range all {
		areas[i] = simple(orb.Polygon{l})
		if areas[i].Validate() != nil {
			return geom.Geometry{}, fmt.Errorf("a ring crosses itself at %s in a way that cannot be told", point(l[0]))
		}
	}
	var shells, holes []geom.Geometry
	for i := range areas {
		around := -1
		for j := range areas {
			if i == j || !all[i].Bound().Intersects(all[j].Bound()) || !shares(areas[i], areas[j], interior, interior) {
				continue
			}
			switch in, out := !shares(areas[i], areas[j], interior, exterior), !shares(areas[j], areas[i], interior, exterior); {
			case in && !out && around < 0 && (planar.Turn(all[i]) > 0) != (planar.Turn(all[j]) > 0):
				around = j
			case out && !in && (planar.Turn(all[i]) > 0) != (planar.Turn(all[j]) > 0):
			default:
				return geom.Geometry{}, fmt.Errorf("a ring encloses the land at %s twice", point(all[i][0]))
			}
		}
		if around >= 0 {
			holes = append(holes, areas[i])
		} else {
			shells = append(shells, areas[i])
		}
	}
	land, err := union(shells)
	for _, h := range holes {
		if err == nil {
			land, err = geom.Difference(land, h)
		}
	}
	if err != nil {
		return land, fmt.Errorf("the loops of a ring at %s cannot be joined", point(r[0]))
	}
	return land, nil
}

// maxLoops bounds the pairs that are compared.
const maxLoops = 200

// The parts of the plane in an intersection matrix (OGC 06-103r4, 6.1.15.1).
const (
	interior = 0
	exterior = 2
)

// shares reports whether that part of a and that part of b have something in
// common, exactly; when it cannot be told, that they do.
func shares(a, b geom.Geometry, ofA, ofB int) bool {
	matrix, err := geom.Relate(a, b)
	return err != nil || len(matrix) != 9 || matrix[3*ofA+ofB] != 'F'
}

func union(areas []geom.Geometry) (geom.Geometry, error) {
	if len(areas) == 1 {
		return areas[0], nil
	}
	return geom.UnaryUnion(geom.NewGeometryCollection(areas).AsGeometry())
}

// multiPolygon is the polygons in g.
func multiPolygon(g geom.Geometry) orb.MultiPolygon {
	var out orb.MultiPolygon
	for _, part := range g.Dump() {
		p, ok := part.AsPolygon()
		if !ok {
			continue
		}
		var rings orb.Polygon
		for _, r := range p.DumpRings() {
			seq := r.Coordinates()
			ring := make(orb.Ring, seq.Length())
			for i := range ring {
				xy := seq.GetXY(i)
				ring[i] = orb.Point{xy.X, xy.Y}
			}
			rings = append(rings, ring)
		}
		if len(rings) > 0 && math.Abs(planar.Turn(rings[0])) > 0 {
			out = append(out, rings)
		}
	}
	return out
}
