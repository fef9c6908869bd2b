package search

import (
	"slices"
	"strings"
)

// vocabulary is all terms of an index, sorted, each once: a trie laid flat. What
// each shares with the one before makes its branches: those that cannot match are
// passed over without a look at their letters.
type vocabulary struct {
	terms  []string
	shared []uint8 // by term: how many letters it has in common with the one before, up to mostLetters
	less   []int32 // by term: the first one behind it that shares less with the one before
}

func newVocabulary(terms []string) vocabulary {
	slices.Sort(terms)
	side := strings.Join(terms, "") // all beside each other: they are read in order
	for i, term := range terms {
		terms[i], side = side[:len(term)], side[len(term):]
	}
	v := vocabulary{terms: terms, shared: make([]uint8, len(terms)), less: make([]int32, len(terms))}
	for i := 1; i < len(terms); i++ {
		v.shared[i] = uint8(min(shared(terms[i-1], terms[i]), mostLetters))
	}
	for i := len(terms) - 1; i >= 0; i-- {
		next := i + 1
		for next < len(terms) && v.shared[next] >= v.shared[i] {
			next = int(v.less[next])
		}
		v.less[i] = int32(next)
	}
	return v
}

func (v vocabulary) find(term string) (int32, bool) {
	i, ok := slices.BinarySearch(v.terms, term)
	return int32(i), ok
}

// hit is a term like one that was asked for.
type hit struct {
	term    int32
	quality float64 // 1: the same
}

// mostHits bounds how many terms a beginning stands for; the best are kept.
const mostHits = 400

// like returns the terms that a word stands for: the word itself, those it
// begins, and those within a few slips of it or of their beginning. Slips are
// counted as by Damerau and Levenshtein: a letter too many, missing, another, or
// exchanged with the next.
//
// The terms are visited in order; what is known of its distances is kept for the
// letters that a term shares with the one before, and terms whose beginning is too far
// off already are skipped together.
func (v vocabulary) like(word string, last bool) []hit {
	if word == "" || len(word) > mostLetters {
		return nil
	}
	if allowed(len(word)) == 0 {
		return v.begunBy(word, last)
	}
	t := newAutomaton(word)
	var hits []hit
	for i := 0; i < len(v.terms); {
		term := v.terms[i]
		depth, far := t.follow(term, min(int(v.shared[i]), t.depth))
		if far {
			i = v.after(i, depth)
			continue
		}
		if q := quality(word, term, t.whole(term), int(t.begins[depth]), t.slips, last); q > 0 {
			hits = append(hits, hit{int32(i), q})
		}
		i++
	}
	return bestHits(hits)
}

// begunBy returns the terms that begin with a word too short for slips.
func (v vocabulary) begunBy(word string, last bool) []hit {
	from, _ := slices.BinarySearch(v.terms, word)
	var hits []hit
	for i := from; i < len(v.terms) && (i == from || int(v.shared[i]) >= len(word)); i++ {
		term := v.terms[i]
		if i == from && !strings.HasPrefix(term, word) {
			break
		}
		whole := tooFar
		if len(term) == len(word) {
			whole = 0
		}
		hits = append(hits, hit{int32(i), quality(word, term, whole, 0, 0, last)})
	}
	return bestHits(hits)
}

// after returns the first term behind i that shares less than that many letters
// with term i.
func (v vocabulary) after(i, letters int) int {
	for i++; i < len(v.shared) && int(v.shared[i]) >= letters; i = int(v.less[i]) {
	}
	return i
}

// bestHits keeps the most alike: among those at the edge the first in order.
func bestHits(hits []hit) []hit {
	if len(hits) <= mostHits {
		return hits
	}
	const steps = 1000
	var count [steps + 1]int
	for _, h := range hits {
		count[int(h.quality*steps)]++
	}
	least, kept := steps, count[steps]
	for least > 0 && kept < mostHits {
		least--
		kept += count[least]
	}
	edge := kept - mostHits // too many at the edge
	for i := len(hits) - 1; i >= 0; i-- {
		if q := int(hits[i].quality * steps); q < least || q == least && edge > 0 {
			if q == least {
				edge--
			}
			hits[i].quality = 0
		}
	}
	return slices.DeleteFunc(hits, func(h hit) bool { return h.quality == 0 })
}

const mostLetters = 60

