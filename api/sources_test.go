package api

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/tiles"
)

// shelf is Sources with one of each kind.
type shelf map[string]*TileSource

func (s shelf) Names() []string {
	return []string{"a,b/c", "fleet.mark", "fleet.stops", "photos", "villages"}
}

func (s shelf) Source(name string) *TileSource { return s[name] }

// drawn is a source whose tiles are the words it was asked with.
type drawn struct {
	tiles.Description
	words string
}

func (d drawn) Describe() tiles.Description { return d.Description }

func (d drawn) Tile(_ context.Context, at tiles.Address) (tiles.Encoded, error) {
	if kind, ok := map[uint32]Kind{1: Busy, 2: TooSlow, 3: TooLarge, 4: Away, 5: NotFound, 6: BadQuery}[at.X]; ok {
		return tiles.Encoded{}, fmt.Errorf("%w: %w", &Problem{Kind: kind, Detail: "as it is told"}, errors.New("a secret"))
	}
	if at.X == 7 {
		return tiles.Encoded{}, errors.New("a secret")
	}
	if at.X == 8 {
		return tiles.Encoded{}, nil
	}
	return tiles.Encoded{Data: []byte("tile " + d.words)}, nil
}

func testSources() shelf {
	world := orb.Bound{Min: orb.Point{-180, -85}, Max: orb.Point{180, 85}}
	vector := drawn{Description: tiles.Description{MediaType: tiles.VectorTile, MaxZoom: 22, Bounds: world}}
	picture := drawn{Description: tiles.Description{Name: "Photos from above", MediaType: "image/jpeg", Version: "7", MaxZoom: 9, Bounds: world}}
	with := func(q url.Values) tiles.Source {
		one := vector
		one.words = q.Encode()
		return one
	}
	return shelf{
		"photos":      {Source: picture, Kind: "archive"},
		"villages":    {Source: picture, Kind: "archive"}, // hidden by the collection
		"a,b/c":       {Source: vector, Kind: "table"},
		"fleet.stops": {Source: vector, Kind: "table", Parameters: []string{"properties"}, With: with},
		"fleet.mark":  {Source: vector, Kind: "function", Any: true, With: with},
	}
}

