package api

import (
	"net/http"
	"strconv"

	"github.com/petadesa/petadesa/geo"
)

type landingDoc struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	Links       []link `json:"links"`

	Rasters []rasterDoc `json:"rasters,omitempty"` // what answers rest on beside the collections
}

const aboutService = "Village boundaries, internet coverage, road links and tourist destinations as features, vector tiles and answers."

// landing is GET /api: where a client begins.
func (s *service) landing(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	p, err := parse(r, []string{"f"})
	if err != nil {
		return err
	}
	sent, err := choose(r, p, asJSON, asHTML)
	if err != nil {
		return err
	}
	base := s.baseURL(r)
	api := base + "/api"
	doc := landingDoc{Title: s.Title, Description: aboutService, Rasters: rasterDocs(snap), Links: append(
		representations(api, p, sent, asJSON, asHTML),
		link{Href: api + "/openapi", Rel: "service-desc", Type: asOpenAPI.media, Title: "The API as an OpenAPI 3.0 document"},
		link{Href: api + "/conformance", Rel: "conformance", Type: asJSON.media, Title: "Conformance classes"},
		link{Href: api + "/conformance", Rel: relConformance, Type: asJSON.media, Title: "Conformance classes"},
		link{Href: api + "/collections", Rel: "data", Type: asJSON.media, Title: "Collections"},
		link{Href: api + "/collections", Rel: relData, Type: asJSON.media, Title: "Collections"},
		link{Href: api + "/tileMatrixSets", Rel: relTilingSchemes, Type: asJSON.media, Title: "Tile matrix sets"},
		link{Href: api + "/tiles", Rel: relTilesets, Type: asJSON.media, Title: "Vector tiles of all collections"},
		link{Href: api + "/quality", Rel: "describedby", Type: asJSON.media, Title: "How good the data are"},
		link{Href: api + "/search?q={q}", Rel: "search", Type: asGeoJSON.media, Title: "Search by name", Templated: true},
	)}
	identity := []string{"landing", s.Version, s.Title, snap.Version, base, r.URL.RawQuery, sent.name}
	if sent.is("html") {
		data := struct {
			landingDoc
			Collections []collectionDoc
		}{landingDoc: doc}
		for _, l := range snap.Layers() {
			if published(l) {
				data.Collections = append(data.Collections, s.describe(l, base, nil))
			}
		}
		live := s.liveDescriptions(base, snap)
		data.Collections = append(data.Collections, live...)
		identity = append(identity, digest(live))
		return s.respondHTML(w, r, identity, "landing", view{Title: s.Title, Base: base, Links: doc.Links, Data: data})
	}
	return s.respondJSON(w, r, sent.media, identity, doc)
}

type conformanceDoc struct {
	ConformsTo []string `json:"conformsTo"`
}

// conformsTo lists what is tested to hold; CONFORMANCE.md says by what. What is
// said of filters has to hold for every collection, and a live one takes none.
func conformsTo(live, edits bool) []string {
	const ogc = "http://www.opengis.net/spec/"
	var filters []string
	if !live {
		filters = []string{
			ogc + "ogcapi-features-3/1.0/conf/filter",
			ogc + "ogcapi-features-3/1.0/conf/features-filter",
			ogc + "cql2/1.0/conf/cql2-text",
			ogc + "cql2/1.0/conf/cql2-json",
			ogc + "cql2/1.0/conf/basic-cql2",
			ogc + "cql2/1.0/conf/advanced-comparison-operators",
			ogc + "cql2/1.0/conf/case-insensitive-comparison",
			ogc + "cql2/1.0/conf/accent-insensitive-comparison",
			ogc + "cql2/1.0/conf/basic-spatial-functions",
			ogc + "cql2/1.0/conf/basic-spatial-functions-plus",
			ogc + "cql2/1.0/conf/spatial-functions",
			ogc + "cql2/1.0/conf/temporal-functions",
			ogc + "cql2/1.0/conf/property-property",
			ogc + "cql2/1.0/conf/arithmetic",
		}
	}
	if edits {
		filters = append(
			filters,
			ogc+"ogcapi-features-4/1.0/conf/create-replace-delete",
			ogc+"ogcapi-features-4/1.0/conf/update",
			ogc+"ogcapi-features-4/1.0/conf/features",
			ogc+"ogcapi-features-4/1.0/conf/optimistic-locking-etags",
		)
	}
	return append([]string{
		ogc + "ogcapi-common-1/1.0/conf/core",
		ogc + "ogcapi-common-1/1.0/conf/landing-page",
		ogc + "ogcapi-common-1/1.0/conf/json",
		ogc + "ogcapi-common-1/1.0/conf/html",
		ogc + "ogcapi-common-1/1.0/conf/oas30",
		ogc + "ogcapi-common-2/1.0/conf/collections",
		ogc + "ogcapi-features-1/1.0/conf/core",
		ogc + "ogcapi-features-1/1.0/conf/geojson",
		ogc + "ogcapi-features-1/1.0/conf/html",
		ogc + "ogcapi-features-1/1.0/conf/oas30",
		ogc + "ogcapi-features-2/1.0/conf/crs",
		ogc + "ogcapi-features-3/1.0/conf/queryables",
		ogc + "ogcapi-features-3/1.0/conf/queryables-query-parameters",
		ogc + "ogcapi-features-5/1.0/conf/schemas",
		ogc + "ogcapi-tiles-1/1.0/conf/core",
		ogc + "ogcapi-tiles-1/1.0/conf/tileset",
		ogc + "ogcapi-tiles-1/1.0/conf/tilesets-list",
		ogc + "ogcapi-tiles-1/1.0/conf/dataset-tilesets",
		ogc + "ogcapi-tiles-1/1.0/conf/geodata-tilesets",
		ogc + "ogcapi-tiles-1/1.0/conf/mvt",
		ogc + "ogcapi-tiles-1/1.0/conf/oas30",
		ogc + "tms/2.0/conf/tilematrixset",
		ogc + "tms/2.0/conf/json-tilematrixset",
		ogc + "tms/2.0/conf/tilesetmetadata",
		ogc + "tms/2.0/conf/json-tilesetmetadata",
	}, filters...)
}

// conformance is GET /api/conformance.
func (s *service) conformance(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	p, err := parse(r, []string{"f"})
	if err != nil {
		return err
	}
	sent, err := choose(r, p, asJSON, asHTML)
	if err != nil {
		return err
	}
	live := len(s.liveAll(snap)) > 0
	edits := s.Editor != nil
	doc := conformanceDoc{conformsTo(live, edits)}
	base := s.baseURL(r)
	identity := []string{"conformance", s.Version, strconv.FormatBool(live), strconv.FormatBool(edits), base, r.URL.RawQuery, sent.name}
	if sent.is("html") {
		links := representations(base+"/api/conformance", p, sent, asJSON, asHTML)
		return s.respondHTML(w, r, identity, "conformance", view{Title: "Conformance", Base: base, Links: links, Data: doc})
	}
	return s.respondJSON(w, r, sent.media, identity, doc)
}
