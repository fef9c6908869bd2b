package api

import "github.com/petadesa/petadesa/geo"

// The small parts that an OpenAPI document is put together from.

func get(id, summary, tag string, parameters []any, responses object) object {
	op := object{"operationId": id, "summary": summary, "tags": []string{tag}, "responses": responses}
	if len(parameters) > 0 {
		op["parameters"] = parameters
	}
	return object{"get": op}
}

func ok(description, media string, schema object) object {
	content := object{media: object{"schema": schema}}
	if media != asOpenAPI.media && media != asSchema.media {
		content["text/html"] = object{"schema": object{"type": "string"}}
	}
	return object{
		"200":     object{"description": description, "content": content},
		"304":     object{"description": "The client has it"},
		"400":     problemResponse(),
		"default": problemResponse(),
	}
}

func with(responses object, status string, response object) object {
	responses[status] = response
	return responses
}

func ref(schema string) object { return object{"$ref": "#/components/schemas/" + schema} }

func anyObject() object { return object{"type": "object"} }

func textList() object { return object{"type": "array", "items": object{"type": "string"}} }

func problemResponse() object { return object{"$ref": "#/components/responses/Problem"} }

func query(name, description string, schema object) object {
	p := object{"name": name, "in": "query", "description": description, "required": false, "schema": schema, "style": "form", "explode": false}
	return p
}

func pathParameter(name string, schema object) object {
	return object{"name": name, "in": "path", "required": true, "schema": schema}
}

// crsParameter takes CRS84, and others where there are.
func crsParameter(name string, others ...string) object {
	return query(name, "Coordinate reference system of positions", object{"type": "string", "format": "uri", "enum": append([]string{crs84}, others...), "default": crs84})
}

func formats(all ...string) []any {
	return []any{query("f", "The representation, before what Accept asks for", object{"type": "string", "enum": all})}
}

// valueSchema is the schema of a property's value as a parameter. Values that no
// feature has are allowed: they select nothing.
func valueSchema(f geo.Field) object { return object{"type": string(f.Type)} }

func fieldNames(fields []geo.Field) []string {
	var all []string
	for _, f := range fields {
		all = append(all, f.Name)
	}
	return all
}

func components() object {
	text, whole := object{"type": "string"}, object{"type": "integer", "minimum": 0}
	links := object{"type": "array", "items": ref("Link")}
	list := func(of object) object { return object{"type": "array", "items": of} }
	record := func(required []string, properties object) object {
		return object{"type": "object", "required": required, "properties": properties}
	}
	box := object{"type": "array", "items": object{"type": "number"}, "minItems": 4, "maxItems": 6}
	return object{
		"securitySchemes": securitySchemes(),
		"responses": object{"Problem": object{
			"description": "What was wrong, and where",
			"content":     object{"application/problem+json": object{"schema": ref("Problem")}},
		}},
		"schemas": object{
			"Link": record([]string{"href", "rel"}, object{
				"href": text, "rel": text, "type": text, "title": text, "templated": object{"type": "boolean"},
			}),
			"Landing": record([]string{"links"}, object{"title": text, "description": text, "links": links, "rasters": list(ref("Raster"))}),
			"Raster": record([]string{"name", "version"}, object{
				"name": text, "title": text, "unit": text, "bbox": box, "method": text, "source": text, "source_date": text,
				"attribution": text, "license": text, "version": text,
			}),
			"Conformance": record([]string{"conformsTo"}, object{"conformsTo": list(text)}),
			"Collections": record([]string{"links", "collections"}, object{"links": links, "collections": list(ref("Collection"))}),
			"Collection": record([]string{"id", "links"}, object{
				"id": text, "title": text, "description": text, "attribution": text, "license": text, "itemType": text, "itemCount": whole,
				"extent": object{"type": "object", "properties": object{"spatial": object{"type": "object", "properties": object{"bbox": list(box), "crs": text}}}},
				"crs":    list(text), "storageCrs": text, "dataType": text, "geometryType": text, "links": links,
			}),
			"Feature": record([]string{"type", "geometry", "properties"}, object{
				"type": object{"type": "string", "enum": []string{"Feature"}}, "id": text,
				"geometry": object{"type": "object", "nullable": true, "properties": object{"type": text}}, "properties": object{"type": "object", "nullable": true},
				"bbox": box, "links": links,
			}),
			"FeatureCollection": record([]string{"type", "features"}, object{
				"type": object{"type": "string", "enum": []string{"FeatureCollection"}}, "features": list(ref("Feature")), "links": links,
				"numberMatched": whole, "numberReturned": whole, "timeStamp": object{"type": "string", "format": "date-time"},
			}),
			"TileSets": record([]string{"tilesets"}, object{"tilesets": list(anyObject()), "links": links}),
			"Problem": record([]string{"type", "title", "status", "detail"}, object{
				"type": object{"type": "string", "format": "uri", "enum": problemTypes()}, "title": text, "status": whole, "detail": text,
				"instance": text, "requestId": text, "parameter": text, "allowed": list(text),
				"faults": list(record([]string{"member", "reason"}, object{"member": text, "reason": text})),
			}),
		},
	}
}
