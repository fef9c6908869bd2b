package live_test

import (
	"bytes"
	"errors"
	"math"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/maptile"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/live"
)

// at is the tile of a source at a place.
func at(source string, lon, lat float64, z int) live.TileRequest {
	tile := maptile.At(orb.Point{lon, lat}, maptile.Zoom(z))
	return live.TileRequest{Source: source, Z: z, X: int(tile.X), Y: int(tile.Y)}
}

// place is where a point of a tile's layer is, in degrees.
func place(r live.TileRequest, p orb.Point) orb.Point {
	n := math.Exp2(float64(r.Z))
	lon := (float64(r.X)+p[0]/4096)/n*360 - 180
	lat := math.Atan(math.Sinh(math.Pi*(1-2*(float64(r.Y)+p[1]/4096)/n))) * 180 / math.Pi
	return orb.Point{lon, lat}
}

// inside counts the points of a lattice in degrees that a tile shows.
func inside(r live.TileRequest, west, east, south, north, step float64) (n int) {
	const margin = 64
	nw, se := place(r, orb.Point{-margin, -margin}), place(r, orb.Point{4096 + margin, 4096 + margin})
	for lon := west; lon <= east; lon += step {
		for lat := south; lat <= north; lat += step {
			if lon >= nw[0] && lon <= se[0] && lat >= se[1] && lat <= nw[1] {
				n++
			}
		}
	}
	return n
}

// values are those of a property, in order.
func values(all []*geojson.Feature, property string) []any {
	out := []any{}
	for _, f := range all {
		out = append(out, f.Properties[property])
	}
	return out
}

func TestUTMIsCutWhereItLies(t *testing.T) {
	// Points around Malang in zone 49 south, as PostGIS transforms them.
	l := open(t, database(t, `CREATE SCHEMA open`,
		`CREATE TABLE open.utm (id int PRIMARY KEY, lon float8, lat float8, geom geometry(Point, 32749))`,
		`INSERT INTO open.utm SELECT row_number() OVER (), lon, lat, ST_Transform(ST_SetSRID(ST_MakePoint(lon, lat), 4326), 32749)
			FROM generate_series(112, 113, 0.125) AS lon, generate_series(-8.5, -7.5, 0.125) AS lat`,
		`CREATE INDEX ON open.utm USING gist (geom)`, `ANALYZE open.utm`,
		`CREATE VIEW open.utm_view AS SELECT * FROM open.utm`,
		`CREATE MATERIALIZED VIEW open.utm_kept AS SELECT * FROM open.utm`))
	for _, name := range []string{"open.utm", "open.utm_view", "open.utm_kept"} {
		if s := source(t, l, name); s.Extent == nil || s.SRID != 32749 {
			t.Errorf("%+v", s)
		}
		for z := 0; z <= 12; z++ {
			r := at(name, 112.53, -8.03, z)
			found := features(t, l, r)
			if want := inside(r, 112, 113, -8.5, -7.5, 0.125); len(found) != want {
				t.Errorf("%s: %d features at zoom %d, want %d", name, len(found), z, want)
			}
			for _, f := range found {
				want := orb.Point{f.Properties["lon"].(float64), f.Properties["lat"].(float64)}
				got := place(r, f.Geometry.(orb.Point))
				if unit := 360 / math.Exp2(float64(z)) / 4096; math.Abs(got[0]-want[0]) > unit || math.Abs(got[1]-want[1]) > unit {
					t.Fatalf("%s: zoom %d: %v lies at %v", name, z, want, got)
				}
			}
		}
		// Places where UTM is no plane any more.
		for _, far := range []orb.Point{{-69, 0}, {-69, 80}, {21, 0}, {179.9, -80}, {-179.9, 10}} {
			for z := 1; z <= 12; z += 3 {
				if found := features(t, l, at(name, far[0], far[1], z)); len(found) > 0 && z > 1 {
					t.Errorf("%s: %d features near %v at zoom %d", name, len(found), far, z)
				}
			}
		}
	}
}

