package wkb_test

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"math"
	"reflect"
	"testing"

	"github.com/paulmach/orb"
	"github.com/twpayne/go-geom"
	"github.com/twpayne/go-geom/encoding/ewkb"

	"github.com/petadesa/petadesa/data/wkb"
)

func samples() []orb.Geometry {
	ring := orb.Ring{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}}
	hole := orb.Ring{{1, 1}, {1, 2}, {2, 2}, {1, 1}}
	return []orb.Geometry{
		orb.Point{math.Nextafter(112.5, 113), math.Copysign(0, -1)},
		orb.LineString{{0, 0}, {0.1, 0.2}},
		orb.Polygon{ring, hole},
		orb.MultiPoint{{1, 2}, {3, 4}},
		orb.MultiLineString{{{0, 0}, {1, 1}}, {{2, 2}, {3, 3}, {4, 4}}},
		orb.MultiPolygon{{ring, hole}, {ring}},
		orb.Collection{orb.Point{1, 2}, orb.Polygon{ring}, orb.Collection{orb.LineString{{0, 0}, {1, 1}}}},
	}
}

func TestRoundTrip(t *testing.T) {
	for _, want := range samples() {
		t.Run(want.GeoJSONType(), func(t *testing.T) {
			b, err := wkb.Append(nil, want)
			got, err2 := wkb.Decode(b)
			check(t, want, got, errors.Join(err, err2))

			b, err = wkb.AppendEWKB(nil, want, 4326)
			got, srid, err2 := wkb.DecodeEWKB(b)
			check(t, want, got, errors.Join(err, err2))
			if srid != 4326 {
				t.Errorf("EWKB SRID %d", srid)
			}

			b, err = wkb.AppendGeoPackage(nil, want, 4326)
			got, srid, err2 = wkb.DecodeGeoPackage(b)
			check(t, want, got, errors.Join(err, err2))
			if srid != 4326 {
				t.Errorf("GeoPackage SRID %d", srid)
			}
		})
	}
}

func check(t *testing.T, want, got orb.Geometry, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(want, got) {
		t.Errorf("want %v, got %v", want, got)
	}
	if p, ok := want.(orb.Point); ok && math.Float64bits(p[1]) != math.Float64bits(got.(orb.Point)[1]) {
		t.Error("the sign of zero is lost")
	}
}

func TestZAndMAreDroppedNotMisread(t *testing.T) {
	for _, layout := range []geom.Layout{geom.XYZ, geom.XYM, geom.XYZM} {
		flat := []float64{}
		for i := range 3 {
			flat = append(flat, float64(i), float64(10+i))
			for range layout.Stride() - 2 {
				flat = append(flat, 777)
			}
		}
		b, err := ewkb.Marshal(geom.NewLineStringFlat(layout, flat).SetSRID(32749), ewkb.XDR)
		if err != nil {
			t.Fatal(err)
		}
		got, srid, err := wkb.DecodeEWKB(b)
		check(t, orb.LineString{{0, 10}, {1, 11}, {2, 12}}, got, err)
		if srid != 32749 {
			t.Errorf("%v: SRID %d", layout, srid)
		}
	}
}

func TestEmptyIsNil(t *testing.T) {
	for name, code := range map[string]uint32{"line": 2, "polygon": 3, "multipoint": 4, "multiline": 5, "multipolygon": 6, "collection": 7} {
		b := binary.LittleEndian.AppendUint32([]byte{1}, code)
		b = binary.LittleEndian.AppendUint32(b, 0)
		if g, err := wkb.Decode(b); g != nil || err != nil {
			t.Errorf("empty %s: %v, %v", name, g, err)
		}
	}
	nan := binary.LittleEndian.AppendUint64(nil, math.Float64bits(math.NaN()))
	b := append(append(binary.LittleEndian.AppendUint32([]byte{1}, 1), nan...), nan...)
	if g, err := wkb.Decode(b); g != nil || err != nil {
		t.Errorf("empty point: %v, %v", g, err)
	}
	declared := append([]byte{'G', 'P', 0, 1 | 1<<4, 0xe6, 0x10, 0, 0}, b...)
	if g, srid, err := wkb.DecodeGeoPackage(declared); g != nil || srid != 4326 || err != nil {
		t.Errorf("GeoPackage empty: %v, %d, %v", g, srid, err)
	}
}

func TestMalformedIsRefused(t *testing.T) {
	deep := []byte{}
	for range 1000 {
		deep = append(deep, 1, 7, 0, 0, 0, 1, 0, 0, 0)
	}
	for name, text := range map[string]string{
		"nothing":           "",
		"byte order":        "0501000000",
		"four billion":      "0102000000ffffffff",
		"rings":             "0103000000ffffff7f00000000",
		"truncated point":   "01010000000000000000",
		"unknown type":      "01630000000000000000000000",
		"wrong member":      "0104000000010000000102000000" + "00000000",
		"trailing":          "010200000000000000ff",
		"polyhedralsurface": "010f00000000000000",
		"nested":            hex.EncodeToString(deep),
	} {
		b, err := hex.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		if g, err := wkb.Decode(b); !errors.Is(err, wkb.ErrMalformed) {
			t.Errorf("%s: %v, %v", name, g, err)
		}
		if g, _, err := wkb.DecodeEWKB(b); !errors.Is(err, wkb.ErrMalformed) {
			t.Errorf("EWKB %s: %v, %v", name, g, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, g := range samples() {
		for _, appendTo := range []func([]byte, orb.Geometry, int) ([]byte, error){wkb.AppendEWKB, wkb.AppendGeoPackage} {
			b, err := appendTo(nil, g, 4326)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(b)
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if g, srid, err := wkb.DecodeEWKB(b); err == nil && g != nil {
			again, err := wkb.AppendEWKB(nil, g, srid)
			if err != nil {
				t.Fatal(err)
			}
			if _, _, err := wkb.DecodeEWKB(again); err != nil {
				t.Fatalf("%v decoded, but not its own encoding: %v", g, err)
			}
		}
		_, _, _ = wkb.DecodeGeoPackage(b)
		_, _ = wkb.Decode(b)
	})
}