var sourceTiles = []scenario{
	{url: "/tiles/photos/4/0/0.jpg", want: []string{"Content-Type: image/jpeg", "Cache-Control: public, max-age=0, must-revalidate", "ETag: *", "Access-Control-Allow-Origin: *"}, body: []string{"tile "}},
	{url: "/tiles/photos/4/0/0.jpeg"},
	{name: "by its version", url: "/tiles/photos/4/0/0.jpg?v=7", want: []string{"Cache-Control: public, max-age=31536000, immutable"}},
	{name: "by an old version", url: "/tiles/photos/4/0/0.jpg?v=6", want: []string{"Cache-Control: public, max-age=0, must-revalidate"}},
	{name: "a source without a version", url: "/tiles/fleet.stops/4/0/0.mvt?v=", want: []string{"Cache-Control: public, max-age=0, must-revalidate"}},
	{url: "/tiles/photos/4/0/0.mvt", status: 404, body: []string{".jpg, not .mvt"}},
	{url: "/tiles/photos/4/0/0.gif", status: 404},
	{url: "/tiles/photos/10/0/0.jpg", status: 404, json: []string{`type = "urn:petadesa:problem:tile-outside"`}},
	{url: "/tiles/photos/4/x/0.jpg", status: 404},
	{url: "/tiles/photos/4/0/0.jpg?properties=a", status: 400, json: []string{`parameter = "properties"`, `allowed = ["v"]`}},
	{name: "the collection comes first", url: "/tiles/villages/10/832/534.mvt", want: []string{"Content-Type: application/vnd.mapbox-vector-tile"}},
	{name: "and hides the source", url: "/tiles/villages/4/0/0.jpg", status: 404},
	{url: "/tiles/villages.json", json: []string{`vector_layers/0/id = "villages"`}},
	{url: "/tiles/villages,photos/4/0/0.mvt", status: 404, body: []string{"ask for them alone"}},
	{url: "/tiles/photos,fleet.stops.json", status: 404, body: []string{"ask for them alone"}},
	{name: "a name with any character", url: "/tiles/a%2Cb%2Fc/4/0/0.mvt"},
	{url: "/tiles/a%2Cb%2Fc.json", json: []string{`tiles/0 = "http://map.test:8080/tiles/a%2Cb%2Fc/{z}/{x}/{y}.mvt"`}},
	{name: "finer than collections", url: "/tiles/fleet.stops/22/4194303/0.mvt"},
	{url: "/tiles/fleet.stops/23/0/0.mvt", status: 404},
	{url: "/tiles/fleet.stops/31/0/0.mvt", status: 404},
	{name: "properties", url: "/tiles/fleet.stops/4/0/0.mvt?properties=a,b", body: []string{"tile properties=a%2Cb"}},
	{name: "no properties", url: "/tiles/fleet.stops/4/0/0.mvt?properties=", body: []string{"tile properties="}},
	{url: "/tiles/fleet.stops/4/0/0.mvt?extent=512", status: 400, json: []string{`parameter = "extent"`, `allowed = ["v","properties"]`}},
	{url: "/tiles/fleet.stops/4/0/0.mvt?properties=a&properties=b", status: 400},
	{name: "any parameter", url: "/tiles/fleet.mark/4/0/0.mvt?b=2&a=1&a=3&v=9&extent=512", body: []string{"tile a=1&a=3&b=2"}},
	{name: "too many parameters", url: "/tiles/fleet.mark/4/0/0.mvt?" + manyParameters(), status: 400},
	{url: "/tiles/fleet.mark/4/0/0.mvt?a;b", status: 400, json: []string{`type = "urn:petadesa:problem:bad-query"`}},
	{name: "empty", url: "/tiles/fleet.stops/4/8/0.mvt", status: 204},
	{name: "busy", url: "/tiles/fleet.stops/4/1/0.mvt", status: 503, want: []string{"Retry-After: 1"}, json: []string{`detail = "as it is told"`, `type = "urn:petadesa:problem:busy"`}},
	{name: "timeout", url: "/tiles/fleet.stops/4/2/0.mvt", status: 504, json: []string{`type = "urn:petadesa:problem:timeout"`}},
	{name: "too large", url: "/tiles/fleet.stops/4/3/0.mvt", status: 413},
	{name: "away", url: "/tiles/fleet.stops/4/4/0.mvt", status: 503, want: []string{"Retry-After: 1"}},
	{name: "gone", url: "/tiles/fleet.stops/4/5/0.mvt", status: 404},
	{name: "invalid", url: "/tiles/fleet.stops/4/6/0.mvt", status: 400},
	{name: "broken", url: "/tiles/fleet.stops/4/7/0.mvt", status: 500, json: []string{`type = "urn:petadesa:problem:internal"`}},
	{url: "/tiles/photos.json", json: []string{`name = "Photos from above"`, `tiles = ["http://map.test:8080/tiles/photos/{z}/{x}/{y}.jpg?v=7"]`, `maxzoom = 9`}},
	{url: "/tiles/fleet.mark.json?colour=red", json: []string{`tiles = ["http://map.test:8080/tiles/fleet.mark/{z}/{x}/{y}.mvt?colour=red"]`}},
	{url: "/tiles/photos.json?x=1", status: 400},
	{url: "/api/tiles", json: []string{
		`tilesets/# = 5`, `tilesets/[title=Photos from above]/dataType = "map"`, `tilesets/[title=fleet.stops]/tileMatrixSetLimits/16/maxTileRow exists`,
		`tilesets/[title=fleet.stops]/links/[rel=item]/href = "http://map.test:8080/tiles/fleet.stops/{tileMatrix}/{tileCol}/{tileRow}.mvt"`,
	}},
	{url: "/metrics", body: []string{`petadesa_http_requests_total{method="GET",route="/tiles/{archive}/{z}/{x}/{y}",status="200"}`, `route="/tiles/{table}/{z}/{x}/{y}",status="503"`}},
}

// database is LiveCollections of 25 stops.
type database struct{}

func (database) Collections() []LiveCollection {
	fields := []geo.Field{{Name: "id", Type: geo.Integer}, {Name: "name", Type: geo.String}}
	bound := orb.Bound{Min: orb.Point{112, -9}, Max: orb.Point{113, -8}}
	return []LiveCollection{
		{Collection: geo.Collection{ID: "fleet.stops", Title: "Bus <stops>", Description: "Where buses stop", Geometry: geo.Point, Fields: fields}, Bound: &bound},
		{Collection: geo.Collection{ID: "odd/one", Title: "odd/one", Geometry: geo.Mixed, Fields: fields}},
		{Collection: geo.Collection{ID: "villages", Title: "Hidden", Geometry: geo.Point}},
	}
}

