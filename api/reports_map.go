package api

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// The picture of the form: it is pressed until it shows a place closely enough.
const (
	pressedSize = 320 // units across and down
	mostZoom    = 4
)

// pressed returns the middle of the picture and how many metres it is across.
func pressed(snap *geo.Snapshot, lon, lat float64, zoom int) (orb.Point, float64) {
	middle, across := orb.Point{lon, lat}, 90_000.0
	if l := snap.Layer("villages"); l != nil && !l.Bound.IsEmpty() {
		p := newPicture(l.Bound.Center(), 1000, 1, 1)
		across = 1.05 * max((l.Bound.Max[0]-l.Bound.Min[0])*p.perLon, (l.Bound.Max[1]-l.Bound.Min[1])*p.perLat)
		if zoom == 0 {
			middle = l.Bound.Center()
		}
	}
	for range zoom {
		across /= 4
	}
	return middle, max(across, 300)
}

// mapPlace reads where the picture is.
func mapPlace(p parameters) (lon, lat float64, zoom int, err error) {
	for _, n := range []struct {
		name string
		most float64
		to   *float64
	}{{"clon", 180, &lon}, {"clat", 85, &lat}} {
		if text, ok := p[n.name]; ok {
			if *n.to, err = strconv.ParseFloat(text, 64); err != nil || !(*n.to >= -n.most && *n.to <= n.most) {
				return 0, 0, 0, badParameter(n.name, "%s %s is not from %g to %g", n.name, quoted(text), -n.most, n.most)
			}
		}
	}
	if text, ok := p["zoom"]; ok {
		if zoom, err = strconv.Atoi(text); err != nil || zoom < 0 || zoom > mostZoom {
			return 0, 0, 0, badParameter("zoom", "zoom %s is not an integer from 0 to %d", quoted(text), mostZoom)
		}
	}
	return lon, lat, zoom, nil
}

// placeMap is the picture of the form after it was pressed, and fills in the
// place that was.
func (s *service) placeMap(p parameters, snap *geo.Snapshot, values map[string]string) (*clickMap, error) {
	lon, lat, zoom, err := mapPlace(p)
	if err != nil {
		return nil, err
	}
	m := &clickMap{Width: pressedSize, Height: pressedSize}
	if x, ok := p["map.x"]; ok {
		var at [2]float64
		for i, text := range []string{x, p["map.y"]} {
			if at[i], err = strconv.ParseFloat(text, 64); err != nil || !(at[i] >= -1 && at[i] <= pressedSize+1) {
				return nil, badParameter("map.x", "the picture is %d by %d", pressedSize, pressedSize)
			}
		}
		middle, across := pressed(snap, lon, lat, zoom)
		q := newPicture(middle, across, pressedSize, pressedSize).point(at[0], at[1])
		lon, lat, zoom, m.Marked = q[0], q[1], min(zoom+1, mostZoom), true
		values["lon"], values["lat"] = fixedPoint(5, lon), fixedPoint(5, lat)
	}
	m.Lon, m.Lat, m.Zoom = lon, lat, zoom
	q := url.Values{"clon": {fixedPoint(6, lon)}, "clat": {fixedPoint(6, lat)}, "zoom": {strconv.Itoa(zoom)}}
	m.Src = "/api/reports/map.svg?" + q.Encode()
	return m, nil
}

// fixedPoint writes a number with so many decimals.
func fixedPoint(decimals int, v float64) string { return strconv.FormatFloat(v, 'f', decimals, 64) }

// reportMap is GET /api/reports/map.svg.
func (s *service) reportMap(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	p, err := parse(r, []string{"clon", "clat", "zoom"})
	if err != nil {
		return err
	}
	lon, lat, zoom, err := mapPlace(p)
	if err != nil {
		return err
	}
	middle, across := pressed(snap, lon, lat, zoom)
	pic := newPicture(middle, across, pressedSize, pressedSize)
	pic.ground(snap)
	if zoom > 0 {
		pic.roads(snap.Layer("roads"))
		pic.marks(snap.Layer("destinations"), markPlace)
	}
	if zoom > 1 {
		pic.names(snap.Layer("villages_label"))
	}
	if zoom > 0 {
		pic.mark(middle, markHere)
	}
	return s.respondBytes(w, r, "image/svg+xml", []byte(pic.frame(attributionOf(snap, "villages"), "U/N")))
}
