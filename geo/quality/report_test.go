package quality

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/internal/testdata/villages"
)

var update = flag.Bool("update", false, "accept the output as golden")

func square(w, s, side float64) orb.Geometry {
	return orb.MultiPolygon{{{{w, s}, {w + side, s}, {w + side, s + side}, {w, s + side}, {w, s}}}}
}

// world has one of every fault.
func world(t *testing.T) *geo.Snapshot {
	t.Helper()
	str := func(names ...string) (fields []geo.Field) {
		for _, n := range names {
			fields = append(fields, geo.Field{Name: n, Type: geo.String})
		}
		return fields
	}
	tables := []geo.Table{{
		Collection: geo.Collection{
			ID: "villages", Title: "Villages", Geometry: geo.Polygon, MaxZoom: 14,
			Fields: append(str("code", "name", "district_code", "source", "source_date"), geo.Field{Name: "population", Type: geo.Integer}),
		},
		Records: []geo.Record{
			{ID: "35.07.01.2001", Geometry: square(112, -8, 0.01), Values: []any{"35.07.01.2001", "Satu", "35.07.01", "a", "2020", int64(5)}},
			{ID: "35.07.01.2002", Geometry: square(112.00999, -8, 0.01), Values: []any{"35.07.01.2002", "Dua", "35.07.02", "a", "2019-05", int64(-1)}},
			{ID: "35.07.01.2003", Geometry: square(112.02, -8, 0.01), Values: []any{"35.07.01.2003", nil, "35.07.01", "b", nil, nil}},
		},
	}, {
		Collection: geo.Collection{
			ID: "destinations", Title: "Destinations", Geometry: geo.Point, MaxZoom: 14,
			Fields: append(str("name", "village_code"), geo.Field{Name: "price_idr_min", Type: geo.Integer}, geo.Field{Name: "price_idr_max", Type: geo.Integer}),
		},
		Records: []geo.Record{
			{ID: "1", Geometry: orb.Point{112.005, -7.995}, Values: []any{"Pantai Bajul Mati", "35.07.01.2001", int64(5), int64(9)}},
			{ID: "2", Geometry: orb.Point{112.0051, -7.995}, Values: []any{"Pt. Bajulmati", "35.07.01.2001", int64(9), int64(5)}},
			{ID: "3", Geometry: orb.Point{112.015, -7.995}, Values: []any{"Bajul Mati", "35.07.01.2001", nil, nil}},
			{ID: "4", Geometry: orb.Point{112.5, -7.995}, Values: []any{"Bajul Mati", "35.07.09.2001", nil, nil}},
			{ID: "5", Values: []any{"Candi", "33.01.01.2001", nil, nil}},
			{ID: "6", Geometry: orb.Point{112.0105, -7.995}, Values: []any{"Candi Jago", "35.07.01.2001", nil, nil}},
		},
	}, {
		Collection: geo.Collection{ID: "roads", Title: "Roads", Geometry: geo.Line, MaxZoom: 14, Fields: str("name", "class")},
		Records: []geo.Record{
			{ID: "1", Geometry: orb.LineString{{112, -8}, {112.01, -8}}, Values: []any{"A", "village"}},
			{ID: "2", Geometry: orb.LineString{{112.01, -8}, {112.02, -8}}, Values: []any{"B", "village"}},
			{ID: "3", Geometry: orb.LineString{{112.1, -8}, {112.11, -8}}, Values: []any{"C", "village"}},
		},
	}}
	snap, err := geo.Build(context.Background(), nil, tables, nil)
	if err != nil {
		t.Fatal(err)
	}
	return snap
}

func TestReport(t *testing.T) {
	r, err := Check(context.Background(), world(t))
	if err != nil {
		t.Fatal(err)
	}
	r.Snapshot = "s"
	var out bytes.Buffer
	for _, write := range []func() error{
		func() error { return r.WriteText(&out) },
		func() error { return r.WriteJSON(&out) },
		func() error { return r.WriteHTML(&out, "") },
	} {
		if err := write(); err != nil {
			t.Fatal(err)
		}
	}
	const path = "testdata/report.golden"
	if *update {
		if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(out.Bytes(), want) {
		t.Errorf("the reports differ from %s (-update accepts):\n%s", path, out.String())
	}
}

func TestCheckNamesWhatIsNotThere(t *testing.T) {
	if _, err := Check(context.Background(), world(t), "rivers"); err == nil || !strings.Contains(err.Error(), `"rivers"`) {
		t.Error(err)
	}
	r, err := Check(context.Background(), world(t), "roads")
	if err != nil || len(r.Collections) != 1 || r.Collections[0].Network.Components != 2 || len(r.Collections[0].Network.Parts) != 2 || r.Collections[0].Network.Parts[1].Example.ID == "" || r.Collections[0].Network.Parts[0].Roads == 0 {
		t.Errorf("%+v, %v", r, err)
	}
	empty, err := geo.Build(context.Background(), nil, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if r, err := Check(context.Background(), empty); err != nil || r.Features != 0 {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestRealVillages(t *testing.T) {
	snap, err := geo.Build(context.Background(), nil, []geo.Table{villages.Table(t, "villages_malang_raw.geojson")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Check(context.Background(), snap, "villages")
	if err != nil {
		t.Fatal(err)
	}
	c := r.Collections[0]
	if c.Features != 390 || c.Overlaps.Pairs != 745 || c.Gaps.Slivers != 2183 || c.Gaps.Wide != 1 {
		shown, _ := json.Marshal(c)
		t.Errorf("%s", shown)
	}
}

func TestDistance(t *testing.T) {
	area := square(112, -8, 0.01)
	for p, want := range map[orb.Point]float64{{112.005, -7.995}: 0, {112.005, -8.01}: 1112, {112.02, -7.995}: 1101, {112.02, -8.01}: 1565} {
		if got := DistanceM(area, p); math.Abs(got-want) > 2 {
			t.Errorf("%v: %f m, want %f", p, got, want)
		}
	}
}
