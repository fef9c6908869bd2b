package coverage

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/lattice"
)

// ThinTests is the number of tests below which a measurement is shown as thin,
// not as fact.
const ThinTests = 10

// test is one aggregate of the measurements layer.
type test struct {
	index                int
	operator, technology string // "" when the tests do not tell
	network              string
	tests                int64
	confirmed            bool // by a rule of its own: a fact however few they are
	down, up, rsrp       *float64
}

// about reports whether the tests speak of a technology: the one they name, or
// else, of mobile tests 4G, which nearly all are, and of fixed ones fibre.
func (m *test) about(technology string) bool {
	switch {
	case m.technology != "":
		return m.technology == technology
	case m.network == "fixed":
		return technology == "fibre"
	default:
		return technology == "4g"
	}
}

func testsOf(l *geo.Layer) []test {
	if l == nil {
		return nil
	}
	text := func(name string, i int) string { return textOf(l, name, i) }
	all := make([]test, l.Len())
	for i := range all {
		all[i] = test{
			index: i, operator: text("operator", i), technology: text("technology", i), network: text("network", i), tests: 1,
			down: numberOf(l, "down_mbps", i), up: numberOf(l, "up_mbps", i), rsrp: numberOf(l, "rsrp_dbm", i),
		}
		if n := numberOf(l, "tests", i); n != nil {
			all[i].tests = int64(*n)
		}
		if c := l.Column("confirmed"); c != nil {
			all[i].confirmed, _ = c.Value(i).(bool)
		}
	}
	return all
}

// mean gathers tests of a cell: means are weighted with the numbers of tests.
type mean struct {
	tests          int64
	confirmed      bool
	down, up, rsrp total
}

// solid reports whether the tests are a fact: ten or more, or such as are
// confirmed by another rule, as citizens' reports of no signal are.
func (c *mean) solid() bool { return c.tests >= ThinTests || c.confirmed }

type total struct{ sum, n float64 }

func (s *total) add(v *float64, n float64) {
	if v != nil {
		s.sum, s.n = s.sum+*v*n, s.n+n
	}
}

func (s *total) mean() *float64 {
	if s.n == 0 {
		return nil
	}
	m := s.sum / s.n
	return &m
}

// meansOf gathers tests by the cells that they are about.
func meansOf(g *Grid, l *geo.Layer, of []test) map[int32]*mean {
	cells := map[int32]*mean{}
	for _, m := range of {
		for _, i := range testCells(g, l.Geometry(m.index)) {
			c := cells[i]
			if c == nil {
				c = &mean{}
				cells[i] = c
			}
			n := float64(m.tests)
			c.tests += m.tests
			c.confirmed = c.confirmed || m.confirmed
			c.down.add(m.down, n)
			c.up.add(m.up, n)
			c.rsrp.add(m.rsrp, n)
		}
	}
	return cells
}

// measurements returns what tests say of a threshold. A cell is known with ten
// tests or more, or with confirmed ones. A test that reached nothing (no bit down) has no coverage; one that
// does not tell the speed or signal asked for leaves unknown.
func measurements(g *Grid, l *geo.Layer, of []test, t *Threshold) *States {
	cells := meansOf(g, l, of)
	yes, no := g.NewBuilder(), g.NewBuilder()
	for i, c := range cells {
		if !c.solid() {
			continue
		}
		switch c.verdict(t) {
		case 1:
			yes.Add(i, whole)
		case -1:
			no.Add(i, whole)
		}
	}
	return certain(yes.Set(), no.Set())
}

// verdict is what the tests say of a threshold, thin or not: 1 met, -1 not, 0
// they do not tell.
func (c *mean) verdict(t *Threshold) int {
	down := c.down.mean()
	if down != nil && *down == 0 {
		return -1
	}
	return t.judge(down, c.up.mean(), c.rsrp.mean())
}

// testCells returns the cells that a measurement is about: of a point its own,
// of a tile those whose middle lies in it.
func testCells(g *Grid, shape orb.Geometry) []int32 {
	var all []int32
	switch shape := shape.(type) {
	case orb.Polygon:
		scan(shape, 0, lattice.Rows, func(c lattice.Cell, mask uint64) {
			if i := g.Index(c); i >= 0 && ones(mask) >= 32 {
				all = append(all, i)
			}
		}, func(row, from, to int32) {
			g.runs(row, from, to, func(w int32, mask uint64) { each(w<<6, mask, func(i int32) { all = append(all, i) }) })
		})
		return all
	case orb.MultiPolygon:
		for _, p := range shape {
			all = append(all, testCells(g, p)...)
		}
		return all
	}
	p, ok := pointOf(shape)
	if !ok || math.IsNaN(p[0]) {
		return nil
	}
	if i := g.Index(lattice.At(p[0], p[1])); i >= 0 {
		return []int32{i}
	}
	return nil
}
