package shapefile

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

var (
	wktName   = regexp.MustCompile(`^\s*(?:PROJCS|GEOGCS|PROJCRS|GEOGCRS|GEODCRS|COMPD_CS)\s*\[\s*"([^"]*)"`)
	authority = regexp.MustCompile(`(?:AUTHORITY|ID)\s*\[\s*"EPSG"\s*,\s*"?(\d{4,6})"?\s*\]\s*\]\s*$`)
	datumName = regexp.MustCompile(`(?:GEOGCS|GEOGCRS|GEODCRS|BASEGEOGCRS|DATUM)\s*\[\s*"([^"]*)"`)
	parameter = regexp.MustCompile(`PARAMETER\s*\[\s*"([^"]*)"\s*,\s*([-+.\deE]+)`)
	unit      = regexp.MustCompile(`UNIT\s*\[\s*"[^"]*"\s*,\s*([-+.\deE]+)`)
)

// System returns the EPSG code of a reference system in well-known text, as a
// .prj has it, and its name; 0 when it is none that is known here. ESRI's text
// has no codes: a system is known by its datum and the numbers of its
// projection.
func System(text string) (code int, name string) {
	if m := wktName.FindStringSubmatch(text); m != nil {
		name = m[1]
	}
	if m := authority.FindStringSubmatch(text); m != nil {
		code, _ = strconv.Atoi(m[1]) // digits only
		return code, name
	}
	datum := datumOf(text)
	if datum == "" {
		return 0, name
	}
	if !strings.HasPrefix(strings.TrimSpace(text), "PROJC") {
		return map[string]int{"wgs84": 4326, "dgn95": 4755, "srgi": 9470}[datum], name
	}
	folded := strings.ToLower(strings.ReplaceAll(text, "_", " "))
	if strings.Contains(folded, "mercator auxiliary sphere") || strings.Contains(folded, "pseudo-mercator") || strings.Contains(folded, "web mercator") {
		return 3857, name
	}
	if strings.Contains(folded, "transverse mercator") {
		return transverse(text, datum), name
	}
	return 0, name
}

// datumOf is wgs84, dgn95 or srgi, or "" for another.
func datumOf(text string) string {
	for _, m := range datumName.FindAllStringSubmatch(text, -1) {
		n := strings.ToLower(strings.NewReplacer("_", "", " ", "", "-", "").Replace(m[1]))
		switch {
		case strings.Contains(n, "wgs1984"), strings.Contains(n, "wgs84"), strings.Contains(n, "worldgeodeticsystem1984"):
			return "wgs84"
		case strings.Contains(n, "dgn1995"), strings.Contains(n, "dgn95"), strings.Contains(n, "datumgeodesinasional"):
			return "dgn95"
		case strings.Contains(n, "srgi"), strings.Contains(n, "referensigeospasialindonesia"):
			return "srgi"
		}
	}
	return ""
}

// transverse finds the UTM or TM-3 zone by its parameters, in metres.
func transverse(text, datum string) int {
	p := map[string]float64{}
	for _, m := range parameter.FindAllStringSubmatch(text, -1) {
		if f, err := strconv.ParseFloat(m[2], 64); err == nil {
			p[strings.ReplaceAll(strings.ToLower(m[1]), " ", "_")] = f
		}
	}
	units := unit.FindAllStringSubmatch(text, -1)
	if len(units) > 0 {
		if f, err := strconv.ParseFloat(units[len(units)-1][1], 64); err != nil || f != 1 {
			return 0
		}
	}
	meridian, scale, easting, northing := p["central_meridian"], p["scale_factor"], p["false_easting"], p["false_northing"]
	if p["latitude_of_origin"] != 0 {
		return 0
	}
	zone := int(math.Round((meridian + 183) / 6))
	switch {
	case scale == 0.9996 && easting == 500000 && meridian == float64(6*zone-183) && (northing == 0 || northing == 1e7):
		south := northing != 0
		return utmCode(datum, zone, south)
	case scale == 0.9999 && easting == 200000 && northing == 1500000 && datum == "dgn95":
		if i := (meridian - 94.5) / 3; i == math.Trunc(i) && i >= 0 && i <= 15 {
			return 23830 + int(i)
		}
	}
	return 0
}

func utmCode(datum string, zone int, south bool) int {
	base, first, last := 32600, 1, 60
	switch {
	case datum == "wgs84" && south:
		base = 32700
	case datum == "dgn95" && south:
		base, first, last = 23830, 47, 54
	case datum == "dgn95":
		base, first, last = 23820, 46, 52
	case datum == "srgi" && south:
		base, first, last = 9440, 47, 54
	case datum == "srgi":
		base, first, last = 9430, 46, 52
	}
	if zone < first || zone > last {
		return 0
	}
	return base + zone
}
