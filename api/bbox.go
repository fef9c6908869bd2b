package api

import (
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// parseBBox reads "minx,miny,maxx,maxy" or the same with heights in the third
// and sixth place, in degrees (CRS84). Heights are read and ignored. A box whose
// west is greater than its east crosses the 180th meridian; then, and when it
// reaches past that meridian, it comes as several boxes within the world.
//
// West greater than east is taken for a mistake when the box would span more
// than half the world: 113,-8,112,-7 is swapped, 177,-8,-177,-7 is not.
func parseBBox(s string) ([]orb.Bound, error) {
	parts := strings.Split(s, ",")
	if len(parts) != 4 && len(parts) != 6 {
		return nil, badParameter("bbox", "bbox has %d numbers; it takes 4 (west,south,east,north) or 6 (with heights)", len(parts))
	}
	n := make([]float64, len(parts))
	for i, part := range parts {
		f, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
			return nil, badParameter("bbox", "bbox: %s is not a number", quoted(part))
		}
		n[i] = f
	}
	half := len(n) / 2
	west, south, east, north := n[0], n[1], n[half], n[half+1]
	if half == 3 && n[2] > n[5] {
		return nil, badParameter("bbox", "bbox: the lowest height %g is above the greatest %g", n[2], n[5])
	}
	switch {
	case south > north:
		return nil, badParameter("bbox", "bbox: south %g is greater than north %g", south, north)
	case south < -90 || north > 90:
		return nil, badParameter("bbox", "bbox: latitudes %g to %g are not within -90 to 90", south, north)
	case west < -360 || east > 360 || west > 360 || east < -360:
		return nil, badParameter("bbox", "bbox: longitudes %g to %g are not within -180 to 180", west, east)
	}
	if west > east {
		if east+360-west > 180 {
			return nil, badParameter("bbox", "bbox: west %g is greater than east %g, and the box is too wide to be one across the 180th meridian", west, east)
		}
		east += 360
	}
	var boxes []orb.Bound
	for _, turn := range []float64{-360, 0, 360} {
		w, e := max(west+turn, -180), min(east+turn, 180)
		if w <= e {
			boxes = append(boxes, orb.Bound{Min: orb.Point{w, south}, Max: orb.Point{e, north}})
		}
	}
	if len(boxes) == 0 {
		return nil, badParameter("bbox", "bbox: longitudes %g to %g are not within -180 to 180", west, east)
	}
	return boxes, nil
}
