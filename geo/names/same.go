package names

import (
	"slices"
	"strings"
)

// Same reports whether two names stand for one place, if they are close to each
// other on the map. Names in brackets count as further names.
func Same(a, b string) bool { return New(a).Same(New(b)) }

// A Name is a name ready to be compared with many.
type Name struct {
	variants []variant
}

// A variant is one of the names of a place.
type variant struct {
	key    string // without spaces
	core   string // key without the words for the kind of place in front
	kind   string // what they say; "": nothing
	digits string // all digits: Jatim Park 1 is not Jatim Park 2
}

// New makes a name ready.
func New(name string) Name {
	var n Name
	for _, part := range parts(name) {
		if v := newVariant(Fold(part)); v.key != "" {
			n.variants = append(n.variants, v)
		}
	}
	return n
}

// Keys returns the keys under which a name that is the same but for its kind is
// found: of each of its variants, without the word for the kind.
func (n Name) Keys() []string {
	var keys []string
	for _, v := range n.variants {
		if !slices.Contains(keys, v.core) {
			keys = append(keys, v.core)
		}
	}
	return keys
}

// Equal reports whether the names are the same but for case, accents, spaces,
// abbreviations, old spelling and the kind of place: Same without slips.
func (n Name) Equal(m Name) bool {
	return n.any(m, func(a, b variant) bool { return a.core == b.core })
}

// Same reports whether the names are equal, or differ by one slip: a letter that
// is missing, too many, another or exchanged with the next. From eleven letters
// on there may be two. A digit is never a slip.
func (n Name) Same(m Name) bool {
	return n.any(m, func(a, b variant) bool {
		return a.core == b.core || a.digits == b.digits && within(a.core, b.core, slips(min(len(a.core), len(b.core))))
	})
}

func (n Name) any(m Name, same func(a, b variant) bool) bool {
	for _, a := range n.variants {
		for _, b := range m.variants {
			if (a.kind == b.kind || a.kind == "" || b.kind == "") && same(a, b) {
				return true
			}
		}
	}
	return false
}

func slips(letters int) int {
	switch {
	case letters < 5:
		return 0
	case letters < 11:
		return 1
	}
	return 2
}

// parts are a name without what stands in brackets, and each of those.
func parts(name string) []string {
	var all []string
	for {
		open := strings.IndexByte(name, '(')
		if open < 0 {
			return append(all, name)
		}
		end := strings.IndexByte(name[open:], ')')
		if end < 0 {
			return append(all, name)
		}
		all = append(all, name[open+1:open+end])
		name = name[:open] + " " + name[open+end+1:]
	}
}

// kinds are the words for kinds of place; those of one group are the same kind.
var kinds = map[string]string{
	"pantai": "beach", "coban": "waterfall", "curug": "waterfall", "air terjun": "waterfall",
	"gunung": "mountain", "bukit": "hill", "candi": "temple", "pura": "pura", "gua": "cave", "pulau": "island",
	"danau": "lake", "ranu": "lake", "telaga": "lake", "waduk": "lake", "bendungan": "lake",
	"museum": "museum", "masjid": "mosque", "desa wisata": "village", "kampung wisata": "village",
	"wisata": "", "objek wisata": "", "obyek wisata": "", "taman wisata": "", "tempat wisata": "", "kawasan wisata": "", "wana wisata": "",
}

// newVariant takes words for kinds off the front of a folded name, but not its
// last word: a beach may be called Pantai.
func newVariant(folded string) variant {
	words := strings.Fields(folded)
	v := variant{key: strings.Join(words, "")}
	for len(words) > 1 {
		n := min(2, len(words)-1)
		kind, known := kinds[strings.Join(words[:n], " ")]
		if !known {
			n = 1
			if kind, known = kinds[words[0]]; !known {
				break
			}
		}
		if v.kind == "" {
			v.kind = kind
		}
		words = words[n:]
	}
	v.core = strings.Join(words, "")
	v.digits = strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, v.core)
	return v
}
