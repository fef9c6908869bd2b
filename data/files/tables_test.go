package files

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data/files/fault"
)

// The ways in which tables say where a row is, and how they are written.
func TestTables(t *testing.T) {
	for name, test := range map[string]struct {
		text   string
		format string
		want   string // geometry and values of the first row
	}{
		"lon and lat":        {"id,name,lon,lat\n1,A,112.5,-8.2\n", "CSV (utf-8, commas)", "[112.5 -8.2] [1 A file]"},
		"latitude first":     {"name,Latitude,LONGITUDE\nA,-8.2,112.5\n", "CSV (utf-8, commas)", "[112.5 -8.2] [A file]"},
		"Indonesian":         {"nama;bujur;lintang\nA;112,5;-8,2\n", "CSV (utf-8, semicolons, decimal commas)", "[112.5 -8.2] [A file]"},
		"decimal commas":     {"nama;x;y;tinggi\nA;112,5;-8,2;3,5\nB;112,5;-8,2;1.234,5\n", "CSV (utf-8, semicolons, decimal commas)", "[112.5 -8.2] [A 3.5 file]"},
		"tabs":               {"name\tlng\tlat\nA\t112.5\t-8.2\n", "TSV (utf-8, tabs)", "[112.5 -8.2] [A file]"},
		"bars":               {"name|lng|lat\nA|112.5|-8.2\n", "CSV (utf-8, bars)", "[112.5 -8.2] [A file]"},
		"told delimiter":     {"sep=;\nname;lon;lat\n\"A;B\";112.5;-8.2\n", "CSV (utf-8, semicolons)", "[112.5 -8.2] [A;B file]"},
		"WKT":                {"name,wkt\nA,\"POLYGON ((112 -8, 113 -8, 113 -7, 112 -8))\"\n", "CSV (utf-8, commas)", "[[[112 -8] [113 -8] [113 -7] [112 -8]]] [A file]"},
		"EWKT":               {"name,geom\nA,SRID=4326;POINT(112.5 -8.2)\n", "CSV (utf-8, commas)", "[112.5 -8.2] [A file]"},
		"WKB":                {"name,geom\nA,0101000020E61000000000000000205C4066666666666620C0\n", "CSV (utf-8, commas)", "[112.5 -8.2] [A file]"},
		"GeoJSON":            {"name;geojson\nA;{\"type\":\"Point\",\"coordinates\":[112.5,-8.2]}\n", "CSV (utf-8, semicolons)", "[112.5 -8.2] [A file]"},
		"one column":         {"name,koordinat\nA,\"-8.2, 112.5\"\n", "CSV (utf-8, commas)", "[112.5 -8.2] [A file]"},
		"degrees and signs":  {"name,lon,lat\nA,\"112°30'00\"\" BT\",8°12' LS\n", "CSV (utf-8, commas)", "[112.5 -8.2] [A file]"},
		"columns of minutes": {"name,lon_deg,lon_min,lat_deg,lat_min,lat_dir\nA,112,30,8,12,LS\n", "CSV (utf-8, commas)", "[112.5 -8.2] [A file]"},
		"Indonesian minutes": {"name,bujur_derajat,bujur_menit,bujur_detik,lintang_derajat,lintang_menit,lintang_detik\nA,112,30,0,-8,12,0\n", "CSV (utf-8, commas)", "[112.5 -8.2] [A file]"},
		"a pair of a kind":   {"name,office_lat,office_lon\nA,-8.2,112.5\n", "CSV (utf-8, commas)", "[112.5 -8.2] [A file]"},
		"quoted newline":     {"name,lon,lat\r\n\"A\nB \"\"C\"\"\",112.5,-8.2\r\n", "CSV (utf-8, commas)", "[112.5 -8.2] [A\nB \"C\" file]"},
		"old line ends":      {"name,lon,lat\rA,112.5,-8.2\r", "CSV (utf-8, commas)", "[112.5 -8.2] [A file]"},
		"zeros in front":     {"kode,lon,lat\n065,112.5,-8.2\n", "CSV (utf-8, commas)", "[112.5 -8.2] [065 file]"},
		"meant as text":      {"kode,n,lon,lat\n\"65\",7,112.5,-8.2\n", "CSV (utf-8, commas)", "[112.5 -8.2] [65 7 file]"},
		"nothing and \"\"":   {"a,b,lon,lat\n\"\",,112.5,-8.2\nx,1,112.5,-8.2\n", "CSV (utf-8, commas)", "[112.5 -8.2] [ <nil> file]"},
		"empty place":        {"name,lon,lat\nA,,\n", "CSV (utf-8, commas)", "<nil> [A file]"},
		"no place":           {"name,n\nA,1\n", "CSV (utf-8, commas)", "<nil> [A 1 file]"},
		"same names":         {"a,a,,lon,lat,,\n1,2,3,112.5,-8.2,,\n", "CSV (utf-8, commas)", "[112.5 -8.2] [1 2 3 file]"},
		"Windows-1252":       {"name,lon,lat\nCaf\xe9 \x96 1,112.5,-8.2\n", "CSV (windows-1252, commas)", "[112.5 -8.2] [Café – 1 file]"},
		"a mark":             {"\xef\xbb\xbfname,lon,lat\nCafé,112.5,-8.2\n", "CSV (utf-8, commas)", "[112.5 -8.2] [Café file]"},
		"UTF-16":             {"\xff\xfe" + utf16le("nama;lon;lat\r\nCafé;112.5;-8.2\r\n"), "CSV (utf-16le, semicolons)", "[112.5 -8.2] [Café file]"},
		"UTF-16, no mark":    {utf16le("nama\tlon\tlat\nCafe\t112.5\t-8.2\n"), "TSV (utf-16le, tabs)", "[112.5 -8.2] [Cafe file]"},
	} {
		t.Run(name, func(t *testing.T) {
			store := &memory{}
			report, err := Import(context.Background(), store, Stream("file", strings.NewReader(test.text)), Options{Collection: "things"})
			if err != nil {
				t.Fatal(err)
			}
			r := store.tables["things"].Records[0]
			got := fmt.Sprint(r.Geometry, " ", r.Values)
			if p, ok := r.Geometry.(orb.MultiPolygon); ok {
				got = fmt.Sprint(p[0], " ", r.Values)
			}
			if report.Format != test.format || got != test.want {
				t.Errorf("%s: %s\nwant %s: %s", report.Format, got, test.format, test.want)
			}
		})
	}
}

