package api

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/petadesa/petadesa/geo"
)

// Editor changes features where they are stored, having checked them as an
// import does. Its method may be called concurrently. Where an error wraps a
// Problem, that is what the client is told.
type Editor interface {
	Change(ctx context.Context, who Identity, c Change) (Changed, error)
}

// Change is what a request wants of one feature.
type Change struct {
	Verb       Verb
	Collection string
	Feature    string   // "" with Create: the id is that of the body, or a new one
	Body       []byte   // a GeoJSON Feature; of Merge a merge patch (RFC 7396) to one; of Remove none
	Match      []string // tags (geo.FeatureTag), one of which the feature must have; not with Create
}

// Verb is what a change does.
type Verb string

// The verbs.
const (
	Create Verb = "insert"
	Put    Verb = "replace"
	Merge  Verb = "merge"
	Remove Verb = "delete"
)

// Changed is what became of a feature.
type Changed struct {
	Feature string // id
	JSON    []byte // GeoJSON as geo.AppendRecordJSON writes it; none after Remove
	Tag     string // geo.RecordTag
	Visible bool   // the snapshot has it already
}

const maxFeature = 4 << 20 // bytes of a body

// Types of bodies.
const (
	typeGeoJSON    = "application/geo+json"
	typeMergePatch = "application/merge-patch+json"
)

// editable reports why features of the layer cannot be changed; nil: they can.
func (s *service) editable(l *geo.Layer) *Problem {
	switch {
	case s.Editor == nil:
		return s.readOnly("this service can only be looked at")
	case l.Derived:
		return s.readOnly(l.Collection.ID + " is worked out from another collection: change that")
	}
	return nil
}

func (s *service) readOnly(why string) *Problem {
	p := problem(NotAllowed, "%s", why)
	p.Methods = allowedMethods
	return p
}

// notLive is what changes of live collections are answered with.
func (s *service) notLive(_ http.ResponseWriter, _ *http.Request, c *LiveCollection) error {
	return s.readOnly(c.ID + " is a table or view of another database: change it there")
}

// createItem is POST …/items with a feature.
func (s *service) createItem(w http.ResponseWriter, r *http.Request, l *geo.Layer) error {
	return s.change(w, r, l, Change{Verb: Create}, typeGeoJSON, "application/json")
}

// putItem is PUT …/items/{featureId}; with If-None-Match: * it makes a feature
// of that id.
func (s *service) putItem(w http.ResponseWriter, r *http.Request, l *geo.Layer, _ *geo.Snapshot) error {
	c := Change{Verb: Put}
	if strings.TrimSpace(r.Header.Get("If-None-Match")) == "*" {
		c.Verb = Create
	}
	return s.change(w, r, l, c, typeGeoJSON, "application/json")
}

// patchItem is PATCH …/items/{featureId}.
func (s *service) patchItem(w http.ResponseWriter, r *http.Request, l *geo.Layer, _ *geo.Snapshot) error {
	return s.change(w, r, l, Change{Verb: Merge}, typeMergePatch)
}

// deleteItem is DELETE …/items/{featureId}.
func (s *service) deleteItem(w http.ResponseWriter, r *http.Request, l *geo.Layer, _ *geo.Snapshot) error {
	return s.change(w, r, l, Change{Verb: Remove})
}

// change does what c wants, with the body of the request if it is of one of the
// types.
func (s *service) change(w http.ResponseWriter, r *http.Request, l *geo.Layer, c Change, types ...string) error {
	if p := s.editable(l); p != nil {
		return p
	}
	who, err := s.require(r, RoleEditor)
	if err != nil {
		return err
	}
	if _, err := parse(r, nil); err != nil {
		return err
	}
	c.Collection = l.Collection.ID
	if r.Method != http.MethodPost {
		if c.Feature, err = pathValue(r, "feature"); err != nil {
			return err
		}
	}
	if len(types) > 0 {
		if c.Body, err = featureBody(r, types); err != nil {
			return err
		}
	}
	if c.Verb != Create {
		if c.Match, err = ifMatch(r); err != nil {
			return err
		}
	}
	changed, err := s.Editor.Change(r.Context(), who, c)
	if err != nil {
		return err
	}
	s.Log.Info("changed a feature", "request", requestID(w), "who", who.Name, "action", c.Verb, "collection", c.Collection, "feature", changed.Feature)
	return s.sendChanged(w, r, l, c.Verb, changed)
}

