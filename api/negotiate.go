package api

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// format is a representation of a resource.
type format struct {
	name  string   // its value of the parameter f
	media string   // what it is sent as
	also  []string // further media types in Accept that it suits

	download *Download // it is a file
}

func (f format) is(name string) bool { return f.name == name }

// The representations. The first that a resource offers is its default.
var (
	asJSON    = format{name: "json", media: "application/json"}
	asGeoJSON = format{name: "json", media: "application/geo+json", also: []string{"application/json", "application/vnd.geo+json"}}
	asSchema  = format{name: "json", media: "application/schema+json", also: []string{"application/json"}}
	asOpenAPI = format{name: "json", media: "application/vnd.oai.openapi+json;version=3.0", also: []string{"application/vnd.oai.openapi+json", "application/openapi+json", "application/json"}}
	asHTML    = format{name: "html", media: "text/html; charset=utf-8", also: []string{"text/html", "application/xhtml+xml"}}
)

// choose picks a representation: by the parameter f, else by the Accept header,
// the earlier offer winning a tie; so JSON for */*, HTML only where preferred.
func choose(r *http.Request, p parameters, offers ...format) (format, error) {
	if name, ok := p["f"]; ok {
		for _, o := range offers {
			if o.name == name {
				return o, nil
			}
		}
		return format{}, &Problem{
			Kind: BadParameter, Parameter: "f", Allowed: names(offers),
			Detail: "f " + quoted(name) + " is not one of " + strings.Join(names(offers), ", "),
		}
	}
	accept := strings.Join(r.Header.Values("Accept"), ",")
	if strings.TrimSpace(accept) == "" {
		return offers[0], nil
	}
	best, most := -1, 0.0
	for i, o := range offers {
		if q := acceptQuality(accept, append(slices.Clip(o.also), o.media)); q > most {
			best, most = i, q
		}
	}
	if best < 0 {
		media := make([]string, len(offers))
		for i, o := range offers {
			media[i] = o.media
		}
		return format{}, &Problem{
			Kind: NotAcceptable, Allowed: media,
			Detail: "Accept " + quoted(accept) + " admits none of " + strings.Join(media, ", "),
		}
	}
	return offers[best], nil
}

func names(offers []format) []string {
	var all []string
	for _, o := range offers {
		all = append(all, o.name)
	}
	return all
}

// acceptQuality returns the weight that an Accept header gives the best of the
// media types: the most specific range that matches counts (RFC 9110, 12.5.1).
// Parameters but q are not compared.
func acceptQuality(accept string, media []string) float64 {
	best, specific := 0.0, 0
	for part := range strings.SplitSeq(accept, ",") {
		rng, q := weighted(part)
		level := 0
		switch {
		case slices.ContainsFunc(media, func(m string) bool { return bare(m) == rng }):
			level = 3
		case strings.HasSuffix(rng, "/*") && rng != "*/*" && strings.HasPrefix(media[len(media)-1], rng[:len(rng)-1]):
			level = 2
		case rng == "*/*":
			level = 1
		default:
			continue
		}
		if level > specific || level == specific && q > best {
			best, specific = q, level
		}
	}
	return best
}

// weighted splits "text/html;level=1;q=0.5" into its value and weight, 1 when
// there is none and 0 when it cannot be read.
func weighted(part string) (value string, q float64) {
	value, rest, _ := strings.Cut(part, ";")
	q = 1
	for param := range strings.SplitSeq(rest, ";") {
		name, v, _ := strings.Cut(strings.TrimSpace(param), "=")
		if strings.EqualFold(name, "q") {
			f, err := strconv.ParseFloat(v, 64)
			if err != nil || !(f >= 0 && f <= 1) {
				f = 0
			}
			q = f
		}
	}
	return strings.ToLower(strings.TrimSpace(value)), q
}

func bare(media string) string {
	m, _, _ := strings.Cut(media, ";")
	return m
}
