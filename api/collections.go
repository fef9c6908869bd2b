package api

import (
	"net/http"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// Relations of links that OGC has defined.
const (
	relQueryables    = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
	relSchema        = "http://www.opengis.net/def/rel/ogc/1.0/schema"
	relTilesets      = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
	relTilingSchemes = "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes"
	relTilingScheme  = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"
	relData          = "http://www.opengis.net/def/rel/ogc/1.0/data"
	relConformance   = "http://www.opengis.net/def/rel/ogc/1.0/conformance"
	relDataset       = "http://www.opengis.net/def/rel/ogc/1.0/dataset"
	typeTileJSON     = "application/vnd.mapbox.tilejson+json"
)

// collectionDoc describes a collection as OGC API Features (7.14) has it.
type collectionDoc struct {
	ID          string      `json:"id"`
	Title       string      `json:"title"`
	Description string      `json:"description,omitempty"`
	Attribution string      `json:"attribution,omitempty"`
	License     string      `json:"license,omitempty"`
	ItemType    string      `json:"itemType"`
	ItemCount   *int        `json:"itemCount,omitempty"` // of the snapshot's
	Extent      *extentDoc  `json:"extent,omitempty"`
	CRS         []string    `json:"crs"`
	StorageCRS  string      `json:"storageCrs,omitempty"`
	DataType    string      `json:"dataType"`
	Geometry    string      `json:"geometryType,omitempty"`
	Links       []link      `json:"links"`
	Fields      []geo.Field `json:"-"`
}

type extentDoc struct {
	Spatial spatialDoc `json:"spatial"`
}

type spatialDoc struct {
	BBox [][4]float64 `json:"bbox"`
	CRS  string       `json:"crs"`
}

type collectionsDoc struct {
	Links       []link          `json:"links"`
	Collections []collectionDoc `json:"collections"`
}

// collections is GET /api/collections.
func (s *service) collections(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	p, err := parse(r, []string{"f"})
	if err != nil {
		return err
	}
	sent, err := choose(r, p, asJSON, asHTML)
	if err != nil {
		return err
	}
	base := s.baseURL(r)
	doc := collectionsDoc{Links: representations(base+"/api/collections", p, sent, asJSON, asHTML), Collections: []collectionDoc{}}
	for _, l := range snap.Layers() {
		if published(l) {
			doc.Collections = append(doc.Collections, s.describe(l, base, nil))
		}
	}
	live := s.liveDescriptions(base, snap)
	doc.Collections = append(doc.Collections, live...)
	identity := []string{"collections", snap.Version, base, r.URL.RawQuery, sent.name, digest(live)}
	if sent.is("html") {
		return s.respondHTML(w, r, identity, "collections", view{Title: "Collections", Base: base, Links: doc.Links, Data: doc})
	}
	return s.respondJSON(w, r, sent.media, identity, doc)
}

// collection is GET /api/collections/{collectionId}.
func (s *service) collection(w http.ResponseWriter, r *http.Request, l *geo.Layer, _ *geo.Snapshot) error {
	p, err := parse(r, []string{"f"})
	if err != nil {
		return err
	}
	sent, err := choose(r, p, asJSON, asHTML)
	if err != nil {
		return err
	}
	base := s.baseURL(r)
	doc := s.describe(l, base, representations(collectionURL(base, l.Collection.ID), p, sent, asJSON, asHTML))
	identity := []string{"collection", l.Version, base, r.URL.RawQuery, sent.name}
	if sent.is("html") {
		way := crumbs(base, &l.Collection)[:1]
		return s.respondHTML(w, r, identity, "collection", view{Title: doc.Title, Base: base, Links: doc.Links, Crumb: way, Data: doc})
	}
	return s.respondJSON(w, r, sent.media, identity, doc)
}

// describe makes the description of a layer. self are the links to itself; nil
// for those of an entry in a list.
func (s *service) describe(l *geo.Layer, base string, self []link) collectionDoc {
	c := &l.Collection
	own := collectionURL(base, c.ID)
	if self == nil {
		self = []link{
			{Href: own, Rel: "self", Type: asJSON.media, Title: c.Title},
			{Href: own + "?f=html", Rel: "alternate", Type: asHTML.media, Title: c.Title},
		}
	}
	count := l.Len()
	doc := collectionDoc{
		ID: c.ID, Title: c.Title, Description: c.Description, Attribution: c.Attribution, License: c.License,
		ItemType: "feature", ItemCount: &count, CRS: references(l), StorageCRS: crs84, DataType: "vector", Fields: c.Fields,
		Links: append(self,
			link{Href: own + "/items?f=json", Rel: "items", Type: asGeoJSON.media, Title: "Features as GeoJSON"},
			link{Href: own + "/items?f=html", Rel: "items", Type: asHTML.media, Title: "Features as a page"},
			link{Href: own + "/queryables?f=json", Rel: relQueryables, Type: asSchema.media, Title: "What can be filtered by"},
			link{Href: own + "/schema?f=json", Rel: relSchema, Type: asSchema.media, Title: "What a feature consists of"},
			link{Href: own + "/tiles?f=json", Rel: relTilesets, Type: asJSON.media, Title: "Vector tiles"},
			link{Href: base + "/tiles/" + c.ID + ".json", Rel: "describedby", Type: typeTileJSON, Title: "TileJSON"},
		),
	}
	for _, d := range s.Downloads {
		doc.Links = append(doc.Links, link{Href: own + "/items?f=" + d.Name, Rel: "items", Type: d.Media, Title: "All features as " + d.Title})
	}
	if c.Geometry != geo.None && c.Geometry != geo.Mixed {
		doc.Geometry = string(c.Geometry)
	}
	if !l.Bound.IsEmpty() {
		doc.Extent = extentOf(l.Bound)
	}
	return doc
}

func extentOf(b orb.Bound) *extentDoc {
	return &extentDoc{spatialDoc{[][4]float64{{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}}, crs84}}
}
