package search

import (
	"cmp"
	"iter"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// Found is one answer.
type Found struct {
	Kind     Kind
	Name     string
	Subtitle string
	Score    float64    // 0 to 1
	Marks    [][2]int   // the parts of Name that were asked for, in runes: from, up to
	Layer    *geo.Layer // nil for a coordinate
	Position int
	Point    orb.Point // its middle, or the middle of the village it belongs to
	Placed   bool      // it has a Point
}

// Options of Find.
type Options struct {
	Limit int        // at most; 0: 10
	Near  *orb.Point // where one looks from: the nearer first among what matches as well
	Kinds []Kind     // only these; none: all
}

// Find returns what a text may mean, best first.
func (x *Index) Find(query string, o Options) []Found {
	o.Limit = cmp.Or(o.Limit, 10)
	if at, ok := ParseCoordinate(query, o.Near); ok && o.admits(Coordinate) {
		return []Found{{Kind: Coordinate, Name: strings.TrimSpace(query), Score: 1, Point: at, Placed: true}}
	}
	s := x.pool.get()
	defer x.pool.put(s)
	if docs := x.codes[strings.TrimSpace(query)]; len(docs) > 0 {
		for _, d := range docs {
			s.score(d, 1)
		}
		return x.answers(s, nil, o)
	}
	words := split(query)
	if len(words) > maxWords {
		words = words[:maxWords]
	}
	asked := questions(words)
	for _, q := range asked {
		x.ask(q, s, 0)
	}
	if len(s.hit) == 0 {
		for _, q := range asked { // one word may be wrong
			if len(q) > 1 {
				x.ask(q, s, 1)
			}
		}
	}
	return x.answers(s, words, o)
}

const maxWords = 8

// want is one thing that a question asks for: a word, or a concept by any name.
type want struct {
	folded  string
	concept concept
	letters int
	last    bool
}

// questions are the ways to read words: each by itself, two neighbours as one,
// all as one.
func questions(words []word) [][]want {
	significant := slices.DeleteFunc(slices.Clone(words), func(w word) bool { return idle(w.folded) })
	if len(significant) == 0 {
		significant = words
	}
	read := func(words []word) []want {
		var q []want
		for i := 0; i < len(words); i++ {
			w := want{folded: words[i].folded, letters: len(words[i].folded)}
			if c, n := conceptAt(words[i:]); n > 0 {
				w.concept = c
				for _, more := range words[i+1 : i+n] {
					w.folded += more.folded
				}
				i += n - 1
			}
			q = append(q, w)
		}
		if len(q) > 0 {
			q[len(q)-1].last = true
		}
		return q
	}
	all := [][]want{read(significant)}
	if n := len(significant); n > 1 {
		for i := range n - 1 {
			pair := word{folded: significant[i].folded + significant[i+1].folded}
			all = append(all, read(slices.Concat(significant[:i], []word{pair}, significant[i+2:])))
		}
		if n > 2 {
			all = append(all, read([]word{{folded: joined(significant)}}))
		}
	}
	return slices.DeleteFunc(all, func(q []want) bool { return len(q) == 0 })
}

// ask scores the things that have what a question wants, all of it but missing.
// The rarest wants come first: for the others only the things met so far count.
func (x *Index) ask(question []want, s *scratch, missing int) {
	if len(question) == 1 {
		x.askOne(question[0], s)
		return
	}
	s.begin(len(question))
	total := 0
	order := make([]int, len(question))
	things := make([]int, len(question))
	for i, w := range question {
		total += w.letters + 1
		order[i] = i
		for _, h := range x.hits(w, s) {
			things[i] += len(x.postings[h.term])
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(things[a], things[b]) })
	for n, i := range order {
		anew := n == 0 || n <= missing && question[i].concept == ""
		for _, h := range x.hits(question[i], s) {
			letters := int32(min(len(x.terms.terms[h.term]), mostLetters))
			for p := range s.worthALook(x.postings[h.term], anew) {
				s.offer(i, p.doc, h.quality*p.part.worth(), p.part, letters)
			}
		}
	}
	for _, d := range s.met {
		m := &s.docs[d]
		if int(m.wants) < len(question)-missing {
			continue
		}
		score, covered := 0.0, 0
		for i, w := range question {
			g := s.got[i][d]
			if g.round != s.round {
				continue
			}
			score += g.quality * float64(w.letters+1)
			covered += g.part.covers(w.letters, int(g.letters), g.quality)
		}
		score = x.whole(score/float64(total), covered, d)
		if missing == 1 {
			score *= 0.7
		}
		s.score(d, score)
	}
}

// askOne is ask for a single want, which may be one that most things have.
func (x *Index) askOne(w want, s *scratch) {
	for _, h := range x.hits(w, s) {
		letters := min(len(x.terms.terms[h.term]), mostLetters)
		var quality [around + 1]float64
		var covered [around + 1]int
		for p := range quality {
			quality[p] = h.quality * part(p).worth()
			covered[p] = part(p).covers(w.letters, letters, quality[p])
		}
		for _, p := range x.postings[h.term] {
			s.score(p.doc, x.whole(quality[p.part], covered[p.part], p.doc))
		}
	}
}

// whole is the score of a thing whose wants match that well and cover so many
// letters of its name.
func (x *Index) whole(quality float64, covered int, doc int32) float64 {
	return quality * (0.82 + 0.18*min(float64(covered)/float64(x.facts[doc].letters), 1))
}

// covers is how many letters of a thing's name a match stands for.
func (p part) covers(asked, has int, quality float64) int {
	if p > inAlias {
		return 0
	}
	return int(float64(min(asked, has)) * quality)
}

// hits are the terms that a want stands for.
func (x *Index) hits(w want, s *scratch) []hit {
	if hits, ok := s.hits[w]; ok {
		return hits
	}
	hits := x.terms.like(w.folded, w.last)
	if w.concept != "" {
		if t, ok := x.terms.find(conceptMark + string(w.concept)); ok {
			hits = append(hits, hit{t, 1})
		}
	}
	s.hits[w] = hits
	return hits
}

func (o Options) admits(k Kind) bool { return len(o.Kinds) == 0 || slices.Contains(o.Kinds, k) }

// answers puts the best in order.
func (x *Index) answers(s *scratch, words []word, o Options) []Found {
	type ranked struct {
		doc         int32
		score, rank float64
	}
	before := func(a, b ranked) int { return cmp.Or(cmp.Compare(b.rank, a.rank), cmp.Compare(a.doc, b.doc)) }
	near := newNearness(o.Near)
	best := make([]ranked, 0, o.Limit+1) // in order
	for _, doc := range s.hit {
		f := &x.facts[doc]
		r := ranked{doc, s.best[doc], s.best[doc] + float64(f.prior)}
		times := near.times(f)
		if len(best) == o.Limit && r.rank+nearnessAtMost(times) < best[o.Limit-1].rank || !o.admits(x.docs[doc].kind) {
			continue
		}
		r.rank += mostNearness * math.Exp(-times)
		if len(best) == o.Limit && before(best[o.Limit-1], r) < 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, r, before)
		best = slices.Insert(best, at, r)[:min(len(best)+1, o.Limit)]
	}
	var found []Found
	for _, r := range best {
		d := &x.docs[r.doc]
		found = append(found, Found{
			Kind: d.kind, Name: d.name, Subtitle: d.subtitle, Score: math.Round(min(r.score, 1)*1000) / 1000,
			Marks: marks(d.name, words), Layer: d.layer, Position: int(d.position), Point: d.point, Placed: d.placed,
		})
	}
	return found
}

