package routing

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"pgregory.net/rapid"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/internal/testdata"
)

// roadsLayer builds a layer of roads as a store would hold them.
func roadsLayer(t testing.TB, lines []orb.Geometry, set func(i int, name string) any) *geo.Layer {
	t.Helper()
	table := geo.Table{Collection: geo.Collection{ID: "roads", Title: "Roads", Geometry: geo.Line, MaxZoom: 14, Fields: []geo.Field{
		{Name: "name", Type: geo.String},
		{Name: "class", Type: geo.String},
		{Name: "surface", Type: geo.String},
		{Name: "condition", Type: geo.String},
		{Name: "oneway", Type: geo.Boolean},
		{Name: "maxspeed", Type: geo.Number},
		{Name: "bridge", Type: geo.Boolean},
	}}}
	for i, g := range lines {
		r := geo.Record{ID: fmt.Sprintf("%06d", i), Geometry: g}
		for _, f := range table.Collection.Fields {
			var v any
			if set != nil {
				v = set(i, f.Name)
			}
			r.Values = append(r.Values, v)
		}
		table.Records = append(table.Records, r)
	}
	s, err := geo.Build(context.Background(), nil, []geo.Table{table}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s.Layer("roads")
}

// realRoads is the un-noded roads of three kecamatan.
func realRoads(t testing.TB) *geo.Layer {
	t.Helper()
	raw, err := os.ReadFile(testdata.Path(t, "malang", "roads_lawang_singosari_jabung.geojson"))
	if err != nil {
		t.Fatal(err)
	}
	fc, err := geojson.UnmarshalFeatureCollection(raw)
	if err != nil {
		t.Fatal(err)
	}
	var lines []orb.Geometry
	for _, f := range fc.Features {
		lines = append(lines, f.Geometry)
	}
	return roadsLayer(t, lines, func(i int, name string) any {
		if name != "class" {
			return nil
		}
		class, _ := fc.Features[i].Properties["class_id"].(string)
		switch class {
		case "Jalan Arteri", "Jalan Tol":
			return "national"
		case "Jalan Kolektor":
			return "provincial"
		case "Jalan Lokal":
			return "regency"
		}
		return "village"
	})
}

func built(t testing.TB, l *geo.Layer) (*Network, *Hierarchy) {
	t.Helper()
	n, err := Build(context.Background(), l)
	if err != nil {
		t.Fatal(err)
	}
	h, err := NewHierarchy(context.Background(), n)
	if err != nil {
		t.Fatal(err)
	}
	return n, h
}

// checkWays compares ways between random nodes with Dijkstra's, cost by cost, and
// walks each way's edges.
func checkWays(t testing.TB, n *Network, m *Metric, ways int, random *rand.Rand) (open int) {
	t.Helper()
	adjacency := newTopologyEdges(len(n.Nodes), n.Edges)
	for range ways {
		from, to := int32(random.IntN(len(n.Nodes))), int32(random.IntN(len(n.Nodes)))
		want := n.flood(adjacency, m.Weights, []entry{{from, 0}}, far, func(node int32, _ int64) bool { return node == to }).cost[to]
		found := m.between([]entry{{from, 0}}, []entry{{to, 0}}, 0, 1)
		if (len(found) > 0) != (want < far) || len(found) > 0 && found[0].cost != want {
			t.Fatalf("%d to %d: %v, Dijkstra says %d", from, to, found, want)
		}
		if len(found) == 0 {
			continue
		}
		got := found[0]
		open++
		at, sum := from, int64(0)
		for _, s := range got.steps {
			e, weight := n.Edges[s.edge], m.Weights.Backward[s.edge]
			begin, end := e.To, e.From
			if s.forward {
				begin, end, weight = end, begin, m.Weights.Forward[s.edge]
			}
			if begin != at || weight == Closed {
				t.Fatalf("%d to %d: edge %d does not lead on from %d", from, to, s.edge, at)
			}
			at, sum = end, sum+int64(weight)
		}
		if at != to || sum != got.cost {
			t.Fatalf("%d to %d: the way ends at %d and costs %d of %d", from, to, at, sum, got.cost)
		}
	}
	return open
}

// TestAThousandRealWays is on the roads of Lawang, Singosari and Jabung.
func TestAThousandRealWays(t *testing.T) {
	l := realRoads(t)
	n, h := built(t, l)
	t.Logf("noded: %v; the three longest parts %.0f m; %d arcs", n, n.Components()[:3], len(h.head))
	for _, v := range Vehicles() {
		m := NewMetric(h, n.Weigh(v, nil))
		open := checkWays(t, n, m, 1000, rand.New(rand.NewPCG(1, 1)))
		t.Logf("%s: 1000 ways, %d open, all cost what Dijkstra's do", v, open)
		if open < 500 {
			t.Errorf("%s: only %d of 1000 ways are open", v, open)
		}
	}
}

// TestRandomNetworks has loops, parallel edges, one-ways and parts.
func TestRandomNetworks(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		size := rapid.IntRange(2, 60).Draw(r, "nodes")
		n := &Network{Roads: []Road{{Class: "village"}, {Class: "village", Oneway: true}, {Class: "toll"}}}
		for i := range size {
			n.Nodes = append(n.Nodes, orb.Point{float64(i%8) + rapid.Float64Range(0, .5).Draw(r, "x"), float64(i / 8)})
		}
		for range rapid.IntRange(1, 120).Draw(r, "edges") {
			n.Edges = append(n.Edges, Edge{
				From: int32(rapid.IntRange(0, size-1).Draw(r, "from")), To: int32(rapid.IntRange(0, size-1).Draw(r, "to")),
				Road: int32(rapid.IntRange(0, 2).Draw(r, "road")), Metres: float64(rapid.IntRange(0, 300).Draw(r, "metres")),
			})
		}
		h, err := NewHierarchy(context.Background(), n)
		if err != nil {
			r.Fatal(err)
		}
		for _, v := range Vehicles() {
			checkWays(t, n, NewMetric(h, n.Weigh(v, nil)), 20, rand.New(rand.NewPCG(rapid.Uint64().Draw(r, "seed"), 1)))
		}
	})
}