func TestTilesAtTheDateLineMissNothing(t *testing.T) {
	// A box that goes beyond 180° comes back as one of the other half of the world.
	l := open(t, database(t, `CREATE SCHEMA open`,
		`CREATE TABLE open.a (id int PRIMARY KEY, geom geometry(Point, 4326))`,
		`INSERT INTO open.a SELECT i, ST_SetSRID(ST_MakePoint(lon, lat), 4326) FROM unnest(
			ARRAY[1, 2, 3, 4], ARRAY[112.5, 179.99, -179.99, 10.0], ARRAY[-8.0, -17.0, -17.0, 85.0]) AS p (i, lon, lat)`,
		`CREATE TABLE open.m AS SELECT id, ST_Transform(geom, 3857)::geometry(Point, 3857) AS geom FROM open.a`))
	for _, name := range []string{"open.a", "open.m"} {
		if n := len(features(t, l, live.TileRequest{Source: name})); n != 4 {
			t.Errorf("%s: %d features in the world, want 4", name, n)
		}
		east := features(t, l, live.TileRequest{Source: name, Z: 1, X: 1, Y: 1})
		if len(east) != 2 {
			t.Errorf("%s: %d features in the east, want 2", name, len(east))
		}
		west := features(t, l, live.TileRequest{Source: name, Z: 1, X: 0, Y: 1})
		if len(west) != 1 {
			t.Errorf("%s: %d features in the west, want 1", name, len(west))
		}
	}
}

func TestStrangeIdentifiers(t *testing.T) {
	l := open(t, database(t, `CREATE SCHEMA open`,
		`CREATE TABLE open.victim (id int)`,
		`CREATE TABLE open."x""; DROP TABLE open.victim; --" (
			"Id" int PRIMARY KEY, "a""b" text, "'; DROP TABLE open.victim; --" text, cut text, source text, tile text, "$8" text,
			"{columns}" text, "MiXed" text, mixed text, id text, id_ text, "geo metry" geometry(Point, 4326))`,
		`INSERT INTO open."x""; DROP TABLE open.victim; --" SELECT 7, 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'SRID=4326;POINT(112 -8)'`,
		`CREATE FUNCTION open."F ""n"(z int, x int, y int, query json) RETURNS TABLE (mvt bytea) LANGUAGE sql AS $$ SELECT query::text::bytea $$`))
	name := `open.x"; DROP TABLE open.victim; --`
	found := features(t, l, at(name, 112, -8, 10))
	if len(found) != 1 || found[0].ID != 7.0 {
		t.Fatalf("%+v", found)
	}
	want := geojson.Properties{
		"Id": 7.0, `a"b`: "a", "'; DROP TABLE open.victim; --": "b", "cut": "c", "source": "d", "tile": "e", "$8": "f", "{columns}": "g",
		"MiXed": "h", "mixed": "i", "id": "j", "id_": "k",
	}
	if diff := cmp.Diff(want, found[0].Properties); diff != "" {
		t.Error(diff)
	}
	page, err := l.Items(t.Context(), live.ItemsRequest{Source: name, Limit: 10})
	if err != nil || len(page.Records) != 1 || page.Records[0].ID != "7" {
		t.Errorf("%+v, %v", page, err)
	}
	query := url.Values{"a": {"'; DROP TABLE open.victim; --"}, "b": {"1", "2"}}
	tile, err := l.Tile(t.Context(), live.TileRequest{Source: `open.F "n`, Query: query})
	if want := `{"a":"'; DROP TABLE open.victim; --","b":["1","2"]}`; err != nil || string(tile.Data) != want {
		t.Errorf("%s, %v", tile.Data, err)
	}
}

