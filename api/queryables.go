package api

import (
	"net/http"

	"github.com/petadesa/petadesa/geo"
)

// schemaDoc is a JSON Schema (2020-12) of a feature: of its properties that can
// be filtered by (queryables) or of all (schema).
type schemaDoc struct {
	Schema     string                 `json:"$schema"`
	ID         string                 `json:"$id"`
	Type       string                 `json:"type"`
	Title      string                 `json:"title"`
	Properties map[string]propertyDoc `json:"properties"`
	Additional bool                   `json:"additionalProperties"`
}

type propertyDoc struct {
	Title  string   `json:"title,omitempty"`
	Type   string   `json:"type,omitempty"`
	Format string   `json:"format,omitempty"`
	Enum   []string `json:"enum,omitempty"`
	Unit   string   `json:"x-ogc-unit,omitempty"`
	Role   string   `json:"x-ogc-role,omitempty"`
	Order  int      `json:"x-ogc-propertySeq,omitempty"`
}

// queryables is GET …/queryables (OGC API Features 3).
func (s *service) queryables(w http.ResponseWriter, r *http.Request, l *geo.Layer, _ *geo.Snapshot) error {
	return s.respondSchema(w, r, l, "queryables", itemFields(l))
}

// schema is GET …/schema (OGC API Features 5).
func (s *service) schema(w http.ResponseWriter, r *http.Request, l *geo.Layer, _ *geo.Snapshot) error {
	return s.respondSchema(w, r, l, "schema", l.Collection.Fields)
}

func (s *service) respondSchema(w http.ResponseWriter, r *http.Request, l *geo.Layer, which string, fields []geo.Field) error {
	p, err := parse(r, []string{"f"})
	if err != nil {
		return err
	}
	sent, err := choose(r, p, asSchema)
	if err != nil {
		return err
	}
	base := s.baseURL(r)
	return s.respondJSON(w, r, sent.media, []string{which, l.Version, base, r.URL.RawQuery}, describeSchema(&l.Collection, base, which, fields))
}

func describeSchema(c *geo.Collection, base, which string, fields []geo.Field) schemaDoc {
	doc := schemaDoc{
		Schema: "https://json-schema.org/draft/2020-12/schema", ID: collectionURL(base, c.ID) + "/" + which,
		Type: "object", Title: c.Title, Properties: map[string]propertyDoc{},
	}
	if f := geometryFormat(c.Geometry); f != "" {
		doc.Properties["geometry"] = propertyDoc{Format: f, Role: "primary-geometry"}
	}
	for i, f := range fields {
		doc.Properties[f.Name] = propertyDoc{Title: f.Title, Type: string(f.Type), Enum: f.Enum, Unit: f.Unit, Order: i + 1}
	}
	return doc
}

// geometryFormat returns the format of a geometry in a schema (Features 5).
func geometryFormat(g geo.GeometryType) string {
	switch g {
	case geo.Point:
		return "geometry-point"
	case geo.Line:
		return "geometry-linestring-or-multilinestring"
	case geo.Polygon:
		return "geometry-polygon-or-multipolygon"
	case geo.None:
		return ""
	default:
		return "geometry-any"
	}
}