// mostSlips that a word may have.
const mostSlips = 2

// automaton reads a term letter by letter and knows how far the beginnings of a
// word are from what it has read: all of them at once, as bits of a word of the
// machine (Wu and Manber, Fast Text Searching Allowing Errors, 1992, with the
// exchange of two letters added).
type automaton struct {
	slips  int
	end    uint64                 // the bit of the whole word
	has    [256]uint64            // by letter: bit j when it is the word's j-th, from 1
	within [mostLetters + 3]state // by letters read: bit j of e when the word's first j are within e slips
	begins [mostLetters + 3]uint8 // by letters read: the least distance of the whole word up to there
	depth  int                    // how many letters are read
	most   int                    // how many letters can matter
	second uint64                 // all bits when a second slip is allowed, else none
}

type state [mostSlips + 1]uint64

const tooFar = 100

func newAutomaton(word string) *automaton {
	t := &automaton{slips: allowed(len(word)), end: 1 << len(word)}
	t.most = len(word) + t.slips
	if t.slips == mostSlips {
		t.second = ^uint64(0)
	}
	for j := range len(word) {
		t.has[word[j]] |= 2 << j
	}
	for e := range t.within[0] {
		t.within[0][e] = 2<<e - 1
	}
	t.begins[0] = uint8(min(len(word), tooFar))
	return t
}

// follow reads a term's letters beyond those that are known, as far as they can
// matter, and returns how far. far is set when no term with that beginning is like
// the word.
func (t *automaton) follow(term string, known int) (depth int, far bool) {
	t.depth = min(len(term), t.most)
	term = term[:t.depth]
	if known >= len(term) {
		return t.depth, false
	}
	row, begins := t.within[known], t.begins[known]
	var before state // of one letter less, and which that letter is
	var has uint64
	if known > 0 {
		before, has = t.within[known-1], t.has[term[known-1]]
	}
	second := t.second
	for d := known; d < len(term); d++ {
		last := has
		has = t.has[term[d]]
		exchanged := has << 1 & last // with the letter before
		var next state
		next[0] = row[0] << 1 & has
		// The same letter; one too many, another, one missing; two exchanged.
		next[1] = row[1]<<1&has | row[0] | (row[0]|next[0])<<1 | before[0]<<2&exchanged
		next[2] = (row[2]<<1&has | row[1] | (row[1]|next[1])<<1 | before[1]<<2&exchanged) & second
		before, row = row, next
		t.within[d+1] = next
		if within := next[1] | next[2]; within&t.end != 0 {
			begins = min(begins, uint8(t.distance(d+1)))
		} else if within == 0 && int(begins) > t.slips {
			t.begins[d+1] = begins
			t.depth = d + 1
			return d + 1, true
		}
		t.begins[d+1] = begins
	}
	return t.depth, false
}

// distance of the whole word from a term's first d letters, which were read;
// tooFar when it is beyond the slips.
func (t *automaton) distance(d int) int {
	for e := range t.slips + 1 {
		if t.within[d][e]&t.end != 0 {
			return e
		}
	}
	return tooFar
}

// whole is the distance of the word from the whole term, which was followed.
func (t *automaton) whole(term string) int {
	if len(term) > t.most {
		return tooFar
	}
	return t.distance(len(term))
}

// allowed is how many slips a word of that many letters may have.
func allowed(letters int) int {
	switch {
	case letters < 4:
		return 0
	case letters < 7:
		return 1
	}
	return mostSlips
}

// quality says how alike a word and a term are, 0 to 1; whole is their distance,
// begins that of the word from the nearest beginning of the term.
func quality(word, term string, whole, begins, slips int, last bool) float64 {
	share := float64(len(word)) / float64(max(len(term), len(word)))
	switch {
	case whole == 0:
		return 1
	case whole <= slips && (begins > 0 || whole < 2):
		q := 0.86 - 0.9*float64(whole)/float64(len(word))
		if word[0] != term[0] {
			q -= 0.08
		}
		if begins == 0 {
			q = max(q, 0.75+0.2*share)
		}
		return q
	case begins == 0:
		q := 0.7 + 0.22*share
		if !last {
			q -= 0.08
		}
		return q
	case begins <= slips && begins < len(word)/3:
		return 0.62 - 0.9*float64(begins)/float64(len(word)) + 0.1*share
	}
	return 0
}

func shared(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}
