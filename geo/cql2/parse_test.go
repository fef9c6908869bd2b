package cql2

import (
	"errors"
	"strings"
	"testing"

	"github.com/petadesa/petadesa/geo"
)

func TestCanonical(t *testing.T) {
	for written, want := range map[string]string{
		"name='a'":                                    "name = 'a'",
		"  name\n=\t'a'  ":                            "name = 'a'",
		"((name) = ('a'))":                            "name = 'a'",
		`"name" = 'it''s'`:                            "name = 'it''s'",
		`name = 'it\'s'`:                              "name = 'it''s'",
		`name = 'back\\''`:                            `name = 'back\\''`,
		`"two words" = 1.0`:                           `"two words" = 1`,
		`"and" = 1e2 and "point" = 2`:                 `"and" = 100 AND "point" = 2`,
		"a = 1 and (b = 2 and c = 3)":                 "a = 1 AND b = 2 AND c = 3",
		"a = 1 or b = 2 and c = 3":                    "a = 1 OR b = 2 AND c = 3",
		"(a = 1 or b = 2) and c = 3":                  "(a = 1 OR b = 2) AND c = 3",
		"not (a = 1) ":                                "NOT a = 1",
		"a not like 'x%'":                             "NOT a LIKE 'x%'",
		"a is not null":                               "NOT a IS NULL",
		"not not a in (1 , 2)":                        "NOT NOT a IN (1, 2)",
		"a not between -1 and + 2.50":                 "NOT a BETWEEN -1 AND 2.5",
		"a - (b - c) = a - b - c":                     "a - (b - c) = a - b - c",
		"-a ^ 2 = (1 + 2) * 3 DIV 4":                  "(-1 * a) ^ 2 = (1 + 2) * 3 DIV 4",
		"a = 9007199254740993":                        "a = 9007199254740993",
		"a = 1e400 or b = 1":                          "",
		"CaseI(name) = casei('B')":                    "CASEI(name) = CASEI('B')",
		"d > date('2025-10-01')":                      "d > DATE('2025-10-01')",
		"d > TIMESTAMP('2025-10-01T07:00:00+07:00')":  "d > TIMESTAMP('2025-10-01T00:00:00Z')",
		"t_during(d, interval('2025-01-01','..'))":    "T_DURING(d, INTERVAL('2025-01-01', '..'))",
		"s_intersects(geometry,bbox(1,2,3.50,4))":     "S_INTERSECTS(geometry, BBOX(1, 2, 3.5, 4))",
		"s_within(geom, Point Z (1 2 3))":             "S_WITHIN(geom, POINT(1 2))",
		"s_within(geom, MULTIPOINT((1 2), 3 4))":      "S_WITHIN(geom, MULTIPOINT(1 2, 3 4))",
		"s_touches(geom, POLYGON((0 0,1 0,1 1,0 0)))": "S_TOUCHES(geom, POLYGON((0 0, 1 0, 1 1, 0 0)))",
		"date = 1 and interval is null":               "date = 1 AND interval IS NULL",
		"nama_désa.x = 'Äpfel'":                       "nama_désa.x = 'Äpfel'",
		"open":                                        "open",
		"TRUE or open = false":                        "TRUE OR open = FALSE",
	} {
		f, err := Parse(written)
		if want == "" {
			if err == nil {
				t.Errorf("%s: read as %s", written, f)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", written, err)
		} else if f.String() != want {
			t.Errorf("%s\n is %s\nwant %s", written, f, want)
		}
	}
}

func TestWrongFilters(t *testing.T) {
	villages := geo.Collection{ID: "villages", Geometry: geo.Polygon, Fields: []geo.Field{
		{Name: "name", Type: geo.String}, {Name: "population", Type: geo.Integer}, {Name: "open", Type: geo.Boolean},
	}}
	products := geo.Collection{ID: "products", Geometry: geo.None, Fields: []geo.Field{{Name: "population", Type: geo.String}, {Name: "price", Type: geo.Number}}}
	for written, want := range map[string]string{
		"":                                       "at character 1: the filter is empty",
		"   ":                                    "at character 4: the filter is empty",
		"name = ":                                "at character 8: expected a property or a value, found the end",
		"name = 'a":                              "at character 8: the quote ' is not closed",
		`name = 'a\'`:                            "at character 8: the quote ' is not closed",
		"name == 'a'":                            `at character 7: expected a property or a value, found "="`,
		"name = 'a' ; DROP TABLE x":              "at character 12: the character ';' means nothing here",
		"näme = 'a' b":                           `at character 12: expected the end or an operator, found "b"`,
		"name = 'a' AND":                         "at character 15: expected a property or a value, found the end",
		"(name = 'a'":                            `at character 12: expected ")", found the end`,
		"name IS 'a'":                            "at character 9: expected NULL, found the text 'a'",
		"name NOT = 'a'":                         `at character 10: expected LIKE, BETWEEN or IN after NOT, found "="`,
		"population BETWEEN 1":                   "at character 21: expected AND and the upper end of BETWEEN, found the end",
		"name IN 'a'":                            "at character 9: expected a list in parentheses after IN, found the text 'a'",
		"name IN ()":                             `at character 10: expected a property or a value, found ")"`,
		"and = 1":                                "at character 1: expected a property or a value, found AND (a property of that name is written in double quotes)",
		"buffer(geometry, 3) = 1":                `at character 1: there is no function "buffer" here`,
		"A_CONTAINS(name, ('a'))":                `at character 1: there is no function "A_CONTAINS" here`,
		"CASEI(name, 'a') = 'a'":                 "at character 1: CASEI has 2 arguments; it takes 1",
		"2^3^4 = 1":                              "at character 4: a power of a power needs parentheses",
		"population = 1e999":                     `at character 14: "1e999" is not a number that can be reckoned with`,
		"nmae = 'a'":                             `at character 1: there is no property "nmae"; there are geometry, name, open, population`,
		"name = 'a' AND popu > 1":                `at character 16: there is no property "popu"; there are geometry, name, open, population`,
		"name = 3":                               "at character 8: 3 is a number and cannot be compared with name, which is text",
		"population > '3'":                       "at character 14: '3' is text and cannot be compared with population, which is a number",
		"population":                             "at character 1: population is a number where a condition is expected",
		"NOT name":                               "at character 5: name is text where a condition is expected",
		"open < true":                            "at character 1: open is a condition; < takes text or a number or a date or time",
		"name + 1 = 2":                           "at character 1: name is text; + takes a number",
		"population LIKE 'a%'":                   "at character 1: population is a number; LIKE takes text",
		"name LIKE name":                         "at character 11: the pattern of LIKE is name where a text is expected",
		"CASEI(population) = 'a'":                "at character 7: population is a number; CASEI takes text",
		"geometry = 'a'":                         "at character 1: geometry is a geometry; = takes text or a number or a date or time or a condition",
		"S_INTERSECTS(name, POINT(1 2))":         "at character 14: name is text; S_INTERSECTS takes a geometry",
		"S_INTERSECTS(geometry, POINT(112 -98))": "at character 30: the latitude -98 is not within -90 to 90 (longitude comes first)",
		"S_INTERSECTS(geometry, POINT(192 -8))":  "at character 30: the longitude 192 is not within -180 to 180",
		"S_INTERSECTS(geometry, POINT EMPTY)":    "at character 30: an empty geometry has no relation to any other",
		"S_INTERSECTS(geometry, POLYGON((0 0, 1 0, 1 1, 0 1)))":                  "at character 32: the ring is not closed: its last position is not its first",
		"S_INTERSECTS(geometry, POLYGON((0 0, 1 0, 0 0)))":                       "at character 32: a ring has four positions at least, not 3",
		"S_INTERSECTS(geometry, LINESTRING(0 0, 0 0))":                           "at character 34: a LINESTRING has two positions at least",
		"S_INTERSECTS(geometry, BBOX(1,2,3))":                                    "at character 24: a BBOX has 4 numbers (west,south,east,north) or 6 (with heights), not 3",
		"S_INTERSECTS(geometry, BBOX(1,5,3,4))":                                  "at character 24: south 5 is greater than north 4",
		"name > DATE('2025-13-01')":                                              "at character 13: the text '2025-13-01' is not a date (2025-10-01)",
		"name > DATE('2025-10')":                                                 "at character 13: the text '2025-10' is not a date (2025-10-01)",
		"name > TIMESTAMP('2025-10-01')":                                         "at character 18: the text '2025-10-01' is a date; a TIMESTAMP has a time as well (2025-10-01T08:00:00Z)",
		"population > DATE('2025-10-01')":                                        "at character 14: DATE('2025-10-01') is a date or time and cannot be compared with population, which is a number",
		"'2025' > DATE('2025-10-01')":                                            "at character 10: DATE('2025-10-01') is a date or time and cannot be compared with '2025', which is text",
		"S_WITHIN(geometry, GEOMETRYCOLLECTION(POINT(1 1),LINESTRING(1 2,3 4)))": "at character 20: S_WITHIN of a GEOMETRYCOLLECTION of unlike parts is not supported; S_INTERSECTS and S_DISJOINT are",
		"T_AFTER(name, INTERVAL('2025-12-01','2025-01-01'))":                     "at character 15: the INTERVAL ends before it starts",
		"T_AFTER(name, INTERVAL('2025-12-01','2026-01-01T00:00:00Z'))":           "at character 15: the INTERVAL has a date at one end and a time at the other",
		strings.Repeat("(", 70) + "name = 'a'":                                   "at character 65: more than 64 levels of nesting",
		strings.Repeat("NOT ", 70) + "open":                                      "at character 261: more than 64 levels of nesting",
		strings.Repeat("1+", 70) + "1 = 2":                                       "at character 128: more than 64 operands in a row",
		"name = '" + strings.Repeat("a", MaxLength) + "'":                        "a filter of 16393 bytes is longer than 16384",
		"name = '\xff'": "the filter is not valid UTF-8",
	} {
		f, err := Parse(written)
		if err == nil {
			err = f.Check(&villages)
		}
		var wrong *Error
		if !errors.As(err, &wrong) || err.Error() != want {
			t.Errorf("%.100s\n got %v\nwant %s", written, err, want)
		}
	}
	check := func(written, want string, collections ...*geo.Collection) {
		t.Helper()
		f, err := Parse(written)
		if err == nil {
			err = f.Check(collections...)
		}
		if got := "nil"; err == nil && want != got || err != nil && err.Error() != want {
			t.Errorf("%s\n got %v\nwant %s", written, err, want)
		}
	}
	check("price > 3", "nil", &villages, &products)
	check("geometry IS NULL", "nil", &villages, &products)
	check("geometry IS NULL", `at character 1: there is no property "geometry"; there are population, price`, &products)
	check("population > 3", "at character 14: 3 is a number and cannot be compared with population, which is text in products", &villages, &products)
}

// TestMissingProperty checks that a property of another collection is NULL.
func TestMissingProperty(t *testing.T) {
	snap, err := geo.Build(t.Context(), nil, []geo.Table{{Collection: geo.Collection{ID: "a", Geometry: geo.None}, Records: []geo.Record{{ID: "1"}}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for written, want := range map[string]bool{
		"x = 1": false, "NOT x = 1": false, "x IS NULL": true, "x LIKE 'a'": false, "x": false, "x IN (1)": false, "NOT x IN ('a')": false,
		"x + 1 > 0": false, "x BETWEEN 1 AND 2": false, "T_AFTER(x, DATE('2025-01-01'))": false, "S_DISJOINT(x, POINT(1 1))": false,
		"CASEI(x) = 'a'": false, "x = TRUE OR TRUE": true, "x > DATE('2025-01-01')": false,
		"T_AFTER(INTERVAL(x, '..'), DATE('2025-01-01'))": false, "CASEI(x) IS NULL": true, "x * 2 IS NULL": true,
	} {
		f, err := Parse(written)
		if err != nil {
			t.Fatal(err)
		}
		test, err := f.Compile(snap.Layer("a"))
		if err != nil {
			t.Fatal(err)
		}
		if test(0) != want {
			t.Errorf("%s: %v", written, test(0))
		}
	}
}

// TestTextsAsDates checks that texts beside a date are dates, also to each other.
func TestTextsAsDates(t *testing.T) {
	table := geo.Table{
		Collection: geo.Collection{ID: "a", Geometry: geo.None, Fields: []geo.Field{{Name: "x", Type: geo.String}, {Name: "y", Type: geo.String}}},
		Records:    []geo.Record{{ID: "1", Values: []any{"2025-10-01T07:00:00+07:00", "2025-10-01T00:00:00Z"}}},
	}
	snap, err := geo.Build(t.Context(), nil, []geo.Table{table}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for written, want := range map[string]int{
		"x = y": 0, "x IN (y, DATE('2025-01-01'))": 1, "x BETWEEN y AND DATE('2025-10-01')": 1, "x < y": 0, "T_EQUALS(x, y)": 1,
		"x > DATE('2025-10-01')": 0, "x >= DATE('2025-10-01')": 1, "x = DATE('2025-10-01')": 0, "T_INTERSECTS(x, DATE('2025-10-01'))": 1,
	} {
		f, err := Parse(written)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := count(f, snap.Layer("a")); err != nil || n != want {
			t.Errorf("%s: %d, %v", written, n, err)
		}
	}
}

func TestAllAndEqual(t *testing.T) {
	f, err := Parse("a = 1 OR b = 2")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := All(nil, f, Equal("c", 2.0), Equal("d e", `x\`)).String(), `(a = 1 OR b = 2) AND c = 2 AND "d e" = $'x\'`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if All(nil, nil) != nil || All(f) == nil || All(f).String() != f.String() {
		t.Error("All of nothing, or of one")
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"name = 'a' AND NOT population >= 1e3", `"a b" LIKE '10\%' OR x IN (1, -2)`, "CASEI(name) = casei('ß')", "-(a + 1) ^ 2 DIV 3 BETWEEN 1 AND 2",
		"S_INTERSECTS(geometry, POLYGON((0 0, 1 0, 1 1, 0 0)))", "T_DURING(INTERVAL(a, b), INTERVAL('2025-01-01', '..'))",
		"s_within(geom, geometrycollection(point z(1 2 3), multilinestring((1 2, 3 4))))", "BBOX(1,2,3,4) IS NULL", "d = TIMESTAMP('2025-10-01T08:00:00Z')",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		filter, err := Parse(s)
		var wrong *Error
		if err != nil {
			if !errors.As(err, &wrong) || wrong.At < 0 || wrong.At > len(s)+1 {
				t.Fatalf("%q: %v", s, err)
			}
			return
		}
		written := filter.String()
		again, err := Parse(written)
		if err != nil && len(written) <= MaxLength {
			t.Fatalf("%q is written %q, which is wrong: %v", s, written, err)
		}
		if err == nil && again.String() != written {
			t.Fatalf("%q is written %q, then %q", s, written, again)
		}
	})
}
