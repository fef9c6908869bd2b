package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/petadesa/petadesa/data/pgtest"
	"github.com/petadesa/petadesa/data/storetest"
	"github.com/petadesa/petadesa/geo"
)

// importCountry imports as many villages as Indonesia has, made up, from a file
// of GeoJSON texts into PostGIS, with all checks, and has ogr2ogr do the same
// without any. It returns what was not as expected: a rate below ogr2ogr's.
func (p program) importCountry(ctx context.Context, out io.Writer) (wrong []string, err error) {
	cluster, err := pgtest.NewCluster(ctx, "")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, cluster.Close()) }()
	file := filepath.Join(p.dir, "country.geojsonl")
	n, err := writeCountry(file, 83_402)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(out, "\n%d villages with 105 points each from GeoJSONSeq into PostGIS:\n\n| | s | features/s | CPU s | MiB |\n|---|---|---|---|---|\n", n)
	rates := map[string]float64{}
	for _, by := range []struct {
		name    string
		command func(place string) *exec.Cmd
	}{
		{"petadesa import villages, with all checks", func(place string) *exec.Cmd {
			return exec.CommandContext(ctx, p.path, "import", "villages", file, "--store", place, "--log-level", "error")
		}},
		{"petadesa import of a collection of one's own", func(place string) *exec.Cmd {
			return exec.CommandContext(ctx, p.path, "import", "areas", file, "--store", place, "--log-level", "error")
		}},
		{"ogr2ogr -f PostgreSQL, PG_USE_COPY", func(place string) *exec.Cmd {
			return exec.CommandContext(ctx, "ogr2ogr", "-f", "PostgreSQL", gdalName(place), "--config", "PG_USE_COPY", "YES", "-nln", "villages", "-nlt", "MULTIPOLYGON", "GeoJSONSeq:"+file)
		}},
	} {
		name, err := cluster.CreateDatabase(ctx)
		if err != nil {
			return nil, err
		}
		cmd := by.command(cluster.URL(name))
		var said bytes.Buffer
		cmd.Stdout, cmd.Stderr = &said, &said
		took, err := measure(cmd)
		if err != nil {
			return nil, fmt.Errorf("%s: %w: %.2000s", by.name, err, said.String())
		}
		rates[by.name] = float64(n) / took.seconds
		fmt.Fprintf(out, "| %s | %.1f | %.0f | %.1f | %.0f |\n", by.name, took.seconds, rates[by.name], took.cpu, took.peakMiB)
	}
	for name, rate := range rates {
		if theirs := rates["ogr2ogr -f PostgreSQL, PG_USE_COPY"]; rate < theirs {
			wrong = append(wrong, fmt.Sprintf("%s: %.0f features/s, ogr2ogr %.0f", name, rate, theirs))
		}
	}
	return wrong, nil
}

// writeCountry writes the villages with codes of the right form.
func writeCountry(path string, most int) (n int, err error) {
	t := storetest.Polygons("villages", most, 105)
	f, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriter(f)
	code, district := t.Collection.FieldIndex("code"), t.Collection.FieldIndex("district_code")
	for i := range t.Records {
		r := &t.Records[i]
		regency := fmt.Sprintf("%02d.%02d", 11+i/4000, 1+i/160%25)
		r.Values[district] = fmt.Sprintf("%s.%02d", regency, 1+i/8%20)
		r.Values[code] = fmt.Sprintf("%s.%d", r.Values[district], 2001+i%8)
		r.ID = r.Values[code].(string)
		if _, err := w.Write(append(geo.AppendRecordJSON(nil, &t.Collection, r), '\n')); err != nil {
			return 0, err
		}
	}
	return len(t.Records), w.Flush()
}

// gdalName is what GDAL calls the database of a connection string.
func gdalName(place string) string {
	u, err := url.Parse(place)
	if err != nil {
		return place
	}
	return "PG:host=" + u.Query().Get("host") + " user=" + u.User.Username() + " dbname=" + strings.TrimPrefix(u.Path, "/")
}
