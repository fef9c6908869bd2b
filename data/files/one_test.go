package files

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/geo"
)

func standard(t testing.TB, id string) geo.Collection {
	t.Helper()
	c, ok := data.StandardCollection(id)
	if !ok {
		t.Fatalf("no collection %s", id)
	}
	return c
}

func TestCheckFeature(t *testing.T) {
	towers := standard(t, "towers")
	got, err := CheckFeature(towers, []byte(`{"type":"Feature","geometry":{"type":"Point","coordinates":[112.6,-8]},"properties":{"operators":["Telkomsel","XL"],"height_m":"31m","frequency_mhz":900},"links":[1]}`), "new", "an edit")
	want := geo.Record{ID: "new", Geometry: orb.Point{112.6, -8}, Values: make([]any, len(towers.Fields))}
	for name, value := range map[string]any{"operators": "Telkomsel;XL", "frequency_mhz": 900.0, "height_m": 31.0, "source": "an edit"} {
		want.Values[towers.FieldIndex(name)] = value
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	for text, says := range map[string]string{
		`{"type":"Feature","geometry":null,"properties":{}}`:                                                      "geometry: is null",
		`{"type":"Feature","geometry":{"type":"Point","coordinates":[-8,112.6]},"properties":{}}`:                 "geometry: latitude comes before longitude",
		`{"type":"Feature","geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]},"properties":{}}`:         "geometry: a LineString",
		`{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]},"properties":{"status":"broken"}}`:     "status: is \"broken\", want one of active",
		`{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]},"properties":{"height":1,"tinggi":2}}`: "height: is no property of towers",
		`{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]},"properties":{"height_m":"tall"}}`:     "height_m: is \"tall\"",
		`{"type":"FeatureCollection","features":[]}`:                                                              "type: is \"FeatureCollection\"",
		`[]`: "is not an object",
	} {
		_, err := CheckFeature(towers, []byte(text), "new", "an edit")
		var refused *FeatureError
		if !errors.As(err, &refused) || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, text := range []string{``, `{`, `{"type":"Feature"} x`, `{"type":"Feature",}`, strings.Repeat("[", 100_000)} {
		_, err := CheckFeature(towers, []byte(text), "new", "an edit")
		var broken *FileError
		if !errors.As(err, &broken) || !strings.Contains(err.Error(), "not JSON") {
			t.Errorf("%.40s: %v", text, err)
		}
	}
	village, err := CheckFeature(standard(t, "villages"), []byte(`{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[112,-8],[112.01,-8],[112.01,-7.99],[112,-8]]]},"properties":{"code":"3507292002","name":"X"}}`), "", "an edit")
	if err != nil || village.ID != "35.07.29.2002" || village.Values[3] != "desa" {
		t.Errorf("%+v %v", village, err)
	}
}

// TestMergePatchAsInTheStandard is appendix A of RFC 7396.
func TestMergePatchAsInTheStandard(t *testing.T) {
	for _, c := range [][3]string{
		{`{"a":"b"}`, `{"a":"c"}`, `{"a":"c"}`},
		{`{"a":"b"}`, `{"b":"c"}`, `{"a":"b","b":"c"}`},
		{`{"a":"b"}`, `{"a":null}`, `{}`},
		{`{"a":"b","b":"c"}`, `{"a":null}`, `{"b":"c"}`},
		{`{"a":["b"]}`, `{"a":"c"}`, `{"a":"c"}`},
		{`{"a":"c"}`, `{"a":["b"]}`, `{"a":["b"]}`},
		{`{"a":{"b":"c"}}`, `{"a":{"b":"d","c":null}}`, `{"a":{"b":"d"}}`},
		{`{"a":[{"b":"c"}]}`, `{"a":[1]}`, `{"a":[1]}`},
		{`["a","b"]`, `["c","d"]`, `["c","d"]`},
		{`{"a":"b"}`, `["c"]`, `["c"]`},
		{`{"a":"foo"}`, `null`, `null`},
		{`{"a":"foo"}`, `"bar"`, `"bar"`},
		{`{"e":null}`, `{"a":1}`, `{"a":1,"e":null}`},
		{`[1,2]`, `{"a":"b","c":null}`, `{"a":"b"}`},
		{`{}`, `{"a":{"bb":{"ccc":null}}}`, `{"a":{"bb":{}}}`},
		{`{"n":0.1000}`, `{"m":12345678901234567890.5}`, `{"m":12345678901234567890.5,"n":0.1000}`},
	} {
		got, err := MergePatch([]byte(c[0]), []byte(c[1]))
		if err != nil || string(got) != c[2] {
			t.Errorf("%s and %s: %s, %v; want %s", c[0], c[1], got, err, c[2])
		}
	}
	for _, bad := range []string{``, `{`, `{} {}`, "\"\xff\"", strings.Repeat(`{"a":`, 9000), `NaN`, `{"a":NaN}`} {
		if got, err := MergePatch([]byte(`{}`), []byte(bad)); err == nil {
			t.Errorf("%.40q: %s", bad, got)
		}
	}
}

// FuzzMergePatch holds the result of a patch to what RFC 7396 says of it: what
// the patch names is so, and applied again it changes nothing.
func FuzzMergePatch(f *testing.F) {
	f.Add([]byte(`{"a":{"b":1},"c":[1]}`), []byte(`{"a":{"b":null,"d":"x"},"c":2}`))
	f.Fuzz(func(t *testing.T, text, patch []byte) {
		once, err := MergePatch(text, patch)
		if err != nil {
			return
		}
		if !json.Valid(once) {
			t.Fatalf("%s", once)
		}
		again, err := MergePatch(once, patch)
		var a, b any
		if err != nil || json.Unmarshal(once, &a) != nil && json.Unmarshal(again, &b) != nil || !bytes.Equal(once, again) {
			t.Fatalf("%s, again %s: %v", once, again, err)
		}
	})
}

// FuzzCheckFeature: whatever is sent, it is refused or fits its collection, and
// what is stored of it can be sent back and changes nothing.
func FuzzCheckFeature(f *testing.F) {
	f.Add([]byte(`{"type":"Feature","id":"x","geometry":{"type":"Point","coordinates":[112.6,-8]},"properties":{"operators":["a"],"height_m":"31m"}}`))
	f.Add([]byte(`{"type":"Point","coordinates":[1,2]}`))
	towers := standard(f, "towers")
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := CheckFeature(towers, text, "new", "an edit")
		if err != nil {
			return
		}
		if err := geo.CheckRecord(&towers, &r); err != nil {
			t.Fatal(err)
		}
		again, err := CheckFeature(towers, geo.AppendRecordJSON(nil, &towers, &r), "other", "another")
		if err != nil || !reflect.DeepEqual(r, again) {
			t.Fatalf("%+v, sent back: %+v, %v", r, again, err)
		}
	})
}
