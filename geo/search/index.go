package search

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// Kind is what sort of thing was found.
type Kind string

// The kinds.
const (
	Village     Kind = "village"
	District    Kind = "district"
	Destination Kind = "destination"
	Road        Kind = "road"
	Product     Kind = "product"
	Coordinate  Kind = "coordinate"
)

// Index is the names of a snapshot: immutable, safe for concurrent use.
type Index struct {
	Version string // of the snapshot

	docs     []doc
	facts    []fact // by doc
	terms    vocabulary
	postings [][]posting // by term
	codes    map[string][]int32
	pool     scratchPool
}

// doc is one thing that can be found.
type doc struct {
	layer    *geo.Layer
	position int32
	kind     Kind
	name     string
	subtitle string
	letters  int     // of the name's words, kinds of place left out where there are others: at least 1
	weight   float64 // how much it matters among its kind, 0 to 1
	point    orb.Point
	placed   bool
}

// fact is what the order of answers needs of each thing, close together: a word
// such as jalan has to look at most of them.
type fact struct {
	prior    float32 // what speaks for it whatever was asked, see prior
	lon, lat float32 // NaN when it has no place
	letters  int32
}

// posting says that a thing has a term.
type posting struct {
	doc  int32
	part part
}

// part is where a thing has a term.
type part int8

const (
	inName    part = iota // a word of its name, or several together
	inAlias               // its name in another language, its reference number
	inConcept             // the kind of place that its name or category says
	around                // what it lies in, or belongs to
)

// worth of a match by where it is.
func (p part) worth() float64 {
	switch p {
	case inName:
		return 1
	case inAlias:
		return 0.93
	case inConcept:
		return 0.8
	default:
		return 0.62
	}
}

// NewIndex indexes what of a snapshot has a name.
func NewIndex(snap *geo.Snapshot) *Index {
	b := &builder{index: &Index{Version: snap.Version, codes: map[string][]int32{}}, terms: map[string][]posting{}, villages: snap.Layer("villages")}
	for _, k := range []struct {
		collection string
		add        func(*geo.Layer, int)
	}{{"districts", b.district}, {"villages", b.village}, {"destinations", b.destination}, {"roads", b.road}, {"products", b.product}} {
		if l := snap.Layer(k.collection); l != nil {
			for i := range l.Len() {
				k.add(l, i)
			}
		}
	}
	return b.finish()
}

type builder struct {
	index    *Index
	terms    map[string][]posting
	villages *geo.Layer
	roads    map[roadKey]bool
}

func (b *builder) finish() *Index {
	x := b.index
	x.terms = newVocabulary(slices.Collect(maps.Keys(b.terms)))
	x.postings = make([][]posting, len(x.terms.terms))
	for i, term := range x.terms.terms {
		all := b.terms[term]
		slices.SortFunc(all, func(a, b posting) int { return cmp.Or(cmp.Compare(a.doc, b.doc), cmp.Compare(a.part, b.part)) })
		x.postings[i] = slices.CompactFunc(all, func(a, b posting) bool { return a.doc == b.doc })
	}
	for _, d := range x.docs {
		x.facts = append(x.facts, d.fact())
	}
	x.pool.docs = len(x.docs)
	return x
}

// add takes a thing in by its name, and returns its number.
func (b *builder) add(d doc) int32 {
	n := int32(len(b.index.docs))
	if g := d.layer.Geometry(int(d.position)); g != nil {
		d.point, d.placed = g.Bound().Center(), true
	}
	words := split(d.name)
	d.letters = letters(words)
	b.index.docs = append(b.index.docs, d)
	b.words(n, words, inName)
	return n
}

// letters of the words of a name that tell it from others of its kind.
func letters(words []word) int {
	own, all := 0, 0
	for i := 0; i < len(words); i++ {
		all += len(words[i].folded)
		if _, n := conceptAt(words[i:]); n > 0 {
			for _, w := range words[i+1 : i+n] {
				all += len(w.folded)
			}
			i += n - 1
			continue
		}
		own += len(words[i].folded)
	}
	if own > 0 {
		return own
	}
	return max(all, 1)
}

// words indexes words, words that stand beside each other as one, all of them as
// one, and the concepts that they name.
func (b *builder) words(n int32, words []word, p part) {
	for i, w := range words {
		b.term(n, w.folded, p)
		if p == around {
			continue
		}
		c, _ := conceptAt(words[i:])
		if c != "" {
			b.concept(n, c)
		}
		if i+1 < len(words) && c != "road" { // nobody writes Jalan and its name as one
			b.term(n, w.folded+words[i+1].folded, p)
		}
	}
	if c, _ := conceptAt(words); len(words) > 2 && p != around && c != "road" {
		b.term(n, joined(words), p)
	}
}

func joined(words []word) string {
	var all strings.Builder
	for _, w := range words {
		all.WriteString(w.folded)
	}
	return all.String()
}

