package api

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/tiles"
)

// tilesetDoc describes a tile set: an item of a list of them, or the whole (OGC
// Two Dimensional Tile Matrix Set 2.0, 7.2).
type tilesetDoc struct {
	Title            string            `json:"title"`
	DataType         string            `json:"dataType"`
	CRS              string            `json:"crs"`
	TileMatrixSetID  string            `json:"tileMatrixSetId"`
	TileMatrixSetURI string            `json:"tileMatrixSetURI"`
	Limits           []tiles.Limits    `json:"tileMatrixSetLimits"`
	BoundingBox      *boundingBoxDoc   `json:"boundingBox,omitempty"`
	Layers           []tilesetLayerDoc `json:"layers,omitempty"`
	Links            []link            `json:"links"`
}

type boundingBoxDoc struct {
	LowerLeft  [2]float64 `json:"lowerLeft"`
	UpperRight [2]float64 `json:"upperRight"`
	CRS        string     `json:"crs"`
}

type tilesetLayerDoc struct {
	ID            string    `json:"id"`
	Title         string    `json:"title,omitempty"`
	DataType      string    `json:"dataType"`
	GeometryDim   *int      `json:"geometryDimension,omitempty"`
	MinTileMatrix string    `json:"minTileMatrix"`
	MaxTileMatrix string    `json:"maxTileMatrix"`
	Properties    schemaDoc `json:"propertiesSchema"`
}

type tilesetsDoc struct {
	Links    []link       `json:"links"`
	Tilesets []tilesetDoc `json:"tilesets"`
}

// tilesets is GET …/tiles of a collection.
func (s *service) tilesets(w http.ResponseWriter, r *http.Request, l *geo.Layer, _ *geo.Snapshot) error {
	base := s.baseURL(r)
	return s.respondTilesets(w, r, l.Collection.Title, collectionURL(base, l.Collection.ID), base, []*geo.Layer{l}, nil)
}

// tileset is GET …/tiles/WebMercatorQuad of a collection.
func (s *service) tileset(w http.ResponseWriter, r *http.Request, l *geo.Layer, _ *geo.Snapshot) error {
	base := s.baseURL(r)
	return s.respondTileset(w, r, l.Collection.Title, collectionURL(base, l.Collection.ID), base, []*geo.Layer{l})
}

// allTilesets is GET /api/tiles: the tile set of all collections, and those that
// are not cut from them.
func (s *service) allTilesets(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	base := s.baseURL(r)
	return s.respondTilesets(w, r, s.Title, base+"/api", base, publishedLayers(snap), s.sourceTilesets(base, snap))
}

// allTileset is GET /api/tiles/WebMercatorQuad.
func (s *service) allTileset(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	base := s.baseURL(r)
	return s.respondTileset(w, r, s.Title, base+"/api", base, publishedLayers(snap))
}

// allTile is GET /api/tiles/WebMercatorQuad/{z}/{row}/{col}.
func (s *service) allTile(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	return s.serveMatrixTile(w, r, snap, publishedLayers(snap))
}

func publishedLayers(snap *geo.Snapshot) []*geo.Layer {
	return slices.DeleteFunc(slices.Clone(snap.Layers()), func(l *geo.Layer) bool { return !published(l) })
}

func (s *service) respondTilesets(w http.ResponseWriter, r *http.Request, title, owner, base string, layers []*geo.Layer, more []tilesetDoc) error {
	p, err := parse(r, []string{"f"})
	if err != nil {
		return err
	}
	sent, err := choose(r, p, asJSON)
	if err != nil {
		return err
	}
	doc := tilesetsDoc{
		Links:    representations(owner+"/tiles", p, sent, asJSON),
		Tilesets: append([]tilesetDoc{describeTileset(title, owner, base, layers, nil)}, more...),
	}
	return s.respondContent(w, r, sent.media, doc)
}