func (database) Items(_ context.Context, id string, q LiveQuery) (LivePage, error) {
	if id == "odd/one" {
		return LivePage{}, fmt.Errorf("%w: %w", &Problem{Kind: Away, Detail: "the database is away"}, errors.New("a secret"))
	}
	var from int
	if _, err := fmt.Sscanf("0"+q.After, "%d", &from); err != nil {
		return LivePage{}, err
	}
	var page LivePage
	for i := from; i < 25 && len(page.Records) < q.Limit; i++ {
		r := stop(i)
		if q.BBox == nil || q.BBox.Contains(r.Geometry.(orb.Point)) {
			page.Records = append(page.Records, r)
		}
		from = i + 1
	}
	if from < 25 {
		page.Next = fmt.Sprint(from)
	}
	return page, nil
}

func (database) Item(_ context.Context, id, feature string) (geo.Record, error) {
	if feature != "7" {
		return geo.Record{}, &Problem{Kind: UnknownFeature, Detail: "none"}
	}
	return stop(7), nil
}

func stop(i int) geo.Record {
	return geo.Record{ID: fmt.Sprint(i), Geometry: orb.Point{112 + float64(i)/25, -8.5}, Values: []any{int64(i), fmt.Sprintf("Stop %d", i)}}
}

const stops = "/api/collections/fleet.stops"

var liveFeatures = []scenario{
	{url: "/api/collections", json: []string{
		`collections/# = 7`, `collections/[id=villages]/title = "Villages"`, `collections/[id=fleet.stops]/extent/spatial/bbox/0 = [112,-9,113,-8]`,
		`collections/[id=fleet.stops]/itemCount absent`, `collections/[id=fleet.stops]/links/[rel=describedby]/href = "http://map.test:8080/tiles/fleet.stops.json"`,
		`collections/[id=odd/one]/links/[rel=items]/href = "http://map.test:8080/api/collections/odd%2Fone/items?f=json"`, `collections/[id=odd/one]/extent absent`,
	}},
	{url: stops, want: []string{"ETag: *"}, json: []string{`id = "fleet.stops"`, `geometryType = "Point"`, `links/[rel=self]/href = "http://map.test:8080/api/collections/fleet.stops?f=json"`}},
	{name: "live collections as HTML", url: "/api/collections?f=html", body: []string{"Bus &lt;stops&gt;", "live"}},
	{name: "landing with live collections as HTML", url: "/api?f=html", body: []string{"Bus &lt;stops&gt;"}},
	{name: "live collection as HTML", url: stops + "?f=html", body: []string{"Where buses stop", "!Browse", "/api/collections/fleet.stops/items?f=json"}},
	{url: stops + "/queryables", json: []string{`properties = {"geometry":{"format":"geometry-point","x-ogc-role":"primary-geometry"}}`}},
	{url: stops + "/schema", json: []string{`properties/name/type = "string"`, `properties/id/type = "integer"`}},
	{url: stops + "/tiles", status: 404, body: []string{"/tiles/fleet.stops.json"}},
	{url: stops + "/items?limit=10", want: []string{"Content-Type: application/geo+json", "Content-Crs: <http://www.opengis.net/def/crs/OGC/1.3/CRS84>", "OGC-NumberReturned: 10", "OGC-NumberMatched: ", "Link: *", "ETag: *"}, json: []string{
		`numberReturned = 10`, `numberMatched absent`, `features/9/properties = {"id":9,"name":"Stop 9"}`, `features/0/geometry = {"type":"Point","coordinates":[112,-8.5]}`, `features/0/id = "0"`,
		`links/[rel=next]/href exists`, `links/[rel=collection]/href exists`,
	}},
	{name: "the last page", url: stops + "/items?limit=10&cursor=" + makeCursor("fleet.stops", "20"), json: []string{`numberReturned = 5`, `features/0/id = "20"`, `links/[rel=next] absent`}},
	{name: "all at once", url: stops + "/items?limit=1000000", json: []string{`numberReturned = 25`}},
	{url: stops + "/items?properties=name&skipGeometry=true&limit=1", json: []string{`features/0/properties = {"name":"Stop 0"}`, `features/0/geometry = null`}},
	{url: stops + "/items?properties=&limit=1", json: []string{`features/0/properties = {}`}},
	{url: stops + "/items?bbox=112.1,-9,112.3,-8", json: []string{`numberReturned = 5`}},
	{url: stops + "/items?properties=nmae", status: 400, json: []string{`parameter = "properties"`, `allowed = ["id","name"]`}},
	{url: stops + "/items?name=x", status: 400, json: []string{`parameter = "name"`}},
	{url: stops + "/items?limit=0", status: 400},
	{url: stops + "/items?bbox=1,2,3", status: 400},
	{url: stops + "/items?f=csv", status: 400, json: []string{`allowed = ["json"]`}},
	{name: "cursor of a collection elsewhere", url: stops + "/items?cursor=" + makeCursor("villages", "20"), status: 400, json: []string{`type = "urn:petadesa:problem:bad-cursor"`}},
	{url: stops + "/items/7", json: []string{`id = "7"`, `properties/name = "Stop 7"`, `links/[rel=collection]/href = "http://map.test:8080/api/collections/fleet.stops"`}},
	{url: stops + "/items/8", status: 404, json: []string{`type = "urn:petadesa:problem:unknown-feature"`}},
	{url: stops + "/items/7?limit=1", status: 400},
	{url: "/api/collections/odd%2Fone", json: []string{`id = "odd/one"`, `geometryType absent`}},
	{url: "/api/collections/odd%2Fone/items", status: 503, want: []string{"Retry-After: 1"}, json: []string{`type = "urn:petadesa:problem:source-away"`}},
	{url: "/api/openapi", body: []string{`"/collections/fleet.stops/items"`, `"/collections/odd%2Fone/items"`}},
}

