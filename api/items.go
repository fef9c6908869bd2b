package api

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/petadesa/petadesa/geo"
)

// items is GET …/items: a page of the features of a collection.
func (s *service) items(w http.ResponseWriter, r *http.Request, l *geo.Layer, snap *geo.Snapshot) error {
	p, err := parse(r, append(reservedOfItems(), fieldNames(itemFields(l))...))
	if err != nil {
		return err
	}
	sent, err := choose(r, p, s.forms()...)
	if err != nil {
		return err
	}
	sel, err := selectionOf(p, l, sent.download != nil)
	if err != nil {
		return err
	}
	base := s.baseURL(r)
	h := w.Header()
	if sent.download != nil && !sel.reference.plain() {
		return badParameter("crs", "files as %s have longitude and latitude only; f=json takes other reference systems", sent.name)
	}
	h.Set("Content-Crs", sel.reference.header())

	// timeStamp is the moment as of which the answer holds: when its snapshot was
	// built. So the same request has the same bytes until the data change.
	stamp := snap.Built.UTC().Format(time.RFC3339Nano)
	identity := []string{"items", l.Collection.ID, l.Version, stamp, base, r.URL.RawQuery, sent.name}
	links := func(found page) []link { return s.itemLinks(base, l, p, sent, found) }
	if sent.download != nil {
		return s.download(w, r, l, sent.download, identity, &sel, links)
	}
	return s.respond(w, r, answer{
		media:    sent.media,
		identity: identity,
		prepare: func() (func(io.Writer) error, error) {
			found, err := sel.find(r.Context(), l)
			if err != nil {
				return nil, err
			}
			doc := itemsPage{layer: l, selection: &sel, page: found, base: base, stamp: stamp, links: links(found)}
			linkHeader(h, doc.links, "next")
			h.Set("OGC-NumberReturned", strconv.Itoa(len(found.positions)))
			if found.matched >= 0 {
				h.Set("OGC-NumberMatched", strconv.Itoa(found.matched))
			}
			if sent.is("html") {
				doc.downloads = s.downloadLinks(base, l, p)
				return s.itemsHTML(&doc), nil
			}
			return doc.writeGeoJSON, nil
		},
	})
}

// itemsPage is all that a representation of a page of features says.
type itemsPage struct {
	layer *geo.Layer
	*selection
	page
	base, stamp string
	links       []link
	downloads   []link // of all pages
}

func (s *service) itemLinks(base string, l *geo.Layer, p parameters, sent format, found page) []link {
	address := collectionURL(base, l.Collection.ID) + "/items"
	forms := s.forms()
	if in, ok := p["crs"]; ok && in != crs84 {
		forms = forms[:2] // files have longitude and latitude
	}
	links := representations(address, p, sent, forms...)
	if found.more {
		last := l.ID(int(found.positions[len(found.positions)-1]))
		links = append(links, link{
			Href: withParameters(address, withFormat(p, sent), "cursor", makeCursor(cursorScope(p, l), last)),
			Rel:  "next", Type: sent.media, Title: "Next page",
		})
	}
	return append(links, link{Href: collectionURL(base, l.Collection.ID), Rel: "collection", Type: asJSON.media, Title: l.Collection.Title})
}

// withFormat returns the parameters with f set to what is being sent.
func withFormat(p parameters, sent format) parameters {
	q := parameters{"f": sent.name}
	for k, v := range p {
		q[k] = v
	}
	return q
}

// flushEvery is how many bytes of a page are gathered before they are written.
const flushEvery = 64 << 10

func (d *itemsPage) writeGeoJSON(out io.Writer) error {
	links, err := json.Marshal(d.links)
	if err != nil {
		return err
	}
	b := make([]byte, 0, flushEvery+flushEvery/4)
	b = append(b, `{"type":"FeatureCollection","numberReturned":`...)
	b = strconv.AppendInt(b, int64(len(d.positions)), 10)
	if d.matched >= 0 {
		b = append(b, `,"numberMatched":`...)
		b = strconv.AppendInt(b, int64(d.matched), 10)
	}
	b = append(b, `,"timeStamp":"`...)
	b = append(b, d.stamp...)
	b = append(b, `","links":`...)
	b = append(b, links...)
	b = append(b, `,"features":[`...)
	for k, i := range d.positions {
		if k > 0 {
			b = append(b, ',', '\n')
		}
		b = appendFeature(b, d.layer, int(i), d.selection)
		if len(b) >= flushEvery {
			if _, err := out.Write(b); err != nil {
				return err
			}
			b = b[:0]
		}
	}
	_, err = out.Write(append(b, "]}\n"...))
	return err
}

// appendFeature appends a GeoJSON Feature, with a null geometry when it is to be
// skipped.
func appendFeature(b []byte, l *geo.Layer, i int, sel *selection) []byte {
	if !sel.skipGeometry {
		return geo.AppendFeatureAtJSON(b, l, i, sel.properties, sel.reference.geometry(l.Geometry(i)))
	}
	b = append(b, `{"type":"Feature","id":`...)
	b = geo.AppendStringJSON(b, l.ID(i))
	b = append(b, `,"geometry":null,"properties":{`...)
	for k, p := range chosen(l, sel.properties) {
		if k > 0 {
			b = append(b, ',')
		}
		c := &l.Columns[p]
		b = append(geo.AppendStringJSON(b, c.Field.Name), ':')
		b = c.AppendJSON(b, i)
	}
	return append(b, '}', '}')
}

// chosen returns the positions of the fields that were asked for.
func chosen(l *geo.Layer, properties []int) []int {
	if properties != nil {
		return properties
	}
	all := make([]int, len(l.Columns))
	for i := range all {
		all[i] = i
	}
	return all
}
