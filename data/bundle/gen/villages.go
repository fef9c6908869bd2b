package main

import (
	"fmt"
	"strings"
)

// villageCollection is the regency's villages as cells of the diagram.
func (w *world) villageCollection() (collection, error) {
	c := collection{
		name: "villages",
		attribution: "Codes, names, points: geografis (MIT). Areas as numbers: cahyadsn/wilayah_boundaries (MIT). Shore: GSHHG, Wessel and Smith (LGPL). " +
			"Polygons are approximate: cells of a power diagram of the village points, each with the village's area. " +
			"Population: BPS census 2020 total, by kecamatan where published, spread over the villages by estimate.",
		license: "Apache-2.0; shore: LGPL-3.0-or-later",
	}
	for i, v := range w.villages {
		g, err := polygons(w.cells[i])
		if err != nil {
			return c, fmt.Errorf("village %s: %w", v.code, err)
		}
		c.features = append(c.features, feature{v.code, g, []property{
			{"code", v.code},
			{"name", v.name},
			{"kind", v.kind},
			{"district_code", v.districtCode},
			{"district", v.district},
			{"area_km2", v.area},
			{"population", v.population},
			{"elevation_m", v.elevation},
			{"postal_code", v.postal},
			{"source", "geografis 1.3.2; power diagram cell; population estimated from SP2020"},
			{"source_date", "2020"},
			{"quality", "approximate"},
		}})
	}
	return c, nil
}

// neighbourCollection is the province's other regencies and cities, each the
// land of its villages' cells.
func (w *world) neighbourCollection() (collection, error) {
	c := collection{
		name: "neighbours",
		attribution: "Codes, names, points: geografis (MIT). Shore: GSHHG, Wessel and Smith (LGPL). " +
			"Context only; approximate outlines from a Voronoi diagram of village points.",
		license: "Apache-2.0; shore: LGPL-3.0-or-later",
	}
	for _, region := range w.regions {
		var boundaries [][]border
		for i, code := range w.codes {
			if strings.HasPrefix(code, region["code"]+".") {
				boundaries = append(boundaries, w.cells[i])
			}
		}
		g, err := polygons(boundaries...)
		if err != nil {
			return c, fmt.Errorf("neighbour %s: %w", region["code"], err)
		}
		c.features = append(c.features, feature{region["code"], g, []property{
			{"code", region["code"]},
			{"name", region["name"]},
			{"kind", region["kind"]},
			{"source", "geografis 1.3.2; power diagram cells"},
			{"source_date", "2020"},
			{"quality", "approximate"},
		}})
	}
	return c, nil
}
