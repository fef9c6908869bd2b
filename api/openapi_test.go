package api

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

// definition is the service's own OpenAPI document, ready to hold answers to.
type definition struct{ router routers.Router }

func loadDefinition(t *testing.T, h http.Handler) definition {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(ask(h, "GET", "/api/openapi").Body.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(context.Background()); err != nil {
		t.Fatal(err)
	}
	for path := range doc.Paths.Map() {
		if strings.HasSuffix(path, "/{tileCol}") || path == "/coverage/sites" || strings.HasSuffix(path, "/fork") {
			continue // tiles are binary; the others take a body
		}
		if _, ok := doc.Paths.Find(path).Operations()["GET"]; !ok {
			t.Errorf("%s has no GET", path)
		}
	}
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	return definition{router}
}

// check holds an answer to the document, if its address is in it, and reports
// whether it is.
func (d definition) check(t *testing.T, method, url string, w *httptest.ResponseRecorder) bool {
	t.Helper()
	if method == "" {
		method = http.MethodGet
	}
	if method == http.MethodHead || method == http.MethodOptions || w.Code >= 300 && w.Code < 400 {
		return false
	}
	r := httptest.NewRequest(method, "http://map.test:8080"+url, nil)
	r.URL.Path = strings.TrimSuffix(r.URL.Path, "/")
	if r.URL.Path == "/api" {
		r.URL.Path = "/api/"
	}
	route, vars, err := d.router.FindRoute(r)
	if err != nil {
		return false
	}
	in := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: r, PathParams: vars, Route: route},
		Status:                 w.Code, Header: w.Header(), Body: io.NopCloser(bytes.NewReader(w.Body.Bytes())),
	}
	if err := openapi3filter.ValidateResponse(context.Background(), in); err != nil {
		t.Errorf("%s: the answer is not as the OpenAPI document says: %v", url, err)
	}
	return true
}

// registerDecoders tells the validator how to read our media types.
func registerDecoders() {
	for _, media := range []string{"application/geo+json", "application/schema+json", "application/vnd.oai.openapi+json"} {
		openapi3filter.RegisterBodyDecoder(media, openapi3filter.JSONBodyDecoder)
	}
	openapi3filter.RegisterBodyDecoder("text/html", openapi3filter.FileBodyDecoder)
	openapi3filter.RegisterBodyDecoder("text/csv", openapi3filter.FileBodyDecoder)
	openapi3filter.RegisterBodyDecoder("application/vnd.mapbox-vector-tile", openapi3filter.FileBodyDecoder)
}

func TestOpenAPIDocument(t *testing.T) {
	h := New(testConfig(t, world(t)))
	loadDefinition(t, h)
	scenario{
		url: "/api/openapi", json: []string{
			`info/version = "1.2.3"`, `components/schemas/Problem/properties/type/enum/0 = "urn:petadesa:problem:bad-parameter"`,
		},
		body: []string{
			`"/conformance":`, `"/collections":`, `"/collections/villages/items":`, `"/collections/villages/items/{featureId}":`,
			`"operationId":"villages.collection.vector.getTile"`, `"/collections/odd/items"`, `!"/collections/odd/tiles"`, `!villages_label`,
		},
	}.run(t, h)
	doc, err := openapi3.NewLoader().LoadFromData(ask(h, "GET", "/api/openapi").Body.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	parameters := doc.Paths.Find("/collections/villages/items").Get.Parameters
	for _, name := range []string{"name", "district", "urban"} {
		if parameters.GetByInAndName("query", name) == nil {
			t.Errorf("the queryable %s is no parameter", name)
		}
	}
	bbox := parameters.GetByInAndName("query", "bbox")
	if bbox.Style != "form" || *bbox.Explode || bbox.Schema.Value.MinItems != 4 || *bbox.Schema.Value.MaxItems != 6 || !bbox.Schema.Value.Items.Value.Type.Is("number") {
		t.Errorf("bbox is %+v", bbox)
	}
	limit := parameters.GetByInAndName("query", "limit").Schema.Value
	if *limit.Min != 1 || *limit.Max != maxLimit || limit.Default != float64(standardLimit) {
		t.Errorf("limit is %+v", limit)
	}
}
