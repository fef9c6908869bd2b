package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// tower is a made-up site: there is no public list of the regency's towers.
type tower struct {
	id           string
	at           orb.Point // degrees
	village      *village
	operators    []string
	technologies []string
	frequency    int     // MHz
	height       int     // metres
	reach        float64 // of 4g, metres
}

const (
	peoplePerTower = 6000
	towerSeed      = 3507
	urbanMetres    = 12_000 // of the city centre, where sites are dense and 5g begins
	quietMetres    = 800    // around an official blank spot, no 4g
)

// cityCentre is the alun-alun of Kota Malang.
var cityCentre = orb.Point{112.632, -7.9817}

// operatorShares is how likely an operator is on a site: made up.
var operatorShares = []struct {
	name  string
	share float64
}{{"Telkomsel", 0.66}, {"Indosat", 0.48}, {"XL", 0.40}, {"Smartfren", 0.24}}

// makeTowers places towers at random, but always the same: near where people
// live, inside the village they are said to be in, never beside an official
// blank spot, and reaching no such spot.
func (w *world) makeTowers() error {
	quiet, err := w.quietPlaces()
	if err != nil {
		return err
	}
	random := rand.New(rand.NewPCG(towerSeed, towerSeed))
	centre := plane(cityCentre)
	for i := range w.villages {
		v := &w.villages[i]
		cell, err := polygons(w.cells[i])
		if err != nil {
			return fmt.Errorf("towers of %s: %w", v.code, err)
		}
		count := int(float64(v.population)/peoplePerTower + random.Float64())
		spread := 0.4 * math.Sqrt(v.area*1e6/math.Pi)
		for n := range count {
			t, ok := w.placeTower(random, v, cell, spread, centre, quiet)
			if ok {
				t.id = fmt.Sprintf("%s-%d", v.code, n+1)
				w.towers = append(w.towers, t)
			}
		}
	}
	return nil
}

// placeTower tries some places for a tower of a village; false when none will do.
func (w *world) placeTower(random *rand.Rand, v *village, cell orb.MultiPolygon, spread float64, centre orb.Point, quiet []orb.Point) (tower, bool) {
	seat := plane(v.seat)
	for range 40 {
		p := orb.Point{seat[0] + spread*random.NormFloat64(), seat[1] + spread*random.NormFloat64()}
		at := onGrid(degrees(p)).degrees()
		silence := math.Inf(1)
		for _, q := range quiet {
			silence = min(silence, apart(p, q)-quietMetres)
		}
		if silence < 900 || !planar.MultiPolygonContains(cell, at) {
			continue
		}
		urban := apart(p, centre) < urbanMetres
		t := tower{at: at, village: v, frequency: 900, height: 42 + 6*random.IntN(6), reach: 2600 + 1900*random.Float64()}
		if urban {
			t.frequency, t.height, t.reach = 1800, 25+5*random.IntN(6), 1500+900*random.Float64()
		}
		t.reach = min(t.reach, silence)
		for _, o := range operatorShares {
			if random.Float64() < o.share {
				t.operators = append(t.operators, o.name)
			}
		}
		if len(t.operators) == 0 {
			t.operators = []string{operatorShares[0].name}
		}
		if slices.Contains(t.operators, "Telkomsel") || slices.Contains(t.operators, "Indosat") {
			t.technologies = append(t.technologies, "2g")
		}
		t.technologies = append(t.technologies, "4g")
		if urban && random.Float64() < 0.3 {
			t.technologies = append(t.technologies, "5g")
		}
		return t, true
	}
	return tower{}, false
}

// quietPlaces returns where an official blank spot, point or village, is, in the plane.
func (w *world) quietPlaces() ([]orb.Point, error) {
	var quiet []orb.Point
	for _, row := range w.blankspots {
		if row["at"] == "" || row["status"] != "blank" {
			continue
		}
		at, err := w.locate(row["at"])
		if err != nil {
			return nil, fmt.Errorf("blank spot %s: %w", row["id"], err)
		}
		quiet = append(quiet, plane(at))
	}
	return quiet, nil
}

const (
	sampleNote   = "data contoh / sample data"
	sampleCredit = "Data contoh / sample data: made by a seeded generator, since no public list exists. Gaps are left where official blank spots are."
)

func (w *world) towerCollection() (collection, error) {
	c := collection{name: "towers", attribution: sampleCredit, license: "Apache-2.0"}
	for _, t := range w.towers {
		c.features = append(c.features, feature{t.id, t.at, []property{
			{"operators", strings.Join(t.operators, ";")},
			{"technologies", strings.Join(t.technologies, ";")},
			{"frequency_mhz", t.frequency},
			{"height_m", t.height},
			{"status", "active"},
			{"village_code", t.village.code},
			{"source", sampleNote},
			{"source_date", "2026"},
			{"quality", "illustrative"},
		}})
	}
	return c, nil
}
