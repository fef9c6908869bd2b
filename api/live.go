package api

import (
	"context"
	"net/http"
	"slices"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// LiveCollections are collections that are not in the snapshot: a database
// answers for them at each request. Its methods may be called concurrently.
// Where an error wraps a Problem, that is what the client is told; the rest is
// for the log.
type LiveCollections interface {
	// Collections lists them as they are now, in order of id; it must not block.
	Collections() []LiveCollection
	// Items returns a page of the features of one.
	Items(ctx context.Context, id string, q LiveQuery) (LivePage, error)
	// Item returns one feature.
	Item(ctx context.Context, id, feature string) (geo.Record, error)
}

// LiveCollection describes one. Its zooms are not used.
type LiveCollection struct {
	geo.Collection
	Bound *orb.Bound // degrees; nil: unknown
}

// LiveQuery asks for a page.
type LiveQuery struct {
	BBox  *orb.Bound // degrees; Min lies east of Max when it crosses the date line; nil: anywhere
	Limit int        // most features, 1 to 10,000
	After string     // LivePage.Next of the page before; "" for the first
}

// LivePage is features in an order that does not change.
type LivePage struct {
	Records []geo.Record // values aligned with the collection's Fields
	Next    string       // "": this is the last page
}

// liveHandler answers for a resource of a live collection.
type liveHandler func(w http.ResponseWriter, r *http.Request, c *LiveCollection) error

// liveAll lists the live collections; those of the snapshot come before any of
// the same id.
func (s *service) liveAll(snap *geo.Snapshot) []LiveCollection {
	if s.Live == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(s.Live.Collections()), func(c LiveCollection) bool { return snap.Layer(c.ID) != nil })
}

func (s *service) liveNamed(id string) (*LiveCollection, bool) {
	if s.Live == nil {
		return nil, false
	}
	all := s.Live.Collections()
	i := slices.IndexFunc(all, func(c LiveCollection) bool { return c.ID == id })
	if i < 0 {
		return nil, false
	}
	return &all[i], true
}

func (s *service) liveDescriptions(base string, snap *geo.Snapshot) []collectionDoc {
	var all []collectionDoc
	for _, c := range s.liveAll(snap) {
		own := collectionURL(base, c.ID)
		all = append(all, describeLive(&c, base, []link{
			{Href: own, Rel: "self", Type: asJSON.media, Title: c.Title},
			{Href: own + "?f=html", Rel: "alternate", Type: asHTML.media, Title: c.Title},
		}))
	}
	return all
}

// describeLive describes a live collection; how many features it has is not known.
func describeLive(c *LiveCollection, base string, self []link) collectionDoc {
	own := collectionURL(base, c.ID)
	doc := collectionDoc{
		ID: c.ID, Title: c.Title, Description: c.Description, Attribution: c.Attribution, License: c.License,
		ItemType: "feature", CRS: []string{crs84}, DataType: "vector", Fields: c.Fields,
		Links: append(self,
			link{Href: own + "/items?f=json", Rel: "items", Type: asGeoJSON.media, Title: "Features as GeoJSON"},
			link{Href: own + "/queryables?f=json", Rel: relQueryables, Type: asSchema.media, Title: "What can be filtered by"},
			link{Href: own + "/schema?f=json", Rel: relSchema, Type: asSchema.media, Title: "What a feature consists of"},
			link{Href: base + sourcePath(c.ID) + ".json", Rel: "describedby", Type: typeTileJSON, Title: "TileJSON"},
		),
	}
	if c.Geometry != geo.None && c.Geometry != geo.Mixed {
		doc.Geometry = string(c.Geometry)
	}
	if c.Bound != nil {
		doc.Extent = extentOf(*c.Bound)
	}
	return doc
}

// liveCollection is GET /api/collections/{collectionId}.
func (s *service) liveCollection(w http.ResponseWriter, r *http.Request, c *LiveCollection) error {
	p, err := parse(r, []string{"f"})
	if err != nil {
		return err
	}
	sent, err := choose(r, p, asJSON, asHTML)
	if err != nil {
		return err
	}
	base := s.baseURL(r)
	doc := describeLive(c, base, representations(collectionURL(base, c.ID), p, sent, asJSON, asHTML))
	if sent.is("html") {
		v := view{Title: doc.Title, Base: base, Links: doc.Links, Crumb: crumbs(base, &c.Collection)[:1], Data: doc}
		return s.respondHTML(w, r, []string{"collection", digest(doc), sent.name}, "collection", v)
	}
	return s.respondContent(w, r, sent.media, doc)
}

// liveQueryables is GET …/queryables: the geometry, by bbox, and nothing else.
func (s *service) liveQueryables(w http.ResponseWriter, r *http.Request, c *LiveCollection) error {
	return s.respondLiveSchema(w, r, c, "queryables", nil)
}

// liveSchema is GET …/schema.
func (s *service) liveSchema(w http.ResponseWriter, r *http.Request, c *LiveCollection) error {
	return s.respondLiveSchema(w, r, c, "schema", c.Fields)
}

func (s *service) respondLiveSchema(w http.ResponseWriter, r *http.Request, c *LiveCollection, which string, fields []geo.Field) error {
	p, err := parse(r, []string{"f"})
	if err != nil {
		return err
	}
	sent, err := choose(r, p, asSchema)
	if err != nil {
		return err
	}
	return s.respondContent(w, r, sent.media, describeSchema(&c.Collection, s.baseURL(r), which, fields))
}

// liveCollectionPaths adds what there is below a live collection to an OpenAPI
// document.
func liveCollectionPaths(paths object, c *LiveCollection) {
	at, title := collectionURL("", c.ID)[len("/api"):], c.Title
	paths[at] = get(c.ID+".describe", title, "Features", formats("json", "html"), ok("The description", asJSON.media, ref("Collection")))
	paths[at+"/items"] = get(c.ID+".items", title+": features", "Features", append(formats("json"), pageParameters(&c.Collection, nil)...), ok("A page of features", asGeoJSON.media, ref("FeatureCollection")))
	paths[at+"/items/{featureId}"] = get(c.ID+".item", title+": one feature", "Features",
		append(formats("json"), pathParameter("featureId", object{"type": "string"}), crsParameter("crs")),
		with(ok("The feature", asGeoJSON.media, ref("Feature")), "404", problemResponse()))
	paths[at+"/queryables"] = get(c.ID+".queryables", title+": what can be filtered by", "Features", formats("json"), ok("A JSON Schema", asSchema.media, anyObject()))
	paths[at+"/schema"] = get(c.ID+".schema", title+": what a feature consists of", "Features", formats("json"), ok("A JSON Schema", asSchema.media, anyObject()))
}