// fact is what speaks for a thing whatever was asked: its kind and how much it
// matters; and where it is.
func (d *doc) fact() fact {
	f := fact{prior: float32(0.02 * d.weight), lon: float32(math.NaN()), letters: int32(d.letters)}
	switch d.kind {
	case District:
		f.prior += 0.03
	case Village, Destination:
		f.prior += 0.025
	}
	if d.placed {
		f.lon, f.lat = float32(d.point[0]), float32(d.point[1])
	}
	return f
}

// nearness speaks for what is near to where one looks from: it falls to 1/e every
// 15 km.
type nearness struct {
	from      orb.Point
	perX      float64 // how many times 15 km are in a degree
	perY      float64
	looksFrom bool
}

const mostNearness = 0.06

func newNearness(from *orb.Point) nearness {
	const perDegree = 111.0 / 15
	if from == nil {
		return nearness{}
	}
	return nearness{from: *from, perX: perDegree * math.Cos(from[1]*math.Pi/180), perY: perDegree, looksFrom: true}
}

// times is how many times 15 km a thing is away, infinite when that is not known.
func (n *nearness) times(f *fact) float64 {
	if !n.looksFrom || f.lon != f.lon {
		return math.Inf(1)
	}
	x, y := (float64(f.lon)-n.from[0])*n.perX, (float64(f.lat)-n.from[1])*n.perY
	return math.Sqrt(x*x + y*y)
}

