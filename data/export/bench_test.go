package export_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/petadesa/petadesa/data/export"
	"github.com/petadesa/petadesa/data/storetest"
)

// BenchmarkExport writes as many polygons as Indonesia has villages, and beside
// it has ogr2ogr write the same from a GeoPackage, where it knows the form.
func BenchmarkExport(b *testing.B) {
	const n = 83_000
	table := storetest.Polygons("villages", n, 20)
	source := file(b, "gpkg", &table)
	drivers := map[string]string{"geojson": "GeoJSON", "geojsonseq": "GeoJSONSeq", "gpkg": "GPKG", "fgb": "FlatGeobuf", "kml": "LIBKML", "csv": "CSV", "xlsx": "XLSX"}
	for _, f := range export.All() {
		path := filepath.Join(b.TempDir(), "villages"+f.Extensions[0])
		b.Run(f.Name+"/petadesa", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := export.WriteFile(b.Context(), path, f, &table.Collection, export.Records(&table)); err != nil {
					b.Fatal(err)
				}
			}
			report(b, path, n)
		})
		driver := drivers[f.Name]
		if _, err := exec.LookPath("ogr2ogr"); err != nil || driver == "" {
			continue
		}
		b.Run(f.Name+"/ogr2ogr", func(b *testing.B) {
			for b.Loop() {
				_ = os.Remove(path)
				args := []string{"-f", driver, path, source, "villages"}
				if driver == "CSV" {
					args = append(args, "-lco", "GEOMETRY=AS_WKT")
				}
				gdal(b, "ogr2ogr", args...)
			}
			report(b, path, n)
		})
	}
}

func report(b *testing.B, path string, rows int) {
	b.Helper()
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric(float64(info.Size())/1e6, "MB")
}