// gridNetwork is side by side crossroads with uneven streets.
func gridNetwork(t testing.TB, side int) *Network {
	random := rand.New(rand.NewPCG(7, 7))
	var lines []orb.Geometry
	at := func(x, y int) orb.Point { return orb.Point{112.4 + float64(x)*.0012, -8.3 + float64(y)*.0012} }
	for y := range side {
		for x := range side {
			if x+1 < side && random.IntN(5) > 0 {
				lines = append(lines, orb.LineString{at(x, y), at(x+1, y)})
			}
			if y+1 < side && random.IntN(5) > 0 {
				lines = append(lines, orb.LineString{at(x, y), at(x, y+1)})
			}
		}
	}
	classes := []string{"village", "village", "village", "regency", "provincial"}
	n, err := Build(context.Background(), roadsLayer(t, lines, func(_ int, name string) any {
		if name == "class" {
			return classes[random.IntN(len(classes))]
		}
		return nil
	}))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func BenchmarkHierarchy(b *testing.B) {
	n := gridNetwork(b, 300)
	b.ReportMetric(float64(len(n.Nodes)), "nodes")
	var h *Hierarchy
	b.Run("order", func(b *testing.B) {
		for b.Loop() {
			h, _ = NewHierarchy(context.Background(), n)
		}
		b.ReportMetric(float64(len(h.head)), "arcs")
	})
	w := n.Weigh(Car, nil)
	var m *Metric
	b.Run("customize", func(b *testing.B) {
		for b.Loop() {
			m = NewMetric(h, w)
		}
	})
	random := rand.New(rand.NewPCG(3, 3))
	b.Run("way", func(b *testing.B) {
		for b.Loop() {
			m.between([]entry{{int32(random.IntN(len(n.Nodes))), 0}}, []entry{{int32(random.IntN(len(n.Nodes))), 0}}, 0, 1)
		}
	})
	adjacency := newTopologyEdges(len(n.Nodes), n.Edges)
	b.Run("dijkstra", func(b *testing.B) {
		for b.Loop() {
			to := int32(random.IntN(len(n.Nodes)))
			n.flood(adjacency, w, []entry{{int32(random.IntN(len(n.Nodes))), 0}}, far, func(node int32, _ int64) bool { return node == to })
		}
	})
}
