package geo

import (
	"testing"

	"github.com/paulmach/orb"
)

func TestDressedLayersKeepTheirShapes(t *testing.T) {
	square := orb.Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}
	plain := Collection{ID: "villages", Title: "V", Geometry: Polygon, MaxZoom: 14, Fields: []Field{{Name: "name", Type: String}}}
	s, err := Build(t.Context(), nil, []Table{{Collection: plain, Records: []Record{
		{ID: "a", Geometry: square, Values: []any{"A"}}, {ID: "b", Geometry: square, Values: []any{"B"}},
	}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	l := s.Layer("villages")
	c := Collection{ID: "gaps", Title: "G", Geometry: Polygon, MaxZoom: 14, Fields: []Field{{Name: "gap", Type: Number}}}
	dress := func(gap float64) *Layer {
		t.Helper()
		d, err := l.Dress(c, func(i int) []any {
			if i == 0 {
				return []any{gap}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	d := dress(1.5)
	if v, ok := d.Column("gap").Float(0); !ok || v != 1.5 || d.Column("gap").Has(1) || d.Column("name") != nil {
		t.Error("the values are not those given")
	}
	if i, ok := d.Find("b"); !ok || i != 1 || len(d.Shape.X) != len(l.Shape.X) || len(d.Search(l.Bound, nil)) != 2 {
		t.Error("features or shapes differ")
	}
	if again := dress(1.5); again.Version != d.Version || dress(2).Version == d.Version || d.Version == l.Version {
		t.Error("the version does not follow the values")
	}
	if _, err := l.Dress(c, func(int) []any { return []any{"text"} }); err == nil {
		t.Error("text was taken for a number")
	}
}
