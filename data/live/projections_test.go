package live_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
)

// The same points in degrees and in a projection must be in the same tiles.
func TestProjectionsShowWhatDegreesShow(t *testing.T) {
	homes := map[int]orb.Bound{
		32749: {Min: orb.Point{108, -9}, Max: orb.Point{114, 0}},      // UTM 49 south, Indonesia
		23830: {Min: orb.Point{94, -11}, Max: orb.Point{141, 6}},      // DGN95 TM-3, far beyond its zone
		3035:  {Min: orb.Point{-25, 35}, Max: orb.Point{45, 71}},      // Lambert azimuthal, Europe
		2193:  {Min: orb.Point{166, -47}, Max: orb.Point{179.9, -34}}, // transverse Mercator, New Zealand
		3031:  {Min: orb.Point{-179, -84}, Max: orb.Point{179, -65}},  // polar stereographic, around the pole
		3395:  {Min: orb.Point{-179, -80}, Max: orb.Point{179, 80}},   // ellipsoidal Mercator, the world
		4269:  {Min: orb.Point{-170, 20}, Max: orb.Point{-60, 70}},    // degrees on another datum
	}
	statements := []string{`CREATE SCHEMA open`, `SELECT setseed(0.5)`}
	for srid, home := range homes {
		statements = append(statements,
			fmt.Sprintf(`CREATE TABLE open.d%d AS SELECT i AS id, ST_SetSRID(ST_MakePoint(%g + random() * %g, %g + random() * %g), 4326)::geometry(Point, 4326) AS geom
				FROM generate_series(1, 500) AS i`, srid, home.Min[0], home.Max[0]-home.Min[0], home.Min[1], home.Max[1]-home.Min[1]),
			fmt.Sprintf(`ALTER TABLE open.d%d ADD PRIMARY KEY (id)`, srid),
			fmt.Sprintf(`CREATE TABLE open.p%d AS SELECT id, ST_Transform(geom, %d)::geometry(Point, %d) AS geom FROM open.d%d`, srid, srid, srid, srid),
			fmt.Sprintf(`ALTER TABLE open.p%d ADD PRIMARY KEY (id)`, srid),
			fmt.Sprintf(`CREATE INDEX ON open.p%d USING gist (geom)`, srid))
	}
	l := open(t, database(t, statements...))
	random := rand.New(rand.NewPCG(1, 2))
	for srid, home := range homes {
		filled := 0
		for z := range 10 {
			for range 4 {
				lon := home.Min[0] + random.Float64()*(home.Max[0]-home.Min[0])
				lat := home.Min[1] + random.Float64()*(home.Max[1]-home.Min[1])
				r := at(fmt.Sprintf("open.d%d", srid), lon, lat, z)
				want := values(within(features(t, l, r)), "id")
				r.Source = fmt.Sprintf("open.p%d", srid)
				if got := values(within(features(t, l, r)), "id"); !slices.Equal(got, want) {
					t.Errorf("SRID %d, tile %d/%d/%d: %d features, want %d", srid, z, r.X, r.Y, len(got), len(want))
				}
				filled += len(want)
			}
		}
		if filled == 0 {
			t.Errorf("SRID %d: no feature in any tile", srid)
		}
	}
}

// within leaves out points on the very edge of a tile's margin, which rounding
// may bring in.
func within(all []*geojson.Feature) []*geojson.Feature {
	return slices.DeleteFunc(all, func(f *geojson.Feature) bool {
		p := f.Geometry.(orb.Point)
		return min(p[0], p[1]) <= -64 || max(p[0], p[1]) >= 4096+64
	})
}
