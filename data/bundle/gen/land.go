package main

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// land is what is not sea: islands, their shores directed with the land on the left.
type land struct {
	shores []edge
	strips map[int32][]int32 // of each strip of latitude, the shores in it
}

// stripHeight is the height of a strip of latitude, in millionths of a degree.
const stripHeight = 5000

func readLand(facts string) (*land, error) {
	t, err := readTable(facts, "coast.csv")
	if err != nil {
		return nil, err
	}
	rings := map[string]orb.Ring{}
	var order []string
	for _, row := range t.rows {
		p, err := position(row)
		if err != nil {
			return nil, fmt.Errorf("coast: %w", err)
		}
		if _, ok := rings[row["ring"]]; !ok {
			order = append(order, row["ring"])
		}
		rings[row["ring"]] = append(rings[row["ring"]], p)
	}
	l := &land{strips: map[int32][]int32{}}
	for _, name := range order {
		ring := rings[name]
		if ring.Orientation() == orb.CW {
			ring.Reverse()
		}
		for i := range ring[1:] {
			if e := (edge{onGrid(ring[i]), onGrid(ring[i+1])}); e.from != e.to {
				l.add(e)
			}
		}
	}
	return l, nil
}

func (l *land) add(e edge) {
	i := int32(len(l.shores))
	l.shores = append(l.shores, e)
	for s := floorStrip(min(e.from.y, e.to.y)); s <= floorStrip(max(e.from.y, e.to.y)); s++ {
		l.strips[s] = append(l.strips[s], i)
	}
}

func floorStrip(y int32) int32 { return int32(math.Floor(float64(y) / stripHeight)) }

// contains reports whether a place, in millionths of a degree, is on land.
func (l *land) contains(x, y float64) bool {
	in := false
	for _, i := range l.strips[int32(math.Floor(y/stripHeight))] {
		e := l.shores[i]
		ax, ay, bx, by := float64(e.from.x), float64(e.from.y), float64(e.to.x), float64(e.to.y)
		if (ay > y) != (by > y) && x < ax+(y-ay)/(by-ay)*(bx-ax) {
			in = !in
		}
	}
	return in
}

// crossings calls found for each shore that crosses e, with the place.
func (l *land) crossings(e edge, found func(shore int32, at node)) {
	lo, hi := min(e.from.x, e.to.x), max(e.from.x, e.to.x)
	seen := map[int32]bool{}
	for s := floorStrip(min(e.from.y, e.to.y)); s <= floorStrip(max(e.from.y, e.to.y)); s++ {
		for _, i := range l.strips[s] {
			shore := l.shores[i]
			if max(shore.from.x, shore.to.x) < lo || min(shore.from.x, shore.to.x) > hi || seen[i] {
				continue
			}
			seen[i] = true
			if n, ok := crossing(e, shore); ok {
				found(i, n)
			}
		}
	}
}
