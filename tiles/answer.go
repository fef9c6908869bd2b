package tiles

import (
	"strconv"
	"strings"
)

// answer is a tile as it is sent: its bytes and the headers that tell of them,
// made once. Its slices are shared by responses and never changed.
type answer struct {
	body     []byte
	features int
	dropped  int
	etag     []string
	encoding []string // none for identity
	length   []string
	drops    []string
}

func newAnswer(body []byte, in coding, etag string, features, dropped int) *answer {
	a := &answer{body: body, features: features, dropped: dropped, etag: []string{etag}, length: []string{strconv.Itoa(len(body))}}
	if in != identity {
		a.encoding = []string{in.String()}
	}
	if dropped > 0 {
		a.drops = []string{strconv.Itoa(dropped)}
	}
	return a
}

// DroppedHeader tells how many features were left out of a tile that was over
// its budget.
const DroppedHeader = "Petadesa-Dropped"

// Values of headers that are the same for many answers.
func headerValues() map[string][]string {
	return map[string][]string{
		"Content-Type":                {VectorTile},
		"Access-Control-Allow-Origin": {"*"},
		"Vary":                        {"Accept-Encoding"},
	}
}

const (
	revalidate = "public, max-age=0, must-revalidate"
	immutable  = "public, max-age=31536000, immutable"
)

// matches reports whether one of the validators of If-None-Match is the tag
// (RFC 9110, 13.1.2: weakly compared).
func matches(headers []string, etag string) bool {
	for _, h := range headers {
		for len(h) > 0 {
			var one string
			one, h, _ = strings.Cut(h, ",")
			one = strings.TrimSpace(one)
			if one == "*" || strings.TrimPrefix(one, "W/") == etag {
				return true
			}
		}
	}
	return false
}
