package cql2

import (
	"errors"
	"strings"
	"testing"
)

func TestJSON(t *testing.T) {
	for _, pair := range [][2]string{
		{`{"op":"=","args":[{"property":"name"},"it's"]}`, "name = 'it''s'"},
		{`{"op":"and","args":[{"op":"and","args":[true,{"property":"a"}]},{"op":"not","args":[{"property":"b"}]}]}`, "TRUE AND a AND NOT b"},
		{`{"op":"in","args":[{"property":"a"},[1,2.5e0,-3]]}`, "a IN (1, 2.5, -3)"},
		{`{"op":"like","args":[{"op":"casei","args":[{"property":"a"}]},{"op":"casei","args":["x%"]}]}`, "CASEI(a) LIKE CASEI('x%')"},
		{`{"op":"between","args":[{"op":"+","args":[{"property":"a"},1]},1,2]}`, "a + 1 BETWEEN 1 AND 2"},
		{`{"op":"isNull","args":[{"property":"a"}]}`, "a IS NULL"},
		{`{"op":">","args":[{"property":"d"},{"date":"2025-10-01"}]}`, "d > DATE('2025-10-01')"},
		{`{"op":"t_during","args":[{"interval":[{"property":"a"},{"property":"b"}]},{"interval":["2025-01-01",".."]}]}`, "T_DURING(INTERVAL(a, b), INTERVAL('2025-01-01', '..'))"},
		{`{"op":"t_after","args":[{"property":"d"},{"timestamp":"2025-10-01T00:00:00Z"}]}`, "T_AFTER(d, TIMESTAMP('2025-10-01T00:00:00Z'))"},
		{`{"op":"s_intersects","args":[{"property":"geometry"},{"bbox":[1,2,0,3,4,9]}]}`, "S_INTERSECTS(geometry, BBOX(1, 2, 3, 4))"},
		{`{"op":"s_within","args":[{"property":"geometry"},{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}]}`, "S_WITHIN(geometry, POLYGON((0 0, 1 0, 1 1, 0 0)))"},
		{`{"op":"s_within","args":[{"property":"geometry"},{"type":"Point","coordinates":[1,-2.5,100]}]}`, "S_WITHIN(geometry, POINT(1 -2.5))"},
		{`{"op":"s_intersects","args":[{"property":"g"},{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"MultiLineString","coordinates":[[[1,2],[3,4]]]}]}]}`, "S_INTERSECTS(g, GEOMETRYCOLLECTION(POINT(1 2), MULTILINESTRING((1 2, 3 4))))"},
	} {
		document, want := pair[0], pair[1]
		f, err := ParseJSON([]byte(document))
		if err != nil {
			t.Errorf("%s: %v", document, err)
		} else if f.String() != want {
			t.Errorf("%s\n got %s\nwant %s", document, f, want)
		}
	}
}

func TestWrongJSON(t *testing.T) {
	for document, want := range map[string]string{
		``:                            "the filter is not JSON: EOF",
		`{`:                           "the filter is not JSON: unexpected EOF",
		`true true`:                   "the filter goes on behind its end",
		`null`:                        "filter: expected an operation, property or value",
		`{"op":"="}`:                  `filter: expected "op" and "args", or a property, instant, interval or geometry`,
		`{"op":"=","args":[1]}`:       "filter: = with 1 arguments",
		`{"op":"buffer","args":[1]}`:  `filter: there is no operation "buffer" here`,
		`{"op":"property","args":[]}`: `filter: there is no operation "property" here`,
		`{"op":"not","args":[{"op":"=","args":[1,null]}]}`:       "filter/args/0/args/1: expected an operation, property or value",
		`{"op":"in","args":[1,2]}`:                               "filter/args/1: expected a list of values",
		`{"op":"=","args":[1e999,1]}`:                            "filter/args/0: 1e999 is not a number that can be reckoned with",
		`{"property":3}`:                                         `filter: expected "property" with a text, and nothing else`,
		`{"date":"2025-10"}`:                                     `filter: "2025-10" is not a date`,
		`{"interval":["2025-10-01","x"]}`:                        `filter/interval/1: "x" is not a date, a time or ".."`,
		`{"interval":["2025-10-02","2025-10-01"]}`:               "the INTERVAL ends before it starts",
		`{"type":"Circle","coordinates":[1,2]}`:                  `filter: "Circle" is no type of geometry`,
		`{"type":"Point","coordinates":[1]}`:                     `filter: the Point cannot be read: expected a coordinate, found ")"`,
		`{"type":"Point","coordinates":[1,"2"]}`:                 "filter: the Point cannot be read: the character '?' means nothing here",
		`{"type":"Point"}`:                                       "filter: the Point cannot be read: the character '?' means nothing here",
		`{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]}`: "filter: the Polygon cannot be read: a ring has four positions at least, not 3",
		`{"bbox":[1,2]}`:                                         "filter: the BBOX cannot be read: a BBOX has 4 numbers (west,south,east,north) or 6 (with heights), not 2",
		strings.Repeat(`{"op":"not","args":[`, 70) + "true" + strings.Repeat("]}", 70): "more than 64 levels of nesting",
		`"` + strings.Repeat("a", MaxLength) + `"`:                                     "a filter of 16386 bytes is longer than 16384",
	} {
		_, err := ParseJSON([]byte(document))
		var wrong *Error
		if !errors.As(err, &wrong) || err.Error() != want {
			t.Errorf("%.100s\n got %v\nwant %s", document, err, want)
		}
	}
}

func FuzzParseJSON(f *testing.F) {
	f.Add(`{"op":"and","args":[{"op":"=","args":[{"property":"a"},1e3]},{"op":"in","args":["x",["y","z\\"]]}]}`)
	f.Add(`{"op":"s_within","args":[{"bbox":[1,2,3,4]},{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]]]}]}`)
	f.Add(`{"op":"t_after","args":[{"interval":["..",{"property":"b"}]},{"timestamp":"2025-10-01T00:00:00.5Z"}]}`)
	f.Fuzz(func(t *testing.T, s string) {
		filter, err := ParseJSON([]byte(s))
		var wrong *Error
		if err != nil {
			if !errors.As(err, &wrong) {
				t.Fatalf("%q: %v", s, err)
			}
			return
		}
		document, err := filter.MarshalJSON()
		if err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		again, err := ParseJSON(document)
		if err != nil && len(document) <= MaxLength {
			t.Fatalf("%q is written %s, which is wrong: %v", s, document, err)
		}
		if err == nil && again.String() != filter.String() {
			t.Fatalf("%q is %s, then %s", s, filter, again)
		}
	})
}
