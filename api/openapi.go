package api

import (
	"net/http"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/cql2"
	"github.com/petadesa/petadesa/tiles"
)

// object is a JSON object; encoding/json writes its members in order of name,
// so a document has the same bytes each time.
type object = map[string]any

// openAPI is GET /api/openapi: the service as it is now, each collection with
// its own paths and its properties as query parameters, since clients filter
// only by what is listed here.
func (s *service) openAPI(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	p, err := parse(r, []string{"f"})
	if err != nil {
		return err
	}
	if _, err := choose(r, p, asOpenAPI); err != nil {
		return err
	}
	base := s.baseURL(r)
	return s.respondJSON(w, r, asOpenAPI.media, []string{"openapi", s.Version, s.Title, snap.Version, base, digest(s.liveAll(snap))}, s.openAPIDocument(base, snap))
}

func (s *service) openAPIDocument(base string, snap *geo.Snapshot) object {
	version := s.Version
	if version == "" {
		version = "0"
	}
	paths := object{
		"/":               get("landing", "Landing page", "About", formats("json", "html"), ok("The landing page", asJSON.media, ref("Landing"))),
		"/conformance":    get("conformance", "Conformance classes", "About", formats("json", "html"), ok("The classes", asJSON.media, ref("Conformance"))),
		"/collections":    get("collections", "All collections", "Features", formats("json", "html"), ok("The collections", asJSON.media, ref("Collections"))),
		"/tileMatrixSets": get("tileMatrixSets", "Tile matrix sets", "Tiles", formats("json"), ok("The list", asJSON.media, anyObject())),
		"/tileMatrixSets/" + tiles.TileMatrixSetID: get("tileMatrixSet", "The tile matrix set", "Tiles", formats("json"), ok("Its definition", asJSON.media, anyObject())),
		"/tiles":                          get(".dataset.vector.getTileSetsList", "Tile sets of all collections", "Tiles", formats("json"), ok("The list", asJSON.media, ref("TileSets"))),
		"/tiles/" + tiles.TileMatrixSetID: get(".dataset.vector.getTileSet", "The tile set of all collections", "Tiles", formats("json"), ok("The tile set", asJSON.media, anyObject())),
		"/tiles/" + tiles.TileMatrixSetID + tilePath: get(".dataset.vector.getTile", "A tile of all collections", "Tiles",
			tileParameters(), tileResponses()),
		"/search":  get("search", "Search by name", "Search", searchParameters(), ok("The best answers", asGeoJSON.media, ref("FeatureCollection"))),
		"/quality": get("quality", "How good the data are: what is missing, contradicts or lies elsewhere", "About", formats("json", "html"), ok("The report", asJSON.media, anyObject())),
		"/route": get("route", "The way on the roads between two places, and where there is signal on it", "Visit", routeQueries(), with(with(visitResponse("The route", object{
			asGeoJSON.media: object{"schema": ref("Feature")}, asGPX.media: object{"schema": object{"type": "string", "format": "binary"}}, asKML.media: object{"schema": object{"type": "string", "format": "binary"}},
		}), "404", problemResponse()), "503", problemResponse())),
		"/reach": get("reach", "What is within some minutes of a place on the roads", "Visit", reachQueries(), with(with(visitResponse("Areas, those of the longest time first", object{
			asGeoJSON.media: object{"schema": ref("FeatureCollection")},
		}), "404", problemResponse()), "503", problemResponse())),
		"/nearby": get("nearby", "Destinations near a place, by distance or travel time", "Visit", nearbyQueries(), with(with(visitResponse("The nearest first", object{
			asGeoJSON.media: object{"schema": ref("FeatureCollection")},
		}), "404", problemResponse()), "503", problemResponse())),
		"/visit": get("visit", "What a visitor asks of a destination: hours, signal, the way and the last signal on it", "Visit", []any{
			needed(query("id", "The id of the destination", object{"type": "string"})), languageQuery(),
		}, with(with(visitResponse("What is known", object{asJSON.media: object{"schema": anyObject()}}), "404", problemResponse()), "503", problemResponse())),
		"/villages/scoreboard": get("scoreboard", "Which villages have a product, a destination, signal and a road, and which lack one", "Visit", scoreboardQueries(), visitResponse("By village", object{
			asJSON.media: object{"schema": anyObject()}, "text/csv": object{"schema": object{"type": "string"}},
		})),
		"/app.json": get("app", "What the map page begins with", "About", nil, ok("The document", asJSON.media, anyObject())),
	}
	s.coveragePaths(paths)
	s.reportPaths(paths)
	for _, l := range snap.Layers() {
		if published(l) {
			s.collectionPaths(paths, l)
		}
	}
	for _, c := range s.liveAll(snap) {
		liveCollectionPaths(paths, &c)
	}
	return object{
		"openapi":    "3.0.3",
		"info":       object{"title": s.Title, "description": aboutService, "version": version},
		"servers":    []any{object{"url": base + "/api"}},
		"tags":       []any{object{"name": "About"}, object{"name": "Features"}, object{"name": "Tiles"}, object{"name": "Search"}, object{"name": "Coverage"}, object{"name": "Visit"}, object{"name": "Reports"}},
		"paths":      paths,
		"components": components(),
	}
}

const tilePath = "/{tileMatrix}/{tileRow}/{tileCol}"

