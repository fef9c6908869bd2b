package data

import (
	"errors"
	"strings"
	"testing"
)

func TestCatalogue(t *testing.T) {
	sources, err := Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	required := 0
	for _, s := range sources {
		if s.Required && s.AlternativeOf == "" {
			required++
		}
		for _, id := range s.Collections {
			if _, ok := StandardCollection(id); !ok && id != "elevation" && id != "population" {
				t.Errorf("%s: collection %q", s.ID, id)
			}
		}
	}
	if required != 1 {
		t.Errorf("%d required sources; a regency needs its villages and nothing else", required)
	}
}

func TestBadCatalogues(t *testing.T) {
	good := `{"id":"a","title":"A","homepage":"https://a.example","url":"https://a.example/{code}","format":"sql","collections":["villages"],"licence":"MIT","attribution":"A","date":"2025","bytes":1,"max_bytes":2}`
	for _, test := range []struct{ old, new, want string }{
		{"", "", ""},
		{`"licence":"MIT"`, `"licence":""`, "without licence"},
		{`"licence"`, `"license"`, "unknown field"},
		{"https://a.example/{code}", "http://a.example/{code}", "want https"},
		{`"sql"`, `"dwg"`, `format "dwg"`},
		{`"collections":["villages"],`, ``, "either collections or fills"},
		{`"collections":["villages"]`, `"fills":{"collection":"villages","field":"code","key":"kode","set":{"colour":"warna"}}`, "no such field"},
		{`"collections":["villages"]`, `"fills":{"collection":"moon","field":"code","key":"kode","set":{"name":"nama"}}`, "well-known"},
		{`"sql"`, `"arcgis"`, "length of a page"},
		{`"max_bytes":2`, `"max_bytes":0`, "max_bytes 0"},
		{`"id":"a"`, `"id":"a","alternative_of":"b"`, `alternative of "b"`},
		{`"max_bytes":2}`, `"max_bytes":2},` + good, "given twice"},
	} {
		_, err := ReadCatalogue([]byte(`{"sources":[` + strings.Replace(good, test.old, test.new, 1) + `]}`))
		if test.want == "" && err != nil || test.want != "" && (!errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), test.want)) {
			t.Errorf("%s: error %v, want %q", test.new, err, test.want)
		}
	}
}
