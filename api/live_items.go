package api

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// liveItems is GET …/items of a live collection. How many features match is not
// known: the page says how many it has, and whether there is a next one.
func (s *service) liveItems(w http.ResponseWriter, r *http.Request, c *LiveCollection) error {
	p, err := parse(r, itemParameters)
	if err != nil {
		return err
	}
	sent, err := choose(r, p, asGeoJSON)
	if err != nil {
		return err
	}
	q, form, err := liveQueryOf(p, c)
	if err != nil {
		return err
	}
	page, err := s.Live.Items(r.Context(), c.ID, q)
	if err != nil {
		return err
	}
	base := s.baseURL(r)
	address := collectionURL(base, c.ID) + "/items"
	links := representations(address, p, sent, asGeoJSON)
	if page.Next != "" {
		next := withParameters(address, withFormat(p, sent), "cursor", makeCursor(c.ID, page.Next))
		links = append(links, link{Href: next, Rel: "next", Type: sent.media, Title: "Next page"})
	}
	links = append(links, link{Href: collectionURL(base, c.ID), Rel: "collection", Type: asJSON.media, Title: c.Title})
	head, err := json.Marshal(links)
	if err != nil {
		return err
	}
	b := append([]byte(`{"type":"FeatureCollection","numberReturned":`), strconv.Itoa(len(page.Records))...)
	b = append(append(append(b, `,"links":`...), head...), `,"features":[`...)
	for i := range page.Records {
		if i > 0 {
			b = append(b, ',', '\n')
		}
		b = form.append(b, &page.Records[i])
	}
	w.Header().Set("Content-Crs", "<"+crs84+">")
	w.Header().Set("OGC-NumberReturned", strconv.Itoa(len(page.Records)))
	linkHeader(w.Header(), links, "next")
	return s.respondBytes(w, r, sent.media, append(b, "]}\n"...))
}

// liveItem is GET …/items/{featureId} of a live collection.
func (s *service) liveItem(w http.ResponseWriter, r *http.Request, c *LiveCollection) error {
	p, err := parse(r, []string{"crs", "f"})
	if err != nil {
		return err
	}
	sent, err := choose(r, p, asGeoJSON)
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
	record, err := s.Live.Item(r.Context(), c.ID, id)
	if err != nil {
		return err
	}
	base := s.baseURL(r)
	links, err := json.Marshal(append(representations(itemURL(base, c.ID, id), p, sent, asGeoJSON),
		link{Href: collectionURL(base, c.ID), Rel: "collection", Type: asJSON.media, Title: c.Title}))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Crs", "<"+crs84+">")
	b := geo.AppendRecordJSON(nil, &c.Collection, &record)
	return s.respondBytes(w, r, sent.media, append(append(append(b[:len(b)-1], `,"links":`...), links...), '}', '\n'))
}

// liveQueryOf reads the parameters of …/items: what to ask for, and how to write
// what comes.
func liveQueryOf(p parameters, c *LiveCollection) (q LiveQuery, form recordForm, err error) {
	form.collection = c.Collection
	if q.Limit, err = p.limit(standardLimit, maxLimit); err != nil {
		return q, form, err
	}
	if form.skipGeometry, err = p.flag("skipGeometry"); err != nil {
		return q, form, err
	}
	if err := checkCRS(p, "crs", "bbox-crs"); err != nil {
		return q, form, err
	}
	if s, ok := p["bbox"]; ok {
		boxes, err := parseBBox(s)
		if err != nil {
			return q, form, err
		}
		q.BBox = joined(boxes)
	}
	if s, ok := p["datetime"]; ok {
		if err := checkDatetime(s); err != nil {
			return q, form, err
		}
	}
	if s, ok := p["cursor"]; ok {
		if q.After, err = parseCursor(c.ID, s); err != nil {
			return q, form, err
		}
	}
	if form.properties, err = propertiesOf(p, &c.Collection); err != nil || form.properties == nil {
		return q, form, err
	}
	form.collection.Fields = make([]geo.Field, len(form.properties))
	for k, i := range form.properties {
		form.collection.Fields[k] = c.Fields[i]
	}
	return q, form, nil
}

// joined makes one box of those that parseBBox has cut at the date line.
func joined(boxes []orb.Bound) *orb.Bound {
	all := boxes[0]
	for _, b := range boxes[1:] {
		switch {
		case all.Min[0] <= b.Max[0] && b.Min[0] <= all.Max[0]: // they meet elsewhere too
			all = all.Union(b)
		case all.Min[0] == -180:
			all.Min[0] = b.Min[0]
		default:
			all.Max[0] = b.Max[0]
		}
	}
	return &all
}

// recordForm is how records are written: with which properties, and whether with
// their geometry.
type recordForm struct {
	collection   geo.Collection // with the fields that were asked for
	properties   []int          // their positions among all; nil: all
	skipGeometry bool
}

func (f *recordForm) append(b []byte, r *geo.Record) []byte {
	one := *r
	if f.skipGeometry {
		one.Geometry = nil
	}
	if f.properties != nil {
		one.Values = make([]any, 0, len(f.properties))
		for _, i := range f.properties {
			one.Values = append(one.Values, r.Values[i])
		}
	}
	return geo.AppendRecordJSON(b, &f.collection, &one)
}
