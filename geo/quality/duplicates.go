package quality

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"

	"github.com/petadesa/petadesa/geo/names"
)

// Distances in metres between what is said to be one place.
const (
	NearM = 700  // so near, the same name in any spelling is the same place
	FarM  = 5000 // farther apart, the same name means that one position is wrong, or two places
)

// A Mention is one source's word on a place.
type Mention struct {
	Name     string
	At       orb.Point
	Located  bool   // At is known
	Village  string // declared; "": not said
	District string
}

// Duplicates is what mentions of places have in common.
type Duplicates struct {
	// Groups are mentions of one place, positions in ascending order, each of at
	// least two: the same name within NearM, or without a position in the same
	// district.
	Groups [][]int
	// Near are pairs of groups or single mentions of equal name, farther apart
	// than NearM but not than FarM: one large place, or an inexact position. Each
	// by its first mention.
	Near []Apart
	// Conflicts are such that are farther apart than FarM and do not say that
	// they are in different districts.
	Conflicts []Apart
}

// Apart is two mentions of a name in two positions.
type Apart struct {
	Keep      int // in the position that more mentions agree on, or that says where it is
	Doubt     int
	DistanceM float64
}

// FindDuplicates compares mentions by name and position. It takes time in
// proportion to their number, but for places crowded within NearM of each other.
func FindDuplicates(mentions []Mention) Duplicates {
	d := finder{mentions: mentions, ready: make([]names.Name, len(mentions)), parent: make([]int, len(mentions))}
	for i, m := range mentions {
		d.ready[i], d.parent[i] = names.New(m.Name), i
	}
	d.joinNear()
	d.joinUnlocated()
	return d.result()
}

type finder struct {
	mentions []Mention
	ready    []names.Name
	parent   []int
}

func (d *finder) root(i int) int {
	for d.parent[i] != i {
		d.parent[i] = d.parent[d.parent[i]]
		i = d.parent[i]
	}
	return i
}

func (d *finder) join(i, j int) {
	a, b := d.root(i), d.root(j)
	d.parent[max(a, b)] = min(a, b)
}

// joinNear joins located mentions of the same name: it looks into the cells of a
// lattice around each.
func (d *finder) joinNear() {
	type cell [2]int
	const degrees = NearM / 110000.0
	at := func(p orb.Point) cell {
		return cell{int(math.Floor(p[0] * math.Cos(math.Round(p[1])*math.Pi/180) / degrees)), int(math.Floor(p[1] / degrees))}
	}
	cells := map[cell][]int{}
	for i, m := range d.mentions {
		if !m.Located {
			continue
		}
		c := at(m.At)
		for dx := -2; dx <= 2; dx++ {
			for dy := -1; dy <= 1; dy++ {
				for _, j := range cells[cell{c[0] + dx, c[1] + dy}] {
					if d.ready[i].Same(d.ready[j]) && orbgeo.DistanceHaversine(m.At, d.mentions[j].At) <= NearM {
						d.join(i, j)
					}
				}
			}
		}
		cells[c] = append(cells[c], i)
	}
}

// joinUnlocated joins mentions without a position to those of an equal name, or
// of the same name in any spelling in the same district, if what both declare
// does not speak against it: to all that have no position either, and to one
// place that has, one in the district it declares if there is one.
func (d *finder) joinUnlocated() {
	byKey := map[string][]int{}
	for i, m := range d.mentions {
		for _, k := range d.ready[i].Keys() {
			byKey[k] = append(byKey[k], i)
		}
		if m.District != "" {
			byKey[" "+names.Key(m.District)] = append(byKey[" "+names.Key(m.District)], i)
		}
	}
	for i, m := range d.mentions {
		if m.Located {
			continue
		}
		keys := d.ready[i].Keys()
		if m.District != "" {
			keys = append(keys, " "+names.Key(m.District))
		}
		var declared, others []int // located mentions
		for _, k := range keys {
			for _, j := range byKey[k] {
				same := d.sayTheSame(i, j)
				switch {
				case j == i || d.apart(i, j) || !d.ready[i].Equal(d.ready[j]) && !(same && d.ready[i].Same(d.ready[j])):
				case !d.mentions[j].Located:
					d.join(i, j)
				case same:
					declared = append(declared, j)
				default:
					others = append(others, j)
				}
			}
		}
		if len(declared) > 0 {
			d.join(i, d.mostMentioned(declared))
		} else if len(others) > 0 {
			d.join(i, d.mostMentioned(others))
		}
	}
}

