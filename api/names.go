package api

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync/atomic"
	"unicode"

	"github.com/paulmach/orb"
	"golang.org/x/text/unicode/norm"

	"github.com/petadesa/petadesa/geo"
)

// nameIndex is the names of a snapshot, ready to be compared with.
type nameIndex struct {
	version string
	entries []entry
}

// entry is a feature that has a name. Folded texts are in lower case, without
// accents, their words set apart by single spaces.
type entry struct {
	layer    *geo.Layer
	position int
	kind     string // village, district, destination
	name     string
	subtitle string
	folded   string
	words    []string // of folded
	around   []string // further words, of the subtitle
	codes    []string // that match as a whole: id, postal code
}

// found is an answer of a search.
type found struct {
	*entry
	score float64 // 0 to 1
}

// searchCache keeps the names of the snapshot that was searched last.
type searchCache struct{ latest atomic.Pointer[nameIndex] }

func (c *searchCache) of(snap *geo.Snapshot) *nameIndex {
	if x := c.latest.Load(); x != nil && x.version == snap.Version {
		return x
	}
	x := &nameIndex{version: snap.Version}
	for _, kind := range []struct{ collection, kind string }{
		{"districts", "district"}, {"villages", "village"}, {"destinations", "destination"},
	} {
		if l := snap.Layer(kind.collection); l != nil {
			x.add(l, kind.kind, snap)
		}
	}
	c.latest.Store(x)
	return x
}

func (x *nameIndex) add(l *geo.Layer, kind string, snap *geo.Snapshot) {
	for i := range l.Len() {
		e := entry{layer: l, position: i, kind: kind, name: word(l, "name", i), codes: []string{strings.ToLower(l.ID(i))}}
		if e.name == "" {
			continue
		}
		switch kind {
		case "village":
			e.subtitle = word(l, "district", i)
			if code := word(l, "postal_code", i); code != "" {
				e.codes = append(e.codes, code)
			}
		case "destination":
			e.subtitle = word(l, "category", i)
			if villages := snap.Layer("villages"); villages != nil {
				if v, ok := villages.Find(word(l, "village_code", i)); ok {
					e.subtitle = strings.Trim(e.subtitle+", "+word(villages, "name", v), ", ")
				}
			}
		}
		e.folded = fold(e.name)
		e.words, e.around = strings.Fields(e.folded), strings.Fields(fold(e.subtitle))
		x.entries = append(x.entries, e)
	}
}

// find returns the best entries for a query, the nearer first among equals.
func (x *nameIndex) find(q string, near *orb.Point, limit int) []found {
	folded := fold(q)
	words := strings.Fields(folded)
	code := strings.ToLower(strings.TrimSpace(q))
	var all []found
	for i := range x.entries {
		if s := x.entries[i].score(folded, words, code); s > 0 {
			all = append(all, found{&x.entries[i], s})
		}
	}
	distance := func(f found) float64 {
		if g := f.layer.Geometry(f.position); near != nil && g != nil {
			c := g.Bound().Center()
			return math.Hypot((c[0]-near[0])*math.Cos(near[1]*math.Pi/180), c[1]-near[1])
		}
		return 0
	}
	slices.SortStableFunc(all, func(a, b found) int { // entries come in order of kind and id
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(distance(a), distance(b)))
	})
	return all[:min(limit, len(all))]
}

// score compares an entry with a query: 1 for the very name or code, less for
// its beginning, less for words in any order, least with words of the subtitle.
// Each word of the query must begin a word of the entry; 0 when one does not.
func (e *entry) score(folded string, words []string, code string) float64 {
	if slices.Contains(e.codes, code) || folded != "" && e.folded == folded {
		return 1
	}
	if len(words) == 0 {
		return 0
	}
	share := float64(len(folded)) / float64(max(len(e.folded), len(folded)))
	if strings.HasPrefix(e.folded, folded) || strings.HasPrefix(strings.ReplaceAll(e.folded, " ", ""), strings.ReplaceAll(folded, " ", "")) {
		return 0.8 + 0.15*share
	}
	inName := true
	for _, w := range words {
		begins := func(other string) bool { return strings.HasPrefix(other, w) }
		if slices.ContainsFunc(e.words, begins) {
			continue
		}
		if !slices.ContainsFunc(e.around, begins) {
			return 0
		}
		inName = false
	}
	if inName {
		return 0.6 + 0.15*share
	}
	return 0.4 + 0.15*share
}

// fold makes texts comparable: lower case, no accents, words of letters and
// digits set apart by single spaces.
func fold(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		default:
			gap = true
		}
	}
	return b.String()
}

// word returns the text of a property, "" when there is none.
func word(l *geo.Layer, name string, i int) string {
	if c := l.Column(name); c != nil {
		if s, ok := c.Value(i).(string); ok {
			return s
		}
	}
	return ""
}