func utf16le(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteByte(byte(r))
		b.WriteByte(byte(r >> 8))
	}
	return b.String()
}

// Cells of a well-known collection are what its fields want, without a word of
// repair; what can be read in two ways is refused.
func TestCellsOfKnownCollections(t *testing.T) {
	store := &memory{}
	text := "code;name;kind;area_km2;population;postal_code;wkt\n" +
		"35.07.01.2001;A;desa;14,5;1200;65167;POLYGON((112 -8,113 -8,113 -7,112 -8))\n"
	report, err := Import(context.Background(), store, Stream("file", strings.NewReader(text)), Options{Collection: "villages"})
	if err != nil || report.Repaired != 0 {
		t.Fatalf("%+v, %v", report, err)
	}
	c := store.tables["villages"].Collection
	r := store.tables["villages"].Records[0]
	for field, want := range map[string]any{"area_km2": 14.5, "population": int64(1200), "postal_code": "65167"} {
		if got := r.Values[c.FieldIndex(field)]; got != want {
			t.Errorf("%s is %#v", field, got)
		}
	}
	_, err = Import(context.Background(), store, Stream("file", strings.NewReader(strings.Replace(text, "1200", "1.200", 1))), Options{Collection: "villages"})
	if err == nil || !strings.Contains(err.Error(), `population: is "1.200", which can be read in two ways`) {
		t.Error(err)
	}
}

func TestColumnsByRequest(t *testing.T) {
	text := "name,lon_bad,lat_bad,lon_good,lat_good\nA,1,2,112.5,-8.2\n"
	store := &memory{}
	if _, err := Import(context.Background(), store, Stream("file", strings.NewReader(text)), Options{Collection: "things", Lon: "lon_good", Lat: "lat_good"}); err != nil {
		t.Fatal(err)
	}
	if got := store.tables["things"].Records[0].Geometry; got != (orb.Point{112.5, -8.2}) {
		t.Error(got)
	}
}

func FuzzDelimited(f *testing.F) {
	for _, seed := range []string{"name,lon,lat\nA,112.5,-8.2\n", "a;b\n\"x\"\"y\n\";1,5\n", "sep=;\na;b\n", "\xff\xfen\x00,\x00a\x00", "wkt,a\nPOINT(1 2),3\n", "kode\tbujur\tlintang\n065\t8°12'\t1\n"} {
		f.Add([]byte(seed), false)
	}
	f.Fuzz(func(t *testing.T, text []byte, villages bool) {
		path := filepath.Join(t.TempDir(), "x")
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		opts := Options{Collection: "things"}
		if _, err := opts.complete(); err != nil {
			t.Fatal(err)
		}
		r, err := openDelimited(context.Background(), path, &opts)
		if err == nil {
			err = r.close()
		}
		if f := (*fault.Error)(nil); err != nil && !errors.As(err, &f) {
			t.Fatalf("%T %v", err, err)
		}
		if !bytes.ContainsAny(text, "{[<") {
			fuzzImport(t, text, villages)
		}
	})
}