func TestKeysAreIDs(t *testing.T) {
	url := database(t, `CREATE SCHEMA open`,
		`CREATE TABLE open.big (key bigint PRIMARY KEY, geom geometry(Point, 4326))`,
		`INSERT INTO open.big VALUES (1234567890123, 'SRID=4326;POINT(112 -8)'), (-5, 'SRID=4326;POINT(112 -8)')`,
		`CREATE TABLE open.uuids (code uuid PRIMARY KEY, geom geometry(Point, 4326))`,
		`INSERT INTO open.uuids VALUES ('11111111-2222-3333-4444-555555555555', 'SRID=4326;POINT(112 -8)')`,
		`CREATE TABLE open.texts (id text PRIMARY KEY, geom geometry(Point, 4326))`,
		`INSERT INTO open.texts VALUES ('35.07', 'SRID=4326;POINT(112 -8)')`,
		`CREATE TABLE open.taken (code text PRIMARY KEY, id int, geom geometry(Point, 4326))`,
		`INSERT INTO open.taken VALUES ('35.07', 9, 'SRID=4326;POINT(112 -8)')`,
		`CREATE TABLE open.none (geom geometry(Point, 4326)); INSERT INTO open.none VALUES ('SRID=4326;POINT(112 -8)'), (NULL)`)
	l := open(t, url)
	tile := func(name string) []*geojson.Feature { return features(t, l, at(name, 112, -8, 10)) }
	if f := tile("open.big"); len(f) != 2 || f[0].ID != nil || f[1].ID != 1234567890123.0 || f[0].Properties["key"] != -5.0 {
		t.Errorf("%+v %+v", f[0], f[1])
	}
	for name, want := range map[string]geojson.Properties{
		"open.uuids": {"code": "11111111-2222-3333-4444-555555555555", "id": "11111111-2222-3333-4444-555555555555"},
		"open.texts": {"id": "35.07"},
		"open.taken": {"code": "35.07", "id": 9.0},
		"open.none":  nil,
	} {
		f := tile(name)
		if len(f) != 1 || f[0].ID != nil {
			t.Fatalf("%s: %+v", name, f)
		}
		if diff := cmp.Diff(want, f[0].Properties); diff != "" {
			t.Error(name, diff)
		}
	}
}

func TestValuesOfAllTypes(t *testing.T) {
	l := open(t, database(t, `CREATE SCHEMA open`,
		`CREATE DOMAIN open.percent AS numeric CHECK (VALUE <= 100)`, `CREATE TYPE open.mood AS ENUM ('sad', 'glad')`,
		`CREATE DOMAIN open.spot AS geometry(Point, 4326)`,
		`CREATE TABLE open.t (a smallint, b real, c numeric, d open.percent, e open.mood, f date, g timestamptz, h timestamp, i interval,
			j int[], k jsonb, l bytea, m inet, n char(3), o bool, p text, q tsvector, r int4range, s time, geom open.spot)`,
		`INSERT INTO open.t VALUES (1, 1.5, 2.25, 99.5, 'glad', '2025-09-01', '2025-09-01 07:00+07', '2025-09-01 07:00', '1 day 2 hours',
			'{1,2}', '{"a": 1}', '\x00', '10.0.0.1', 'x', true, NULL, 'word', '[1,3)', '07:30', 'SRID=4326;POINT(112 -8)')`))
	want := geojson.Properties{
		"a": 1.0, "b": 1.5, "c": 2.25, "d": 99.5, "e": "glad", "f": "2025-09-01", "g": "2025-09-01T00:00:00+00:00", "h": "2025-09-01T07:00:00",
		"i": "P1DT2H", "j": "[1,2]", "k": `{"a": 1}`, "m": "10.0.0.1/32", "n": "x", "o": true, "r": "[1,3)", "s": "07:30:00",
	}
	found := features(t, l, at("open.t", 112, -8, 3))
	if len(found) != 1 {
		t.Fatal(found)
	}
	if diff := cmp.Diff(want, found[0].Properties); diff != "" {
		t.Error(diff)
	}
}

