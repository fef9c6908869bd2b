package files

import (
	"fmt"
	"math"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data/files/tabular"
	"github.com/petadesa/petadesa/geo"
)

// pointOf reads the point that a row's cells tell; none when all of them are
// empty. The reason, when there is one, is why it cannot be read.
func pointOf(p *tabular.Place, names, cells []string) (pt orb.Point, found bool, reason string) {
	if p.Pair >= 0 {
		return pairOf(cells[p.Pair], p.LatFirst, names[p.Pair])
	}
	lon, hasLon, reason := angleOf(p.Lon, names, cells)
	if reason != "" {
		return pt, false, reason
	}
	lat, hasLat, reason := angleOf(p.Lat, names, cells)
	switch {
	case reason != "":
		return pt, false, reason
	case hasLon != hasLat && hasLon:
		return pt, false, fmt.Sprintf("%s is empty, while %s is not", names[p.Lat[0]], names[p.Lon[0]])
	case hasLon != hasLat:
		return pt, false, fmt.Sprintf("%s is empty, while %s is not", names[p.Lon[0]], names[p.Lat[0]])
	}
	return orb.Point{lon, lat}, hasLon, ""
}

// angleOf reads one coordinate from its columns: one, or degrees, minutes,
// seconds and hemisphere.
func angleOf(columns [4]int, names, cells []string) (f float64, found bool, reason string) {
	first := strings.TrimSpace(cells[columns[0]])
	if columns[1] < 0 {
		if first == "" {
			return 0, false, ""
		}
		f, ok := tabular.ParseAngle(first)
		if !ok || math.IsInf(f, 0) {
			return 0, false, fmt.Sprintf("%s is %q, want a number, or degrees, minutes and seconds", names[columns[0]], brief(first))
		}
		return f, true, ""
	}
	var parts []float64
	sign := 0.0
	empty := 0
	for k, c := range columns {
		if c < 0 {
			continue
		}
		text := strings.TrimSpace(cells[c])
		if k == 3 {
			var ok bool
			if sign, ok = tabular.Hemisphere(text); !ok {
				return 0, false, fmt.Sprintf("%s is %q, want N, S, E or W (U, S, T, B)", names[c], brief(text))
			}
			continue
		}
		if text == "" {
			empty++
			continue
		}
		v, ok := tabular.Decimal(text)
		if !ok || empty > 0 {
			return 0, false, fmt.Sprintf("%s is %q, want a number, and degrees before minutes before seconds", names[c], brief(text))
		}
		if k == 0 && strings.HasPrefix(text, "-") && v == 0 {
			v = math.Copysign(0, -1)
		}
		parts = append(parts, v)
	}
	if len(parts) == 0 {
		return 0, false, ""
	}
	f, ok := tabular.Sexagesimal(parts, sign)
	if !ok {
		return 0, false, fmt.Sprintf("%s %v: want minutes and seconds from 0 to 60 after whole numbers, and one sign", names[columns[0]], parts)
	}
	return f, true, ""
}

// pairOf reads two coordinates from one cell. Where the column does not tell
// which comes first the values must: only one of them fits a latitude.
func pairOf(text string, latFirst bool, name string) (pt orb.Point, found bool, reason string) {
	if strings.TrimSpace(text) == "" {
		return pt, false, ""
	}
	a, b, ok := tabular.SplitPair(text)
	first, ok1 := tabular.ParseAngle(a)
	second, ok2 := tabular.ParseAngle(b)
	if !ok || !ok1 || !ok2 {
		return pt, false, fmt.Sprintf("%s is %q, want two coordinates", name, brief(text))
	}
	if latFirst || math.Abs(first) <= 90 && math.Abs(second) > 90 {
		first, second = second, first
	}
	return orb.Point{first, second}, true, ""
}

func finite(g orb.Geometry) bool {
	ok := true
	if g != nil {
		geo.EachPoint(g, func(p orb.Point) {
			ok = ok && !math.IsNaN(p[0]+p[1]) && !math.IsInf(p[0]+p[1], 0)
		})
	}
	return ok
}
