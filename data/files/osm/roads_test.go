package osm

import (
	"fmt"
	"strings"
	"testing"
)

func tagsOf(text string) (tags Tags) {
	for _, t := range strings.Split(text, " ") {
		k, v, _ := strings.Cut(t, "=")
		tags = append(tags, Tag{k, strings.ReplaceAll(v, "_", " ")})
	}
	return tags
}

func TestRoads(t *testing.T) {
	for tags, want := range map[string]string{
		"highway=motorway":                          "[{class toll} {oneway true}]",
		"highway=motorway oneway=no":                "[{class toll} {oneway false}]",
		"highway=tertiary junction=roundabout":      "[{class regency} {oneway true}]",
		"highway=primary maxspeed=30_mph":           "[{class national} {maxspeed 48.3}]",
		"highway=secondary maxspeed=ID:urban":       "[{class provincial} {maxspeed 50}]",
		"highway=secondary maxspeed=50;30":          "[{class provincial} {maxspeed 30}]",
		"highway=secondary maxspeed=none":           "[{class provincial}]",
		"highway=residential maxspeed=walk":         "[{class village} {maxspeed 5}]",
		"highway=track smoothness=horrible":         "[{class path} {condition damaged}]",
		"highway=service surface=gravel bridge=yes": "[{class village} {surface gravel} {bridge true}]",
		"highway=footway tunnel=no layer=-1":        "[{class path} {tunnel false} {layer -1}]",
		"highway=trunk ref=3 name:en=Ring name=J":   "[{class national} {name J} {name_en Ring} {ref 3}]",
		"highway=proposed":                          "highway=proposed",
		"highway=pedestrian area=yes":               "highway areas",
		"building=yes":                              "",
	} {
		p, why := road(Way, tagsOf(tags))
		got := why
		if p != nil {
			got = fmt.Sprint(p)
		}
		if got != want {
			t.Errorf("%s: %s, want %s", tags, got, want)
		}
	}
}

func TestCategories(t *testing.T) {
	for tags, want := range map[string]string{
		"tourism=viewpoint":                                 "viewpoint",
		"tourism=attraction name=Coban_Rondo":               "waterfall",
		"tourism=attraction natural=beach":                  "beach",
		"tourism=attraction name=Desa_Wisata_Pujon":         "desa_wisata",
		"tourism=attraction name=Sesuatu":                   "other",
		"tourism=hotel":                                     "resort",
		"natural=volcano":                                   "mountain",
		"waterway=waterfall":                                "waterfall",
		"natural=water":                                     "",
		"natural=water water=reservoir":                     "lake",
		"historic=archaeological site name=Candi_Singosari": "temple",
		"amenity=place of worship religion=muslim":          "",
		"amenity=place of worship wikidata=Q1":              "religious",
		"leisure=water park":                                "pool",
		"place=square":                                      "square",
		"shop=mall":                                         "",
	} {
		// Values with an underline are written with a space above.
		var list Tags
		for _, tag := range strings.Split(strings.NewReplacer("archaeological site", "archaeological~site", "place of worship", "place~of~worship", "water park", "water~park").Replace(tags), " ") {
			k, v, _ := strings.Cut(tag, "=")
			v = strings.ReplaceAll(v, "_", " ")
			list = append(list, Tag{k, strings.ReplaceAll(v, "~", "_")})
		}
		if got, _ := category(list); got != want {
			t.Errorf("%s: %q, want %q", tags, got, want)
		}
	}
}
