package postgis_test

import (
	"bufio"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/gpkg"
	"github.com/petadesa/petadesa/data/storetest"
	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/internal/needs"
)

// BenchmarkOGR2OGR writes the country of BenchmarkStore with GDAL, for
// comparison: from a GeoPackage, which costs it the least to read, and from
// GeoJSON lines. Run both with -benchtime 1x.
func BenchmarkOGR2OGR(b *testing.B) {
	needs.GDAL(b, "ogr2ogr")
	country := storetest.Country()
	dir := b.TempDir()
	packed, lines := filepath.Join(dir, "country.gpkg"), filepath.Join(dir, "country.geojsonl")
	s, err := gpkg.Open(b.Context(), packed)
	if err != nil {
		b.Fatal(err)
	}
	if err := s.Write(b.Context(), storetest.Batch(data.Replace, country)); err != nil {
		b.Fatal(err)
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	if err := writeLines(lines, country); err != nil {
		b.Fatal(err)
	}
	for name, source := range map[string][]string{"GeoPackage": {packed, "villages"}, "GeoJSONSeq": {"GeoJSONSeq:" + lines}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				args := append([]string{"-f", "PostgreSQL", gdalName(b, cluster.Database(b)), "--config", "PG_USE_COPY", "YES", "-nln", "villages", "-nlt", "MULTIPOLYGON"}, source...)
				if out, err := exec.Command("ogr2ogr", args...).CombinedOutput(); err != nil {
					b.Fatalf("%v: %s", err, out)
				}
			}
			b.ReportMetric(float64(len(country.Records)*b.N)/b.Elapsed().Seconds(), "features/s")
		})
	}
}

// gdalName is what GDAL calls the database of a connection string.
func gdalName(b *testing.B, place string) string {
	u, err := url.Parse(place)
	if err != nil {
		b.Fatal(err)
	}
	return "PG:host=" + u.Query().Get("host") + " user=" + u.User.Username() + " dbname=" + strings.TrimPrefix(u.Path, "/")
}

func writeLines(path string, t geo.Table) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	for i := range t.Records {
		if _, err := w.Write(append(geo.AppendRecordJSON(nil, &t.Collection, &t.Records[i]), '\n')); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}
