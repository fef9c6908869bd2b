package api

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// Basemap is a raster background that the operator chose for the map.
type Basemap struct {
	URL         string `json:"url"` // a template with {z}, {x}, {y}, and maybe {s}
	Attribution string `json:"attribution"`

	origin string // as a CSP source
}

// ParseBasemap checks a URL template such as
// "https://tile.example.org/{z}/{x}/{y}.png". It must be http or https, name z,
// x and y, and hold nothing that could break out of a security policy.
func ParseBasemap(template, attribution string) (*Basemap, error) {
	for _, name := range []string{"{z}", "{x}", "{y}"} {
		if !strings.Contains(template, name) {
			return nil, fmt.Errorf("basemap %q: %s is missing", template, name)
		}
	}
	u, err := url.Parse(strings.NewReplacer("{s}", "s", "{", "", "}", "").Replace(template))
	if err != nil {
		return nil, fmt.Errorf("basemap %q: %w", template, err)
	}
	host := u.Host
	if strings.Contains(template, "://{s}.") {
		host = "*" + strings.TrimPrefix(host, "s")
	}
	origin, err := policyOrigin(u, host)
	if err != nil {
		return nil, fmt.Errorf("basemap %q: %w", template, err)
	}
	return &Basemap{URL: template, Attribution: attribution, origin: origin}, nil
}

// policyOrigin is the scheme and host of an address as a source of a
// Content-Security-Policy; one that could break out of the policy is refused.
func policyOrigin(u *url.URL, host string) (string, error) {
	if (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil {
		return "", errors.New("want an http or https address without user name")
	}
	if strings.Trim(strings.ToLower(host), "abcdefghijklmnopqrstuvwxyz0123456789.-:*[]") != "" {
		return "", fmt.Errorf("the host %q has characters that are not allowed", host)
	}
	return u.Scheme + "://" + host, nil
}