func TestPropertiesLimitAndSize(t *testing.T) {
	l := open(t, database(t, `CREATE SCHEMA open`,
		`CREATE TABLE open.t (id int PRIMARY KEY, a text, b text, geom geometry(Point, 4326))`,
		`INSERT INTO open.t SELECT i, 'a', repeat(i::text, 100), 'SRID=4326;POINT(112 -8)' FROM generate_series(100, 1, -1) AS i`),
		func(o *live.Options) { o.MaxFeatures, o.MaxBytes = 40, 5_000 })
	r := at("open.t", 112, -8, 3)
	r.Properties = []string{"a"}
	tile, err := l.Tile(t.Context(), r)
	if err != nil || !tile.Truncated {
		t.Errorf("truncated %v, %v", tile.Truncated, err)
	}
	found := features(t, l, r)
	if len(found) != 40 || found[0].ID != 1.0 || found[39].ID != 40.0 {
		t.Errorf("%d features, want the 40 of the smallest key", len(found))
	}
	if diff := cmp.Diff(geojson.Properties{"a": "a"}, found[0].Properties); diff != "" {
		t.Error(diff)
	}
	r.Properties = []string{}
	if found = features(t, l, r); len(found[0].Properties) != 0 {
		t.Error(found[0].Properties)
	}
	r.Properties = nil
	if _, err = l.Tile(t.Context(), r); !errors.Is(err, live.ErrTooLarge) {
		t.Error(err)
	}
	r.Properties = []string{"geom"}
	if _, err = l.Tile(t.Context(), r); !errors.Is(err, data.ErrInvalid) {
		t.Error(err)
	}
	for _, bad := range [][3]int{{-1, 0, 0}, {23, 0, 0}, {1, 2, 0}, {1, 0, 2}, {1, -1, 0}} {
		_, err = l.Tile(t.Context(), live.TileRequest{Source: "open.t", Z: bad[0], X: bad[1], Y: bad[2]})
		if !errors.Is(err, data.ErrInvalid) {
			t.Error(bad, err)
		}
	}
}

func TestShapesTilesHaveNoWordFor(t *testing.T) {
	l := open(t, database(t, `CREATE SCHEMA open`,
		`CREATE TABLE open.any (id int PRIMARY KEY, geom geometry(Geometry, 4326))`,
		`INSERT INTO open.any VALUES (1, 'SRID=4326;CIRCULARSTRING(112 -8, 113 -7, 114 -8)'), (2, 'SRID=4326;POINT(112 -8)'),
			(3, 'SRID=4326;POLYGON EMPTY'), (4, 'SRID=4326;POLYGON((112 -8, 113 -7, 113 -8, 112 -7, 112 -8))'),
			(5, 'SRID=4326;POLYGON((-180 -90, -180 -60, 180 -60, 180 -90, -180 -90))')`,
		`CREATE TABLE open.high (id int PRIMARY KEY, geom geometry(LineStringZM, 4326)); INSERT INTO open.high VALUES (1, 'SRID=4326;LINESTRING ZM(112 -8 1 2, 113 -7 3 4)')`,
		`CREATE TABLE open.globe (id int PRIMARY KEY, place geography(Polygon)); INSERT INTO open.globe VALUES (1, 'POLYGON((112 -8, 113 -8, 113 -7, 112 -8))')`))
	found := features(t, l, live.TileRequest{Source: "open.any"})
	if ids := values(found, "id"); !slices.Equal(ids, []any{1.0, 2.0, 4.0, 5.0}) {
		t.Error(ids)
	}
	if line, ok := found[0].Geometry.(orb.LineString); !ok || len(line) < 3 {
		t.Errorf("an arc became %v", found[0].Geometry)
	}
	if found = features(t, l, live.TileRequest{Source: "open.high"}); len(found) != 1 {
		t.Errorf("%d features with Z and M", len(found))
	}
	if found = features(t, l, at("open.globe", 112.8, -7.8, 8)); len(found) != 1 {
		t.Errorf("%d features of a geography", len(found))
	}
}

