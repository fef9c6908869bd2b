package api

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/crs"
)

// crs84 is longitude, latitude in degrees on WGS 84.
const crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

const epsg = "http://www.opengis.net/def/crs/EPSG/0/"

// reference is a reference system that positions can be asked for or given in
// (OGC API Features Part 2). The zero value is CRS84.
type reference struct {
	uri    string
	system *crs.System // nil: degrees
	north  bool        // latitude comes first
}

// references are those of a layer: CRS84 first, then WGS 84 as EPSG has it, Web
// Mercator, and the UTM zone that the layer's middle lies in.
func references(l *geo.Layer) []string {
	all := []string{crs84, epsg + "4326", epsg + "3857"}
	if l.Bound.IsEmpty() {
		return all
	}
	middle := l.Bound.Center()
	zone := int(math.Floor((middle[0]+180)/6))%60 + 1
	if middle[1] < 0 {
		zone += 100
	}
	return append(all, epsg+strconv.Itoa(32600+zone))
}

// referenceOf reads a parameter that names a reference system of the layer.
func referenceOf(p parameters, name string, l *geo.Layer) (reference, error) {
	uri, ok := p[name]
	if !ok || uri == crs84 {
		return reference{uri: crs84}, nil
	}
	all := references(l)
	if !slices.Contains(all, uri) {
		return reference{}, &Problem{
			Kind: BadParameter, Parameter: name, Allowed: all,
			Detail: name + " " + quoted(uri) + " is not one of " + l.Collection.ID,
		}
	}
	code, err := strconv.Atoi(strings.TrimPrefix(uri, epsg))
	if err != nil {
		return reference{}, fmt.Errorf("reference system %s: %w", uri, err)
	}
	if code == crs.WGS84 {
		return reference{uri: uri, north: true}, nil
	}
	system, err := crs.Find(code)
	return reference{uri: uri, system: system}, err
}

// plain reports whether positions are as they are stored.
func (c reference) plain() bool { return c.system == nil && !c.north }

// header is the value of Content-Crs.
func (c reference) header() string { return "<" + c.uri + ">" }

// forward is a position in the system; in metres, to a tenth of a millimetre.
func (c reference) forward(p orb.Point) orb.Point {
	switch {
	case c.north:
		return orb.Point{p[1], p[0]}
	case c.system == nil:
		return p
	}
	x, y := c.system.Forward(p[0], min(max(p[1], -geo.MaxLatitude), geo.MaxLatitude))
	return orb.Point{math.Round(x*1e4) / 1e4, math.Round(y*1e4) / 1e4}
}

// geometry is a copy of g in the system.
func (c reference) geometry(g orb.Geometry) orb.Geometry {
	if g == nil || c.plain() {
		return g
	}
	points := func(all []orb.Point) []orb.Point {
		out := make([]orb.Point, len(all))
		for i, p := range all {
			out[i] = c.forward(p)
		}
		return out
	}
	switch g := g.(type) {
	case orb.Point:
		return c.forward(g)
	case orb.MultiPoint:
		return orb.MultiPoint(points(g))
	case orb.LineString:
		return orb.LineString(points(g))
	case orb.MultiLineString:
		out := make(orb.MultiLineString, len(g))
		for i := range g {
			out[i] = points(g[i])
		}
		return out
	case orb.Polygon:
		out := make(orb.Polygon, len(g))
		for i := range g {
			out[i] = points(g[i])
		}
		return out
	case orb.MultiPolygon:
		out := make(orb.MultiPolygon, len(g))
		for i := range g {
			out[i] = c.geometry(g[i]).(orb.Polygon)
		}
		return out
	case orb.Collection:
		out := make(orb.Collection, len(g))
		for i := range g {
			out[i] = c.geometry(g[i])
		}
		return out
	}
	return g
}

// box turns a bbox parameter in the system into one in CRS84. The sides of a box
// in metres bend: it becomes the box around them.
func (c reference) box(s string) (string, error) {
	if c.plain() {
		return s, nil
	}
	parts := strings.Split(s, ",")
	if len(parts) != 4 && len(parts) != 6 {
		return s, nil // for parseBBox to refuse
	}
	n := make([]float64, len(parts))
	for i, part := range parts {
		f, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
			return s, nil
		}
		n[i] = f
	}
	half := len(n) / 2
	a, b, d, e := n[0], n[1], n[half], n[half+1]
	if c.north {
		return fmt.Sprintf("%v,%v,%v,%v", b, a, e, d), nil
	}
	if a > d || b > e || !c.system.Holds(a, b) || !c.system.Holds(d, e) {
		return "", badParameter("bbox", "bbox %s is no box in %s", quoted(s), c.system.Name)
	}
	const steps = 16
	var all orb.Bound
	for i := range steps + 1 {
		x, y := a+(d-a)*float64(i)/steps, b+(e-b)*float64(i)/steps
		for _, q := range [][2]float64{{x, b}, {x, e}, {a, y}, {d, y}} {
			lon, lat := c.system.Inverse(q[0], q[1])
			if i == 0 && q == [2]float64{x, b} {
				all = orb.Bound{Min: orb.Point{lon, lat}, Max: orb.Point{lon, lat}}
			}
			all = all.Extend(orb.Point{lon, lat})
		}
	}
	return fmt.Sprintf("%v,%v,%v,%v", all.Min[0], all.Min[1], all.Max[0], all.Max[1]), nil
}
