package files

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/files/planar"
	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/internal/testdata"
)

func importReal(t testing.TB, name string, opts Options) (*Report, geo.Table) {
	t.Helper()
	store := &memory{}
	report, err := Import(context.Background(), store, Path(testdata.Path(t, name)), opts)
	if err != nil {
		t.Fatal(err)
	}
	return report, store.tables[opts.Collection]
}

func total(t *testing.T, table geo.Table, field string) float64 {
	t.Helper()
	var all float64
	i := table.Collection.FieldIndex(field)
	for _, r := range table.Records {
		v, ok := r.Values[i].(float64)
		if !ok {
			t.Fatalf("%s has no %s", r.ID, field)
		}
		all += v
	}
	return all
}

func ids(table geo.Table) string {
	var all []string
	for _, r := range table.Records {
		all = append(all, r.ID)
	}
	return strings.Join(all, " ")
}

func TestVillagesOfMalang(t *testing.T) {
	ctx := context.Background()
	report, topo := importReal(t, "malang/villages_malang_topo.geojson", Options{Collection: "villages"})
	if report.Stored != 390 || report.Refused != 0 || report.Overlaps.Pairs != 0 || !report.Overlaps.Checked {
		t.Errorf("%+v", report)
	}
	if got := total(t, topo, "area_km2"); math.Abs(got-3473.34) > 0.1 {
		t.Errorf("area_km2 sums to %.4f", got)
	}
	var measured float64
	for _, r := range topo.Records {
		measured += geo.Area(r.Geometry) / 1e6
	}
	if math.Abs(measured-3473.34) > 0.1 {
		t.Errorf("the geometry measures %.4f km²", measured)
	}
	district, population := topo.Collection.FieldIndex("district"), topo.Collection.FieldIndex("population")
	for _, r := range topo.Records {
		if r.Values[district] == nil || r.Values[population] != nil {
			t.Fatalf("%s: district %v, population %v", r.ID, r.Values[district], r.Values[population])
		}
	}

	// The raw file: all exteriors clockwise. GEOS 3.11 finds the same 747 pairs
	// that overlap; the file's own description counts 749, with the same area.
	report, raw := importReal(t, "malang/villages_malang_raw.geojson", Options{Collection: "villages"})
	if report.Stored != 390 || report.Repaired != 390 || report.Overlaps.Pairs != 747 || report.Overlaps.AreaKM2 < 0.666 || report.Overlaps.AreaKM2 > 0.668 {
		t.Errorf("%d stored, %d repaired, overlaps %v", report.Stored, report.Repaired, report.Overlaps)
	}
	for _, r := range raw.Records {
		for _, p := range r.Geometry.(orb.MultiPolygon) {
			for i, ring := range p {
				if planar.Turn(ring) > 0 != (i == 0) {
					t.Fatalf("%s: ring %d turns the wrong way", r.ID, i)
				}
			}
		}
	}
	if got := total(t, raw, "area_km2"); math.Abs(got-3473.34) > 1 {
		t.Errorf("area_km2 of the raw file sums to %.4f", got)
	}

	// The same with latitude first is refused by name, and right once exchanged.
	_, err := Import(ctx, &memory{}, Path(testdata.Path(t, "malang/villages_malang_raw_latlng.geojson")), Options{Collection: "villages"})
	if !errors.Is(err, data.ErrInvalid) || !strings.Contains(err.Error(), "390 of 390 rows refused, nothing changed; the axes are swapped, latitude before longitude: --swap-axes") {
		t.Errorf("latitude first: %v", err)
	}
	report, swapped := importReal(t, "malang/villages_malang_raw_latlng.geojson", Options{Collection: "villages", SwapAxes: true})
	if report.Stored != 390 || ids(swapped) != ids(topo) || ids(raw) != ids(topo) {
		t.Errorf("%d stored, or other codes", report.Stored)
	}
	for i := range raw.Records {
		if !orb.Equal(raw.Records[i].Geometry, swapped.Records[i].Geometry) {
			t.Fatalf("%s: another geometry once the axes are exchanged", raw.Records[i].ID)
		}
	}
}

func TestRealFiles(t *testing.T) {
	for _, test := range []struct {
		file, collection string
		rows, refused    int
	}{
		{"malang/kecamatan_malang_dissolved.geojson", "districts", 33, 0},
		{"malang/kecamatan_malang_raw.geojson", "districts", 33, 0},
		{"malang/kabupaten_malang_dissolved.geojson", "regency", 1, 0},
		{"malang/coast_malang_admin.geojson", "coast", 111, 0},
		{"malang/rivers_lawang_singosari_jabung.geojson", "rivers", 318, 0},
		{"malang/offices_lawang_singosari_jabung.geojson", "offices", 50, 0},
		{"malang/roads_lawang_singosari_jabung.geojson", "roads", 1071, 0},
		{"malang/roads_klojen_kota_malang.geojson", "roads", 275, 0},
		{"neighbours/villages_kota_malang.geojson", "neighbours", 57, 0},
		{"neighbours/villages_kota_batu.geojson", "neighbours", 24, 0},
		{"tourism/destinations_malang.geojson", "destinations", 135, 0},
		{"osm/osm_restaurants_malang_raya.geojson", "restaurants", 71, 0},
		{"coverage/towers_bandung_raw_stringcoords.geojson", "towers", 763, 1},
	} {
		t.Run(test.file, func(t *testing.T) {
			report, table := importReal(t, test.file, Options{Collection: test.collection, SkipRefused: true})
			if report.Read != test.rows || report.Refused != test.refused || len(table.Records) != test.rows-test.refused {
				t.Errorf("%d read, %d refused, %d stored; want %d read, %d refused", report.Read, report.Refused, len(table.Records), test.rows, test.refused)
			}
			for _, r := range table.Records {
				if err := geo.CheckRecord(&table.Collection, &r); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// Six districts have rocks before the coast as parts, which lie in their main
// part as well: the union is the same land.
func TestInvalidDistrictsAreMadeValid(t *testing.T) {
	report, _ := importReal(t, "malang/kecamatan_malang_raw.geojson", Options{Collection: "districts"})
	var named []string
	for _, p := range report.Problems {
		if p.Code == CodeInvalid {
			named = append(named, p.ID)
			t.Log(p)
		}
	}
	if got := strings.Join(named, " "); got != "35.07.01 35.07.03 35.07.04 35.07.06 35.07.29 35.07.30" || report.Stored != 33 {
		t.Errorf("made valid: %s; %d stored", got, report.Stored)
	}
}

func TestRealGeoPackage(t *testing.T) {
	for layer, want := range map[string]int{"ne_110m_admin_0_countries": 177, "ne_110m_populated_places_simple": 243, "ne_110m_rivers_lake_centerlines": 13} {
		report, table := importReal(t, "cql2/ne110m4cql2.gpkg", Options{Collection: layer, Layer: layer})
		if report.Stored != want || len(table.Records) != want || report.Format != "GeoPackage" {
			t.Errorf("%s: %+v", layer, report)
		}
	}
	_, err := Import(context.Background(), &memory{}, Path(testdata.Path(t, "cql2/ne110m4cql2.gpkg")), Options{Collection: "places"})
	if err == nil || !strings.Contains(err.Error(), "several layers: choose one with --layer: ne_110m_admin_0_countries, ") {
		t.Errorf("no layer chosen: %v", err)
	}
}
