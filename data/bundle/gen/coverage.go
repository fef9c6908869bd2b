package main

import (
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/geom"
)

// signal is what a technology's claimed coverage looks like in the sample: its
// reach as a share of 4g's, and nominal speeds in Mbit/s.
type signal struct {
	technology string
	reach      float64
	down, up   float64
	operators  []string
}

func signals() []signal {
	return []signal{
		{"2g", 1.25, 0.1, 0.05, []string{"Telkomsel", "Indosat"}},
		{"4g", 1, 12, 4, []string{"Telkomsel", "Indosat", "XL", "Smartfren"}},
		{"5g", 0.5, 100, 20, []string{"Telkomsel", "Indosat", "XL"}},
	}
}

// coverageCollection has one area for each operator and technology: the union
// of discs around the sample towers.
func (w *world) coverageCollection() (collection, error) {
	c := collection{name: "coverage", attribution: sampleCredit, license: "Apache-2.0"}
	for _, s := range signals() {
		for _, operator := range s.operators {
			var discs []geom.Geometry
			for _, t := range w.towers {
				if slices.Contains(t.operators, operator) && slices.Contains(t.technologies, s.technology) {
					discs = append(discs, disc(t.at, t.reach*s.reach).AsGeometry())
				}
			}
			area, err := geom.UnionMany(discs)
			if err != nil {
				return c, fmt.Errorf("coverage of %s %s: %w", operator, s.technology, err)
			}
			id := slug(operator) + "-" + s.technology
			c.features = append(c.features, feature{id, multiPolygon(area), []property{
				{"operator", operator},
				{"technology", s.technology},
				{"evidence", "claimed"},
				{"down_mbps", s.down},
				{"up_mbps", s.up},
				{"source", sampleNote},
				{"source_date", "2026"},
				{"quality", "illustrative"},
			}})
		}
	}
	return c, nil
}

// disc is a polygon of 16 corners on the circle of that radius in metres.
func disc(at orb.Point, radius float64) geom.Polygon {
	const corners = 16
	centre := plane(at)
	var flat []float64
	for i := range corners + 1 {
		sin, cos := math.Sincos(2 * math.Pi * float64(i%corners) / corners)
		p := degrees(orb.Point{centre[0] + radius*cos, centre[1] + radius*sin})
		flat = append(flat, round(p[0], 5), round(p[1], 5))
	}
	ring := geom.NewLineString(geom.NewSequence(flat, geom.DimXY))
	return geom.NewPolygon([]geom.LineString{ring})
}

// multiPolygon turns the polygons of a geometry into orb's, wound as GeoJSON wants.
func multiPolygon(g geom.Geometry) orb.MultiPolygon {
	var out orb.MultiPolygon
	for _, part := range g.ForceCCW().Dump() {
		p, ok := part.AsPolygon()
		if !ok {
			continue
		}
		var polygon orb.Polygon
		for _, line := range p.DumpRings() {
			var ring orb.Ring
			s := line.Coordinates()
			for i := range s.Length() {
				xy := s.GetXY(i)
				ring = append(ring, orb.Point{round(xy.X, 5), round(xy.Y, 5)})
			}
			polygon = append(polygon, slices.Compact(ring))
		}
		out = append(out, polygon)
	}
	return out
}