// nearnessAtMost is a bound that takes no exponential: the beginning of its series.
func nearnessAtMost(t float64) float64 { return mostNearness / (1 + t*(1+t*(0.5+t/6))) }

// marks are the parts of a name that were asked for.
func marks(name string, asked []word) [][2]int {
	var all [][2]int
	for _, w := range split(name) {
		length := 0
		for _, a := range asked {
			switch {
			case a.folded == w.folded, len(a.folded) > 3 && strings.HasPrefix(a.folded, w.folded):
				length = w.end - w.start
			case strings.HasPrefix(w.folded, a.folded):
				length = max(length, min(len([]rune(a.folded)), w.end-w.start))
			case len(w.folded) > 3 && len(newVocabulary([]string{w.folded}).like(a.folded, false)) > 0:
				length = w.end - w.start
			}
		}
		if length > 0 {
			all = append(all, [2]int{w.start, w.start + length})
		}
	}
	return all
}

// scratch is what a search writes to.
type scratch struct {
	round int32
	docs  []metDoc  // by doc
	got   [][]got   // by want, then doc
	met   []int32   // docs met in this round
	best  []float64 // by doc, over all rounds
	hit   []int32   // docs with a best
	hits  map[want][]hit
}

type metDoc struct {
	round int32
	wants int8
}

type got struct {
	round   int32
	quality float64
	part    part
	letters int32
}

func (s *scratch) begin(wants int) {
	s.round++
	s.met = s.met[:0]
	for len(s.got) < wants {
		s.got = append(s.got, make([]got, len(s.docs)))
	}
}

// offer says that a doc has what a want asks for.
func (s *scratch) offer(want int, doc int32, quality float64, p part, letters int32) {
	m := &s.docs[doc]
	if m.round != s.round {
		*m = metDoc{round: s.round}
		s.met = append(s.met, doc)
	}
	g := &s.got[want][doc]
	if g.round != s.round {
		*g = got{round: s.round}
		m.wants++
	}
	if quality > g.quality {
		g.quality, g.part, g.letters = quality, p, letters
	}
}

func (s *scratch) score(doc int32, score float64) {
	if s.best[doc] == 0 {
		s.hit = append(s.hit, doc)
	}
	s.best[doc] = max(s.best[doc], score)
}

// worthALook are the postings of a term: all of them when things are met anew,
// else those of the things met in this round, which may be far fewer.
func (s *scratch) worthALook(all []posting, anew bool) iter.Seq[posting] {
	return func(yield func(posting) bool) {
		if !anew && len(s.met) < len(all)/16 {
			for _, d := range s.met {
				at, ok := slices.BinarySearchFunc(all, d, func(p posting, d int32) int { return cmp.Compare(p.doc, d) })
				if ok && !yield(all[at]) {
					return
				}
			}
			return
		}
		for _, p := range all {
			if (anew || s.docs[p.doc].round == s.round) && !yield(p) {
				return
			}
		}
	}
}

type scratchPool struct {
	docs int
	pool sync.Pool
}

func (p *scratchPool) get() *scratch {
	if s, ok := p.pool.Get().(*scratch); ok {
		return s
	}
	return &scratch{docs: make([]metDoc, p.docs), best: make([]float64, p.docs), hits: map[want][]hit{}}
}

func (p *scratchPool) put(s *scratch) {
	for _, d := range s.hit {
		s.best[d] = 0
	}
	s.hit = s.hit[:0]
	clear(s.hits)
	p.pool.Put(s)
}
