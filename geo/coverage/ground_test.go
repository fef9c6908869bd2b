package coverage

import (
	"context"
	"math"
	"os"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"pgregory.net/rapid"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/lattice"
	"github.com/petadesa/petadesa/internal/testdata"
)

// villagesOf builds the layer of villages.
func villagesOf(t testing.TB, records ...geo.Record) *geo.Layer {
	t.Helper()
	snap, err := geo.Build(t.Context(), nil, []geo.Table{{Collection: villageCollection(), Records: records}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return snap.Layer("villages")
}

func villageCollection() geo.Collection {
	return geo.Collection{ID: "villages", Title: "Villages", Geometry: geo.Polygon, MaxZoom: 14, Fields: []geo.Field{
		{Name: "name", Type: geo.String},
		{Name: "district_code", Type: geo.String},
		{Name: "district", Type: geo.String},
		{Name: "population", Type: geo.Integer},
	}}
}

// realVillages reads the true villages of Malang.
func realVillages(t testing.TB) []geo.Record {
	t.Helper()
	raw, err := os.ReadFile(testdata.Path(t, "malang", "villages_malang_topo.geojson"))
	if err != nil {
		t.Fatal(err)
	}
	fc, err := geojson.UnmarshalFeatureCollection(raw)
	if err != nil {
		t.Fatal(err)
	}
	var all []geo.Record
	for i, f := range fc.Features {
		p := f.Properties
		all = append(all, geo.Record{ID: p["code"].(string), Geometry: f.Geometry, Values: []any{
			p["name"], p["kecamatan_code"], p["kecamatan"], int64(2000 + i*37%9000),
		}})
	}
	return all
}

func TestAreasOfRealVillages(t *testing.T) {
	villages := villagesOf(t, realVillages(t)...)
	g, err := NewGround(context.Background(), villages)
	if err != nil {
		t.Fatal(err)
	}
	var sum, worst float64
	for v := range villages.Len() {
		got, want := float64(g.Area(v, nil)), geo.Area(villages.Geometry(v))
		worst = max(worst, math.Abs(got-want)/want)
		sum += got
	}
	full, _ := g.Land.Count()
	t.Logf("%d villages, %d blocks, %d cells, %d spans, %d pieces, %d kB; area %.4f km²; largest difference %.5f %%",
		villages.Len(), len(g.Grid.Blocks()), full, len(g.spans), len(g.pieces), g.Bytes()/1024, sum/1e6, worst*100)
	if worst > 1e-4 {
		t.Errorf("a village differs by %.4f %%", worst*100)
	}
}

// drawPolygon makes a star around a point, so that it does not cross itself, with a hole
// at times.
func drawPolygon(t *rapid.T, name string) orb.Polygon {
	x := 112.5 + rapid.Float64Range(-0.02, 0.02).Draw(t, name+" x")
	y := -8.2 + rapid.Float64Range(-0.02, 0.02).Draw(t, name+" y")
	star := func(least, most float64) orb.Ring {
		n := rapid.IntRange(3, 12).Draw(t, name+" corners")
		var r orb.Ring
		for i := range n {
			d := rapid.Float64Range(least, most).Draw(t, name+" d")
			sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
			r = append(r, orb.Point{x + d*cos, y + d*sin})
		}
		return append(r, r[0])
	}
	p := orb.Polygon{star(0.006, 0.012)}
	if rapid.Bool().Draw(t, name+" hole") {
		p = append(p, star(0.0005, 0.001))
	}
	if rapid.Bool().Draw(t, name+" turned") {
		for _, r := range p {
			r.Reverse()
		}
	}
	return p
}

func TestLandIsThatOfThePolygons(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, q := drawPolygon(t, "village"), drawPolygon(t, "coverage")
		snap, err := geo.Build(context.Background(), nil, []geo.Table{{Collection: villageCollection(), Records: []geo.Record{
			{ID: "a", Geometry: p, Values: []any{"A", "1", "D", int64(1000)}},
		}}}, nil)
		if err != nil {
			t.Skip(err)
		}
		g, err := NewGround(context.Background(), snap.Layer("villages"))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := float64(g.Area(0, nil)), geo.Area(p); math.Abs(got-want) > want*1e-4+40 {
			t.Fatalf("area %v, want %v", got, want)
		}
		b := g.Grid.NewBuilder()
		b.AddPolygon(q)
		s := b.Set()
		in, out := g.Area(0, s), g.Area(0, AndNot(g.Grid.All(), s))
		if lost := g.Area(0, nil) - in - out; lost < 0 || lost > int64(len(g.pieces)) {
			t.Fatalf("%d m² are neither inside nor outside", lost)
		}
		if got, want := float64(in), sampled(g, p, q); math.Abs(got-want) > 0.03*geo.Area(p) {
			t.Fatalf("covered %v m², by sampling %v", got, want)
		}
		w := g.newWeights()
		if !g.spread(w, 0, 1_234_567, func(_ int32, area int64) float64 { return float64(area) }) {
			t.Fatal("nothing was spread")
		}
		w.total(g)
		if got := g.Sum(0, nil, w); got != 1_234_567 {
			t.Fatalf("spread %d", got)
		}
		if got, want := float64(g.Sum(0, s, w))/1_234_567, float64(in)/float64(g.Area(0, nil)); math.Abs(got-want) > 1e-2 {
			t.Fatalf("%v of the people are on %v of the land", got, want)
		}
	})
}

// sampled estimates the area that two polygons share by asking 16 points a cell.
func sampled(g *Ground, p, q orb.Polygon) float64 {
	var sum float64
	for i := range int32(g.Grid.Size()) {
		c := g.Grid.Cell(i).Bound()
		if !c.Intersects(p.Bound()) || !c.Intersects(q.Bound()) {
			continue
		}
		for k := range 16 {
			at := orb.Point{c.Min[0] + (float64(k%4)+.5)/4/lattice.PerDegree, c.Min[1] + (float64(k/4)+.5)/4/lattice.PerDegree}
			if contains(p, at) && contains(q, at) {
				sum += float64(g.Grid.Area(i)) / 16
			}
		}
	}
	return sum
}

// contains is the even–odd rule.
func contains(p orb.Polygon, at orb.Point) bool {
	in := false
	for _, r := range p {
		for i := range r {
			a, b := r[i], r[(i+1)%len(r)]
			if (a[1] > at[1]) != (b[1] > at[1]) && at[0] < a[0]+(b[0]-a[0])*(at[1]-a[1])/(b[1]-a[1]) {
				in = !in
			}
		}
	}
	return in
}
