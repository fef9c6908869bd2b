package api

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// maxParameters bounds the number of parameters of one request.
const maxParameters = 100

// parameters are the query parameters of a request: each known, none repeated.
type parameters map[string]string

// parse reads the query string and refuses what is not in known.
func parse(r *http.Request, known []string) (parameters, error) {
	if r.URL.RawQuery == "" {
		return nil, nil
	}
	values, err := parseAny(r)
	if err != nil {
		return nil, err
	}
	return checked(values, known)
}

// checked refuses what is not in known, and what is given twice.
func checked(values url.Values, known []string) (parameters, error) {
	p := make(parameters, len(values))
	for _, name := range slices.Sorted(keys(values)) {
		all := values[name]
		if !slices.Contains(known, name) {
			return nil, &Problem{
				Kind: UnknownParameter, Parameter: name, Allowed: known,
				Detail: "there is no parameter " + quoted(name) + " here; the known ones are " + strings.Join(known, ", "),
			}
		}
		if len(all) > 1 {
			return nil, badParameter(name, "%s is given %d times", name, len(all))
		}
		p[name] = all[0]
	}
	return p, nil
}

// parseAny reads the query string of a request that may have any parameters.
func parseAny(r *http.Request) (url.Values, error) {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, problem(BadQuery, "the query string cannot be read: %v", err)
	}
	if len(values) > maxParameters {
		return nil, problem(BadQuery, "%d parameters are more than %d", len(values), maxParameters)
	}
	return values, nil
}

func keys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// limit reads the parameter limit. What is greater than the maximum is the
// maximum, as OGC API Features asks (7.15.4); what is no positive integer is
// an error.
func (p parameters) limit(standard, most int) (int, error) {
	s, ok := p["limit"]
	if !ok {
		return standard, nil
	}
	wrong := badParameter("limit", "limit %s is not an integer from 1 to %d (more is taken as %d)", quoted(s), most, most)
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return 0, wrong
	}
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil || n > uint64(most) { // err can only be: out of range
		return most, nil
	}
	if n == 0 {
		return 0, wrong
	}
	return int(n), nil
}

// flag reads a parameter that is true or false; missing is false.
func (p parameters) flag(name string) (bool, error) {
	switch s, ok := p[name]; {
	case !ok || s == "false":
		return false, nil
	case s == "true":
		return true, nil
	default:
		return false, &Problem{
			Kind: BadParameter, Parameter: name, Allowed: []string{"true", "false"},
			Detail: name + " " + quoted(s) + " is neither true nor false",
		}
	}
}
