package api

import (
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

func TestOpenAPIOfReports(t *testing.T) {
	h, _, _ := reporting(t)
	doc, err := openapi3.NewLoader().LoadFromData(ask(h, "GET", "/api/openapi").Body.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/reports", "/reports/{report}", "/reports/cells", "/reports/choices", "/reports/speed", "/reports/map.svg"} {
		if doc.Paths.Value(path) == nil {
			t.Errorf("no %s", path)
		}
	}
}