func TestSourcesAndLiveCollections(t *testing.T) {
	cfg := testConfig(t, world(t))
	cfg.Sources, cfg.Live = testSources(), database{}
	h := New(cfg)
	registerDecoders()
	d := loadDefinition(t, h)
	for _, table := range [][]scenario{sourceTiles, liveFeatures} {
		for _, c := range table {
			t.Run(strings.TrimSpace(c.name+" "+c.url), func(t *testing.T) { d.check(t, c.method, c.url, c.run(t, h)) })
		}
	}
}

func TestAnswersOfLiveCollectionsHaveTags(t *testing.T) {
	cfg := testConfig(t, world(t))
	cfg.Sources, cfg.Live = testSources(), database{}
	h := New(cfg)
	for _, url := range []string{"/api/collections", stops, stops + "/items?limit=3", stops + "/items/7", stops + "/schema", "/tiles/photos.json", "/api/tiles", "/tiles/fleet.stops/4/0/0.mvt"} {
		tag := ask(h, "GET", url).Header().Get("ETag")
		if w := ask(h, "GET", url, "If-None-Match: "+tag); w.Code != 304 || tag == "" {
			t.Errorf("%s with the tag %s: %d", url, tag, w.Code)
		}
	}
}

func TestJoined(t *testing.T) {
	for s, want := range map[string]orb.Bound{
		"112,-9,113,-8":     {Min: orb.Point{112, -9}, Max: orb.Point{113, -8}},
		"177,-20,-177,-10":  {Min: orb.Point{177, -20}, Max: orb.Point{-177, -10}},
		"177,-20,183,-10":   {Min: orb.Point{177, -20}, Max: orb.Point{-177, -10}},
		"-183,-20,-177,-10": {Min: orb.Point{177, -20}, Max: orb.Point{-177, -10}},
		"-200,-90,200,90":   {Min: orb.Point{-180, -90}, Max: orb.Point{180, 90}},
		"-180,0,180,1":      {Min: orb.Point{-180, 0}, Max: orb.Point{180, 1}},
		"0,0,200,1":         {Min: orb.Point{0, 0}, Max: orb.Point{-160, 1}},
	} {
		boxes, err := parseBBox(s)
		if err != nil {
			t.Fatal(err)
		}
		if got := joined(boxes); *got != want {
			t.Errorf("%s: %v, want %v", s, *got, want)
		}
	}
}

// The version that the map page puts into the addresses of tiles makes them
// immutable; that of the data alone does not tell how tiles are cut.
func TestVersionsOfTiles(t *testing.T) {
	src := world(t)
	h := New(testConfig(t, src))
	snap := src.Snapshot()
	forever, asked := "public, max-age=31536000, immutable", "public, max-age=0, must-revalidate"
	for v, want := range map[string]string{
		tiles.Version(snap.Layers()): forever, tiles.Version([]*geo.Layer{snap.Layer("villages")}): forever, snap.Version: asked, "x": asked,
	} {
		scenario{url: "/tiles/villages/10/832/534.mvt?v=" + v, want: []string{"Cache-Control: " + want}}.run(t, h)
	}
	scenario{url: "/api/app.json", json: []string{
		`snapshot = "` + tiles.Version(snap.Layers()) + `"`, `collections/[id=villages]/version = "` + tiles.Version([]*geo.Layer{snap.Layer("villages")}) + `"`,
	}}.run(t, h)
}
