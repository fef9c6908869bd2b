package main

import (
	"bytes"
	"fmt"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data/pgtest"
	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
	"github.com/petadesa/petadesa/geo/lattice"
	"github.com/petadesa/petadesa/internal/hills"
)

// coast is three villages one behind the other, from the beach to a hill, on whole
// cells; two towers stand between, one with the ridge before the beach.
var (
	coastVillages = `{"type":"FeatureCollection","features":[` + strings.Join([]string{
		coastVillage("35.07.01.2001", "Beach", -8.425, -8.41), coastVillage("35.07.01.2002", "Inland", -8.41, -8.33), coastVillage("35.07.02.2001", "Hill", -8.33, -8.27),
	}, ",") + `]}`
	coastTowers = "id,lon,lat,operators,technologies,frequency_mhz,height_m,status\nbehind,112.62,-8.39,Telkomsel,4g,900,40,active\nbelow,112.62,-8.366,Telkomsel,4g,900,40,active\n"
	coastBox    = orb.Bound{Min: orb.Point{112.60, -8.425}, Max: orb.Point{112.64, -8.27}}
)

func coastVillage(code, name string, south, north float64) string {
	return fmt.Sprintf(`{"type":"Feature","properties":{"code":%q,"name":%q,"district":"D","district_code":%q,"population":1000},"geometry":{"type":"Polygon","coordinates":[[[112.6,%v],[112.64,%v],[112.64,%v],[112.6,%v],[112.6,%v]]]}}`,
		code, name, code[:8], south, south, north, north, south)
}

