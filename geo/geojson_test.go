package geo

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/paulmach/orb"
)

func TestAppendGeometryJSON(t *testing.T) {
	square := orb.Ring{{0, 0}, {1, 0}, {1, 1}, {0, 0}}
	for _, test := range []struct {
		geometry orb.Geometry
		want     string
	}{
		{nil, `null`},
		{orb.Point{112.63581484885529, -8.5}, `{"type":"Point","coordinates":[112.63581484885529,-8.5]}`},
		{orb.Point{math.NaN(), 1e-9}, `{"type":"Point","coordinates":[null,0.000000001]}`},
		{orb.MultiPoint{{1, 2}, {3, 4}}, `{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}`},
		{orb.LineString{}, `{"type":"LineString","coordinates":[]}`},
		{orb.MultiLineString{{{1, 2}, {3, 4}}}, `{"type":"MultiLineString","coordinates":[[[1,2],[3,4]]]}`},
		{square, `{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}`},
		{orb.Polygon{square}, `{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}`},
		{orb.MultiPolygon{{square}, {square}}, `{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[[[0,0],[1,0],[1,1],[0,0]]]]}`},
		{orb.Collection{orb.Point{1, 2}, nil}, `{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},null]}`},
	} {
		if got := string(AppendGeometryJSON(nil, test.geometry)); got != test.want {
			t.Errorf("AppendGeometryJSON(%v) = %s, want %s", test.geometry, got, test.want)
		}
	}
}

func TestAppendStringJSON(t *testing.T) {
	for _, s := range []string{"", "Gedangan", `say "a\b"`, "tab\tline\nend\r\x00\x1f\x7f", "<script>&amp;</script>", "Désa 村 🏝", "\u2028\u2029"} {
		got := AppendStringJSON(nil, s)
		var back string
		if err := json.Unmarshal(got, &back); err != nil || back != s {
			t.Errorf("AppendStringJSON(%q) = %s, read back as %q, %v", s, got, back, err)
		}
		if reference, _ := json.Marshal(s); string(reference) != string(got) && s != "tab\tline\nend\r\x00\x1f\x7f" {
			t.Errorf("AppendStringJSON(%q) = %s, encoding/json writes %s", s, got, reference)
		}
	}
	if got := string(AppendStringJSON(nil, "a\xffb")); got != `"a\ufffdb"` {
		t.Errorf("invalid UTF-8 gives %s", got)
	}
}

func TestAppendNumberJSON(t *testing.T) {
	for _, test := range []struct {
		value float64
		want  string
	}{{0, "0.0"}, {8, "8.0"}, {8.4, "8.4"}, {-0.1, "-0.1"}, {1e21, "1e+21"}, {1e20, "100000000000000000000.0"}, {5e-324, "5e-324"}, {math.Inf(1), "null"}} {
		if got := string(appendNumberJSON(nil, test.value)); got != test.want {
			t.Errorf("appendNumberJSON(%g) = %s, want %s", test.value, got, test.want)
		}
	}
}

func TestFeatureJSONIsTheSameFromLayerAndRecord(t *testing.T) {
	c := Collection{ID: "x", Geometry: Point, Fields: []Field{{Name: "s", Type: String}, {Name: "i", Type: Integer}, {Name: "n", Type: Number}, {Name: "b", Type: Boolean}}}
	records := []Record{
		{ID: "1", Geometry: orb.Point{1, 2}, Values: []any{"a<b", int64(7), 7.0, true}},
		{ID: "2", Values: make([]any, 4)},
	}
	l := &Layer{Collection: c, ids: []string{"1", "2"}, geometries: []orb.Geometry{records[0].Geometry, nil}}
	for _, f := range c.Fields {
		l.Columns = append(l.Columns, newColumn(f, 2))
	}
	l.Columns[0].words, l.Columns[0].refs[0] = []string{"a<b"}, 1
	l.Columns[1].ints[0], l.Columns[1].set[0] = 7, true
	l.Columns[2].nums[0], l.Columns[2].set[0] = 7, true
	l.Columns[3].bools[0], l.Columns[3].set[0] = true, true
	want := []string{
		`{"type":"Feature","id":"1","geometry":{"type":"Point","coordinates":[1,2]},"properties":{"s":"a\u003cb","i":7,"n":7.0,"b":true}}`,
		`{"type":"Feature","id":"2","geometry":null,"properties":{"s":null,"i":null,"n":null,"b":null}}`,
	}
	for i := range records {
		if got := string(AppendFeatureJSON(nil, l, i, nil)); got != want[i] {
			t.Errorf("AppendFeatureJSON = %s\nwant %s", got, want[i])
		}
		if got := string(AppendRecordJSON(nil, &c, &records[i])); got != want[i] {
			t.Errorf("AppendRecordJSON = %s\nwant %s", got, want[i])
		}
	}
	if got, want := string(AppendFeatureJSON(nil, l, 0, []int{2, 0})), `{"type":"Feature","id":"1","geometry":{"type":"Point","coordinates":[1,2]},"properties":{"n":7.0,"s":"a\u003cb"}}`; got != want {
		t.Errorf("AppendFeatureJSON with a selection = %s\nwant %s", got, want)
	}
	if got := string(AppendFeatureJSON(nil, l, 1, []int{})); got != `{"type":"Feature","id":"2","geometry":null,"properties":{}}` {
		t.Errorf("AppendFeatureJSON without properties = %s", got)
	}
}
