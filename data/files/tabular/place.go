package tabular

import (
	"slices"
	"strings"
	"unicode"

	"github.com/petadesa/petadesa/data/files/fault"
)

// A Place says which columns hold where a row is; -1 is no column.
type Place struct {
	Shape    int      // a geometry as WKT, GeoJSON or WKB in hexadecimal
	Lon, Lat [4]int   // degrees (or metres), minutes, seconds, hemisphere
	Pair     int      // both in one column
	LatFirst bool     // how the name of that column has them
	Columns  []string // the names of all of these
}

// Asked names the columns of the place, where the caller knows better.
type Asked struct{ Lon, Lat, Shape string }

// Located reports whether any column says where a row is.
func (p *Place) Located() bool { return len(p.Columns) > 0 }

// Holds reports whether the column is one of the place's.
func (p *Place) Holds(column int) bool {
	return column == p.Shape || column == p.Pair || slices.Contains(p.Lon[:], column) || slices.Contains(p.Lat[:], column)
}

// Names of the columns, folded, the most telling first.
var (
	lonNames   = []string{"lon", "long", "longitude", "lng", "bujur", "garisbujur", "koordinatbujur", "titikbujur", "lonwgs84", "longwgs84", "bujurtimur", "koordinatlongitude", "koordinatlong", "koordinatlon", "titiklongitude", "decimallongitude", "xlongitude", "longitudex", "lonx", "longx", "xlon", "xlong", "bujurx", "xbujur", "pointx", "xcoord", "coordx", "koordinatx", "xkoordinat", "easting", "eastings", "timur", "utmx", "xutm", "x"}
	latNames   = []string{"lat", "lat", "latitude", "lat", "lintang", "garislintang", "koordinatlintang", "titiklintang", "latwgs84", "latwgs84", "lintangselatan", "koordinatlatitude", "koordinatlat", "koordinatlat", "titiklatitude", "decimallatitude", "ylatitude", "latitudey", "laty", "laty", "ylat", "ylat", "lintangy", "ylintang", "pointy", "ycoord", "coordy", "koordinaty", "ykoordinat", "northing", "northings", "utara", "utmy", "yutm", "y"}
	shapeNames = []string{"wkt", "thegeom", "geom", "geometry", "wktgeom", "geomwkt", "geometri", "geojson", "shape", "wkbgeometry", "ewkt", "wkb", "poligon", "polygon"}
	latLon     = []string{"latlong", "latlon", "latlng", "latitudelongitude", "lintangbujur", "koordinatlatlong"}
	lonLat     = []string{"lonlat", "longlat", "lnglat", "longitudelatitude", "bujurlintang"}
	either     = []string{"koordinat", "coordinates", "coordinate", "koordinatlokasi", "titikkoordinat", "lokasikoordinat", "coords", "coord"}

	degreeNames = []string{"deg", "degree", "degrees", "derajat", "d"}
	minuteNames = []string{"min", "minute", "minutes", "menit", "m"}
	secondNames = []string{"sec", "second", "seconds", "detik", "s"}
	sideNames   = []string{"dir", "direction", "hemisphere", "hemi", "arah", "ref", "ns", "ew"}
)

// fold leaves the letters and digits of a name, in lower case.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// FindPlace finds the columns that say where a row is: those asked for, else
// those whose names tell. It answers a *fault.Error when there are several.
func FindPlace(names []string, asked Asked) (Place, error) {
	none := [4]int{-1, -1, -1, -1}
	p := Place{Shape: -1, Pair: -1, Lon: none, Lat: none}
	folded := make([]string, len(names))
	for i, n := range names {
		folded[i] = fold(n)
	}
	if asked != (Asked{}) {
		return p, p.ask(names, asked)
	}
	for _, n := range shapeNames {
		if i := slices.Index(folded, n); i >= 0 {
			p.Shape = i
			p.use(names, i)
			return p, nil
		}
	}
	for k, n := range lonNames {
		i, j := slices.Index(folded, n), slices.Index(folded, latNames[k])
		if i >= 0 && j >= 0 {
			p.Lon[0], p.Lat[0] = i, j
			p.use(names, i, j)
			return p, nil
		}
	}
	for k, list := range [][]string{latLon, lonLat, either} {
		if i := slices.IndexFunc(folded, func(f string) bool { return slices.Contains(list, f) }); i >= 0 {
			p.Pair, p.LatFirst = i, k == 0
			p.use(names, i)
			return p, nil
		}
	}
	if p.sexagesimal(names, folded) {
		return p, nil
	}
	return p, p.related(names)
}

func (p *Place) use(names []string, columns ...int) {
	for _, c := range columns {
		if c >= 0 {
			p.Columns = append(p.Columns, names[c])
		}
	}
}

func (p *Place) ask(names []string, asked Asked) error {
	if (asked.Lon == "") != (asked.Lat == "") || asked.Lon != "" && asked.Shape != "" {
		return fault.New("name the columns of both longitude and latitude, or the one of a geometry")
	}
	for _, a := range []struct {
		name   string
		column *int
	}{{asked.Lon, &p.Lon[0]}, {asked.Lat, &p.Lat[0]}, {asked.Shape, &p.Shape}} {
		if a.name == "" {
			continue
		}
		i := slices.Index(names, a.name)
		if i < 0 {
			i = slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(n, a.name) })
		}
		if i < 0 {
			return fault.New("there is no column %q; there are %s", a.name, list(names))
		}
		*a.column = i
		p.use(names, i)
	}
	return nil
}

// sexagesimal finds columns of degrees, minutes, seconds and hemisphere.
func (p *Place) sexagesimal(names, folded []string) bool {
	find := func(stems, units []string) int {
		return slices.IndexFunc(folded, func(f string) bool {
			for _, s := range stems {
				for _, u := range units {
					if f == s+u || f == u+s {
						return true
					}
				}
			}
			return false
		})
	}
	for side, stems := range [][]string{{"lon", "long", "longitude", "bujur", "x"}, {"lat", "latitude", "lintang", "y"}} {
		parts := &p.Lon
		if side == 1 {
			parts = &p.Lat
		}
		for k, units := range [][]string{degreeNames, minuteNames, secondNames, sideNames} {
			parts[k] = find(stems, units)
		}
	}
	if p.Lon[0] < 0 || p.Lat[0] < 0 || p.Lon[1] < 0 || p.Lat[1] < 0 {
		p.Lon, p.Lat = [4]int{-1, -1, -1, -1}, [4]int{-1, -1, -1, -1}
		return false
	}
	p.use(names, p.Lon[:]...)
	p.use(names, p.Lat[:]...)
	return true
}

// related finds a pair such as office_lat and office_lon. Two pairs are one too
// many.
func (p *Place) related(names []string) error {
	var found []string
	for i, name := range names {
		words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		for w, word := range words {
			k := slices.Index(lonNames[:5], word)
			if k < 0 || len(words) < 2 {
				continue
			}
			other := slices.Clone(words)
			other[w] = latNames[k]
			j := slices.IndexFunc(names, func(n string) bool { return fold(n) == strings.Join(other, "") })
			if j >= 0 {
				p.Lon[0], p.Lat[0] = i, j
				found = append(found, names[i], names[j])
			}
		}
	}
	if len(found) > 2 {
		return fault.New("several pairs of columns hold coordinates: choose one with --lon and --lat: %s", list(found))
	}
	p.Columns = found
	return nil
}

// list joins names for a message.
func list(names []string) string {
	const most = 40
	if len(names) > most {
		return strings.Join(names[:most], ", ") + " and more"
	}
	return strings.Join(names, ", ")
}