// featureBody reads a body of one of the types, in longitude and latitude.
func featureBody(r *http.Request, types []string) ([]byte, error) {
	if media := mediaType(r); !slices.Contains(types, media) {
		p := problem(UnsupportedMedia, "a body of type %s is not taken here; %s is", quoted(media), strings.Join(types, " or "))
		p.Allowed = types
		return nil, p
	}
	if crs := strings.Trim(r.Header.Get("Content-Crs"), "<> "); crs != "" && crs != crs84 {
		p := problem(UnsupportedMedia, "Content-Crs %s is not taken here; <%s> is", quoted(crs), crs84)
		p.Allowed = []string{crs84}
		return nil, p
	}
	return readBody(r, maxFeature)
}

// ifMatch reads the tags of the features that If-Match names. A weak tag, which
// never matches (RFC 9110, 13.1.1), is left out. An asterisk would let a change
// be lost that the client has not seen, so it is as good as nothing.
func ifMatch(r *http.Request) ([]string, error) {
	header := strings.TrimSpace(strings.Join(r.Header.Values("If-Match"), ","))
	if header == "" || header == "*" {
		return nil, problem(PreconditionUnset, "say with If-Match which version of the feature is changed: the ETag that GET answers with")
	}
	tags := []string{}
	for tag := range strings.SplitSeq(header, ",") {
		tag = strings.TrimSpace(tag)
		strong := strings.TrimPrefix(tag, "W/")
		if len(strong) < 2 || strong[0] != '"' || strong[len(strong)-1] != '"' {
			return nil, badParameter("If-Match", "If-Match %s is not an ETag in quotation marks", quoted(tag))
		}
		if strong == tag {
			// Behind the feature's own tag is what tells its representations apart.
			own, _, _ := strings.Cut(strong[1:len(strong)-1], "-")
			tags = append(tags, own)
		}
	}
	return tags, nil
}

// sendChanged answers with the feature as it now is.
func (s *service) sendChanged(w http.ResponseWriter, r *http.Request, l *geo.Layer, verb Verb, changed Changed) error {
	h := w.Header()
	h.Set(visibleHeader, map[bool]string{true: "now", false: "soon"}[changed.Visible])
	h.Set("Cache-Control", "no-store")
	if verb == Remove {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	doc, err := s.itemDocument(r, l, changed.Feature, nil, changed.JSON)
	if err != nil {
		return err
	}
	status := http.StatusOK
	self := itemURL(s.baseURL(r), l.Collection.ID, changed.Feature)
	if verb == Create {
		status = http.StatusCreated
		h.Set("Location", self)
	}
	h.Set("Content-Location", self)
	h.Set("Content-Type", typeGeoJSON)
	h.Set("Content-Crs", "<"+crs84+">")
	as := itemAnswer(changed.Tag, doc)
	h.Set("ETag", as.etag(""))
	w.WriteHeader(status)
	_, _ = w.Write(doc) // the client may be gone; the change is made
	return nil
}

// itemDocument is a feature with its links.
func (s *service) itemDocument(r *http.Request, l *geo.Layer, id string, p parameters, feature []byte) ([]byte, error) {
	base := s.baseURL(r)
	tail, err := json.Marshal(itemPageLinks(base, l, id, p, asGeoJSON))
	if err != nil {
		return nil, err
	}
	doc := append(slices.Clip(feature[:len(feature)-1]), `,"links":`...)
	return append(append(doc, tail...), '}', '\n'), nil
}

// itemOptions is OPTIONS …/items and …/items/{featureId}: what may be done here
// by who asks; without a token, by who has one. Programs offer editing only where
// it is listed, so POST is not listed for queries alone.
func (s *service) itemOptions(with string) layerHandler {
	return func(w http.ResponseWriter, r *http.Request, l *geo.Layer, _ *geo.Snapshot) error {
		allowed := allowedMethods
		if s.editable(l) == nil {
			who, err := s.identify(r)
			if err != nil {
				return err
			}
			if who.Role == "" || who.Role.May(RoleEditor) {
				allowed += ", " + with
			}
		}
		if strings.Contains(allowed, http.MethodPatch) {
			w.Header().Set("Accept-Patch", typeMergePatch)
		}
		sendOptions(w, allowed)
		return nil
	}
}

func liveOptions(w http.ResponseWriter, _ *http.Request, _ *LiveCollection) error {
	sendOptions(w, allowedMethods)
	return nil
}
