package pull

import (
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"github.com/petadesa/petadesa/data"
)

func TestChoose(t *testing.T) {
	catalogue, err := data.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		Selection
		has, lacks []string
		fault      string
	}{
		{"all", Selection{Code: "35.07"}, []string{"villages-wilayah", "districts-wilayah", "postcodes-wilayah", "neighbours-wilayah", "osm-overpass"}, []string{"villages-big"}, ""},
		{"without points", Selection{Code: " 3507 "}, []string{"villages-wilayah"}, nil, ""},
		{"an alternative by name", Selection{Code: "35.07", Only: []string{"villages-big"}}, []string{"villages-big"}, []string{"villages-wilayah", "districts-wilayah"}, ""},
		{"a source skipped with its alternative", Selection{Code: "35.07", Skip: []string{"villages-wilayah"}}, []string{"neighbours-wilayah"}, []string{"villages-wilayah", "villages-big", "districts-wilayah"}, ""},
		{"a collection skipped", Selection{Code: "35.07", Skip: []string{"villages"}}, []string{"neighbours-wilayah"}, []string{"villages-wilayah", "villages-big", "districts-wilayah"}, ""},
		{"an alternative preferred", Selection{Code: "35.07", Prefer: []string{"villages-big", "osm-geofabrik"}}, []string{"villages-big", "districts-wilayah", "osm-geofabrik"}, []string{"villages-wilayah", "osm-overpass"}, ""},
		{"a collection", Selection{Code: "35.07", Only: []string{"roads"}}, []string{"osm-overpass"}, []string{"villages-wilayah"}, ""},
		{"an island that is none", Selection{Code: "49.01", Only: []string{"osm-geofabrik", "villages"}}, []string{"villages-wilayah"}, []string{"osm-geofabrik"}, ""},
		{"no code", Selection{Code: "Malang"}, nil, nil, "not the code of a regency"},
		{"a village's code", Selection{Code: "35.07.29.2002"}, nil, nil, "not the code of a regency"},
		{"a name that is none", Selection{Code: "35.07", Skip: []string{"moon"}}, nil, nil, `"moon" is no source or collection`},
		{"nothing left", Selection{Code: "35.07", Only: []string{"osm-overpass"}, Skip: []string{"osm-overpass"}}, nil, nil, "no source is left"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p, err := Choose(catalogue, test.Selection)
			if test.fault != "" {
				if err == nil || !strings.Contains(err.Error(), test.fault) {
					t.Errorf("error %v, want %q", err, test.fault)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, s := range p.Steps {
				ids = append(ids, s.Source.ID)
			}
			for _, id := range test.has {
				if !slices.Contains(ids, id) {
					t.Errorf("%v lacks %s", ids, id)
				}
			}
			for _, id := range test.lacks {
				if slices.Contains(ids, id) {
					t.Errorf("%v has %s", ids, id)
				}
			}
		})
	}
}

func TestTiles(t *testing.T) {
	for _, test := range []struct {
		b    orb.Bound
		want string
	}{
		{orb.Bound{Min: orb.Point{112.2, -8.5}, Max: orb.Point{112.9, -7.7}}, "S09E112 S08E112"},
		{orb.Bound{Min: orb.Point{-0.5, -0.5}, Max: orb.Point{0.5, 0.5}}, "S01W001 S01E000 N00W001 N00E000"},
	} {
		if got := strings.Join(tiles(test.b), " "); got != test.want {
			t.Errorf("%v: %s, want %s", test.b, got, test.want)
		}
	}
}

// A hull is convex, turns left, and has every point inside or on it.
func TestHull(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(3, 30).Draw(t, "n")
		points := make([]orb.Point, n)
		for i := range points {
			points[i] = orb.Point{float64(rapid.IntRange(-9, 9).Draw(t, "x")), float64(rapid.IntRange(-9, 9).Draw(t, "y"))}
		}
		h := hull(points)
		for i := range h {
			if len(h) < 3 {
				break
			}
			a, b := h[i], h[(i+1)%len(h)]
			for _, p := range points {
				if (b[0]-a[0])*(p[1]-a[1])-(b[1]-a[1])*(p[0]-a[0]) < 0 {
					t.Fatalf("%v lies outside %v", p, h)
				}
			}
		}
	})
}
