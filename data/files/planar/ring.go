package planar

import (
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// closable is how wide the gap of a ring that is not closed may be to be closed,
// as a part of its length: the side of a square is a quarter, and more likely
// lost than left out.
const closable = 0.01

// CloseRing ends a ring where it begins, if the gap is tiny. It returns its
// width in degrees, 0 when there is none.
func CloseRing(r orb.Ring) (closed orb.Ring, gap float64) {
	if len(r) < 3 || r[0] == r[len(r)-1] {
		return r, 0
	}
	length := 0.0
	for i := 1; i < len(r); i++ {
		length += math.Hypot(r[i][0]-r[i-1][0], r[i][1]-r[i-1][1])
	}
	first, last := r[0], r[len(r)-1]
	gap = math.Hypot(last[0]-first[0], last[1]-first[1])
	switch {
	case gap > closable*length:
		return r, 0
	case gap < 1e-7: // a centimetre: the same point, written another way
		r[len(r)-1] = first
		return r, gap
	}
	return append(r, first), gap
}

// CutSpikes takes the vertices out of a closed ring at which it turns back on
// itself exactly, and returns how many. A ring that is nothing else is left as it
// is.
func CutSpikes(r orb.Ring) (orb.Ring, int) {
	if len(r) < 4 || r[0] != r[len(r)-1] || !slices.ContainsFunc(spikes(r), func(b bool) bool { return b }) {
		return r, 0
	}
	path := slices.Clone(r[:len(r)-1])
	for changed := true; changed && len(path) >= 3; {
		changed = false
		for i := 0; i < len(path) && len(path) >= 3; {
			before, at, after := path[(i+len(path)-1)%len(path)], path[i], path[(i+1)%len(path)]
			if at == after || turnsBack(before, at, after) {
				path = slices.Delete(path, i, i+1)
				changed = true
				i = max(0, i-1)
				continue
			}
			i++
		}
	}
	if len(path) < 3 {
		return r, 0
	}
	return append(path, path[0]), len(r) - 1 - len(path)
}

// spikes marks the vertices at which a closed ring turns back.
func spikes(r orb.Ring) []bool {
	n := len(r) - 1
	at := make([]bool, n)
	for i := range n {
		at[i] = turnsBack(r[(i+n-1)%n], r[i], r[i+1])
	}
	return at
}

func turnsBack(a, b, c orb.Point) bool {
	return (a[0]-b[0])*(c[0]-b[0])+(a[1]-b[1])*(c[1]-b[1]) > 0 && geo.Orient(a, b, c) == 0
}

// Split returns a closed ring with a vertex wherever it meets itself, and how
// many meetings there are; false when there are too many, or no end of them.
func Split(r orb.Ring) (orb.Ring, bool) {
	for range 4 { // a crossing is rounded, which bends edges a little: they may meet others
		at := make(map[int][]orb.Point)
		n := 0
		eachMeeting(r, func(edge int, p orb.Point) bool {
			if p != r[edge] && p != r[edge+1] && !slices.Contains(at[edge], p) {
				at[edge] = append(at[edge], p)
				n++
			}
			return n <= maxMeetings
		})
		if n == 0 {
			return r, true
		}
		if n > maxMeetings {
			return r, false
		}
		var with orb.Ring
		for i := range len(r) - 1 {
			along := func(p orb.Point) float64 {
				return (p[0]-r[i][0])*(r[i+1][0]-r[i][0]) + (p[1]-r[i][1])*(r[i+1][1]-r[i][1])
			}
			slices.SortFunc(at[i], func(p, q orb.Point) int {
				if along(p) < along(q) {
					return -1
				}
				return 1
			})
			with = append(append(with, r[i]), at[i]...)
		}
		r = append(with, r[0])
	}
	return r, false
}

// maxMeetings bounds the work on a ring that is scribble.
const maxMeetings = 1000

// Loops takes a closed ring that meets itself only in vertices apart into rings
// that pass each point once. What it walks there and back is gone.
func Loops(r orb.Ring) []orb.Ring {
	var out []orb.Ring
	path := orb.Ring{r[0]}
	at := map[orb.Point]int{r[0]: 0}
	for _, p := range r[1:] {
		i, seen := at[p]
		if !seen {
			at[p] = len(path)
			path = append(path, p)
			continue
		}
		if loop := append(slices.Clone(path[i:]), p); len(loop) >= 4 && Turn(loop) != 0 {
			out = append(out, loop)
		}
		for _, q := range path[i+1:] {
			delete(at, q)
		}
		path = path[:i+1]
	}
	return out
}

// Turn is twice the signed area of a ring in its own coordinates, taken from
// its first point so that distance from the origin costs no digits. A ring of
// three corners has none when they are in line, exactly.
func Turn(r orb.Ring) float64 {
	if len(r) == 4 && geo.Orient(r[0], r[1], r[2]) == 0 {
		return 0
	}
	var sum float64
	for i := 1; i+1 < len(r); i++ {
		ax, ay := r[i][0]-r[0][0], r[i][1]-r[0][1]
		bx, by := r[i+1][0]-r[0][0], r[i+1][1]-r[0][1]
		sum += ax*by - ay*bx
	}
	return sum
}
