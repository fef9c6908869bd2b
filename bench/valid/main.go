// Command valid cuts every tile of the real villages at zooms 5 to 14, decodes
// it as a client does and lets PostGIS judge it: whether each polygon is valid,
// and how much they overlap and gape. It does so for the clean coverage and for
// the file as published, and needs the test data (PETADESA_TESTDATA) and
// PostgreSQL with PostGIS.
//
// The database is one of its own behind a local socket, and is gone at the end.
// It prints tables in Markdown, and fails when a polygon is not valid.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"time"

	"github.com/petadesa/petadesa/data/pgtest"
	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/internal/testdata"
	"github.com/petadesa/petadesa/internal/testdata/villages"
	"github.com/petadesa/petadesa/tiles"
	"github.com/petadesa/petadesa/tiles/mvt"
)

const (
	coverage         = "villages_malang_topo.geojson" // each point in one village
	published        = "villages_malang_raw.geojson"  // borders that do not meet
	minZoom, maxZoom = 5, 14
	patience         = 10 * time.Minute
)

var errInvalid = errors.New("polygons that are not valid")

const header = `Every tile of zooms 5 to 14 over the regency, judged by PostGIS after decoding. Areas are sums over the tiles, in square
tile units (4096 to a side), inside the tile's own box, without its buffer.

- tiles: those that hold a village; none is left out. polygons: features in them. invalid: those of which ST_IsValid is false.
- overlap: the sum of ST_Area of the features less ST_Area of their ST_Union.
- gap: what ST_Union of ` + coverage + ` (at full detail; Kota Malang is a hole in it) covers and ST_Union of the tile's
  features does not, in pieces that do not touch the border of the former: there it is the drawn outline, not a gap.

`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench/valid:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	dir, err := testdata.Dir()
	if err != nil {
		return err
	}
	cluster, err := pgtest.NewCluster(ctx, "")
	if err != nil {
		return err
	}
	defer cluster.Close()
	name, err := cluster.CreateDatabase(ctx)
	if err != nil {
		return err
	}
	whole, err := villages.Read(filepath.Join(dir, "malang", coverage))
	if err != nil {
		return err
	}
	j, err := newJudge(ctx, cluster.URL(name), whole)
	if err != nil {
		return err
	}
	defer j.close(context.WithoutCancel(ctx))
	fmt.Fprint(out, header)
	invalid := 0
	for _, file := range []string{coverage, published} {
		table, err := villages.Read(filepath.Join(dir, "malang", file))
		if err != nil {
			return err
		}
		n, err := report(ctx, out, j, file, table)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		invalid += n
	}
	if invalid > 0 {
		return fmt.Errorf("%d %w", invalid, errInvalid)
	}
	return nil
}

// report prints the table of one file and returns how many polygons of its
// tiles are not valid.
func report(ctx context.Context, out io.Writer, j *judge, file string, table geo.Table) (int, error) {
	began := time.Now()
	snap, err := geo.Build(ctx, nil, []geo.Table{table}, nil)
	if err != nil {
		return 0, err
	}
	layers := []*geo.Layer{snap.Layer(table.Collection.ID)}
	fmt.Fprintf(out, "%s: %d villages\n\n| zoom | tiles | polygons | invalid | overlap units² | gap units² |\n|---|---|---|---|---|---|\n", file, len(table.Records))
	var all verdict
	for _, limits := range tiles.TileLimits(layers) {
		z, err := strconv.Atoi(limits.TileMatrix)
		if err != nil {
			return 0, err
		}
		if z < minZoom || z > maxZoom {
			continue
		}
		var zoom verdict
		for y := limits.MinTileRow; y <= limits.MaxTileRow; y++ {
			for x := limits.MinTileCol; x <= limits.MaxTileCol; x++ {
				v, err := j.cutAndJudge(ctx, layers, tiles.Address{X: x, Y: y, Z: tiles.At(layers[0].Bound.Min, z).Z})
				if err != nil {
					return 0, fmt.Errorf("tile %d/%d/%d: %w", z, x, y, err)
				}
				zoom.add(v)
			}
		}
		zoom.print(out, limits.TileMatrix)
		all.add(zoom)
	}
	all.print(out, "all")
	fmt.Fprintf(out, "\nin %.0f s\n\n", time.Since(began).Seconds())
	return all.invalid, nil
}

// cutAndJudge cuts a tile of layers of polygons and judges what a client reads
// in it.
func (j *judge) cutAndJudge(ctx context.Context, layers []*geo.Layer, a tiles.Address) (verdict, error) {
	tile, err := tiles.Cut(ctx, layers, a, tiles.Query{}, tiles.Options{Budget: -1})
	if err != nil {
		return verdict{}, err
	}
	decoded, err := mvt.Decode(tile.Data)
	if err != nil {
		return verdict{}, err
	}
	var drawn [][]byte
	for _, l := range decoded.Layers {
		for _, f := range l.Features {
			b, err := encode(f)
			if err != nil {
				return verdict{}, err
			}
			drawn = append(drawn, b)
		}
	}
	return j.judge(ctx, a, drawn)
}
