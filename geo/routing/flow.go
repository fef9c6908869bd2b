package routing

// flow finds small sets of nodes that separate the first quarter of a list of
// nodes, the sources, from the last, the sinks: a maximum flow in which every node
// but the sources carries at most one unit, sent a path at a time (Ford and
// Fulkerson 1956). Each node has a side where units enter it, 2n, and one where
// they leave, 2n+1, so that what is cut is nodes.
type flow struct {
	topology
	role  []role
	next  []int32 // where the one unit through a node goes on to; a sink's is itself
	prev  []int32 // where it came from
	seen  []int32 // by side: the round in which it was reached
	from  []int32 // by side: the side it was reached from
	round int32
	queue []int32
	path  []int32
}

type role int8

const (
	between role = iota
	source
	sink
)

const none = int32(-1)

func newFlow(t topology) *flow {
	n := len(t.first) - 1
	return &flow{topology: t, role: make([]role, n), next: make([]int32, n), prev: make([]int32, n), seen: make([]int32, 2*n), from: make([]int32, 2*n)}
}

// separate returns a smallest separator of the nodes, which make up a part, and
// the nodes on its two sides; or nothing once it would not be smaller than most.
func (f *flow) separate(nodes, part []int32, own int32, most int) (separator, left, right []int32, found bool) {
	quarter := max(len(nodes)/4, 1)
	for i, n := range nodes {
		f.next[n], f.prev[n], f.role[n] = none, none, between
		switch {
		case i < quarter:
			f.role[n] = source
		case i >= len(nodes)-quarter:
			f.role[n] = sink
		}
	}
	for units := 0; f.augment(nodes[:quarter], part, own); {
		if units++; units >= most {
			return nil, nil, nil, false
		}
	}
	// The last search reached no sink. Where it entered a node and could not leave
	// it, that node is in the separator.
	for _, n := range nodes {
		switch {
		case f.seen[2*n+1] == f.round:
			left = append(left, n)
		case f.seen[2*n] == f.round:
			separator = append(separator, n)
		default:
			right = append(right, n)
		}
	}
	return separator, left, right, true
}

// augment looks by breadth for one more path from a source to a sink, and sends a
// unit along it.
func (f *flow) augment(sources, part []int32, own int32) bool {
	f.round++
	f.queue = f.queue[:0]
	for _, s := range sources {
		f.reach(2*s+1, none)
	}
	for head := 0; head < len(f.queue); head++ {
		side := f.queue[head]
		n := side / 2
		switch {
		case side%2 == 0 && f.next[n] == none && f.role[n] == sink:
			f.send(side)
			return true
		case side%2 == 0 && f.next[n] == none: // through it
			f.reach(2*n+1, side)
		case side%2 == 0: // it is taken: back along the unit that came
			f.reach(2*f.prev[n]+1, side)
		default:
			for _, m := range f.neighbours(n) {
				if part[m] == own && f.role[m] != source && f.next[n] != m {
					f.reach(2*m, side)
				}
			}
			if f.role[n] != source && f.next[n] != none { // back through it
				f.reach(2*n, side)
			}
		}
	}
	return false
}

func (f *flow) reach(side, from int32) {
	if f.seen[side] != f.round {
		f.seen[side], f.from[side] = f.round, from
		f.queue = append(f.queue, side)
	}
}

// send turns the units along the path that ends on a side of a sink.
func (f *flow) send(side int32) {
	f.path = f.path[:0]
	for s := side; s != none; s = f.from[s] {
		f.path = append(f.path, s)
	}
	for i := len(f.path) - 1; i > 0; i-- {
		a, b := f.path[i], f.path[i-1]
		switch {
		case a%2 == 0: // through a node, or back to where its unit came from
		case a/2 == b/2: // back through a node: no unit passes it any more
			f.next[a/2], f.prev[a/2] = none, none
		default:
			if f.role[a/2] != source {
				f.next[a/2] = b / 2
			}
			f.prev[b/2] = a / 2
		}
	}
	f.next[side/2] = side / 2
}
