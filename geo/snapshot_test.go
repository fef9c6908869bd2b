package geo_test

import (
	"context"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"github.com/petadesa/petadesa/geo"
)

func places(points ...orb.Point) geo.Table {
	t := geo.Table{Collection: geo.Collection{
		ID: "places", Geometry: geo.Point, MaxZoom: 14,
		Fields: []geo.Field{{Name: "name", Type: geo.String}, {Name: "n", Type: geo.Integer}},
	}}
	for i, p := range points {
		t.Records = append(t.Records, geo.Record{ID: string(rune('a' + i)), Geometry: p, Values: []any{"p" + string(rune('a'+i)), int64(i)}})
	}
	return t
}

func TestVersionIgnoresOrderAndSharesWhatIsEqual(t *testing.T) {
	a := places(orb.Point{112, -8}, orb.Point{113, -7})
	b := places(orb.Point{112, -8}, orb.Point{113, -7})
	b.Records[0], b.Records[1] = b.Records[1], b.Records[0]
	first := build(t, nil, a, coverage(1, 2, 0.1))
	if v := build(t, nil, b, coverage(1, 2, 0.1)).Version; v != first.Version {
		t.Errorf("versions %s and %s differ by the order of records", first.Version, v)
	}
	b.Records[0].Values[1] = int64(99)
	second := build(t, first, b)
	if second.Version == first.Version {
		t.Error("a changed value did not change the version")
	}
	if second.Layer("areas") != first.Layer("areas") {
		t.Error("a layer that did not change was built again")
	}
	if third := build(t, second, b); third.Layer("places") != second.Layer("places") {
		t.Error("a table with the same content was built again")
	}
	if gone, err := geo.Build(context.Background(), first, nil, []string{"places"}); err != nil || gone.Layer("places") != nil {
		t.Errorf("removed layer is still there (%v)", err)
	}
}

func TestBuildKeepsNothingOfItsInput(t *testing.T) {
	table := coverage(1, 1, 0.1)
	l := build(t, nil, table).Layer("areas")
	want := l.Geometry(0).(orb.MultiPolygon)[0][0][0]
	table.Records[0].Geometry.(orb.MultiPolygon)[0][0][0] = orb.Point{}
	if got := l.Geometry(0).(orb.MultiPolygon)[0][0][0]; got != want {
		t.Errorf("the layer changed with its input: %v", got)
	}
}

func TestBuildRefuses(t *testing.T) {
	tests := []struct {
		name   string
		change func(*geo.Table)
		want   string
	}{
		{"duplicate id", func(t *geo.Table) { t.Records[1].ID = "a" }, `id "a" is there twice`},
		{"empty id", func(t *geo.Table) { t.Records[1].ID = "" }, `id ""`},
		{"wrong type", func(t *geo.Table) { t.Records[0].Values[1] = "x" }, `field "n": x (string) is not a integer`},
		{"missing value", func(t *geo.Table) { t.Records[0].Values = nil }, "0 values for 2 fields"},
		{"geometry type", func(t *geo.Table) { t.Records[0].Geometry = orb.LineString{{1, 1}, {2, 2}} }, "LineString, want Point"},
		{"not on earth", func(t *geo.Table) { t.Records[0].Geometry = orb.Point{-8, 112} }, "coordinate -8, 112"},
		{"not a number", func(t *geo.Table) { t.Records[0].Geometry = orb.Point{math.NaN(), 0} }, "coordinate NaN"},
		{"bad text", func(t *geo.Table) { t.Records[0].Values[0] = "\xff" }, `field "name"`},
		{"bad description", func(t *geo.Table) { t.Collection.ID = "A b" }, "collection id"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			table := places(orb.Point{112, -8}, orb.Point{113, -7})
			test.change(&table)
			_, err := geo.Build(context.Background(), nil, []geo.Table{table}, nil)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
		})
	}
}

func TestSearchEqualsBruteForce(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 1))
		points := make([]orb.Point, rapid.IntRange(0, 25).Draw(rt, "n"))
		for i := range points {
			points[i] = orb.Point{r.Float64()*360 - 180, r.Float64()*180 - 90}
		}
		l := build(t, nil, places(points...)).Layer("places")
		b := orb.MultiPoint{{r.Float64()*360 - 180, r.Float64()*180 - 90}, {r.Float64()*360 - 180, r.Float64()*180 - 90}}.Bound()
		got := map[int32]bool{}
		for _, i := range l.Search(b, nil) {
			got[i] = true
		}
		for i, p := range points {
			if got[int32(i)] != b.Contains(p) || l.Intersects(i, b) != b.Contains(p) {
				rt.Fatalf("point %v in %v: found %v", p, b, got[int32(i)])
			}
		}
	})
}

