package pull

import (
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/fetch"
)

// requests are the downloads that a source takes for the regency. Only what the
// outline says can be several: one for each elevation tile.
func (r *run) requests(s *data.PublicSource) ([]fetch.Request, error) {
	values := []string{"{code}", r.plan.Code, "{province}", r.plan.province, "{island}", island(r.plan.province), "{page}", strconv.Itoa(s.Page)}
	if s.Token != "" {
		values = append(values, "{token}", url.QueryEscape(r.plan.tokens[s.Token]))
	}
	one := fetch.Request{MaxBytes: s.MaxBytes, SHA256: s.SHA256}
	if r.needsOutline(s) && len(r.outline) == 0 {
		return nil, fmt.Errorf("where regency %s lies is not known: its villages are not in the store; pull them too", r.plan.Code)
	}
	if strings.Contains(s.Query, "{polygon}") {
		one.Body = url.Values{"data": {strings.ReplaceAll(s.Query, "{polygon}", overpassPolygon(r.outline))}}.Encode()
	}
	var requests []fetch.Request
	for _, tile := range r.tilesOf(s) {
		request := one
		request.URL = r.based(strings.NewReplacer(append(values, "{tile}", tile, "{band}", tile[:min(3, len(tile))])...).Replace(s.URL))
		request.Check = check(s.Format)
		if s.Query != "" {
			request.Name = s.ID + ".osm"
		}
		requests = append(requests, request)
	}
	return requests, nil
}

func (r *run) needsOutline(s *data.PublicSource) bool {
	switch s.Format {
	case "osm", "pbf", "opencellid", "hgt", "geotiff": // of a larger area, or by place
		return true
	}
	return false
}

// margin in degrees is what the import of rasters keeps around a regency.
const margin = 0.2

func (r *run) tilesOf(s *data.PublicSource) []string {
	if !strings.Contains(s.URL, "{tile}") {
		return []string{""}
	}
	return tiles(orb.MultiPoint(r.outline).Bound().Pad(margin))
}

// based points a URL at the server of Options.BaseURL, where the host becomes a
// folder: the layout that mirroring tools write.
func (r *run) based(address string) string {
	if r.opts.BaseURL == "" {
		return address
	}
	_, rest, _ := strings.Cut(address, "://")
	return strings.TrimSuffix(r.opts.BaseURL, "/") + "/" + rest
}

// overpassPolygon writes a ring as Overpass has it: latitude and longitude by
// turns, to a hundred-thousandth of a degree, a metre.
func overpassPolygon(ring []orb.Point) string {
	var b strings.Builder
	for i, p := range ring {
		if i > 0 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "%.5f %.5f", p[1], p[0])
	}
	return b.String()
}

// tiles are the names of the one-degree tiles that bounds touch, by their south
// west corner, as SRTM names them: S09E112.
func tiles(b orb.Bound) []string {
	var names []string
	for lat := math.Floor(b.Min[1]); lat <= b.Max[1]; lat++ {
		for lon := math.Floor(b.Min[0]); lon <= b.Max[0]; lon++ {
			ns, ew := 'N', 'E'
			if lat < 0 {
				ns = 'S'
			}
			if lon < 0 {
				ew = 'W'
			}
			names = append(names, fmt.Sprintf("%c%02.0f%c%03.0f", ns, math.Abs(lat), ew, math.Abs(lon)))
		}
	}
	return names
}

// hull is the convex hull of points, counterclockwise, without the first point
// again at the end (Andrew's monotone chain).
func hull(points []orb.Point) []orb.Point {
	points = slices.Clone(points)
	slices.SortFunc(points, func(a, b orb.Point) int {
		switch {
		case a[0] != b[0] && a[0] < b[0], a[0] == b[0] && a[1] < b[1]:
			return -1
		case a == b:
			return 0
		}
		return 1
	})
	points = slices.Compact(points)
	if len(points) < 3 {
		return points
	}
	half := func(points []orb.Point) []orb.Point {
		var chain []orb.Point
		for _, p := range points {
			for n := len(chain); n >= 2; n = len(chain) {
				a, b := chain[n-2], chain[n-1]
				if (b[0]-a[0])*(p[1]-a[1])-(b[1]-a[1])*(p[0]-a[0]) > 0 {
					break
				}
				chain = chain[:n-1]
			}
			chain = append(chain, p)
		}
		return chain[:len(chain)-1]
	}
	lower := half(points)
	slices.Reverse(points)
	return append(lower, half(points)...)
}
