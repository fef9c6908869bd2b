package api

import (
	"net/http"
	"net/netip"
	"regexp"
	"slices"
	"strings"
)

var (
	hostPattern   = regexp.MustCompile(`^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?$`)
	prefixPattern = regexp.MustCompile(`^(/[A-Za-z0-9._~-]+)+$`)
)

// baseURL returns scheme, host and path prefix under which the client reached
// the service, without a slash at the end: what absolute links begin with. What
// a proxy says of it (X-Forwarded-Proto, -Host, -Port, -Prefix) is believed only
// from a trusted peer, and only when it is well formed.
func (s *service) baseURL(r *http.Request) string {
	scheme, host, prefix := "http", r.Host, ""
	if r.TLS != nil {
		scheme = "https"
	}
	if s.trusts(r.RemoteAddr) {
		if p := first(r, "X-Forwarded-Proto"); p == "http" || p == "https" {
			scheme = p
		}
		if h := first(r, "X-Forwarded-Host"); hostPattern.MatchString(h) {
			host = h
		}
		if p := first(r, "X-Forwarded-Port"); p != "" && hostPattern.MatchString("h:"+p) && !hasPort(host) && !isDefaultPort(scheme, p) {
			host += ":" + p
		}
		if p := strings.TrimSuffix(first(r, "X-Forwarded-Prefix"), "/"); prefixPattern.MatchString(p) {
			prefix = p
		}
	}
	if !hostPattern.MatchString(host) {
		host = "localhost"
	}
	return scheme + "://" + host + prefix
}

func (s *service) trusts(peer string) bool {
	if len(s.TrustedProxies) == 0 {
		return false
	}
	a, err := netip.ParseAddrPort(peer)
	return err == nil && s.trustsAddress(a.Addr().Unmap())
}

func (s *service) trustsAddress(a netip.Addr) bool {
	return slices.ContainsFunc(s.TrustedProxies, func(p netip.Prefix) bool { return p.Contains(a) })
}

// first returns the first value of a list header: the one nearest the client.
func first(r *http.Request, header string) string {
	v, _, _ := strings.Cut(r.Header.Get(header), ",")
	return strings.TrimSpace(v)
}

func hasPort(host string) bool {
	return strings.LastIndexByte(host, ':') > strings.LastIndexByte(host, ']')
}

func isDefaultPort(scheme, port string) bool {
	return scheme == "http" && port == "80" || scheme == "https" && port == "443"
}