func (s *service) respondTileset(w http.ResponseWriter, r *http.Request, title, owner, base string, layers []*geo.Layer) error {
	p, err := parse(r, []string{"f"})
	if err != nil {
		return err
	}
	sent, err := choose(r, p, asJSON)
	if err != nil {
		return err
	}
	self := representations(owner+"/tiles/"+tiles.TileMatrixSetID, p, sent, asJSON)
	doc := describeTileset(title, owner, base, layers, self)
	for _, l := range layers {
		if l.Collection.Geometry != geo.None {
			doc.Layers = append(doc.Layers, describeTilesetLayer(l, base))
		}
	}
	return s.respondJSON(w, r, sent.media, []string{"tileset", s.tiles.Version(layers), owner, r.URL.RawQuery}, doc)
}

// describeTileset describes the tiles of the layers. self are the links to the
// description itself; nil for those of an entry in a list.
func describeTileset(title, owner, base string, layers []*geo.Layer, self []link) tilesetDoc {
	at := owner + "/tiles/" + tiles.TileMatrixSetID
	if self == nil {
		self = []link{{Href: at, Rel: "self", Type: asJSON.media, Title: "This tile set"}}
	}
	b := tiles.Bounds(layers)
	limits := tiles.TileLimits(layers)
	if limits == nil {
		limits = []tiles.Limits{}
	}
	return tilesetDoc{
		Title: title, DataType: "vector", CRS: tiles.WebMercatorURI,
		TileMatrixSetID: tiles.TileMatrixSetID, TileMatrixSetURI: tiles.TileMatrixSetURI, Limits: limits,
		BoundingBox: &boundingBoxDoc{b.Min, b.Max, crs84},
		Links: append(self,
			link{Href: at + "/{tileMatrix}/{tileRow}/{tileCol}", Rel: "item", Type: tiles.VectorTile, Title: "A tile", Templated: true},
			link{Href: base + "/api/tileMatrixSets/" + tiles.TileMatrixSetID, Rel: relTilingScheme, Type: asJSON.media, Title: tiles.TileMatrixSetID},
			link{Href: base + "/tiles/" + layerList(layers) + ".json", Rel: "describedby", Type: typeTileJSON, Title: "TileJSON"},
		),
	}
}

func describeTilesetLayer(l *geo.Layer, base string) tilesetLayerDoc {
	c := &l.Collection
	doc := tilesetLayerDoc{
		ID: c.ID, Title: c.Title, DataType: "vector", MinTileMatrix: strconv.Itoa(c.MinZoom), MaxTileMatrix: strconv.Itoa(c.MaxZoom),
		Properties: describeSchema(c, base, "schema", c.Fields),
	}
	if d := slices.Index([]geo.GeometryType{geo.Point, geo.Line, geo.Polygon}, c.Geometry); d >= 0 {
		doc.GeometryDim = &d
	}
	return doc
}

// tileMatrixSets is GET /api/tileMatrixSets.
func (s *service) tileMatrixSets(w http.ResponseWriter, r *http.Request, _ *geo.Snapshot) error {
	return s.respondMatrixSet(w, r, "", func(base string, self []link) any {
		return object{"links": self, "tileMatrixSets": []any{object{
			"id": tiles.TileMatrixSetID, "title": tiles.WebMercatorQuad().Title, "uri": tiles.TileMatrixSetURI, "crs": tiles.WebMercatorURI,
			"links": []link{{Href: base + "/api/tileMatrixSets/" + tiles.TileMatrixSetID, Rel: "self", Type: asJSON.media, Title: tiles.TileMatrixSetID}},
		}}}
	})
}

// tileMatrixSet is GET /api/tileMatrixSets/WebMercatorQuad.
func (s *service) tileMatrixSet(w http.ResponseWriter, r *http.Request, _ *geo.Snapshot) error {
	return s.respondMatrixSet(w, r, "/"+tiles.TileMatrixSetID, func(string, []link) any { return tiles.WebMercatorQuad() })
}

func (s *service) respondMatrixSet(w http.ResponseWriter, r *http.Request, path string, doc func(base string, self []link) any) error {
	p, err := parse(r, []string{"f"})
	if err != nil {
		return err
	}
	sent, err := choose(r, p, asJSON)
	if err != nil {
		return err
	}
	base := s.baseURL(r)
	self := representations(base+"/api/tileMatrixSets"+path, p, sent, asJSON)
	return s.respondJSON(w, r, sent.media, []string{"matrixset", path, base, r.URL.RawQuery, s.Version}, doc(base, self))
}
