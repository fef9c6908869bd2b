package api

import "github.com/petadesa/petadesa/geo"

// editPaths adds to the paths of a collection what changes its features, and
// queries by a body.
func (s *service) editPaths(paths object, l *geo.Layer) {
	c := &l.Collection
	at, title := "/collections/"+c.ID+"/items", c.Title
	items, item := paths[at].(object), paths[at+"/{featureId}"].(object)
	bodies := object{}
	for _, media := range queryTypes() {
		bodies[media] = object{"schema": object{}}
	}
	if s.editable(l) != nil {
		items["post"] = object{
			"operationId": c.ID + ".query", "summary": title + ": features that a filter selects", "tags": []string{"Features"},
			"requestBody": object{"required": true, "content": bodies}, "responses": s.itemsResponses(),
		}
		return
	}
	bodies[typeGeoJSON] = object{"schema": ref("Feature")}
	post := s.itemsResponses()
	post["201"] = changedResponse("The new feature, at the address in Location")
	items["post"] = changing(c.ID+".create", title+": a new feature, or, with a filter as body, those it selects", nil, bodies, post)
	id := pathParameter("featureId", object{"type": "string"})
	ifMatch := object{
		"name": "If-Match", "in": "header", "required": false, "schema": object{"type": "string"},
		"description": "The ETag of the feature that is changed; without it the answer is 428, with another one 412",
	}
	feature, patch := object{typeGeoJSON: object{"schema": ref("Feature")}}, object{typeMergePatch: object{"schema": anyObject()}}
	item["put"] = changing(c.ID+".replace", title+": replace a feature", []any{id, ifMatch}, feature, object{"200": changedResponse("The feature as it is now"), "201": changedResponse("The new feature")})
	item["patch"] = changing(c.ID+".update", title+": change a feature", []any{id, ifMatch}, patch, object{"200": changedResponse("The feature as it is now")})
	item["delete"] = changing(c.ID+".delete", title+": delete a feature", []any{id, ifMatch}, nil, object{"204": object{"description": "It is deleted", "headers": visibleHeaders()}})
}

// changing is an operation that needs a token.
func changing(id, summary string, parameters []any, bodies, responses object) object {
	for _, status := range []string{"400", "401", "403", "404", "409", "412", "413", "415", "422", "428", "429", "default"} {
		if _, ok := responses[status]; !ok {
			responses[status] = problemResponse()
		}
	}
	op := object{
		"operationId": id, "summary": summary, "tags": []string{"Features"}, "responses": responses, "security": []any{object{"token": []string{}}},
	}
	if len(parameters) > 0 {
		op["parameters"] = parameters
	}
	if bodies != nil {
		op["requestBody"] = object{"required": true, "content": bodies}
	}
	return op
}

func changedResponse(description string) object {
	return object{"description": description, "headers": visibleHeaders(), "content": object{typeGeoJSON: object{"schema": ref("Feature")}}}
}

func visibleHeaders() object {
	return object{visibleHeader: object{
		"description": "Whether the answers of this server show the change already",
		"schema":      object{"type": "string", "enum": []string{"now", "soon"}},
	}}
}

// securitySchemes are how a request says who sends it.
func securitySchemes() object {
	return object{"token": object{"type": "http", "scheme": "bearer", "description": "A token that petadesa token create printed"}}
}
