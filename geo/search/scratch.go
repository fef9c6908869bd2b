package search

import (
	"cmp"
	"iter"
	"slices"
	"sync"
)

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
