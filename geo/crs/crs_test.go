package crs

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Reference coordinates by PROJ 9.1 (cs2cs -f %.6f EPSG:4326 EPSG:n). SRGI2013
// is left out: PROJ shifts it by 0.23 m, this package takes it as WGS 84.
func TestAgainstPROJ(t *testing.T) {
	for _, test := range []struct {
		code           int
		lon, lat, x, y float64
	}{
		{32749, 112.6543219, -8.1234567, 682274.144286, 9101681.862226},
		{32749, 109.25, -0.5, 305245.697279, 9944709.002107},
		{32649, 112.6543219, -8.1234567, 682274.144286, -898318.137774},
		{3857, 112.6543219, -8.1234567, 12540621.749570, -907344.062181},
		{3857, 109.25, -0.5, 12161654.369165, -55660.451865},
		{23879, 112.6543219, -8.1234567, 682274.144286, 9101681.862226},
		{23836, 112.6543219, -8.1234567, 217006.114851, 601781.050763},
		{23836, 109.25, -0.5, -161933.904284, 1444628.725337},
		{32748, 112.6543219, -8.1234567, 1345678.858610, 9094035.692208},
		{32748, 109.25, -0.5, 973337.832670, 9944581.551709},
	} {
		s, err := Find(test.code)
		if err != nil {
			t.Fatal(err)
		}
		if x, y := s.Forward(test.lon, test.lat); math.Hypot(x-test.x, y-test.y) > 2e-6 {
			t.Errorf("EPSG:%d: Forward(%v, %v) = %.6f, %.6f; PROJ has %.6f, %.6f", test.code, test.lon, test.lat, x, y, test.x, test.y)
		}
		if lon, lat := s.Inverse(test.x, test.y); math.Hypot(lon-test.lon, lat-test.lat) > 2e-11 {
			t.Errorf("EPSG:%d: Inverse(%v, %v) = %.12f, %.12f; want %v, %v", test.code, test.x, test.y, lon, lat, test.lon, test.lat)
		}
	}
}

func TestInverseUndoesForward(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.SampledFrom([]int{4326, 4755, 3857, 32646, 32654, 32746, 32749, 32754, 23866, 23884, 23836, 9494}).Draw(t, "code")
		s, err := Find(code)
		if err != nil {
			t.Fatal(err)
		}
		centre := 112.0
		if p, ok := s.projection.(*transverse); ok {
			centre = p.meridian
		}
		lon := centre + rapid.Float64Range(-6, 6).Draw(t, "lon")
		lat := rapid.Float64Range(-80, 80).Draw(t, "lat")
		lon2, lat2 := s.Inverse(s.Forward(lon, lat))
		if math.Abs(lon-lon2) > 1e-9 || math.Abs(lat-lat2) > 1e-9 {
			t.Fatalf("EPSG:%d: %v, %v came back as %v, %v", code, lon, lat, lon2, lat2)
		}
	})
}

func TestFindNames(t *testing.T) {
	for code, want := range map[int]string{
		4326: "WGS 84", 32749: "WGS 84 / UTM zone 49S", 32650: "WGS 84 / UTM zone 50N", 23866: "DGN95 / UTM zone 46N", 23879: "DGN95 / UTM zone 49S",
		9479: "SRGI2013 / UTM zone 49N", 9489: "SRGI2013 / UTM zone 49S", 23830: "DGN95 / Indonesia TM-3 zone 46.2", 23835: "DGN95 / Indonesia TM-3 zone 49.1",
		23836: "DGN95 / Indonesia TM-3 zone 49.2", 23845: "DGN95 / Indonesia TM-3 zone 54.1",
	} {
		if s, err := Find(code); err != nil || s.Name != want {
			t.Errorf("Find(%d) = %v, %v; want %s", code, s, err, want)
		}
	}
	for _, code := range []int{0, -1, 5330, 32600, 32661, 23873, 4269} {
		if _, err := Find(code); err == nil || !strings.Contains(err.Error(), "EPSG") {
			t.Errorf("Find(%d): %v", code, err)
		}
	}
}

func TestParse(t *testing.T) {
	for name, want := range map[string]int{
		"EPSG:32749": 32749, "epsg:4326": 4326, " 3857 ": 3857, "urn:ogc:def:crs:EPSG::32749": 32749, "urn:ogc:def:crs:EPSG:9.8.1:4326": 4326,
		"urn:ogc:def:crs:OGC:1.3:CRS84": WGS84, "urn:ogc:def:crs:OGC::CRS84": WGS84, "OGC:CRS84": WGS84, "CRS84": WGS84,
		"http://www.opengis.net/def/crs/EPSG/0/23836": 23836, "http://www.opengis.net/def/crs/OGC/1.3/CRS84": WGS84,
	} {
		if got, err := Parse(name); err != nil || got != want {
			t.Errorf("Parse(%q) = %d, %v; want %d", name, got, err, want)
		}
	}
	for _, name := range []string{"", "EPSG:", "UTM 49S", "EPSG:abc", "-5", "EPSG:32749; DROP"} {
		if got, err := Parse(name); err == nil {
			t.Errorf("Parse(%q) = %d, want an error", name, got)
		}
	}
}
