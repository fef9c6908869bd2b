package files

import (
	"errors"
	"strings"
	"testing"
)

const sqlHead = "/*\nfilename: made up for a test\n*/\nDELETE FROM wilayah_boundaries WHERE LEFT(kode,5)='99.01';\nINSERT INTO wilayah_boundaries(kode,nama,lat,lng,path) VALUES\n"

func TestImportSQL(t *testing.T) {
	square := "[[[-8.1,112.5],[-8.1,112.6],[-8.2,112.6],[-8.2,112.5],[-8.1,112.5]]]"
	tests := []struct {
		name, rows string
		layer      string
		asIs       bool // axes are not exchanged
		read       int
		refused    string // reason of the first refusal
		fault      string // of the whole file
	}{
		{name: "polygon and multipolygon", rows: "('99.01.01.2001','Sumber\\'an',-8.15,112.55,'" + square + "'),('99.01.01.1002','Batu',-8,112,'[" + square + "]');", read: 2},
		{name: "one ring", rows: "('99.01.01.2001','A',NULL,NULL,'" + square[1:len(square)-1] + "')", read: 1},
		{name: "axes not exchanged", asIs: true, rows: "('99.01.01.2001','A',0,0,'" + square + "');", read: 1, refused: "--swap-axes"},
		{name: "no path", rows: "('99.01.01.2001','A',0,0,NULL),('99.01.01.2002','A',0,0,'');", read: 2, refused: "is null"},
		{name: "a ring that is open", rows: "('99.01.01.2001','A',0,0,'[[[-8.1,112.5],[-8.1,112.6],[-8.2,112.6],[-8.2,112.5]]]');", read: 1, refused: "is not closed"},
		{name: "a path that is cut", rows: "('99.01.01.2001','A',0,0,'[[[-8.1,112.5],[-8');", read: 1, refused: "path: not JSON"},
		{name: "brackets without end", rows: "('99.01.01.2001','A',0,0,'[[[[[[[1]]]]]]]');", read: 1, refused: "7 levels of brackets"},
		{name: "a name that is no text", rows: "('99.01.01.2001','\xff',0,0,'" + square + "');", read: 1, refused: "not valid UTF-8"},
		{name: "two tables", rows: "('99.01.01.2001','A',0,0,'" + square + "');INSERT INTO b(kode) VALUES('x');", fault: "name one of them with --layer"},
		{name: "one of two tables", layer: "wilayah_boundaries", rows: "('99.01.01.2001','A',0,0,'" + square + "');INSERT INTO b(kode) VALUES('x');", read: 1},
		{name: "columns without names", rows: "('99.01.01.2001','A',0,0,'" + square + "');INSERT INTO wilayah_boundaries VALUES('x');", fault: "does not name the columns"},
		{name: "a function", rows: "(left('99',1),'A',0,0,NULL);", fault: `not an SQL dump that can be read: "left"`},
		{name: "cut short", rows: "('99.01.01.2001','A',0,0,'" + square, fault: "does not end"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			opts := Options{Collection: "villages", Layer: test.layer, SwapAxes: !test.asIs, DryRun: true, SkipRefused: true}
			report, err := Import(t.Context(), nil, Stream("w.sql", strings.NewReader(sqlHead+test.rows)), opts)
			if test.fault != "" {
				if fault := (*FileError)(nil); !errors.As(err, &fault) || !strings.Contains(err.Error(), test.fault) {
					t.Errorf("error %v, want %q", err, test.fault)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if report.Read != test.read || report.Format != "SQL" {
				t.Errorf("%+v", report)
			}
			if test.refused == "" && report.Refused > 0 || test.refused != "" && (report.Refused == 0 || !strings.Contains(report.Problems[0].Reason, test.refused)) {
				t.Errorf("%d refused, want %q: %v", report.Refused, test.refused, report.Problems)
			}
		})
	}
}

func TestSQLIntoACollectionOfItsOwn(t *testing.T) {
	dump := "CREATE TABLE p (kode int);\nINSERT INTO p(kode,naik,geom) VALUES(7,.5,'{\"type\":\"Point\",\"coordinates\":[112,-8]}'),(8,1e3,'[113,-8]');"
	store := &memory{}
	report, err := Import(t.Context(), store, Stream("p.sql", strings.NewReader(dump)), Options{Collection: "posts", Map: map[string]string{"id": "kode"}})
	if err != nil || report.Stored != 2 {
		t.Fatal(report, err)
	}
	if r := store.tables["posts"].Records[1]; r.ID != "8" || r.Geometry == nil {
		t.Errorf("%+v", r)
	}
}
