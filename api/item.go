package api

import (
	"io"
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
	in, err := referenceOf(p, "crs", l)
	if err != nil {
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
	w.Header().Set("Content-Crs", in.header())
	if sent.is("html") {
		return s.respond(w, r, answer{
			media: sent.media, identity: []string{"item", l.Version, base, r.URL.RawQuery, sent.name, id}, write: s.itemHTML(l, i, base, itemPageLinks(base, l, id, p, sent)),
		})
	}
	doc, err := s.itemDocument(r, l, id, p, geo.AppendFeatureAtJSON(nil, l, i, nil, in.geometry(l.Geometry(i))))
	if err != nil {
		return err
	}
	return s.respond(w, r, itemAnswer(geo.FeatureTag(l, i), doc))
}

// itemPageLinks are the links of one feature.
func itemPageLinks(base string, l *geo.Layer, id string, p parameters, sent format) []link {
	return append(representations(itemURL(base, l.Collection.ID, id), p, sent, asGeoJSON, asHTML),
		link{Href: collectionURL(base, l.Collection.ID), Rel: "collection", Type: asJSON.media, Title: l.Collection.Title})
}

// itemAnswer is a feature on its way out. Its validator begins with the tag of
// the feature alone, so that a change of another does not get in the way of who
// edits this one.
func itemAnswer(tag string, doc []byte) answer {
	return answer{media: asGeoJSON.media, identity: []string{"content", asGeoJSON.media, string(doc)}, tag: tag, write: func(out io.Writer) error {
		_, err := out.Write(doc)
		return err
	}}
}
