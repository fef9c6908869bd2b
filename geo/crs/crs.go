// Package crs turns coordinates of the reference systems that Indonesian data
// come in into WGS 84 longitude and latitude, and back. It knows WGS 84, Web
// Mercator, all UTM zones, and DGN95 and SRGI2013 with their UTM and TM-3
// zones; DGN95 and SRGI2013 are WGS 84 within a metre and taken as equal to it,
// as their definitions say. Anything else is refused by name: no approximation
// is passed off as a transformation.
package crs

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// WGS84 is the EPSG code of WGS 84 longitude and latitude. OGC:CRS84 is the
// same with the axis order that GeoJSON has.
const WGS84 = 4326

// A System is a coordinate reference system.
type System struct {
	Code int    // EPSG
	Name string // for messages

	projection projection // nil: longitude and latitude
}

type projection interface {
	inverse(x, y float64) (lon, lat float64) // metres → degrees
	forward(lon, lat float64) (x, y float64) // degrees → metres
	holds(x, y float64) bool                 // whether a coordinate can be meant in it
}

// Geographic reports whether coordinates are degrees.
func (s *System) Geographic() bool { return s.projection == nil }

// Inverse returns the longitude and latitude in degrees of a coordinate.
func (s *System) Inverse(x, y float64) (lon, lat float64) {
	if s.projection == nil {
		return x, y
	}
	return s.projection.inverse(x, y)
}

// Forward returns the coordinate of a longitude and latitude in degrees.
func (s *System) Forward(lon, lat float64) (x, y float64) {
	if s.projection == nil {
		return lon, lat
	}
	return s.projection.forward(lon, lat)
}

// Holds reports whether a coordinate lies where the system is used: for a
// zone, within 9° of its meridian.
func (s *System) Holds(x, y float64) bool {
	if s.projection == nil {
		return math.Abs(x) <= 180 && math.Abs(y) <= 90
	}
	return s.projection.holds(x, y)
}

// Find returns the system with that EPSG code.
func Find(code int) (*System, error) {
	in := func(first, last int) bool { return code >= first && code <= last }
	name, p := "", projection(nil)
	switch {
	case code == WGS84:
		name = "WGS 84"
	case code == 4755:
		name = "DGN95"
	case code == 9470:
		name = "SRGI2013"
	case code == 3857:
		name, p = "Web Mercator", webMercator{}
	case in(32601, 32660):
		name, p = utm("WGS 84", code-32600, false)
	case in(32701, 32760):
		name, p = utm("WGS 84", code-32700, true)
	case in(23866, 23872):
		name, p = utm("DGN95", code-23820, false)
	case in(23877, 23884):
		name, p = utm("DGN95", code-23830, true)
	case in(9476, 9482):
		name, p = utm("SRGI2013", code-9430, false)
	case in(9487, 9494):
		name, p = utm("SRGI2013", code-9440, true)
	case in(23830, 23845):
		name, p = tm3(code - 23830)
	default:
		return nil, fmt.Errorf("reference system EPSG:%d is not known: EPSG:4326, 3857, UTM zones (326xx, 327xx) and DGN95 (4755, 23830–23845, 23866–23884) are", code)
	}
	return &System{Code: code, Name: name, projection: p}, nil
}

var notations = regexp.MustCompile(`(?i)^(?:urn:ogc:def:crs:|https?://www\.opengis\.net/def/crs/)?(?:EPSG[:/]{1,2}(?:[\d.]*[:/])?(\d{4,6})|OGC[:/](?:[\d.]*[:/])?CRS84|CRS84)$`)

// Parse returns the EPSG code in "EPSG:32749", "32749", an OGC URN or URL, or
// CRS84.
func Parse(name string) (int, error) {
	name = strings.TrimSpace(name)
	if code, err := strconv.Atoi(name); err == nil && code > 0 {
		return code, nil
	}
	m := notations.FindStringSubmatch(name)
	switch {
	case m == nil:
		return 0, fmt.Errorf("reference system %.80q is not known: want EPSG:n", name)
	case m[1] == "":
		return WGS84, nil
	}
	return strconv.Atoi(m[1])
}

// utm is zone 1 to 60 of Universal Transverse Mercator.
func utm(datum string, zone int, south bool) (string, projection) {
	half, falseNorthing := "N", 0.0
	if south {
		half, falseNorthing = "S", 1e7
	}
	return fmt.Sprintf("%s / UTM zone %d%s", datum, zone, half),
		newTransverse(float64(zone*6-183), 0.9996, 500000, falseNorthing)
}

// tm3 is the i-th 3° zone of Indonesia, from 46.2 (94.5° E) to 54.1 (139.5° E).
func tm3(i int) (string, projection) {
	return fmt.Sprintf("DGN95 / Indonesia TM-3 zone %d.%d", 46+(i+1)/2, 2-i%2),
		newTransverse(94.5+3*float64(i), 0.9999, 200000, 1500000)
}