func TestIntersectsAsksTheGeometryNotItsBounds(t *testing.T) {
	ring := orb.Ring{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}
	hole := orb.Ring{{2, 2}, {2, 8}, {8, 8}, {8, 2}, {2, 2}}
	tests := []struct {
		name string
		g    orb.Geometry
		box  orb.Bound
		want bool
	}{
		{"diagonal passes the corner by", orb.LineString{{0, 0}, {10, 10}}, orb.Bound{Min: orb.Point{6, 0}, Max: orb.Point{10, 4}}, false},
		{"diagonal cuts the box", orb.LineString{{0, 0}, {10, 10}}, orb.Bound{Min: orb.Point{4, 0}, Max: orb.Point{10, 5}}, true},
		{"box inside a polygon", orb.Polygon{ring}, orb.Bound{Min: orb.Point{4, 4}, Max: orb.Point{5, 5}}, true},
		{"box inside a hole", orb.Polygon{ring, hole}, orb.Bound{Min: orb.Point{4, 4}, Max: orb.Point{5, 5}}, false},
		{"polygon inside the box", orb.Polygon{ring}, orb.Bound{Min: orb.Point{-1, -1}, Max: orb.Point{11, 11}}, true},
		{"nothing", nil, orb.Bound{Max: orb.Point{1, 1}}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			table := geo.Table{Collection: geo.Collection{ID: "x", Geometry: geo.Mixed, MaxZoom: 14}, Records: []geo.Record{{ID: "1", Geometry: test.g}}}
			if got := build(t, nil, table).Layer("x").Intersects(0, test.box); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// The whole ellipsoid measures 510,065,621.7 km²; the cell of one degree between
// the equator, the first parallel and two meridians 12,308.464 km².
func TestArea(t *testing.T) {
	square := func(w, s, e, n float64) orb.Polygon {
		return orb.Polygon{{{w, s}, {e, s}, {e, n}, {w, n}, {w, s}}}
	}
	cell := geo.Area(square(0, 0, 1, 1)) / 1e6
	for _, test := range []struct {
		name string
		g    orb.Geometry
		want float64
	}{
		{"a cell", square(0, 0, 1, 1), 12308.464},
		{"the Earth", square(-180, -90, 180, 90), 510065621.7},
		{"the same cell south, clockwise", orb.Polygon{{{0, 0}, {0, -1}, {1, -1}, {1, 0}, {0, 0}}}, cell},
		{"a hole", orb.MultiPolygon{{square(0, 0, 2, 1)[0], square(1, 0, 2, 1)[0]}}, cell},
		{"a line", orb.LineString{{0, 0}, {1, 1}}, 0},
	} {
		if got := geo.Area(test.g) / 1e6; math.Abs(got-test.want) > test.want*1e-7 {
			t.Errorf("%s: %.4f km², want %.4f", test.name, got, test.want)
		}
	}
}

func TestDistrictsFollowVillages(t *testing.T) {
	villages := func(n int) geo.Table {
		c := coverage(3, n, 0.1)
		c.Collection.ID = "villages"
		c.Collection.Fields = []geo.Field{{Name: "district_code", Type: geo.String}, {Name: "district", Type: geo.String}, {Name: "population", Type: geo.Integer}}
		for i := range c.Records {
			c.Records[i].Values = []any{c.Records[i].ID[:1], "D" + c.Records[i].ID[:1], int64(10)}
		}
		return c
	}
	s := build(t, nil, villages(3))
	d := s.Layer("districts")
	if d.Len() != 3 || !d.Derived {
		t.Fatalf("%d districts, want 3 derived", d.Len())
	}
	for i := range d.Len() {
		if g := d.Geometry(i).(orb.MultiPolygon); len(g) != 1 || len(g[0]) != 1 {
			t.Errorf("district %s has %d polygons", d.ID(i), len(g))
		}
		if v := d.Column("population").Value(i); v != int64(30) {
			t.Errorf("population %v, want 30", v)
		}
	}
	if n := build(t, s, villages(2)).Layer("districts").Len(); n != 2 {
		t.Errorf("%d districts after a change of villages, want 2", n)
	}
	own := coverage(1, 1, 1)
	own.Collection.ID = "districts"
	s = build(t, s, own)
	if l := s.Layer("districts"); l.Derived || l.Len() != 1 {
		t.Error("districts of their own did not take the place of derived ones")
	}
	if s, err := geo.Build(context.Background(), s, nil, []string{"districts"}); err != nil || s.Layer("districts").Len() != 3 {
		t.Errorf("districts removed were not derived again (%v)", err)
	}
}