// coastFiles writes the coast, its terrain and its people.
func coastFiles(t *testing.T) (at func(string) string) {
	t.Helper()
	folder := t.TempDir()
	at = func(name string) string { return filepath.Join(folder, name) }
	for name, text := range map[string]string{"villages.geojson": coastVillages, "towers.csv": coastTowers} {
		if err := os.WriteFile(at(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := hills.WriteHGT(folder, coastBox.Pad(0.2)); err != nil {
		t.Fatal(err)
	}
	wide := lattice.Covering(coastBox)
	wide.Col, wide.Row, wide.Width, wide.Height = wide.Col-9, wide.Row-9, wide.Width+20, wide.Height+20
	if err := hills.WritePopulation(at("people.tif"), wide); err != nil {
		t.Fatal(err)
	}
	return at
}

func importRasters(t *testing.T, store string, at func(string) string) {
	t.Helper()
	must(t, "--store", store, "import", "elevation", at("S08E112.hgt"), at("S09E112.hgt"), "--bbox", "112.4,-8.6,112.8,-8.1", "--set", "source_date=2000-02", "--attribution", "made up")
	must(t, "--store", store, "import", "population", at("people.tif"), "--set", "source_date=2020", "--attribution", "made up")
}

// TestTerrainAndPeopleChangeAnswers goes from files to answers, in both stores.
func TestTerrainAndPeopleChangeAnswers(t *testing.T) {
	at := coastFiles(t)
	var answers []string
	for _, store := range []string{at("coast.gpkg"), pgtest.Start(t)} {
		must(t, "--store", store, "import", "villages", at("villages.geojson"))
		must(t, "--store", store, "import", "towers", at("towers.csv"))
		e := coverage.New(coverage.Options{Model: coverage.ModelOf})
		c := &console{store: store, stdout: &bytes.Buffer{}, log: logger(&bytes.Buffer{}, "error", "text")}
		look := func(do func(*geo.Snapshot, *coverage.Answer)) {
			t.Helper()
			err := c.withSnapshot(t.Context(), func(snap *geo.Snapshot) error {
				a, err := e.Gaps(t.Context(), snap, &coverage.Query{Evidence: "modelled", Sort: "code"})
				if err == nil {
					do(snap, a)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		state := func(snap *geo.Snapshot, lon, lat float64) string {
			t.Helper()
			p, err := e.At(t.Context(), snap, lon, lat, &coverage.Query{Technology: "4g"})
			if err != nil {
				t.Fatal(err)
			}
			return p.Operators[0].Modelled
		}
		const lon, beach, summit = 112.6204, -8.4187, -8.3004
		look(func(snap *geo.Snapshot, a *coverage.Answer) {
			if !strings.Contains(a.Provenance.Terrain, "flat terrain") || !strings.Contains(a.Provenance.Model, "flat terrain") || a.Rows[0].People.Method == coverage.ByRaster {
				t.Errorf("without elevation: %+v", a.Provenance)
			}
			if b, s := state(snap, lon, beach), state(snap, lon, summit); b != coverage.StateCovered || s != coverage.StateNot {
				t.Errorf("on a plain the beach is %s, the summit %s", b, s)
			}
		})
		importRasters(t, store, at)
		look(func(snap *geo.Snapshot, a *coverage.Answer) {
			checkTerrain(t, e, snap, a)
			if b, s := state(snap, lon, beach), state(snap, lon, summit); b != coverage.StateNot || s != coverage.StateCovered {
				t.Errorf("over the terrain the beach is %s, the summit %s", b, s)
			}
			var text []string
			for i := range a.Rows {
				text = append(text, strings.Join(a.Rows[i].Cells(), ","))
			}
			answers = append(answers, strings.Join(text, "\n"))
		})
	}
	if answers[0] != answers[1] {
		t.Errorf("the stores differ:\n%s\n%s", answers[0], answers[1])
	}
	t.Log(answers[0])
}

func checkTerrain(t *testing.T, e *coverage.Engine, snap *geo.Snapshot, a *coverage.Answer) {
	t.Helper()
	if !strings.Contains(a.Provenance.Terrain, "S08E112.hgt, S09E112.hgt 2000-02") || !strings.Contains(a.Provenance.Model, "Bullington") || !strings.Contains(a.Provenance.Population, "raster: people.tif 2020") {
		t.Errorf("provenance: %+v", a.Provenance)
	}
	// The villages lie on whole cells: their people are the raster's, each cell in
	// thousandths.
	var want coverage.People
	for w, i := lattice.Covering(coastBox), 0; i < w.Len(); i++ {
		if c := w.Cell(i); coastBox.Contains(c.Center()) {
			if n := hills.People(c); n > 0 {
				want += coverage.People(math.Round(float64(n) * 1000))
			}
		}
	}
	var sum, gap coverage.People
	for _, r := range a.Rows {
		sum, gap = sum+r.People.Total, gap+r.People.Gap
		if r.People.Method != coverage.ByRaster || r.People.GapExpected < 0 || r.People.GapExpected > r.People.Total || r.People.GapLow > r.People.GapHigh {
			t.Errorf("%s: %+v", r.Name, r.People)
		}
	}
	if sum != want || sum != a.Totals.People.Total || gap != a.Totals.People.Gap {
		t.Errorf("%v people in the raster, %v in the villages, %v in all; gap %v and %v", want, sum, a.Totals.People.Total, gap, a.Totals.People.Gap)
	}
	d, err := e.Demand(t.Context(), snap, &coverage.Query{Evidence: "modelled"}, coverage.Tower{Operators: []string{"Telkomsel"}, Technologies: []string{"4g"}})
	if err != nil {
		t.Fatal(err)
	}
	demand := coverage.People(0)
	for _, n := range d.Gap {
		demand += n.People
	}
	if demand != gap || len(d.Cells) == 0 {
		t.Errorf("a demand of %v for a gap of %v", demand, gap)
	}
	// A tower on the beach serves the beach, and no one loses by it.
	better, err := e.Gaps(t.Context(), snap, &coverage.Query{Evidence: "modelled", Sort: "code", Change: &coverage.Change{Add: []coverage.Tower{
		{ID: "new", At: orb.Point{112.62, -8.418}, Operators: []string{"Telkomsel"}, Technologies: []string{"4g"}, FrequencyMHz: 900, HeightM: 40},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	if before, after := a.Rows[0].People, better.Rows[0].People; after.Gap >= before.Gap || after.GapExpected >= before.GapExpected {
		t.Errorf("the beach before %+v, with a tower %+v", before, after)
	}
	if slices.ContainsFunc(better.Rows, func(r coverage.Row) bool {
		i := slices.IndexFunc(a.Rows, func(o coverage.Row) bool { return o.Code == r.Code })
		return r.People.Gap > a.Rows[i].People.Gap
	}) {
		t.Error("a tower raised a gap")
	}
}

// TestRastersAreSeenWhileServing imports over a running service, twice.
func TestRastersAreSeenWhileServing(t *testing.T) {
	at := coastFiles(t)
	store := at("coast.gpkg")
	must(t, "--store", store, "import", "villages", at("villages.geojson"))
	must(t, "--store", store, "import", "towers", at("towers.csv"))
	base := serve(t, store)
	var doc struct {
		Provenance coverage.Provenance
	}
	ask := func() coverage.Provenance {
		get(t, base+"/api/coverage/gaps?"+url.Values{"evidence": {"modelled"}}.Encode(), &doc)
		return doc.Provenance
	}
	if p := ask(); !strings.Contains(p.Terrain, "flat terrain") {
		t.Errorf("%+v", p)
	}
	importRasters(t, store, at)
	for _, want := range []string{"2020", "2021"} {
		start := time.Now()
		for !strings.Contains(ask().Population, want) {
			if time.Since(start) > 30*time.Second {
				t.Fatalf("not seen after %v: %+v", time.Since(start), doc.Provenance)
			}
			time.Sleep(20 * time.Millisecond)
		}
		t.Logf("people of %s seen %v after the import", want, time.Since(start).Round(time.Millisecond))
		if !strings.Contains(doc.Provenance.Terrain, "S08E112") {
			t.Errorf("%+v", doc.Provenance)
		}
		must(t, "--store", store, "import", "population", at("people.tif"), "--set", "source_date=2021", "--attribution", "made up", "--replace")
	}
}
