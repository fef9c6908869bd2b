package files

import (
	"bytes"
	"context"
	"math"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
	"pgregory.net/rapid"
)

// Quadkeys of places, as Ookla publishes them.
func TestQuadkeys(t *testing.T) {
	for key, at := range map[string]orb.Point{"3101020222003303": {112.5736, -8.1302}, "3100131333332032": {112.4230, -8.3830}} {
		tile, ok := tileOf(key)
		if !ok || quadkeyOf(tile) != key || tileAt(tile.Center()) != tile || tile.Center()[0]-at[0] > 0.01 {
			t.Errorf("%s: %v, %v, centre %v", key, tile, ok, tile.Center())
		}
	}
	for _, bad := range []string{"", "4", "0x", strings.Repeat("0", 25)} {
		if _, ok := tileOf(bad); ok {
			t.Errorf("%q is a tile", bad)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		z := rapid.IntRange(1, 24).Draw(t, "z")
		tile := maptile.New(rapid.Uint32Range(0, 1<<z-1).Draw(t, "x"), rapid.Uint32Range(0, 1<<z-1).Draw(t, "y"), maptile.Zoom(z))
		if got, ok := tileOf(quadkeyOf(tile)); !ok || got != tile {
			t.Fatalf("%v, %v", got, tile)
		}
	})
}

// The columns of 2019-Q1, before there were tile_x and tile_y.
type ookla2019 struct {
	Quadkey string `parquet:"quadkey"`
	Tile    string `parquet:"tile"`
	Down    int64  `parquet:"avg_d_kbps"`
	Up      int64  `parquet:"avg_u_kbps"`
	Latency int64  `parquet:"avg_lat_ms"`
	Tests   int64  `parquet:"tests"`
	Devices int64  `parquet:"devices"`
}

func ooklaFile(t *testing.T, rows ...ookla2019) Source {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[ookla2019](&b)
	if _, err := w.Write(rows); err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	return Stream("2019-01-01_performance_mobile_tiles.parquet", &b)
}

func TestOokla(t *testing.T) {
	store := &memory{}
	box := orb.Bound{Min: orb.Point{112, -9}, Max: orb.Point{113, -7.5}}
	report, err := Import(context.Background(), store, ooklaFile(t,
		ookla2019{"3101020222003303", "POLYGON((0 0, 1 0, 1 1, 0 0))", 12345, 4567, 31, 7, 3},
		ookla2019{"0231113112003202", "POLYGON((0 0, 1 0, 1 1, 0 0))", 1, 1, 1, 1, 1},
	), Options{Collection: "measurements", BBox: &box})
	if err != nil || report.Stored != 1 || report.Outside != 1 || report.Format != "Parquet" {
		t.Fatalf("%+v, %v", report, err)
	}
	table := store.tables["measurements"]
	value := func(field string) any { return table.Records[0].Values[table.Collection.FieldIndex(field)] }
	if table.Records[0].ID != "3101020222003303-2019-Q1-mobile" || value("down_mbps") != 12.345 || value("up_mbps") != 4.567 || value("latency_ms") != 31.0 ||
		value("tests") != int64(7) || value("period") != "2019-Q1" || value("network") != "mobile" || table.Collection.License != "CC-BY-NC-SA-4.0" {
		t.Errorf("%+v", table)
	}
	_, err = Import(context.Background(), &memory{}, ooklaFile(t, ookla2019{Quadkey: "31x", Tile: "POINT(0 0)", Down: 1}), Options{Collection: "measurements"})
	if err == nil || !strings.Contains(err.Error(), `quadkey: is "31x", want`) {
		t.Error(err)
	}
	_, err = Import(context.Background(), &memory{}, Stream("x", strings.NewReader("PAR1 and no more of it")), Options{Collection: "measurements"})
	if err == nil || !strings.Contains(err.Error(), "the Parquet file is cut off") {
		t.Error(err)
	}
}

func TestSingleTests(t *testing.T) {
	report, table := imported(t, &memory{}, "measurements", `lon,lat,download,upload,ping,network,date,device_id
112.5736,-8.1302,10,2,40,4G,2025-03-01,a
112.5737,-8.1303,20,,20,LTE,2025-03-28T10:00,a
112.5737,-8.1303,30,4,,wifi,2025-03-02,b
112.9000,-8.1303,5,1,90,4G,2025-03-02,c
`, Options{Aggregate: true})
	if report.Stored != 3 || report.Found[0] != (Found{"single speed tests", 4}) {
		t.Fatalf("%+v", report)
	}
	var mobile []any
	for _, r := range table.Records {
		if strings.HasSuffix(r.ID, "2025-03-mobile") && strings.HasPrefix(r.ID, quadkeyOf(tileAt(orb.Point{112.5736, -8.1302}))) {
			mobile = r.Values
		}
	}
	for field, want := range map[string]any{"down_mbps": 15.0, "up_mbps": 2.0, "latency_ms": 30.0, "tests": int64(2), "devices": int64(1), "network": "mobile"} {
		if got := mobile[table.Collection.FieldIndex(field)]; got != want {
			t.Errorf("%s is %v, want %v", field, got, want)
		}
	}
	_, err := Import(context.Background(), &memory{}, Stream("t.csv", strings.NewReader("lon,lat,download\n112,-8,fast\n")), Options{Collection: "measurements", Aggregate: true})
	if err == nil || !strings.Contains(err.Error(), `download: is "fast", want a number`) {
		t.Error(err)
	}
}

// Tests are neither lost nor invented, and no mean lies outside what was measured.
func TestAggregatesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tiles := map[testKey]*testSum{}
		agg := &testRows{}
		n := rapid.IntRange(1, 50).Draw(t, "n")
		lowest, highest := math.Inf(1), math.Inf(-1)
		for range n {
			down := rapid.Float64Range(0, 500).Draw(t, "down")
			lowest, highest = min(lowest, down), max(highest, down)
			at := orb.Point{rapid.Float64Range(112, 112.02).Draw(t, "lon"), rapid.Float64Range(-8, -7.99).Draw(t, "lat")}
			if f := agg.add(tiles, &row{geometry: at, properties: []property{{"down_mbps", down}}}); f.reason != "" {
				t.Fatal(f)
			}
		}
		var tests int64
		for k, s := range tiles {
			r := k.row(s, 1)
			tests += s.tests
			if mean := r.value("down_mbps").(float64); mean < lowest-1e-9 || mean > highest+1e-9 {
				t.Fatalf("mean %v of %v to %v", mean, lowest, highest)
			}
		}
		if tests != int64(n) {
			t.Fatalf("%d of %d tests", tests, n)
		}
	})
}
