package search

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"
)

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
