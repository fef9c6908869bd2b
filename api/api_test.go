package api

import (
	"strings"
	"testing"
)

const (
	villages = "/api/collections/villages"
	items    = villages + "/items"
)

func TestScenarios(t *testing.T) {
	h := New(testConfig(t, world(t)))
	registerDecoders()
	d := loadDefinition(t, h)
	defined := 0
	for _, table := range [][]scenario{documents, features, badFeatures, filters, tileAddresses, searches, safety} {
		for _, c := range table {
			name := c.name
			if name == "" {
				name = c.url
			}
			t.Run(name, func(t *testing.T) {
				if w := c.run(t, h); d.check(t, c.method, c.url, w) {
					defined++
				}
			})
		}
	}
	if defined < 100 {
		t.Errorf("only %d answers were held to the OpenAPI document", defined)
	}
}

var documents = []scenario{
	{
		url: "/api", want: []string{"Content-Type: application/json", "ETag: *", "Vary: Accept, Accept-Encoding"},
		json: []string{
			`links/[rel=self]/href = "http://map.test:8080/api?f=json"`,
			`links/[rel=alternate]/type = "text/html; charset=utf-8"`,
			`links/[rel=service-desc]/type = "application/vnd.oai.openapi+json;version=3.0"`,
			`links/[rel=service-desc]/href = "http://map.test:8080/api/openapi"`,
			`links/[rel=conformance]/href = "http://map.test:8080/api/conformance"`,
			`links/[rel=data]/href = "http://map.test:8080/api/collections"`,
			`links/[rel=http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes]/href exists`,
		},
	},
	{name: "JSON for any", url: "/api", headers: []string{"Accept: */*"}, want: []string{"Content-Type: application/json"}},
	{name: "HTML for a browser", url: "/api", headers: []string{"Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}, want: []string{"Content-Type: text/html; charset=utf-8"}},
	{name: "JSON where both are liked", url: "/api", headers: []string{"Accept: text/html, application/json"}, want: []string{"Content-Type: application/json"}},
	{name: "HTML liked less", url: "/api", headers: []string{"Accept: text/html;q=0.5, application/json"}, want: []string{"Content-Type: application/json"}},
	{name: "f before Accept", url: "/api?f=html", headers: []string{"Accept: application/json"}, want: []string{"Content-Type: text/html; charset=utf-8"}},
	{name: "nothing suits", url: "/api", headers: []string{"Accept: image/png"}, status: 406},
	{name: "f unknown", url: "/api?f=xml", status: 400, json: []string{`parameter = "f"`, `allowed = ["json","html"]`}},
	{name: "slash at the end", url: "/api/", status: 301, want: []string{"Location: http://map.test:8080/api"}},
	{url: "/api/conformance", json: []string{`conformsTo/0 exists`}, body: []string{"ogcapi-features-1/1.0/conf/core"}},
	{
		url: "/api/collections", json: []string{
			`links/[rel=self]/type = "application/json"`, `collections/# = 5`,
			`collections/[id=villages]/title = "Villages"`, `collections/[id=villages_label] absent`,
			`collections/[id=villages]/extent/spatial/bbox/0 = [112.5,-8.4,112.8,-8]`,
			`collections/[id=towers]/extent absent`, `collections/[id=districts]/itemCount = 2`,
			`collections/[id=villages]/links/[rel=items]/type = "application/geo+json"`,
		},
	},
	{
		url: villages, json: []string{
			`id = "villages"`, `itemType = "feature"`, `crs = ["http://www.opengis.net/def/crs/OGC/1.3/CRS84","http://www.opengis.net/def/crs/EPSG/0/4326","http://www.opengis.net/def/crs/EPSG/0/3857","http://www.opengis.net/def/crs/EPSG/0/32749"]`,
			`extent/spatial/bbox/0 = [112.5,-8.4,112.8,-8]`, `links/[rel=self]/href = "http://map.test:8080/api/collections/villages?f=json"`,
			`links/[rel=http://www.opengis.net/def/rel/ogc/1.0/queryables]/href exists`, `links/[rel=http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector]/href exists`,
		},
	},
	{url: "/api/collections/villagez", status: 404, json: []string{`type = "urn:petadesa:problem:unknown-collection"`, `allowed/0 = "destinations"`}},
	{url: "/api/collections/villages_label", status: 404},
	{url: "/api/collections/villages/nothing", status: 404},
	{url: villages + "/queryables", want: []string{"Content-Type: application/schema+json"}, json: []string{`properties/population/type = "integer"`, `properties/geometry/format = "geometry-polygon-or-multipolygon"`, `type = "object"`}},
	{url: villages + "/schema", want: []string{"Content-Type: application/schema+json"}, json: []string{`properties/name/type = "string"`, `properties/population/x-ogc-unit = "people"`}},
	{name: "reserved names are no queryables", url: "/api/collections/odd/queryables", json: []string{`properties/kind exists`, `properties/limit absent`, `properties/geometry absent`}},
	{url: "/api/collections/odd/schema", json: []string{`properties/limit exists`}},
	{url: villages + "/tiles", json: []string{`tilesets/0/tileMatrixSetId = "WebMercatorQuad"`, `tilesets/0/tileMatrixSetURI = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"`, `tilesets/0/tileMatrixSetLimits/0/tileMatrix = "5"`, `tilesets/0/links/[rel=item]/templated = true`}},
	{url: villages + "/tiles/WebMercatorQuad", json: []string{`layers/0/id = "villages"`, `layers/0/geometryDimension = 2`}},
	{url: "/api/tiles", json: []string{`tilesets/0/dataType = "vector"`}},
	{url: "/api/tiles/WebMercatorQuad", json: []string{`layers/[id=villages]/id exists`, `layers/[id=odd] absent`}},
	{url: "/api/tileMatrixSets", json: []string{`tileMatrixSets/0/id = "WebMercatorQuad"`}},
	{url: "/api/tileMatrixSets/WebMercatorQuad", json: []string{`tileMatrices/0/matrixWidth = 1`}},
	{url: "/api/openapi", want: []string{"Content-Type: application/vnd.oai.openapi+json;version=3.0"}, json: []string{`openapi = "3.0.3"`, `servers/0/url = "http://map.test:8080/api"`}},
	{name: "OpenAPI for a browser", url: "/api/openapi", headers: []string{"Accept: text/html,*/*;q=0.8"}, want: []string{"Content-Type: application/vnd.oai.openapi+json;version=3.0"}},
	{
		url: "/api/app.json", json: []string{
			`version = "1.2.3"`, `basemap/url = "https://{s}.tile.example.org/{z}/{x}/{y}.png"`, `notices = ["approximate-villages"]`,
			`collections/[id=villages]/bound = [112.5,-8.4,112.8,-8]`, `collections/[id=villages]/count = 4`, `collections/[id=towers]/bound = null`, `collections/[id=villages]/maxzoom = 14`,
		},
	},
	{url: "/", want: []string{"Content-Type: text/html; charset=utf-8"}},
	{url: "/nothing", status: 404, json: []string{`type = "urn:petadesa:problem:not-found"`}},
	{url: "/api/style.css", want: []string{"Content-Type: text/css; charset=utf-8"}},
	{url: "/api/nothing", status: 404, json: []string{`type = "urn:petadesa:problem:not-found"`}},
	{url: "/healthz", json: []string{`status = "ok"`}},
	{url: "/readyz", json: []string{`status = "ok"`, `store/ok = true`, `snapshot/built = "2025-10-01T02:03:04Z"`}},
	{url: "/metrics", body: []string{"petadesa_snapshot_info", `petadesa_features{collection="villages"} 4`, "petadesa_http_requests_total"}},
}

var features = []scenario{
	{
		url: items, want: []string{"Content-Type: application/geo+json", "Content-Crs: <http://www.opengis.net/def/crs/OGC/1.3/CRS84>", "OGC-NumberMatched: 4", "OGC-NumberReturned: 4", "Link: "},
		json: []string{
			`type = "FeatureCollection"`, `numberMatched = 4`, `numberReturned = 4`, `timeStamp = "2025-10-01T02:03:04.5Z"`, `features/# = 4`,
			`features/0/id = "35.07.01.2001"`, `features/0/geometry/type = "MultiPolygon"`, `features/0/properties/population = 4200`, `features/2/properties/population = null`,
			`links/[rel=self]/href = "http://map.test:8080/api/collections/villages/items?f=json"`, `links/[rel=next] absent`, `links/[rel=collection]/href exists`,
		},
	},
	{name: "a page", url: items + "?limit=3", want: []string{"Link: *"}, json: []string{`numberMatched = 4`, `numberReturned = 3`, `links/[rel=next]/href exists`}},
	{name: "limit of all", url: items + "?limit=4", json: []string{`links/[rel=next] absent`}},
	{name: "limit above the maximum is the maximum", url: items + "?limit=1000000000", json: []string{`numberReturned = 4`}},
	{name: "limit beyond any integer", url: items + "?limit=99999999999999999999999", json: []string{`numberReturned = 4`}},
	{name: "text", url: items + "?district=Pagak", json: []string{`numberMatched = 2`, `features/0/id = "35.07.02.2001"`}},
	{name: "text that no feature has", url: items + "?district=Nowhere", json: []string{`numberMatched = 0`, `features = []`}},
	{name: "integer", url: items + "?population=3100", json: []string{`numberMatched = 2`}},
	{name: "number", url: items + "?area_km2=9.25", json: []string{`numberMatched = 1`}},
	{name: "boolean", url: items + "?urban=true", json: []string{`numberMatched = 2`}},
	{name: "several", url: items + "?urban=true&district=Pagak", json: []string{`numberMatched = 1`, `features/0/id = "35.07.02.2002"`}},
	{name: "a property named as a parameter is no filter", url: "/api/collections/odd/items?limit=1", json: []string{`numberReturned = 1`, `numberMatched = 2`}},
	{name: "properties", url: items + "?properties=population,name", json: []string{`features/0/properties = {"population":4200,"name":"Donomulyo"}`}},
	{name: "no properties", url: items + "?properties=", json: []string{`features/0/properties = {}`}},
	{name: "no geometry", url: items + "?skipGeometry=true&properties=name", json: []string{`features/0/geometry = null`, `features/0/properties = {"name":"Donomulyo"}`}},
	{name: "box", url: items + "?bbox=112.51,-8.09,112.59,-8.01", json: []string{`numberMatched = 1`, `features/0/id = "35.07.01.2001"`}},
	{name: "box that meets only an envelope", url: items + "?bbox=112.75,-8.25,112.79,-8.21", json: []string{`numberMatched = 0`}},
	{name: "box with heights", url: items + "?bbox=112.61,-8.39,0,112.62,-8.38,100", json: []string{`numberMatched = 1`}},
	{name: "box and text", url: items + "?bbox=112,-9,113,-7&district=Pagak", json: []string{`numberMatched = 2`}},
	{name: "box across the 180th meridian", url: "/api/collections/destinations/items?bbox=177,-20,-177,-10", json: []string{`numberMatched = 1`, `features/0/id = "kava"`}},
	{name: "the standard's box", url: items + "?bbox=177,65,-177,70", json: []string{`numberMatched = 0`}},
	{name: "polar box", url: items + "?bbox=-180,85,180,90", json: []string{`numberMatched = 0`}},
	{name: "the world", url: items + "?bbox=-180,-90,180,90&bbox-crs=http://www.opengis.net/def/crs/OGC/1.3/CRS84", json: []string{`numberMatched = 4`}},
	{
		name: "metres of UTM", url: items + "?limit=1&crs=http://www.opengis.net/def/crs/EPSG/0/32749",
		want: []string{"Content-Crs: <http://www.opengis.net/def/crs/EPSG/0/32749>"},
		json: []string{`features/0/geometry/coordinates/0/0/0 = [665276.5043,9104342.0801]`}, // as PROJ has it
	},
	{
		name: "latitude first", url: items + "/35.07.01.2001?crs=http://www.opengis.net/def/crs/EPSG/0/4326",
		want: []string{"Content-Crs: <http://www.opengis.net/def/crs/EPSG/0/4326>"},
		json: []string{`geometry/coordinates/0/0/0 = [-8.1,112.5]`},
	},
	{name: "box in metres of UTM", url: items + "?bbox=666000,9105000,674000,9114000&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/32749", json: []string{`numberMatched = 1`, `features/0/id = "35.07.01.2001"`}},
	{name: "box with latitude first", url: items + "?bbox=-8.09,112.51,-8.01,112.59&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4326", json: []string{`numberMatched = 1`}},
	{name: "instant", url: items + "?datetime=2025-01-01T00:00:00Z", json: []string{`numberMatched = 4`}},
	{name: "interval", url: items + "?datetime=2025-01-01T00:00:00Z/2025-02-01T00:00:00%2B07:00"},
	{name: "half-open", url: items + "?datetime=../2025-01-01T00:00:00Z"},
	{name: "half-open, empty", url: items + "?datetime=2025-01-01T00:00:00Z/"},
	{name: "no geometry, no box", url: "/api/collections/destinations/items", json: []string{`numberMatched = 4`, `features/2/geometry = null`}},
	{name: "empty collection", url: "/api/collections/towers/items", json: []string{`numberMatched = 0`, `features = []`, `links/[rel=next] absent`}},
	{
		name: "CSV", url: items + "?f=csv&skipGeometry=true&properties=name,population", want: []string{"Content-Type: text/csv; charset=utf-8", "OGC-NumberMatched: 4"},
		body: []string{"id,name,population\r\n35.07.01.2001,Donomulyo,4200\r\n", "\r\n35.07.02.2001,<script>alert(1)</script>,\r\n"},
	},
	{name: "CSV of points", url: "/api/collections/destinations/items?f=csv", body: []string{"id,lon,lat,name,category,village_code\r\n", "coban-rondo,112.65,-8.05,\"Coban Rondo, \"\"tinggi\"\"\",waterfall,\r\n", "nowhere,,,Nowhere,beach,"}},
	{name: "CSV by Accept", url: items, headers: []string{"Accept: text/csv"}, want: []string{"Content-Type: text/csv; charset=utf-8"}},
	{name: "CSV page", url: items + "?f=csv&limit=1", want: []string{"Link: *"}},
	{name: "HTML", url: items + "?f=html&limit=3", body: []string{"&lt;script&gt;alert(1)&lt;/script&gt;", "!<script", `rel="next"`, "Next page"}},
	{name: "feature", url: items + "/35.07.01.2001", want: []string{"Content-Type: application/geo+json", "Content-Crs: *", "ETag: *"}, json: []string{`type = "Feature"`, `id = "35.07.01.2001"`, `properties/name = "Donomulyo"`, `links/[rel=self]/href = "http://map.test:8080/api/collections/villages/items/35.07.01.2001?f=json"`, `links/[rel=alternate]/href exists`, `links/[rel=collection]/href exists`}},
	{name: "feature as HTML", url: items + "/35.07.02.2001?f=html", body: []string{"&lt;script&gt;", "!<script", "Show on the map"}},
	{name: "markup in a title", url: "/api/collections/odd?f=html", body: []string{"Odd &lt;b&gt;things", "!<b>"}},
	{name: "id with a slash", url: "/api/collections/odd/items/a%2Fb%20c", json: []string{`id = "a/b c"`, `links/[rel=self]/href = "http://map.test:8080/api/collections/odd/items/a%2Fb%20c?f=json"`}},
	{name: "id beyond ASCII", url: "/api/collections/odd/items/%C3%A9", json: []string{`id = "é"`}},
	{name: "no such feature", url: items + "/99", status: 404, json: []string{`type = "urn:petadesa:problem:unknown-feature"`}},
	{name: "collections as HTML", url: "/api/collections?f=html", body: []string{`rel="alternate"`}},
	{name: "landing as HTML", url: "/api?f=html", body: []string{`Open the map`}},
	{name: "conformance as HTML", url: "/api/conformance?f=html"},
	{name: "collection as HTML", url: villages + "?f=html", body: []string{"Desa &amp; kelurahan."}},
}

var badFeatures = []scenario{
	{url: items + "?limit=0", status: 400, json: []string{`parameter = "limit"`, `type = "urn:petadesa:problem:bad-parameter"`}},
	{url: items + "?limit=-1", status: 400},
	{url: items + "?limit=unlimited", status: 400},
	{url: items + "?limit=", status: 400},
	{url: items + "?limit=1.5", status: 400},
	{url: items + "?limit=1&limit=2", status: 400},
	{url: items + "?bbox=1,2,3", status: 400, json: []string{`parameter = "bbox"`}},
	{url: items + "?bbox=1,2,3,4,5", status: 400},
	{url: items + "?bbox=1,2,3,4,5,6,7", status: 400},
	{url: items + "?bbox=", status: 400},
	{url: items + "?bbox=113,-8,112,-7", status: 400},
	{url: items + "?bbox=112,-7,113,-8", status: 400},
	{url: items + "?bbox=112,-8,5,113,-7,4", status: 400},
	{url: items + "?bbox=a,b,c,d", status: 400},
	{url: items + "?bbox=NaN,0,1,1", status: 400},
	{url: items + "?bbox=-Inf,0,Inf,1", status: 400},
	{url: items + "?bbox=0,-91,1,1", status: 400},
	{url: items + "?bbox=0,0,1000,1", status: 400},
	{url: items + "?bbox-crs=http://www.opengis.net/def/crs/EPSG/0/9999", status: 400, json: []string{`parameter = "bbox-crs"`}},
	{url: items + "?crs=EPSG:32749", status: 400, json: []string{`allowed/0 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"`}},
	{url: items + "?crs=http://www.opengis.net/def/crs/EPSG/0/32749&f=csv", status: 400, json: []string{`parameter = "crs"`}},
	{url: items + "?bbox=5e7,2,6e7,4&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/32749", status: 400, json: []string{`parameter = "bbox"`}},
	{url: items + "?cursor=x", status: 400, json: []string{`type = "urn:petadesa:problem:bad-cursor"`}},
	{url: items + "?cursor=", status: 400},
	{url: items + "?cursor=AAAAAAAAAAAAAAAA", status: 400},
	{name: "cursor of another collection", url: items + "?cursor=" + makeCursor("towers", "35.07.01.2001"), status: 400},
	{url: items + "?nmae=Donomulyo", status: 400, json: []string{`type = "urn:petadesa:problem:unknown-parameter"`, `parameter = "nmae"`, `allowed/0 = "bbox"`}},
	{url: items + "?population=many", status: 400, json: []string{`parameter = "population"`}},
	{url: items + "?area_km2=NaN", status: 400},
	{url: items + "?urban=maybe", status: 400},
	{url: items + "?properties=name,nmae", status: 400, json: []string{`parameter = "properties"`, `allowed/1 = "name"`}},
	{url: items + "?skipGeometry=yes", status: 400},
	{url: items + "?datetime=yesterday", status: 400},
	{url: items + "?datetime=../..", status: 400},
	{url: items + "?datetime=2025-02-01T00:00:00Z/2025-01-01T00:00:00Z", status: 400},
	{url: items + "?f=shp", status: 400},
	{url: items + "?a;b", status: 400},
	{url: items + "?name=%zz", status: 400},
	{url: items + "/35.07.01.2001?limit=1", status: 400},
	{url: "/api?limit=1", status: 400},
	{url: "/api/app.json?v=1", status: 400},
}

var tileAddresses = []scenario{
	{url: "/tiles/villages/10/832/534.mvt", want: []string{"Content-Type: application/vnd.mapbox-vector-tile", "Access-Control-Allow-Origin: *"}},
	{url: "/tiles/villages,destinations/10/832/534.mvt?properties=name&extent=1024"},
	{url: "/tiles/villages,villages_label/10/832/534.mvt"},
	{url: "/tiles/villages/10/832/534.mvt?district=Donomulyo"},
	{name: "tile with nothing in it", url: "/tiles/villages/10/0/0.mvt", status: 204},
	{name: "tile by the filter empty", url: "/tiles/villages/10/832/534.mvt?district=Nowhere", status: 204},
	{url: villages + "/tiles/WebMercatorQuad/10/534/832", want: []string{"Content-Type: application/vnd.mapbox-vector-tile"}},
	{url: villages + "/tiles/WebMercatorQuad/10/534/832?f=mvt"},
	{url: villages + "/tiles/WebMercatorQuad/10/534/832?f=png", status: 400},
	{url: "/api/tiles/WebMercatorQuad/10/534/832"},
	{url: "/tiles/villages.json", json: []string{`tilejson = "3.0.0"`, `minzoom = 5`, `vector_layers/0/id = "villages"`}},
	{url: "/tiles/villages,destinations.json", json: []string{`vector_layers/# = 2`}},
	{url: "/tiles/nothing.json", status: 404},
	{url: "/tiles/villages.json?x=1", status: 400},
	{url: "/tiles/nothing/10/832/534.mvt", status: 404, json: []string{`type = "urn:petadesa:problem:unknown-collection"`}},
	{url: "/tiles/villages,villages/10/832/534.mvt", status: 404},
	{url: "/tiles/,/10/832/534.mvt", status: 404},
	{url: "/tiles/villages/3/6/4.mvt", status: 404, json: []string{`type = "urn:petadesa:problem:tile-outside"`}},
	{url: "/tiles/villages/15/26624/17152.mvt", status: 404},
	{url: "/tiles/villages/10/1024/0.mvt", status: 404},
	{url: "/tiles/villages/10/0/1024.mvt", status: 404},
	{url: "/tiles/villages/-1/0/0.mvt", status: 404},
	{url: "/tiles/villages/10/-1/0.mvt", status: 404},
	{url: "/tiles/villages/10/0/-1.mvt", status: 404},
	{url: "/tiles/villages/10/18446744073709551616/0.mvt", status: 404},
	{url: "/tiles/villages/99999999999999999999999/0/0.mvt", status: 404},
	{url: "/tiles/villages/64/0/0.mvt", status: 404},
	{url: "/tiles/villages/a/b/c.mvt", status: 404},
	{url: "/tiles/villages/10/1.5/0.mvt", status: 404},
	{url: "/tiles/villages/10/0x1/0.mvt", status: 404},
	{url: "/tiles/villages/10/832/534.png", status: 404},
	{url: "/tiles/villages/10/832", status: 404},
	{url: "/tiles/villages/10/832/534.mvt?extent=1000", status: 400, json: []string{`parameter = "extent"`, `allowed/0 = "512"`}},
	{url: "/tiles/villages/10/832/534.mvt?extent=x", status: 400},
	{url: "/tiles/villages/10/832/534.mvt?properties=nmae", status: 400, json: []string{`parameter = "properties"`}},
	{url: "/tiles/villages/10/832/534.mvt?nmae=x", status: 400, json: []string{`parameter = "nmae"`}},
	{url: "/tiles/villages/10/832/534.mvt?population=x", status: 400},
}

var searches = []scenario{
	{url: "/api/search?q=donomulyo", want: []string{"Content-Type: application/geo+json"}, json: []string{`type = "FeatureCollection"`, `features/0/properties/kind = "district"`, `features/1/properties/id = "35.07.01.2001"`, `features/1/properties/subtitle = "Donomulyo"`, `features/1/geometry/type = "Point"`, `features/1/bbox/# = 4`}},
	{url: "/api/search?q=NGLIYEP", json: []string{`features/0/properties/name = "Pantai Ngliyép"`, `features/0/properties/subtitle = "beach, Donomulyo"`}},
	{url: "/api/search?q=sumbermanjing", json: []string{`features/0/properties/name = "Sumber Manjing"`}},
	{url: "/api/search?q=rondo+cob", json: []string{`features/0/properties/id = "coban-rondo"`}},
	{url: "/api/search?q=35.07.02.2002", json: []string{`features/0/properties/score = 1`, `features/# = 1`}},
	{url: "/api/search?q=65154&limit=2&lon=112.65&lat=-8.3", json: []string{`features/# = 2`, `features/0/properties/id = "35.07.02.2002"`}},
	{url: "/api/quality", want: []string{"Content-Type: application/json"}, json: []string{`collections/0/id = "destinations"`}},
	{url: "/api/quality?f=html", want: []string{"Content-Type: text/html; charset=utf-8"}, body: []string{"Data quality", "style.css", "!<style"}},
	{url: "/api/search?q=zzz", json: []string{`features = []`}},
	{url: "/api/search?q=%3Cscript%3E", body: []string{"!<script"}},
	{url: "/api/search?q=%F0%9F%98%80", json: []string{`features = []`}},
	{url: "/api/search?q=%27%20OR%202=2--", json: []string{`features = []`}},
	{url: "/api/search?q=%D8%A8%D8%AD%D8%B1%E2%80%AE%D7%A9", json: []string{`features = []`}},
	{url: "/api/search?q=ngliep", json: []string{`features/0/properties/id = "pantai-ngliyep"`, `features/0/properties/marks = [[7,14]]`}},
	{url: "/api/search?q=beach&kind=destination", json: []string{`features/# = 3`, `features/0/properties/subtitle = "beach"`}},
	{url: "/api/search?q=donomulyo&kind=village,road", json: []string{`features/0/properties/kind = "village"`}},
	{url: "/api/search?q=donomulyo&kind=city", status: 400, json: []string{`parameter = "kind"`, `allowed/0 = "village"`}},
	{url: "/api/search?q=-8.05,112.55", json: []string{`features/0/properties/kind = "coordinate"`, `features/0/geometry/coordinates = [112.55,-8.05]`, `features/0/properties/collection = ""`}},
	{url: "/api/search?q=6P3RXGX2%2B22", json: []string{`features/0/properties/kind = "coordinate"`}},
	{url: "/api/search?q=" + strings.Repeat("a", 10_000), status: 400, json: []string{`parameter = "q"`}},
	{url: "/api/search", status: 400, json: []string{`parameter = "q"`}},
	{url: "/api/search?q=", status: 400},
	{url: "/api/search?q=a&lon=1", status: 400},
	{url: "/api/search?q=a&lon=x&lat=1", status: 400},
	{url: "/api/search?q=a&lon=1&lat=91", status: 400},
	{url: "/api/search?q=a&limit=0", status: 400},
}
