package search

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// ParseCoordinate reads a place written as decimal degrees, as degrees, minutes
// and seconds, or as a Plus Code. Latitude comes first, as people write it, unless
// the numbers or the letters of their hemispheres say otherwise. near completes a
// short Plus Code.
func ParseCoordinate(s string, near *orb.Point) (orb.Point, bool) {
	s = strings.ToUpper(strings.TrimSpace(s))
	if len(s) > 80 {
		return orb.Point{}, false
	}
	if p, ok := parsePlusCode(s, near); ok {
		return p, true
	}
	first, second, ok := two(s)
	if !ok {
		return orb.Point{}, false
	}
	a, wayA, okA := angle(first)
	b, wayB, okB := angle(second)
	if !okA || !okB || wayA != 0 && wayA == wayB {
		return orb.Point{}, false
	}
	lat, lon := a, b
	if wayA == 'E' || wayB == 'N' || wayA == 0 && wayB == 0 && math.Abs(a) > 90 {
		lat, lon = b, a
	}
	if math.Abs(lat) > 90 || math.Abs(lon) > 180 {
		return orb.Point{}, false
	}
	return orb.Point{lon, lat}, true
}

var (
	decimals = regexp.MustCompile(`^([-+]?\d{1,3}[.,]\d+ ?°? ?(?:LS|LU|BT|BB|[NSEW])?)(?:\s*[,;]\s*|\s+)([-+]?\d{1,3}[.,]\d+ ?°? ?(?:LS|LU|BT|BB|[NSEW])?)$`)
	sexages  = regexp.MustCompile(`^(.*?\d.*?(?:LS|LU|BT|BB|[NSEW]))[\s,;]*(.*\d.*(?:LS|LU|BT|BB|[NSEW]))$`)
	angles   = regexp.MustCompile(`^([-+]?\d{1,3}(?:[.,]\d+)?) ?[°:]? ?(?:(\d{1,2}(?:[.,]\d+)?) ?['′’:]? ?(?:(\d{1,2}(?:[.,]\d+)?) ?(?:["″”]|'')?)?)? ?(LS|LU|BT|BB|[NSEW])?$`)
)

// two takes a text apart into two angles.
func two(s string) (string, string, bool) {
	if m := decimals.FindStringSubmatch(s); m != nil {
		return m[1], m[2], true
	}
	if m := sexages.FindStringSubmatch(s); m != nil {
		return m[1], m[2], true
	}
	return "", "", false
}

// angle reads degrees with optional minutes, seconds and hemisphere: of the
// Indonesian ones LS and LU are south and north, BT and BB east and west. The
// way is 'N' for a latitude, 'E' for a longitude, 0 when it does not say.
func angle(s string) (degrees float64, way byte, ok bool) {
	m := angles.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return 0, 0, false
	}
	for i, unit := range []float64{1, 60, 3600} {
		if m[i+1] == "" {
			continue
		}
		v, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimLeft(m[i+1], "+-"), ",", "."), 64)
		if err != nil || i > 0 && v >= 60 {
			return 0, 0, false
		}
		degrees += v / unit
	}
	switch m[4] {
	case "S", "LS":
		degrees, way = -degrees, 'N'
	case "N", "LU":
		way = 'N'
	case "W", "BB":
		degrees, way = -degrees, 'E'
	case "E", "BT":
		way = 'E'
	}
	if strings.HasPrefix(m[1], "-") {
		degrees = -degrees
	}
	return degrees, way, true
}
