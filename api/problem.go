package api

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// Kind is the last part of a problem's type; it never changes its meaning.
// The whole type is "urn:petadesa:problem:" and the kind.
type Kind string

// The kinds of problems.
const (
	BadParameter     Kind = "bad-parameter"     // a parameter has a value that is not allowed
	UnknownParameter Kind = "unknown-parameter" // a parameter is not defined here
	BadCursor        Kind = "bad-cursor"        // a paging cursor was not made by this service for this collection
	BadQuery         Kind = "bad-query"         // the query string cannot be parsed
	NotFound         Kind = "not-found"         // there is no such resource
	UnknownFeature   Kind = "unknown-feature"   // the collection has no feature of that id
	UnknownLayer     Kind = "unknown-collection"
	OutsideTiles     Kind = "tile-outside" // the address is no tile, or outside the collection's zooms
	NotAllowed       Kind = "method-not-allowed"
	NotAcceptable    Kind = "not-acceptable" // no representation suits the Accept header or f
	TooLong          Kind = "uri-too-long"
	NotReady         Kind = "not-ready" // the data are not loaded yet
	Busy             Kind = "busy"      // a bounded resource is used up; try again
	Away             Kind = "source-away"
	TooSlow          Kind = "timeout"   // the answer would have taken too long
	TooLarge         Kind = "too-large" // the answer would have been too large: ask for less
	NoRoute          Kind = "no-route"  // there is no way on the roads between the places
	OffRoad          Kind = "off-road"  // a place has no road near it
	Internal         Kind = "internal"  // our fault; the log has more under the request id

	// Of requests that would change something.
	Unauthorized      Kind = "unauthorized"           // no token, or one that is not known
	Forbidden         Kind = "forbidden"              // the token's role does not allow it
	TooManyAttempts   Kind = "too-many-attempts"      // too many unknown tokens from one address
	TooManyRequests   Kind = "too-many-requests"      // from one address
	BadBody           Kind = "bad-body"               // the body cannot be read
	Unprocessable     Kind = "unprocessable"          // the body can be read, but breaks a rule
	BodyTooLarge      Kind = "body-too-large"         // of the request
	UnsupportedMedia  Kind = "unsupported-media-type" // of the request's body
	Conflict          Kind = "conflict"               // what shall be made is there already
	Stale             Kind = "precondition-failed"    // it changed since the client saw it
	PreconditionUnset Kind = "precondition-required"  // a change must say which version it is of
	UnknownDocument   Kind = "unknown-document"       // no such saved document
)

// problemTypes lists the types of all problems.
func problemTypes() []string {
	var all []string
	for _, k := range []Kind{
		BadParameter, UnknownParameter, BadCursor, BadQuery, NotFound, UnknownFeature, UnknownLayer, OutsideTiles,
		NotAllowed, NotAcceptable, TooLong, NotReady, Busy, Away, TooSlow, TooLarge, NoRoute, OffRoad, Internal,
		Unauthorized, Forbidden, TooManyAttempts, TooManyRequests, BadBody, Unprocessable, BodyTooLarge, UnsupportedMedia, Conflict, Stale,
		PreconditionUnset, UnknownDocument,
	} {
		all = append(all, k.urn())
	}
	return all
}

func (k Kind) urn() string { return "urn:petadesa:problem:" + string(k) }

