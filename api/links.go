package api

import (
	"net/http"
	"net/url"
	"strings"
)

// link is a link as OGC API documents and RFC 8288 have it.
type link struct {
	Href      string `json:"href"`
	Rel       string `json:"rel"`
	Type      string `json:"type,omitempty"`
	Title     string `json:"title,omitempty"`
	Templated bool   `json:"templated,omitempty"`
}

const asDocument = "This document as "

// representations links a resource to itself and to its other forms: self for
// the one that is being sent, alternate for the others.
func representations(address string, p parameters, sent format, offers ...format) []link {
	all := []link{}
	for _, o := range offers {
		rel := "alternate"
		if o.is(sent.name) {
			rel = "self"
		}
		title := strings.ToUpper(o.name)
		if o.download != nil {
			title = o.download.Title
		}
		all = append(all, link{Href: withParameters(address, p, "f", o.name), Rel: rel, Type: o.media, Title: asDocument + title})
	}
	return all
}

// withParameters returns the address with the parameters, but for one that is
// set to a value.
func withParameters(address string, p parameters, name, value string) string {
	q := url.Values{}
	for k, v := range p {
		q.Set(k, v)
	}
	q.Set(name, value)
	return address + "?" + q.Encode()
}

// linkHeader gives the links of the relations to clients that read no body.
func linkHeader(h http.Header, links []link, relations ...string) {
	for _, l := range links {
		for _, rel := range relations {
			if l.Rel == rel {
				h.Add("Link", "<"+l.Href+`>; rel="`+l.Rel+`"; type="`+strings.ReplaceAll(l.Type, `"`, "")+`"`)
			}
		}
	}
}

func collectionURL(base, id string) string { return base + "/api/collections/" + url.PathEscape(id) }

func itemURL(base, collection, id string) string {
	return collectionURL(base, collection) + "/items/" + url.PathEscape(id)
}
