package search

import (
	"cmp"
	"slices"
	"strings"

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
