package tiles

import (
	"math"
	"slices"

	"github.com/petadesa/petadesa/geo"
)

// importance returns the function by which a tile over its budget chooses: of
// two features of the layer the one with the smaller value goes first. A road
// matters by its class, then its length; a place by how well it is known; what
// has people, by their number; everything else by its size on the map.
func importance(l *geo.Layer) func(int) float64 {
	if c := l.Column("population"); c != nil && c.Field.Type != geo.String {
		return func(i int) float64 {
			v, _ := c.Float(i)
			return v
		}
	}
	extent := func(i int) float64 { return extentOf(&l.Shape, i) }
	if c := l.Column("class"); c != nil && c.Field.Type == geo.String {
		return graded(c, []string{"path", "village", "regency", "provincial", "national", "toll"}, extent)
	}
	if c := l.Column("quality"); c != nil && c.Field.Type == geo.String {
		return graded(c, []string{"illustrative", "estimated", "approximate", "village_point", "schematic", "single", "confirmed"}, extent)
	}
	return extent
}

// graded ranks by the place of a word in a list, least important first, and
// within one word by a number from 0 to 1.
func graded(c *geo.Column, words []string, within func(int) float64) func(int) float64 {
	grades := make([]float64, len(c.Words()))
	for i, w := range c.Words() {
		grades[i] = float64(slices.Index(words, w) + 1)
	}
	return func(i int) float64 {
		if w := c.Word(i); w >= 0 {
			return grades[w] + within(i)
		}
		return within(i)
	}
}

// extentOf returns the diagonal of the largest part's box as a share of the
// world's width, at most 1.
func extentOf(s *geo.Shape, i int) float64 {
	size := 0.0
	for p := s.Feats[i]; p < s.Feats[i+1]; p++ {
		b := s.Boxes[p]
		size = max(size, math.Hypot(float64(b.MaxX-b.MinX), float64(b.MaxY-b.MinY)))
	}
	return min(size/(1<<33), 1)
}