// describe gives each kind its status and title.
func (k Kind) describe() (status int, title string) {
	switch k {
	case BadParameter:
		return http.StatusBadRequest, "A parameter has a value that is not allowed"
	case UnknownParameter:
		return http.StatusBadRequest, "A parameter is not known here"
	case BadCursor:
		return http.StatusBadRequest, "The paging cursor is not valid"
	case BadQuery:
		return http.StatusBadRequest, "The query string cannot be read"
	case NotFound:
		return http.StatusNotFound, "There is nothing at this address"
	case UnknownFeature:
		return http.StatusNotFound, "There is no such feature"
	case UnknownLayer:
		return http.StatusNotFound, "There is no such collection"
	case OutsideTiles:
		return http.StatusNotFound, "There is no such tile"
	case NotAllowed:
		return http.StatusMethodNotAllowed, "The method is not allowed here"
	case NotAcceptable:
		return http.StatusNotAcceptable, "No representation suits the request"
	case TooLong:
		return http.StatusRequestURITooLong, "The address is too long"
	case NotReady:
		return http.StatusServiceUnavailable, "The data are not loaded yet"
	case Busy:
		return http.StatusServiceUnavailable, "Too many requests of this sort at once"
	case Away:
		return http.StatusServiceUnavailable, "Where the answer comes from is away"
	case TooSlow:
		return http.StatusGatewayTimeout, "The answer takes too long"
	case TooLarge:
		return http.StatusRequestEntityTooLarge, "The answer would be too large"
	case NoRoute:
		return http.StatusNotFound, "There is no way on the roads"
	case OffRoad:
		return http.StatusNotFound, "There is no road near"
	case Unauthorized:
		return http.StatusUnauthorized, "A token is needed"
	case Forbidden:
		return http.StatusForbidden, "The token does not allow it"
	case TooManyAttempts:
		return http.StatusTooManyRequests, "Too many attempts with unknown tokens"
	case TooManyRequests:
		return http.StatusTooManyRequests, "Too many requests from one address"
	case BadBody:
		return http.StatusBadRequest, "The body of the request cannot be read"
	case Unprocessable:
		return http.StatusUnprocessableEntity, "The body of the request breaks a rule"
	case BodyTooLarge:
		return http.StatusRequestEntityTooLarge, "The body of the request is too large"
	case UnsupportedMedia:
		return http.StatusUnsupportedMediaType, "The body of the request is of a type that is not taken here"
	case Conflict:
		return http.StatusConflict, "It is there already"
	case Stale:
		return http.StatusPreconditionFailed, "It was changed meanwhile"
	case PreconditionUnset:
		return http.StatusPreconditionRequired, "The request must say which version it changes"
	case UnknownDocument:
		return http.StatusNotFound, "There is no such document"
	default:
		return http.StatusInternalServerError, "Something went wrong on the server"
	}
}

// Problem is an error that says to the client what was wrong and where.
type Problem struct {
	Kind      Kind
	Detail    string
	Parameter string   // the parameter at fault, if any
	Allowed   []string // what would have been allowed, if it can be listed
	Faults    []Fault  // what is wrong inside a body
	Methods   string   // of NotAllowed: the methods that are, as in Allow; empty: allowedMethods
	Retry     int      // seconds after which to try again; 0: the kind's own
}

// Fault is one thing that is wrong with a body.
type Fault struct {
	Member string `json:"member"` // where, as a path: "properties.height_m", "geometry"; empty: the whole
	Reason string `json:"reason"`
}

func (p *Problem) Error() string { return string(p.Kind) + ": " + p.Detail }

func problem(k Kind, format string, args ...any) *Problem {
	return &Problem{Kind: k, Detail: fmt.Sprintf(format, args...)}
}

func badParameter(name, format string, args ...any) *Problem {
	p := problem(BadParameter, format, args...)
	p.Parameter = name
	return p
}

// problemJSON is Problem on the wire.
type problemJSON struct {
	Type      string   `json:"type"`
	Title     string   `json:"title"`
	Status    int      `json:"status"`
	Detail    string   `json:"detail"`
	Instance  string   `json:"instance,omitempty"`
	RequestID string   `json:"requestId,omitempty"`
	Parameter string   `json:"parameter,omitempty"`
	Allowed   []string `json:"allowed,omitempty"`
	Faults    []Fault  `json:"faults,omitempty"`
}

// write sends the problem, in place of whatever the response was going to be.
func (p *Problem) write(w http.ResponseWriter, requestID string) {
	status, title := p.Kind.describe()
	h := w.Header()
	for _, name := range []string{"Content-Encoding", "Content-Length", "ETag", "Last-Modified", "Link", "Content-Disposition"} {
		h.Del(name)
	}
	h.Set("Content-Type", "application/problem+json")
	h.Set("Cache-Control", "no-store")
	switch p.Kind {
	case NotAllowed:
		h.Set("Allow", cmp.Or(p.Methods, allowedMethods))
	case Unauthorized:
		h.Set("WWW-Authenticate", `Bearer realm="petadesa"`)
	case NotReady, Busy, Away, TooManyAttempts, TooManyRequests:
		h.Set("Retry-After", strconv.Itoa(max(1, p.Retry)))
	}
	body := problemJSON{
		Type: p.Kind.urn(), Title: title, Status: status, Detail: p.Detail,
		RequestID: requestID, Parameter: p.Parameter, Allowed: p.Allowed, Faults: p.Faults,
	}
	if requestID != "" {
		body.Instance = "urn:petadesa:request:" + requestID
	}
	w.WriteHeader(status)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(true)
	_ = enc.Encode(body) // the client may be gone; nothing else to tell it
}

// quoted shortens and quotes what a client sent, for a message.
func quoted(s string) string {
	const most = 60
	s = strings.ToValidUTF8(s, "\uFFFD")
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return fmt.Sprintf("%q", s)
}