func TestFunctions(t *testing.T) {
	l := open(t, database(t, `CREATE SCHEMA open`,
		`CREATE FUNCTION open.plain(z int, x int, y int) RETURNS bytea LANGUAGE sql AS $$ SELECT concat(z, '/', x, '/', y)::bytea $$`,
		`CREATE FUNCTION open.asked(z int, x int, y int, query jsonb) RETURNS SETOF bytea LANGUAGE sql AS $$ VALUES ((query->>'a')::bytea), ('-b'), (NULL) $$`,
		`CREATE FUNCTION open.keyed(z int, x int, y int) RETURNS TABLE (mvt bytea, key text) LANGUAGE sql AS $$ SELECT random()::text::bytea, 'v1 "é"' $$`,
		`CREATE FUNCTION open.empty(z int, x int, y int) RETURNS bytea LANGUAGE sql AS $$ SELECT NULL::bytea $$`,
		`CREATE FUNCTION open.fails(z int, x int, y int) RETURNS bytea LANGUAGE sql AS $$ SELECT (1 / z)::text::bytea $$`),
		func(o *live.Options) { o.TTL = 0 })
	tile := func(name string, query url.Values) live.Tile {
		t.Helper()
		answer, err := l.Tile(t.Context(), live.TileRequest{Source: name, Z: 2, X: 1, Y: 3, Query: query})
		if err != nil {
			t.Fatal(err)
		}
		return answer
	}
	if got := tile("open.plain", url.Values{"ignored": {"1"}}); string(got.Data) != "2/1/3" {
		t.Errorf("%s", got.Data)
	}
	if got := tile("open.asked", url.Values{"a": {"A"}}); string(got.Data) != "A-b" {
		t.Errorf("%s", got.Data)
	}
	first, second := tile("open.keyed", nil), tile("open.keyed", nil)
	if bytes.Equal(first.Data, second.Data) || first.ETag != second.ETag || strings.Trim(first.ETag, "0123456789abcdef") != "" {
		t.Errorf("ETag %s, then %s", first.ETag, second.ETag)
	}
	if got := tile("open.empty", nil); len(got.Data) != 0 {
		t.Errorf("%s", got.Data)
	}
	if _, err := l.Tile(t.Context(), live.TileRequest{Source: "open.fails"}); err == nil || errors.Is(err, live.ErrAway) || errors.Is(err, live.ErrTimeout) {
		t.Error(err)
	}
	for _, bad := range []string{strings.Repeat("x", live.MaxQueryBytes), "\x00"} {
		if _, err := l.Tile(t.Context(), live.TileRequest{Source: "open.asked", Query: url.Values{"a": {bad}}}); !errors.Is(err, data.ErrInvalid) {
			t.Error(err)
		}
	}
}

func TestKeptTilesAreForgottenOnNotify(t *testing.T) {
	connection := database(t, `CREATE SCHEMA open`,
		`CREATE TABLE open.a (id int PRIMARY KEY, geom geometry(Point, 4326)); INSERT INTO open.a VALUES (1, 'SRID=4326;POINT(112 -8)')`,
		`CREATE TABLE open.b (id int PRIMARY KEY, geom geometry(Point, 4326)); INSERT INTO open.b VALUES (1, 'SRID=4326;POINT(112 -8)')`)
	l := open(t, connection, func(o *live.Options) { o.TTL, o.Refresh = time.Hour, time.Hour })
	count := func(name string) int { return len(features(t, l, at(name, 112, -8, 5))) }
	if count("open.a") != 1 || count("open.b") != 1 {
		t.Fatal("not one feature each")
	}
	run(t, connection, `INSERT INTO open.a VALUES (2, 'SRID=4326;POINT(112 -8)')`, `INSERT INTO open.b VALUES (2, 'SRID=4326;POINT(112 -8)')`)
	if count("open.a") != 1 || count("open.b") != 1 {
		t.Error("tiles are not kept")
	}
	run(t, connection, `NOTIFY petadesa_live, 'open.a'`)
	eventually(t, "the new feature is in the tile", func() bool { return count("open.a") == 2 })
	if count("open.b") != 1 {
		t.Error("a notification drops the tiles of another source")
	}
	run(t, connection, `NOTIFY petadesa_live`)
	eventually(t, "all is forgotten", func() bool { return count("open.b") == 2 })
}
