package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"
)

// roadCollection draws each link as a smooth line through the places it
// connects. Links that meet at a place share its vertex exactly.
func (w *world) roadCollection() (collection, error) {
	c := collection{
		name: "roads",
		attribution: "Schematic: the main links by name and class, drawn through the village points they connect (geografis, MIT), not surveyed. " +
			"The condition is not known and so not given.",
		license: "Apache-2.0",
	}
	t, err := readTable(w.facts, "roads.csv")
	if err != nil {
		return c, err
	}
	for _, row := range t.rows {
		var through []orb.Point
		for reference := range strings.FieldsSeq(row["via"]) {
			p, err := w.locate(reference)
			if err != nil {
				return c, fmt.Errorf("road %s: %w", row["id"], err)
			}
			through = append(through, p)
		}
		if len(through) < 2 {
			return c, fmt.Errorf("road %s connects nothing", row["id"])
		}
		line := smooth(through)
		c.features = append(c.features, feature{row["id"], line, []property{
			{"name", row["name"]},
			{"class", row["class"]},
			{"length_m", math.Round(geodesicLength(line))},
			{"oneway", false},
			{"source", "main road network through village points (geografis 1.3.2)"},
			{"source_date", "2025"},
			{"quality", "schematic"},
		}})
	}
	return c, nil
}

// smooth draws a centripetal Catmull-Rom spline (Yuksel, Schaefer and Keyser,
// 2011) through the places, which stay vertices of the line.
func smooth(through []orb.Point) orb.LineString {
	const pieces = 4
	p := make([]orb.Point, 0, len(through)+2)
	for _, q := range through {
		p = append(p, plane(q))
	}
	mirror := func(a, b orb.Point) orb.Point { return orb.Point{2*a[0] - b[0], 2*a[1] - b[1]} }
	p = slices.Insert(p, 0, mirror(p[0], p[1]))
	p = append(p, mirror(p[len(p)-1], p[len(p)-2]))

	line := orb.LineString{through[0]}
	for i := 1; i+2 < len(p); i++ {
		var knots [4]float64
		for k := 1; k < 4; k++ {
			knots[k] = knots[k-1] + math.Sqrt(apart(p[i-2+k], p[i-1+k]))
		}
		for s := 1; s < pieces; s++ {
			at := knots[1] + (knots[2]-knots[1])*float64(s)/pieces
			line = append(line, onGrid(degrees(spline(p[i-1:i+3], knots, at))).degrees())
		}
		line = append(line, through[i])
	}
	return line
}

// spline evaluates the Catmull-Rom curve of four points by Barry and Goldman's pyramid.
func spline(p []orb.Point, knots [4]float64, at float64) orb.Point {
	blend := func(a, b orb.Point, from, to float64) orb.Point {
		t := (at - from) / (to - from)
		return orb.Point{a[0] + t*(b[0]-a[0]), a[1] + t*(b[1]-a[1])}
	}
	a := blend(p[0], p[1], knots[0], knots[1])
	b := blend(p[1], p[2], knots[1], knots[2])
	c := blend(p[2], p[3], knots[2], knots[3])
	return blend(blend(a, b, knots[0], knots[2]), blend(b, c, knots[1], knots[3]), knots[1], knots[2])
}

// geodesicLength returns the length of a line in metres on the ellipsoid, by the
// mean-latitude formula, whose error is below 1e-6 for vertices a few kilometres apart.
func geodesicLength(line orb.LineString) float64 {
	sum := 0.0
	for i := range line[1:] {
		a, b := line[i], line[i+1]
		sin, cos := math.Sincos((a[1] + b[1]) / 2 * math.Pi / 180)
		d := 1 - eccentricity2*sin*sin
		east := semiMajor / math.Sqrt(d) * cos * (b[0] - a[0]) * math.Pi / 180
		north := semiMajor * (1 - eccentricity2) / (d * math.Sqrt(d)) * (b[1] - a[1]) * math.Pi / 180
		sum += math.Hypot(east, north)
	}
	return sum
}
