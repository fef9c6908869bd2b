package api

import (
	"encoding/json"
	"net/http"

	"github.com/petadesa/petadesa/geo"
)

// item is GET …/items/{featureId}.
func (s *service) item(w http.ResponseWriter, r *http.Request, l *geo.Layer, _ *geo.Snapshot) error {
	p, err := parse(r, []string{"crs", "f"})
	if err != nil {
		return err
	}
	sent, err := choose(r, p, asGeoJSON, asHTML)
	if err != nil {
		return err
	}
	if err := checkCRS(p, "crs", "bbox-crs"); err != nil {
		return err
	}
	id, err := pathValue(r, "feature")
	if err != nil {
		return err
	}
	i, ok := l.Find(id)
	if !ok {
		return problem(UnknownFeature, "%s has no feature %s", l.Collection.ID, quoted(id))
	}
	base := s.baseURL(r)
	self := itemURL(base, l.Collection.ID, id)
	links := append(representations(self, p, sent, asGeoJSON, asHTML),
		link{Href: collectionURL(base, l.Collection.ID), Rel: "collection", Type: asJSON.media, Title: l.Collection.Title})
	w.Header().Set("Content-Crs", "<"+crs84+">")
	if sent.is("html") {
		return s.respond(w, r, answer{
			media: sent.media, identity: []string{"item", l.Version, base, r.URL.RawQuery, sent.name, id}, write: s.itemHTML(l, i, base, links),
		})
	}

	// A feature's validator depends on the feature alone, so that a change of
	// another does not get in the way of who edits this one.
	feature := geo.AppendFeatureJSON(nil, l, i, nil)
	tail, err := json.Marshal(links)
	if err != nil {
		return err
	}
	feature = append(append(feature[:len(feature)-1], `,"links":`...), tail...)
	feature = append(feature, '}', '\n')
	return s.respondBytes(w, r, sent.media, feature)
}
