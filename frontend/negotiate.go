package frontend

import (
	"strconv"
	"strings"
)

// negotiate picks "br", "gzip" or "" (identity) for an Accept-Encoding header,
// by quality first and then in that order (RFC 9110, 12.5.3). An absent header
// and one that refuses everything both give identity.
func negotiate(header string) string {
	quality := map[string]float64{}
	for part := range strings.SplitSeq(header, ",") {
		coding, parameters, _ := strings.Cut(part, ";")
		q := 1.0
		if value, found := strings.CutPrefix(strings.ReplaceAll(parameters, " ", ""), "q="); found {
			parsed, err := strconv.ParseFloat(value, 64)
			if err != nil {
				parsed = 0
			}
			q = parsed
		}
		quality[strings.ToLower(strings.TrimSpace(coding))] = q
	}
	best, bestQuality := "", 0.0
	for _, coding := range []string{"br", "gzip"} {
		q, named := quality[coding]
		if !named {
			q = quality["*"]
		}
		if q > bestQuality {
			best, bestQuality = coding, q
		}
	}
	if quality["identity"] > bestQuality {
		return ""
	}
	return best
}

// matches reports whether an If-None-Match header names the tag, comparing
// weakly as RFC 9110, 13.1.2 asks.
func matches(header, etag string) bool {
	for candidate := range strings.SplitSeq(header, ",") {
		candidate = strings.TrimPrefix(strings.TrimSpace(candidate), "W/")
		if candidate == etag || candidate == "*" {
			return true
		}
	}
	return false
}
