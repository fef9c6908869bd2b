package files

import (
	"context"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// villagesAt is a store that knows two villages, a tenth of a degree square.
func villagesAt() *memory {
	square := func(x float64) orb.MultiPolygon {
		return orb.MultiPolygon{{{{x, -8}, {x + 0.1, -8}, {x + 0.1, -7.9}, {x, -7.9}, {x, -8}}}}
	}
	c := geo.Collection{ID: "villages", Geometry: geo.Polygon, Fields: []geo.Field{{Name: "name", Type: geo.String}, {Name: "bps_code", Type: geo.String}}}
	return &memory{tables: map[string]geo.Table{"villages": {Collection: c, Records: []geo.Record{
		{ID: "35.07.01.2001", Geometry: square(112.5), Values: []any{"Tulungrejo", "3507010001"}},
		{ID: "35.07.01.2002", Geometry: square(112.6), Values: []any{"Banjarejo", "3507010002"}},
	}}}}
}

func imported(t *testing.T, store *memory, collection, text string, opts Options) (*Report, geo.Table) {
	t.Helper()
	opts.Collection = collection
	report, err := Import(context.Background(), store, Stream("list.csv", strings.NewReader(text)), opts)
	if err != nil {
		t.Fatal(err)
	}
	return report, store.tables[collection]
}

func TestDeclaredVillages(t *testing.T) {
	report, table := imported(t, villagesAt(), "towers", `id,village_code,lon,lat
inside,35.07.01.2001,112.55,-7.95
beside,35.07.01.2001,112.61,-7.95
far,35.07.01.2002,113.1,-7.95
unknown,35.07.01.2099,112.55,-7.95
elsewhere,36.01.01.2001,106.1,-6.5
unwritten,Tulungrejo,112.55,-7.95
undotted,3507012001,112.55,-7.95
`, Options{})
	if report.Stored != 7 || report.Noted != 4 || len(table.Records) != 7 {
		t.Errorf("%+v", report)
	}
	var said []string
	for _, p := range report.Problems {
		if p.Noted {
			said = append(said, p.ID+": "+p.Code+": "+p.Reason)
		}
	}
	want := `beside: outside_village: lies 1.1 km outside Tulungrejo, its village 35.07.01.2001
far: far_from_village: lies 44.1 km from Banjarejo, its village 35.07.01.2002
unknown: unknown_village: is 35.07.01.2099: of the 2 villages known of 35.07 it is none
unwritten: bad_code: is "Tulungrejo", want the code of a village, like 35.07.29.2002`
	if got := strings.Join(said, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Where no area of a village is known, the other points of its district tell.
func TestFarFromTheOthers(t *testing.T) {
	report, _ := imported(t, &memory{}, "towers", `id,village_code,lon,lat
a,61.01.01.2001,110.00,0.1
b,61.01.01.2002,110.01,0.1
c,61.01.01.2003,110.02,0.1
d,61.01.01.2004,111.00,0.1
e,61.01.02.2001,112.00,0.1
f,61.01.02.2002,110.00,0.1
`, Options{})
	if report.Noted != 1 || report.Problems[0].ID != "d" || report.Problems[0].Code != CodeFar {
		t.Errorf("%+v", report)
	}
}

func TestPODES(t *testing.T) {
	report, table := imported(t, villagesAt(), "podes", `R101,R102,R103,R104,R102N,R103N,R104N,R705A,R705B,R705C,R705D
35,07,010,001,MALANG,DONOMULYO,TULUNGREJO,0,2,3,1
35,07,010,009,MALANG,DONOMULYO,ELSEWHERE,0,0,2,0
`, Options{})
	if report.Stored != 2 || report.Format != "PODES 2019, CSV (utf-8, commas)" || len(report.Found) != 2 || report.Found[0].Count != 2 || report.Found[1].Count != 1 {
		t.Errorf("%+v", report)
	}
	value := func(i int, field string) any { return table.Records[i].Values[table.Collection.FieldIndex(field)] }
	for _, c := range []struct {
		got, want any
	}{
		{table.Records[0].ID, "3507010001"},
		{value(0, "village_code"), "35.07.01.2001"},
		{value(1, "village_code"), nil},
		{value(0, "signal"), "weak"},
		{value(0, "signal_class"), int64(3)},
		{value(0, "internet"), "4g or better"},
		{value(1, "internet"), nil},
		{value(1, "quality"), "a signal, but no operator"},
		{value(0, "operators"), int64(2)},
	} {
		if c.got != c.want {
			t.Errorf("%v, want %v", c.got, c.want)
		}
	}
	store := &memory{}
	_, err := Import(context.Background(), store, Stream("list.csv", strings.NewReader("R101,R102,R103,R104,R1005A,R1005B,R1005C,R1005D\n35,07,010,001,1,1,9,1\n")), Options{Collection: "podes"})
	if err == nil || !strings.Contains(err.Error(), `signal: is "9", want 1 to 4`) || store.tables != nil {
		t.Error(err)
	}
}

func TestRealLists(t *testing.T) {
	report, bakti := importReal(t, "coverage/bts_bakti_indonesia.csv", Options{Collection: "towers"})
	if report.Stored != 4727 || report.Refused != 0 || report.Noted != 46 {
		t.Errorf("BAKTI: %+v", report)
	}
	for _, r := range bakti.Records {
		if name, _ := r.Values[bakti.Collection.FieldIndex("name")].(string); strings.Contains(name, "\n") {
			t.Fatalf("%s is called %q", r.ID, name)
		}
	}
	for file, want := range map[string]struct{ stored, noTower int }{
		"coverage/podes2019_jambi_signal.csv": {1562, 840}, "coverage/podes2024_kota_batu.csv": {24, 6},
	} {
		report, _ := importReal(t, file, Options{Collection: "podes"})
		if report.Stored != want.stored || report.Found[0].Count != want.noTower {
			t.Errorf("%s: %+v", file, report)
		}
	}
	report, _ = importReal(t, "coverage/opencellid_510_2025-07.csv.gz", Options{Collection: "towers"})
	if report.Stored != 9845 || report.Found[0].Count != 25384 {
		t.Errorf("OpenCelliD: %+v", report)
	}
	report, bandung := importReal(t, "coverage/towers_bandung_raw_stringcoords.geojson", Options{Collection: "towers", SkipRefused: true})
	if height := bandung.Records[0].Values[bandung.Collection.FieldIndex("height_m")]; report.Stored != 762 || report.Repaired != 762 || height == nil {
		t.Errorf("Bandung: %+v, height %v", report, height)
	}
	for file, want := range map[string]struct{ nodes, highways, tourism, roads int }{
		"osm/monaco-latest.osm.pbf": {25423, 2379, 158, 2345}, "osm/liechtenstein-2013-08-03.osm.pbf": {65733, 2753, 59, 2749},
	} {
		report, roads := importReal(t, file, Options{Collection: "roads"})
		f := report.Found
		if f[0].Count != want.nodes || f[3].Count != want.highways || f[4].Count != want.tourism || report.Stored != want.roads || roads.Collection.License != "ODbL-1.0" {
			t.Errorf("%s: %+v", file, report)
		}
	}
}
