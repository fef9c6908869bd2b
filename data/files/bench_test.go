package files

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data/export"
	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/internal/testdata"
)

// BenchmarkImport reads and checks without a store.
func BenchmarkImport(b *testing.B) {
	points := geo.Table{Collection: geo.Collection{ID: "points", Geometry: geo.Point, Fields: []geo.Field{
		{Name: "name", Type: geo.String}, {Name: "height", Type: geo.Number}, {Name: "n", Type: geo.Integer},
	}}}
	for i := range 83_000 {
		points.Records = append(points.Records, geo.Record{
			ID: fmt.Sprint(i), Geometry: orb.Point{112 + float64(i)/83_000, -8.123456789},
			Values: []any{fmt.Sprintf("Tempat %d", i), float64(i) / 7, int64(i)},
		})
	}
	made := filepath.Join(b.TempDir(), "points.geojson")
	format, err := export.Named("geojson")
	if err != nil {
		b.Fatal(err)
	}
	if err := export.WriteFile(context.Background(), made, format, &points.Collection, export.Records(&points)); err != nil {
		b.Fatal(err)
	}
	for _, test := range []struct{ name, collection, path string }{
		{"villages", "villages", testdata.Path(b, "malang/villages_malang_topo.geojson")},
		{"villages_raw", "villages", testdata.Path(b, "malang/villages_malang_raw.geojson")},
		{"roads", "roads", testdata.Path(b, "malang/roads_lawang_singosari_jabung.geojson")},
		{"points", "points", made},
	} {
		b.Run(test.name, func(b *testing.B) {
			info, err := os.Stat(test.path)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(info.Size())
			rows := 0
			for b.Loop() {
				report, err := Import(context.Background(), nil, Path(test.path), Options{Collection: test.collection, DryRun: true})
				if err != nil {
					b.Fatal(err)
				}
				rows += report.Read
			}
			b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