func (b *builder) term(n int32, term string, p part) {
	const longest = 64 // letters of a term
	if term != "" && len(term) <= longest {
		b.terms[term] = append(b.terms[term], posting{n, p})
	}
}

// conceptMark begins the terms of concepts; no folded word does.
const conceptMark = "\x01"

func (b *builder) concept(n int32, c concept) { b.term(n, conceptMark+string(c), inConcept) }

func (b *builder) code(n int32, code string) {
	if code != "" {
		b.index.codes[code] = append(b.index.codes[code], n)
	}
}

func (b *builder) district(l *geo.Layer, i int) {
	name := text(l, "name", i)
	if name == "" {
		return
	}
	n := b.add(doc{layer: l, position: int32(i), kind: District, name: name, weight: 0.9})
	b.concept(n, "district")
	b.codes(n, l.ID(i))
}

func (b *builder) village(l *geo.Layer, i int) {
	name := text(l, "name", i)
	if name == "" {
		return
	}
	people := 0.0
	if c := l.Column("population"); c != nil && (c.Field.Type == geo.Integer || c.Field.Type == geo.Number) {
		people, _ = c.Float(i)
	}
	n := b.add(doc{
		layer: l, position: int32(i), kind: Village, name: name, subtitle: text(l, "district", i),
		weight: min(math.Log10(1+people)/6, 1),
	})
	b.concept(n, "village")
	b.words(n, split(text(l, "district", i)), around)
	b.codes(n, l.ID(i))
	b.code(n, text(l, "postal_code", i))
}

// codes of Kemendagri are found with and without their points.
func (b *builder) codes(n int32, id string) {
	b.code(n, id)
	if bare := strings.ReplaceAll(id, ".", ""); bare != id {
		b.code(n, bare)
	}
}

func (b *builder) destination(l *geo.Layer, i int) {
	name := text(l, "name", i)
	if name == "" {
		return
	}
	category := text(l, "category", i)
	village, district := b.inVillage(text(l, "village_code", i))
	weight := 0.5
	if text(l, "quality", i) == "" || text(l, "quality", i) == "confirmed" {
		weight = 0.7
	}
	n := b.add(doc{
		layer: l, position: int32(i), kind: Destination, name: name,
		subtitle: strings.Trim(category+", "+village, ", "), weight: weight,
	})
	b.words(n, split(text(l, "name_en", i)), inAlias)
	if c, ok := conceptOf(category); ok {
		b.concept(n, c)
	}
	b.words(n, split(category), around)
	b.words(n, split(village), around)
	b.words(n, split(district), around)
}

// roadKey makes one of the many pieces of a road: those of a name in a square of
// about 5 km.
type roadKey struct {
	name string
	x, y int
}

func (b *builder) road(l *geo.Layer, i int) {
	name, ref := text(l, "name", i), text(l, "ref", i)
	if name == "" {
		name = ref
	}
	g := l.Geometry(i)
	if name == "" || g == nil {
		return
	}
	at := g.Bound().Center()
	key := roadKey{name, int(math.Floor(at[0] / 0.05)), int(math.Floor(at[1] / 0.05))}
	if b.roads == nil {
		b.roads = map[roadKey]bool{}
	}
	if b.roads[key] {
		return
	}
	b.roads[key] = true
	class := text(l, "class", i)
	weight := 0.1
	if class == "toll" || class == "national" || class == "provincial" {
		weight = 0.4
	}
	n := b.add(doc{layer: l, position: int32(i), kind: Road, name: name, subtitle: class, weight: weight})
	b.concept(n, "road")
	b.words(n, split(ref), inAlias)
	b.words(n, split(text(l, "name_en", i)), inAlias)
}

func (b *builder) product(l *geo.Layer, i int) {
	name := text(l, "name", i)
	if name == "" {
		return
	}
	village, district := b.inVillage(text(l, "village_code", i))
	n := b.add(doc{layer: l, position: int32(i), kind: Product, name: name, subtitle: village, weight: 0.3})
	b.concept(n, "product")
	d := &b.index.docs[n]
	if v, ok := b.findVillage(text(l, "village_code", i)); ok && !d.placed {
		d.point, d.placed = b.villages.Geometry(v).Bound().Center(), true
	}
	b.words(n, split(text(l, "category", i)), around)
	b.words(n, split(village), around)
	b.words(n, split(district), around)
}

func (b *builder) findVillage(code string) (int, bool) {
	if b.villages == nil || code == "" {
		return 0, false
	}
	return b.villages.Find(code)
}

func (b *builder) inVillage(code string) (village, district string) {
	if v, ok := b.findVillage(code); ok {
		return text(b.villages, "name", v), text(b.villages, "district", v)
	}
	return "", ""
}

// text returns the value of a property, "" when there is none.
func text(l *geo.Layer, name string, i int) string {
	if c := l.Column(name); c != nil && c.Field.Type == geo.String {
		s, _ := c.Value(i).(string)
		return s
	}
	return ""
}