func (d *finder) sayTheSame(i, j int) bool {
	a, b := d.mentions[i].District, d.mentions[j].District
	return a != "" && names.Key(a) == names.Key(b)
}

// mostMentioned is of mentions one in the group that most of them are in.
func (d *finder) mostMentioned(mentions []int) int {
	count := map[int]int{}
	for _, j := range mentions {
		count[d.root(j)]++
	}
	return slices.MaxFunc(mentions, func(a, b int) int {
		return cmp.Or(cmp.Compare(count[d.root(a)], count[d.root(b)]), cmp.Compare(b, a))
	})
}

// apart reports whether two mentions say that they are in different districts.
func (d *finder) apart(i, j int) bool {
	a, b := d.mentions[i].District, d.mentions[j].District
	return a != "" && b != "" && names.Key(a) != names.Key(b)
}

func (d *finder) result() Duplicates {
	groups := map[int][]int{}
	for i := range d.mentions {
		groups[d.root(i)] = append(groups[d.root(i)], i)
	}
	var result Duplicates
	places := map[string][]int{} // by key: the groups that have a position
	for i := range d.mentions {
		g := groups[i]
		if len(g) == 0 { // not a root
			continue
		}
		if len(g) > 1 {
			result.Groups = append(result.Groups, g)
		}
		if d.located(g) < 0 {
			continue
		}
		for _, k := range d.ready[i].Keys() {
			places[k] = append(places[k], i)
		}
	}
	seen := map[[2]int]bool{}
	for i := range d.mentions {
		for _, k := range d.ready[i].Keys() {
			for _, j := range places[k] {
				if groups[i] == nil || d.located(groups[i]) < 0 || j <= i || seen[[2]int{i, j}] || !d.ready[i].Equal(d.ready[j]) || d.groupsApart(groups[i], groups[j]) {
					continue
				}
				seen[[2]int{i, j}] = true
				a := d.judge(groups[i], groups[j])
				if a.DistanceM > FarM {
					result.Conflicts = append(result.Conflicts, a)
				} else {
					result.Near = append(result.Near, a)
				}
			}
		}
	}
	return result
}

func (d *finder) located(group []int) int {
	return slices.IndexFunc(group, func(i int) bool { return d.mentions[i].Located })
}

func (d *finder) groupsApart(a, b []int) bool {
	for _, i := range a {
		for _, j := range b {
			if d.apart(i, j) {
				return true
			}
		}
	}
	return false
}

// judge says which of two positions of a name is in doubt: the one that fewer
// mentions have, then the one of which fewer say the village or district.
func (d *finder) judge(a, b []int) Apart {
	weight := func(group []int) (located, declared int) {
		for _, i := range group {
			if d.mentions[i].Located {
				located++
			}
			if d.mentions[i].Village != "" || d.mentions[i].District != "" {
				declared++
			}
		}
		return located, declared
	}
	al, ad := weight(a)
	bl, bd := weight(b)
	if cmp.Or(cmp.Compare(al, bl), cmp.Compare(ad, bd)) < 0 {
		a, b = b, a
	}
	keep, doubt := a[d.located(a)], b[d.located(b)]
	return Apart{keep, doubt, orbgeo.DistanceHaversine(d.mentions[keep].At, d.mentions[doubt].At)}
}
