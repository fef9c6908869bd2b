package main

import (
	"fmt"
	"strings"

	"github.com/paulmach/orb"
)

// village is one of the regency's 390.
type village struct {
	code, name, kind       string
	districtCode, district string
	postal                 string
	seat                   orb.Point // degrees
	elevation              float64   // metres
	area                   float64   // square kilometres, as published
	population             int       // estimated
}

// world is everything known of the land before any collection is made: the
// villages, the sites of all villages around, and the land in each one's cell.
type world struct {
	facts    string // the folder of the fact tables
	villages []village
	byCode   map[string]*village
	regions  []map[string]string // the rows of neighbours.csv
	land     *land
	diagram  *diagram
	codes    []string       // of each site; the villages come first
	siteOf   map[string]int // of each code
	cells    map[int][]border
	misfit   float64 // largest relative error of a village's area

	destinations []map[string]string  // the rows of destinations.csv
	places       map[string]orb.Point // of each destination
	blankspots   []map[string]string  // the rows of blankspots.csv
	towers       []tower
}

// newWorld reads the facts, fits the cells and places the sample towers.
func newWorld(facts string) (*world, error) {
	w, err := readWorld(facts)
	if err != nil {
		return nil, err
	}
	w.cells = clip(w.diagram, w.land, w.published())
	if err := w.makeTowers(); err != nil {
		return nil, err
	}
	return w, nil
}

// readWorld reads the facts and fits the weights of the diagram.
func readWorld(facts string) (*world, error) {
	w := &world{facts: facts, byCode: map[string]*village{}, siteOf: map[string]int{}}
	if err := w.readVillages(facts); err != nil {
		return nil, err
	}
	if err := populate(facts, w); err != nil {
		return nil, err
	}
	regions, err := readTable(facts, "neighbours.csv")
	if err != nil {
		return nil, err
	}
	w.regions = regions.rows
	if w.land, err = readLand(facts); err != nil {
		return nil, err
	}
	var sites []orb.Point
	for _, v := range w.villages {
		sites, w.codes = append(sites, plane(v.seat)), append(w.codes, v.code)
	}
	around, err := readTable(facts, "surroundings.csv")
	if err != nil {
		return nil, err
	}
	for _, row := range around.rows {
		p, err := position(row)
		if err != nil {
			return nil, fmt.Errorf("surroundings: %w", err)
		}
		sites, w.codes = append(sites, plane(p)), append(w.codes, row["code"])
	}
	for i, code := range w.codes {
		w.siteOf[code] = i
	}
	w.diagram = newDiagram(sites)
	targets := map[int]float64{}
	for i, v := range w.villages {
		targets[i] = v.area * 1e6
	}
	if w.misfit, err = fit(w.diagram, w.land, targets); err != nil {
		return nil, fmt.Errorf("fit the cells to the areas: %w", err)
	}
	if err := w.readPlaces(facts); err != nil {
		return nil, err
	}
	spots, err := readTable(facts, "blankspots.csv")
	if err != nil {
		return nil, err
	}
	w.blankspots = spots.rows
	return w, nil
}

// published returns the sites whose cells are part of the bundle.
func (w *world) published() []int {
	var sites []int
	for i, code := range w.codes {
		if strings.HasPrefix(code, province+".") {
			sites = append(sites, i)
		}
	}
	return sites
}

func (w *world) readVillages(facts string) error {
	t, err := readTable(facts, "villages.csv")
	if err != nil {
		return err
	}
	areas, err := readTable(facts, "village_areas.csv")
	if err != nil {
		return err
	}
	areaOf := map[string]float64{}
	for _, row := range areas.rows {
		if areaOf[row["code"]], err = number(row, "area_km2"); err != nil {
			return fmt.Errorf("village areas: %w", err)
		}
	}
	for _, row := range t.rows {
		v := village{
			code: row["code"], name: row["name"], kind: row["kind"], postal: row["postal_code"],
			districtCode: row["district_code"], district: row["district"], area: areaOf[row["code"]],
		}
		if v.seat, err = position(row); err != nil {
			return fmt.Errorf("villages: %w", err)
		}
		if v.elevation, err = number(row, "elevation_m"); err != nil {
			return fmt.Errorf("villages: %w", err)
		}
		if v.area <= 0 {
			return fmt.Errorf("village %s has no area", v.code)
		}
		w.villages = append(w.villages, v)
	}
	for i := range w.villages {
		w.byCode[w.villages[i].code] = &w.villages[i]
	}
	return nil
}
