package search

import (
	"slices"
	"sort"
	"strings"
)

// vocabulary is all terms of an index, sorted, each once: a trie laid flat.
type vocabulary []string

func (v vocabulary) find(term string) (int32, bool) {
	i, ok := slices.BinarySearch(v, term)
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
// The terms are visited in order; the table of distances is kept for the letters
// that a term shares with the one before, and terms whose beginning is too far
// off already are skipped together.
func (v vocabulary) like(word string, last bool) []hit {
	if word == "" || len(word) > mostLetters {
		return nil
	}
	t := newTable(word)
	var hits []hit
	before := ""
	for i := 0; i < len(v); {
		term := v[i]
		depth, far := t.follow(term, min(shared(before, term), t.depth))
		if far {
			prefix := term[:depth]
			before = prefix
			i = v.after(i, prefix)
			continue
		}
		if q := quality(word, term, t.whole(term), int(t.begins[depth]), t.slips, last); q > 0 {
			hits = append(hits, hit{int32(i), q})
		}
		before = term[:depth]
		i++
	}
	return bestHits(hits)
}

// after returns the first term behind i that does not begin with the prefix, as
// term i does. Most are near: the steps double until they are too wide.
func (v vocabulary) after(i int, prefix string) int {
	step := 1
	for i+step < len(v) && strings.HasPrefix(v[i+step], prefix) {
		i, step = i+step, 2*step
	}
	return i + sort.Search(min(step, len(v)-i), func(k int) bool { return !strings.HasPrefix(v[i+k], prefix) })
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

// table is the distances between the beginnings of a word and of a term, those
// that may be within the slips: row d has them for the term's first d letters.
type table struct {
	word   string
	slips  int
	rows   [mostLetters + 3][]uint8
	begins [mostLetters + 3]uint8 // by row: the least distance of the whole word up to there
	depth  int                    // the last row that is worked out
}

const tooFar = 100

func newTable(word string) *table {
	t := &table{word: word, slips: allowed(len(word))}
	n := len(word) + 1
	slab := make([]uint8, (n+t.slips)*n)
	for d := range n + t.slips {
		t.rows[d] = slab[d*n : (d+1)*n]
	}
	for j := range t.rows[0] {
		t.rows[0][j] = uint8(j)
	}
	t.begins[0] = uint8(len(word))
	return t
}

// follow works out the rows for a term's letters beyond those that are known, as
// far as they can matter, and returns how far. far is set when no term with that
// beginning is like the word.
func (t *table) follow(term string, known int) (depth int, far bool) {
	end := min(len(term), len(t.word)+t.slips)
	t.depth = end
	for d := known; d < end; d++ {
		least := t.next(term, d)
		if least > t.slips && int(t.begins[d+1]) > t.slips {
			t.depth = d + 1
			return d + 1, true
		}
	}
	return end, false
}

// next works out the row after one more letter of the term, and returns its least
// distance.
func (t *table) next(term string, d int) int {
	row, last, n := t.rows[d+1], t.rows[d], len(t.word)
	from, to := max(1, d+1-t.slips), min(n, d+1+t.slips)
	row[from-1] = tooFar
	if from == 1 {
		row[0] = uint8(d + 1)
	}
	if to < n {
		row[to+1] = tooFar
	}
	least := int(row[from-1])
	if d > to { // the row above ends before this one
		last[to] = tooFar
	}
	for j := from; j <= to; j++ {
		cost := uint8(1)
		if term[d] == t.word[j-1] {
			cost = 0
		}
		best := min(last[j]+1, row[j-1]+1, last[j-1]+cost)
		if d > 0 && j > 1 && term[d] == t.word[j-2] && term[d-1] == t.word[j-1] {
			best = min(best, t.rows[d-1][j-2]+1)
		}
		row[j] = best
		least = min(least, int(best))
	}
	t.begins[d+1] = t.begins[d]
	if to == n {
		t.begins[d+1] = min(t.begins[d], row[n])
	}
	return least
}

// whole is the distance of the word from the whole term, which was followed.
func (t *table) whole(term string) int {
	if d := len(term) - len(t.word); d > t.slips || -d > t.slips {
		return tooFar
	}
	return int(t.rows[len(term)][len(t.word)])
}

// allowed is how many slips a word of that many letters may have.
func allowed(letters int) int {
	switch {
	case letters < 4:
		return 0
	case letters < 7:
		return 1
	}
	return 2
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
