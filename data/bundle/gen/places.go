package main

import (
	"fmt"
	"strings"

	"github.com/paulmach/orb"
)

// readPlaces reads the tourist destinations: places of their own that roads
// and blank spots refer to.
func (w *world) readPlaces(facts string) error {
	t, err := readTable(facts, "destinations.csv")
	if err != nil {
		return err
	}
	w.places = make(map[string]orb.Point, len(t.rows))
	for _, row := range t.rows {
		if w.places[row["id"]], err = position(row); err != nil {
			return fmt.Errorf("destinations: %w", err)
		}
		if w.byCode[row["village_code"]] == nil {
			return fmt.Errorf("destination %s: no village %q", row["id"], row["village_code"])
		}
	}
	w.destinations = t.rows
	return nil
}

// locate finds what a fact table refers to: a village of the regency or around
// it by its code, or "dest:" and the id of a destination.
func (w *world) locate(reference string) (orb.Point, error) {
	if id, ok := strings.CutPrefix(reference, "dest:"); ok {
		if p, ok := w.places[id]; ok {
			return onGrid(p).degrees(), nil
		}
	} else if i, ok := w.siteOf[reference]; ok {
		return onGrid(degrees(w.diagram.sites[i])).degrees(), nil
	}
	return orb.Point{}, fmt.Errorf("no place %q", reference)
}

func (w *world) destinationCollection() (collection, error) {
	c := collection{
		name: "destinations",
		attribution: "Facts (names, positions, hours) typed from public listings and news; places known only by their village stand at the village point (geografis, MIT). " +
			"No dated prices are known, so none are given.",
		license: "Apache-2.0",
	}
	for _, row := range w.destinations {
		c.features = append(c.features, feature{row["id"], w.places[row["id"]], []property{
			{"name", row["name"]},
			{"name_en", row["name_en"]},
			{"category", row["category"]},
			{"village_code", row["village_code"]},
			{"opening_hours", row["opening_hours"]},
			{"source", row["source"]},
			{"source_date", row["source_date"]},
			{"quality", row["quality"]},
		}})
	}
	return c, nil
}

func (w *world) productCollection() (collection, error) {
	c := collection{
		name:        "products",
		attribution: "Facts typed from news and village tables; positions: the village point (geografis, MIT).",
		license:     "Apache-2.0",
	}
	t, err := readTable(w.facts, "products.csv")
	if err != nil {
		return c, err
	}
	for _, row := range t.rows {
		at, err := w.locate(row["village_code"])
		if err != nil {
			return c, fmt.Errorf("product %s: %w", row["id"], err)
		}
		c.features = append(c.features, feature{row["id"], at, []property{
			{"name", row["name"]},
			{"category", row["category"]},
			{"village_code", row["village_code"]},
			{"source", row["source"]},
			{"source_date", row["source_date"]},
			{"quality", "village_point"},
		}})
	}
	return c, nil
}

func (w *world) blankspotCollection() (collection, error) {
	c := collection{
		name: "blankspots",
		attribution: "Facts typed from news that quote the regency's government; each names its source. Villages stand at the village point (geografis, MIT). " +
			"The official counts are in figures.json; not all counted places are named in public.",
		license: "Apache-2.0",
	}
	for _, row := range w.blankspots {
		f := feature{id: row["id"], properties: []property{
			{"name", row["name"]}, {"unit", row["unit"]}, {"status", row["status"]}, {"village_code", row["village_code"]}, {"district_code", row["district_code"]},
		}}
		if part := row["part_of_village"]; part != "" {
			f.properties = append(f.properties, property{"part_of_village", part == "true"})
		}
		quality := ""
		if row["at"] != "" {
			at, err := w.locate(row["at"])
			if err != nil {
				return c, fmt.Errorf("blank spot %s: %w", row["id"], err)
			}
			f.geometry, quality = at, "approximate"
		}
		f.properties = append(f.properties, property{"source", row["source"]}, property{"source_date", row["source_date"]}, property{"quality", quality})
		c.features = append(c.features, f)
	}
	return c, nil
}