// collectionPaths adds what there is below one collection.
func (s *service) collectionPaths(paths object, l *geo.Layer) {
	c := &l.Collection
	at, title := "/collections/"+c.ID, c.Title
	paths[at] = get(c.ID+".describe", title, "Features", formats("json", "html"), ok("The description", asJSON.media, ref("Collection")))
	paths[at+"/items"] = get(c.ID+".items", title+": features", "Features", s.collectionItemParameters(l), s.itemsResponses())
	paths[at+"/items/{featureId}"] = get(c.ID+".item", title+": one feature", "Features",
		append(formats("json", "html"), pathParameter("featureId", object{"type": "string"}), crsParameter("crs", references(l)[1:]...)),
		with(ok("The feature", asGeoJSON.media, ref("Feature")), "404", problemResponse()))
	s.editPaths(paths, l)
	paths[at+"/queryables"] = get(c.ID+".queryables", title+": what can be filtered by", "Features", formats("json"), ok("A JSON Schema", asSchema.media, anyObject()))
	paths[at+"/schema"] = get(c.ID+".schema", title+": what a feature consists of", "Features", formats("json"), ok("A JSON Schema", asSchema.media, anyObject()))
	if c.Geometry == geo.None {
		return
	}
	paths[at+"/tiles"] = get(c.ID+".collection.vector.getTileSetsList", title+": tile sets", "Tiles", formats("json"), ok("The list", asJSON.media, ref("TileSets")))
	paths[at+"/tiles/"+tiles.TileMatrixSetID] = get(c.ID+".collection.vector.getTileSet", title+": tile set", "Tiles", formats("json"), ok("The tile set", asJSON.media, anyObject()))
	tile := tileParameters()
	for _, f := range filterable([]*geo.Layer{l}, reservedOfTiles()) {
		tile = append(tile, query(f.Name, "Only features with this "+f.Name, valueSchema(f)))
	}
	paths[at+"/tiles/"+tiles.TileMatrixSetID+tilePath] = get(c.ID+".collection.vector.getTile", title+": a tile", "Tiles", tile, tileResponses())
}

func (s *service) collectionItemParameters(l *geo.Layer) []any {
	all := append(formats(names(s.forms())...), pageParameters(&l.Collection, references(l)[1:])...)
	all = append(all, query("sortby", "Properties to sort by, set apart by commas; one with a - before it the other way round; else by id", textList()))
	all = append(all, filterQueries()...)
	for _, f := range itemFields(l) {
		all = append(all, query(f.Name, "Only features with this "+f.Name, valueSchema(f)))
	}
	return all
}

func filterQueries() []any {
	return []any{
		query("filter", "Only features of which this is true: a condition on their properties and geometry in CQL2", object{"type": "string", "minLength": 1, "maxLength": cql2.MaxLength}),
		query("filter-lang", "The language of the filter", object{"type": "string", "enum": filterLanguages(), "default": filterLanguages()[0]}),
		crsParameter("filter-crs"),
	}
}

// pageParameters are those of …/items of any collection, beside f.
func pageParameters(c *geo.Collection, crs []string) []any {
	number := object{"type": "number"}
	properties := textList()
	if names := fieldNames(c.Fields); len(names) > 0 {
		properties["items"] = object{"type": "string", "enum": names}
	}
	return []any{
		query("bbox", "Only features whose geometry meets this box: west, south, east, north in degrees, or in the axes of bbox-crs; or with heights in the third and sixth place",
			object{"type": "array", "items": number, "minItems": 4, "maxItems": 6}),
		crsParameter("bbox-crs", crs...), crsParameter("crs", crs...),
		query("cursor", "Where the page begins; from a next link", object{"type": "string"}),
		query("datetime", "An instant or an interval (RFC 3339); the features have no time to select by, so all match", object{"type": "string"}),
		query("limit", "The most features of a page; of a file, which has all without it, also more", object{"type": "integer", "minimum": 1, "maximum": maxLimit, "default": standardLimit}),
		query("properties", "The properties to answer with, set apart by commas", properties),
		query("skipGeometry", "Leave out the geometry", object{"type": "boolean", "default": false}),
	}
}

func (s *service) itemsResponses() object {
	responses := ok("A page of features", asGeoJSON.media, ref("FeatureCollection"))
	content := responses["200"].(object)["content"].(object)
	for _, d := range s.Downloads {
		if content[bare(d.Media)] == nil {
			content[bare(d.Media)] = object{"schema": object{"type": "string", "format": "binary"}}
		}
	}
	return responses
}

func tileParameters() []any {
	whole := object{"type": "integer", "minimum": 0}
	return append(
		filterQueries(),
		pathParameter("tileMatrix", whole), pathParameter("tileRow", whole), pathParameter("tileCol", whole),
		query("properties", "The properties to answer with, set apart by commas", textList()),
		query("extent", "The width of the tile in its units", object{"type": "integer", "enum": []int{512, 1024, 2048, 4096, 8192}, "default": 4096}),
		query("v", "The version of the data; with it the tile may be kept for ever", object{"type": "string"}),
	)
}

func tileResponses() object {
	return object{
		"200":     object{"description": "A vector tile", "content": object{tiles.VectorTile: object{"schema": object{"type": "string", "format": "binary"}}}},
		"204":     object{"description": "A tile with nothing in it"},
		"304":     object{"description": "The client has it"},
		"400":     problemResponse(),
		"404":     problemResponse(),
		"default": problemResponse(),
	}
}

func searchParameters() []any {
	q := query("q", "What to search for", object{"type": "string", "minLength": 1, "maxLength": maxSearch})
	q["required"] = true
	return []any{
		q,
		query("limit", "The most answers", object{"type": "integer", "minimum": 1, "maximum": maxFound, "default": standardFound}),
		query("lon", "Prefer what is near this longitude", object{"type": "number", "minimum": -180, "maximum": 180}),
		query("lat", "and latitude", object{"type": "number", "minimum": -90, "maximum": 90}),
		query("kind", "Only these kinds, set apart by commas", object{"type": "array", "items": object{"type": "string", "enum": searchKinds()}}),
	}
}
