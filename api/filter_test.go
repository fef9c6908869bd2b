package api

import (
	"net/url"
	"testing"

	"github.com/petadesa/petadesa/geo"
)

// filtered appends a filter to an address.
func filtered(address, filter string) string { return address + "?filter=" + url.QueryEscape(filter) }

const villageTile = "/tiles/villages/10/832/534.mvt"

var filters = []scenario{
	{url: filtered(items, "population > 3100"), json: []string{`numberMatched = 1`, `features/0/id = "35.07.01.2001"`, `links/[rel=self]/href exists`}},
	{url: filtered(items, "NOT population > 3100"), json: []string{`numberMatched = 2`}},
	{url: filtered(items, "population IS NULL"), json: []string{`numberMatched = 1`, `features/0/id = "35.07.02.2001"`}},
	{url: filtered(items, "CASEI(name) LIKE casei('s%')"), json: []string{`numberMatched = 2`}},
	{url: filtered(items, "urban AND area_km2 BETWEEN 7 AND 7.9"), json: []string{`numberMatched = 1`, `features/0/id = "35.07.02.2002"`}},
	{url: filtered(items, "population / area_km2 > 390"), json: []string{`numberMatched = 1`}},
	{url: filtered(items, "S_INTERSECTS(geometry, POINT(112.65 -8.3))"), json: []string{`features/0/id = "35.07.02.2002"`}},
	{url: filtered(items, "S_INTERSECTS(geometry, BBOX(112.75,-8.25,112.79,-8.21))"), json: []string{`numberMatched = 0`}},
	{url: filtered(items, "S_TOUCHES(geometry, BBOX(112.6,-8.1,112.7,-8))"), json: []string{`numberMatched = 2`}},
	{name: "filter, property, box and page", url: filtered(items, "population = 3100") + "&urban=true&bbox=112.5,-8.4,112.8,-8&limit=1&filter-lang=cql2-text&filter-crs=" + crs84, json: []string{`numberMatched = 2`, `links/[rel=next]/href exists`}},
	{name: "filter as table", url: filtered(items, "district = 'Pagak'") + "&f=csv&properties=name", body: []string{"Segitiga", "!Donomulyo"}},
	{name: "filter as page", url: filtered(items, "name LIKE '<%'") + "&f=html", body: []string{"&lt;script&gt;", "!<script>alert"}},
	{name: "JSON", url: filtered(items, `{"op":">","args":[{"property":"population"},3100]}`) + "&filter-lang=cql2-json", json: []string{`numberMatched = 1`}},
	{name: "accents", url: filtered("/api/collections/destinations/items", "ACCENTI(name) = accenti('Pantai Ngliyep')"), json: []string{`numberMatched = 1`}},
	{name: "no geometry at all", url: filtered("/api/collections/destinations/items", "geometry IS NULL"), json: []string{`features/0/id = "nowhere"`}},
	{name: "reserved names as properties", url: filtered("/api/collections/odd/items", "\"limit\" = '1' AND bbox IS NULL"), json: []string{`numberMatched = 1`}},
	{name: "several layers", url: filtered("/tiles/villages,destinations/10/832/534.mvt", "category = 'beach' OR population > 4000")},
	{url: filtered(villageTile, "district = 'Donomulyo'")},
	{url: filtered(villages+"/tiles/WebMercatorQuad/10/534/832", "district = 'Donomulyo'")},
	{name: "nothing left", url: filtered(villageTile, "district = 'Nowhere'"), status: 204},
	{name: "NULL in the layer that lacks it", url: filtered("/tiles/villages,destinations/10/832/534.mvt", "category = 'no such'"), status: 204},
	{url: "/api/conformance", body: []string{"ogcapi-features-3/1.0/conf/features-filter", "cql2/1.0/conf/cql2-text", "cql2/1.0/conf/basic-cql2"}},

	{url: filtered(items, "populaton > 3"), status: 400, json: []string{
		`parameter = "filter"`, `allowed/0 = "area_km2"`,
		`detail = "filter: at character 1: there is no property \"populaton\"; there are area_km2, code, district, district_code, geometry, name, population, postal_code, quality, urban"`,
	}},
	{url: filtered(items, "name = 3"), status: 400, json: []string{`detail = "filter: at character 8: 3 is a number and cannot be compared with name, which is text"`}},
	{url: filtered(items, "name = 'a"), status: 400, json: []string{`detail = "filter: at character 8: the quote ' is not closed"`}},
	{url: filtered(items, ""), status: 400},
	{url: filtered(items, "name = 'a' ) OR 1=1 --"), status: 400},
	{url: filtered(items, "<script>"), status: 400, body: []string{"!<script"}},
	{url: items + "?filter=%ff", status: 400},
	{url: filtered(items, "A_CONTAINS(name, ('a'))"), status: 400, json: []string{`allowed/0 = "casei"`}},
	{url: filtered(items, "population > 3100") + "&filter-lang=cql2-json", status: 400, json: []string{`parameter = "filter"`}},
	{url: items + "?filter-lang=cql-text", status: 400, json: []string{`parameter = "filter-lang"`, `allowed = ["cql2-text","cql2-json"]`}},
	{url: items + "?filter-crs=http://www.opengis.net/def/crs/EPSG/0/4326", status: 400, json: []string{`parameter = "filter-crs"`}},
	{url: filtered(villageTile, "category = 'beach'"), status: 400, json: []string{`parameter = "filter"`}},
	{url: filtered("/tiles/villages,destinations/10/832/534.mvt", "kategori = 'beach'"), status: 400, json: []string{`allowed/1 = "category"`}},
	{url: villages + "?filter=a", status: 400, json: []string{`type = "urn:petadesa:problem:unknown-parameter"`}},
}

// TestFiltersShareTiles checks that filters that say the same are one entry of
// the cache, and those that do not are two.
func TestFiltersShareTiles(t *testing.T) {
	h := New(testConfig(t, world(t)))
	tag := func(address string) string { return ask(h, "GET", address).Header().Get("ETag") }
	one := tag(filtered(villageTile, "district='Pagak' and population=3100"))
	for _, same := range []string{
		filtered(villageTile, "(district = 'Pagak') AND population = 3100.0"),
		filtered(villageTile, `{"op":"and","args":[{"op":"=","args":[{"property":"district"},"Pagak"]},{"op":"=","args":[{"property":"population"},3100]}]}`) + "&filter-lang=cql2-json",
		villageTile + "?population=3100&filter=" + url.QueryEscape("district = 'Pagak'"),
	} {
		if got := tag(same); got != one || one == "" {
			t.Errorf("%s: ETag %s, want %s", same, got, one)
		}
	}
	if other := tag(filtered(villageTile, "district='Pagak'")); other == one {
		t.Errorf("another filter has the same ETag %s", other)
	}
}

// liveTable is a live collection, which takes no filter.
type liveTable struct{ LiveCollections }

func (liveTable) Collections() []LiveCollection {
	return []LiveCollection{{Collection: geo.Collection{ID: "public.wells", Title: "Wells", Geometry: geo.Point}}}
}

var _ LiveCollections = liveTable{}

func TestFiltersOfLiveCollections(t *testing.T) {
	config := testConfig(t, world(t))
	config.Live = liveTable{}
	h := New(config)
	for _, c := range []scenario{
		{url: "/api/conformance", body: []string{"conf/queryables", "!conf/features-filter", "!cql2-text"}},
		{url: filtered("/api/collections/public.wells/items", "a = 1"), status: 400, json: []string{`parameter = "filter"`, `type = "urn:petadesa:problem:unknown-parameter"`}},
	} {
		c.run(t, h)
	}
}
