package pull

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/petadesa/petadesa/data/postgis"

	"github.com/petadesa/petadesa/data/pgtest"
	"github.com/petadesa/petadesa/internal/testdata"
)

// The real villages in the form in which their source publishes them, into
// PostGIS: 390 of them, of the official area.
func TestRealVillages(t *testing.T) {
	raw, err := os.ReadFile(testdata.Path(t, "malang", "villages_malang_raw_latlng.geojson"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Features []struct {
			Properties map[string]any
			Geometry   struct{ Coordinates json.RawMessage }
		}
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	var rows []string
	for _, f := range file.Features {
		rows = append(rows, fmt.Sprintf("('%v','%v',0,0,'%s')", f.Properties["kode"], strings.ReplaceAll(fmt.Sprint(f.Properties["nama"]), "'", "''"), f.Geometry.Coordinates))
	}
	w := newWorld(t, regency{code: "35.07", districts: 33, villages: 1, west: 112, south: -8})
	w.file(rawHost+"wilayah_boundaries/main/db/kel/35/wilayah_boundaries_kel_35.07.sql", dump(rows))
	j := newJob(t, w)
	j.selection = Selection{Code: "35.07", Only: []string{"villages"}}
	store, err := postgis.Open(t.Context(), pgtest.Start(t))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	j.store = store
	m, err := j.run(t)
	if err != nil {
		t.Fatal(err)
	}
	_, villages := j.table(t, "villages")
	area, desa := 0.0, 0
	for _, v := range villages {
		area += v["area_km2"].(float64)
		if v["kind"] == "desa" {
			desa++
		}
	}
	t.Logf("%d villages, %d desa, %.3f km²; %+v", len(villages), desa, area, m.Sources[0].Collections[0].Notes)
	if len(villages) != 390 || desa != 378 || math.Abs(area-3473.4) > 1 {
		t.Errorf("%d villages, %d desa, %.3f km²; want 390, 378, 3473.4", len(villages), desa, area)
	}
}
