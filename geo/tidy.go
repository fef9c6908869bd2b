package geo

import (
	"slices"

	"github.com/paulmach/orb"
)

// sliver is how wide, in Shape units, an overlap or a gap between neighbours may
// be on average and still be taken for a fault of drawing: about 30 m at the
// equator. Wider ones are taken for what the data say.
const sliver = 3300

// tidy makes a coverage of polygons that nearly are one: a sliver that two
// neighbours both claim, or neither, goes to the one with the longest border
// along it. What is a clean coverage already is left as it is, and so are
// features that lie on top of each other on purpose; the stored geometry always
// is. It reports whether it changed anything.
func (b *shapeBuilder) tidy(at nodes) bool {
	if !slices.Contains(b.closed, true) || slices.Contains(b.closed, false) {
		return false
	}
	w := newArrangement(&b.Shape, at)
	splits, ok := w.cut()
	b.Planar = ok && splits == 0
	if !ok || splits == 0 && !w.hasNarrowGap() {
		return false
	}
	f := newFaces(w)
	if !f.nearlyCoverage() || f.assign() == 0 {
		return false
	}
	b.redraw(f)
	b.Planar = true // its edges are those of an arrangement
	return true
}

// hasNarrowGap reports whether the loose edges alone enclose a sliver.
func (w *arrangement) hasNarrowGap() bool {
	loose := &arrangement{x: w.x, y: w.y}
	for _, e := range w.edges {
		if e.loose() {
			loose.edges = append(loose.edges, e)
		}
	}
	f := newFaces(loose)
	for i := range f.area {
		if len(f.label[i]) == 0 && f.narrow(int32(i)) {
			return true
		}
	}
	return false
}

func (f *faces) narrow(face int32) bool {
	return f.area[face] > 0 && 2*f.area[face] < f.width*f.round[face]
}

// nearlyCoverage reports whether features hardly overlap but in slivers: by less
// than a hundredth of what they cover. Areas of signal, say, overlap on purpose.
func (f *faces) nearlyCoverage() bool {
	covered, overlap := 0.0, 0.0
	for i, l := range f.label {
		if f.area[i] <= 0 || len(l) == 0 {
			continue
		}
		covered += f.area[i]
		if len(l) > 1 && !f.narrow(int32(i)) {
			overlap += f.area[i]
		}
	}
	return overlap < covered/100
}

// assign gives each sliver to one feature and returns how many there were.
func (f *faces) assign() int {
	var slivers []int32
	for i := range f.label {
		if len(f.label[i]) != 1 && f.narrow(int32(i)) {
			slivers = append(slivers, int32(i))
		}
	}
	f.give(slivers)
	return len(slivers)
}

// give gives each of the faces to the feature around it that has the best claim,
// and returns those that none has a claim on.
func (f *faces) give(slivers []int32) []int32 {
	waiting := slices.Clone(slivers)
	for len(waiting) > 0 { // a sliver inside others waits until one of them has an owner
		var still []int32
		owners := make(map[int32]int32)
		for _, s := range waiting {
			if owner := f.heir(s); owner >= 0 {
				owners[s] = owner
			} else {
				still = append(still, s)
			}
		}
		for s, owner := range owners {
			f.claim(s, owner)
		}
		if len(still) == len(waiting) {
			break
		}
		waiting = still
	}
	return waiting
}

// heir returns the feature with the longest border along a sliver, among those
// that claim it if any do; −1: none yet.
func (f *faces) heir(s int32) int32 {
	length := map[int32]float64{}
	f.around(s, func(h uint32) {
		if l := f.label[f.face[h^1]]; len(l) == 1 && (len(f.label[s]) == 0 || slices.Contains(f.label[s], l[0])) {
			dx, dy := f.direction(h)
			length[l[0]] += float64(dx)*float64(dx) + float64(dy)*float64(dy)
		}
	})
	best := int32(-1)
	for feature, l := range length {
		if best < 0 || l > length[best] || l == length[best] && feature < best {
			best = feature
		}
	}
	return best
}

// redraw replaces the parts of the shape by the faces of each feature.
func (b *shapeBuilder) redraw(f *faces) {
	outlines := make([]outline, len(b.Feats)-1)
	at := func(n uint32) orb.Point { return orb.Point{float64(f.x[n]), -float64(f.y[n])} }
	for h := range uint32(len(f.next)) {
		inside, across := f.label[f.face[h]], f.label[f.face[h^1]]
		for _, feature := range inside {
			if slices.Contains(across, feature) {
				continue
			}
			if outlines[feature] == nil {
				outlines[feature] = outline{}
			}
			// With −y, as outlines want it, the face is on the other side: turn back.
			from, to := at(f.from(h^1)), at(f.from(h))
			outlines[feature][from] = append(outlines[feature][from], to)
		}
	}
	out := shapeBuilder{}
	out.Parts, out.Feats = []uint32{0}, []uint32{0}
	for _, o := range outlines {
		for _, p := range nest(o.trace()) {
			for i, r := range p {
				for _, v := range r[:len(r)-1] {
					out.X, out.Y = append(out.X, uint32(v[0])), append(out.Y, uint32(-v[1]))
				}
				out.Parts = append(out.Parts, uint32(len(out.X)))
				out.Hole, out.closed = append(out.Hole, i > 0), append(out.closed, true)
			}
		}
		out.Feats = append(out.Feats, uint32(len(out.Parts)-1))
	}
	*b = out
}
