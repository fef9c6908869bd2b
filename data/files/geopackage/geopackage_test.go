package geopackage

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// made is a file of these statements.
func made(t *testing.T, statements ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.gpkg")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(s, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

var empty = []string{
	"CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT)",
	"CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER)",
	"CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER)",
	"INSERT INTO gpkg_spatial_ref_sys VALUES (7, 'EPSG', 4326), (8, 'ESRI', 54009)",
}

func layers(names ...string) []string {
	all := empty
	for _, n := range names {
		all = append(all[:len(all):len(all)], fmt.Sprintf("CREATE TABLE %s (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT, seen DATE)", n),
			fmt.Sprintf("INSERT INTO gpkg_contents VALUES ('%s', 'features')", n), fmt.Sprintf("INSERT INTO gpkg_geometry_columns VALUES ('%[1]s', 'geom', CASE '%[1]s' WHEN 'mollweide' THEN 8 ELSE 7 END)", n))
	}
	return all
}

func TestLayerOf(t *testing.T) {
	filled := append(layers("a", "b"), "INSERT INTO b VALUES (5, NULL, 'Coban', '2025-09-01'), (6, x'00', 'Sumber', NULL)")
	for name, test := range map[string]struct {
		statements []string
		opts       Options
		want       string // layer, or what the error says
	}{
		"no GeoPackage": {[]string{"CREATE TABLE a (b)"}, Options{}, "not a GeoPackage"},
		"none":          {empty, Options{}, "no layer of features"},
		"asked":         {filled, Options{Layer: "a"}, "a"},
		"missing":       {filled, Options{Layer: "c"}, `no layer "c"; it has a, b`},
		"preferred":     {filled, Options{Prefer: "a"}, "a"},
		"filled":        {filled, Options{}, "b"},
		"several":       {layers("a", "b"), Options{}, "choose one with --layer: a, b"},
		"system":        {layers("mollweide"), Options{}, "ESRI:54009"},
		"any system":    {layers("mollweide"), Options{AnySystem: true}, "mollweide"},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := Open(t.Context(), made(t, test.statements...), test.opts)
			if err != nil {
				if !strings.Contains(err.Error(), test.want) {
					t.Errorf("%v, want %s", err, test.want)
				}
				return
			}
			defer func() { _ = r.Close() }()
			if r.Layer() != test.want {
				t.Errorf("layer %s, want %s", r.Layer(), test.want)
			}
		})
	}
	r, err := Open(t.Context(), made(t, filled...), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	var got []string
	for range 2 { // as often as it is asked to
		for row, err := range r.Rows(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, fmt.Sprint(row.Number, row.Values, row.Fault != nil))
		}
	}
	const once = "1 [5 Coban 2025-09-01] false,2 [6 Sumber <nil>] true"
	if s := strings.Join(got, ","); s != once+","+once || r.SRID() != 4326 || len(r.Columns) != 3 || r.Columns[0].Name != "fid" {
		t.Error(s, r.SRID(), r.Columns)
	}
}
