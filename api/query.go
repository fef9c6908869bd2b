package api

import (
	"net/http"
	"slices"

	"github.com/petadesa/petadesa/geo"
)

// queryTypes are those of CQL2 in JSON, by its own name and by the one that
// pygeoapi gave it first.
func queryTypes() []string { return []string{"application/cql2+json", "application/query-cql-json"} }

// maxQuery bounds a filter in a body. It comes back in the link to the next
// page, so it must fit into an address.
const maxQuery = maxURL - 1024

// postItems is POST …/items: a query when the body is a filter, else a new
// feature. Their types tell them apart.
func (s *service) postItems(w http.ResponseWriter, r *http.Request, l *geo.Layer, snap *geo.Snapshot) error {
	if slices.Contains(queryTypes(), mediaType(r)) {
		return s.queryItems(w, r, l, snap)
	}
	return s.createItem(w, r, l)
}

// queryItems answers as GET does with the body as its parameter filter.
func (s *service) queryItems(w http.ResponseWriter, r *http.Request, l *geo.Layer, snap *geo.Snapshot) error {
	body, err := readBody(r, maxQuery)
	if err != nil {
		return err
	}
	values, err := parseAny(r)
	if err != nil {
		return err
	}
	for _, name := range []string{"filter", "filter-lang"} {
		if values.Has(name) {
			return badParameter(name, "%s is given twice: the body is the filter", name)
		}
	}
	values.Set("filter", string(body))
	values.Set("filter-lang", "cql2-json")
	asked := r.Clone(r.Context())
	asked.Method, asked.URL.RawQuery = http.MethodGet, values.Encode()
	asked.Header.Del("If-None-Match")
	if n := len(asked.URL.RawQuery); n > maxQuery {
		return problem(BodyTooLarge, "as a part of an address, which the next page needs, the filter has %d bytes; %d are allowed", n, maxQuery)
	}
	return s.items(w, asked, l, snap)
}
