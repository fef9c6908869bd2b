package coverage

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// tally is the counts of each village for one question, whatever villages are
// then asked for.
type tally struct{ rows []Row }

// Bytes returns about how much memory the tally takes.
func (t *tally) Bytes() int64 { return int64(400 * len(t.rows)) }

// tally counts a state within the corridor of the query.
func (s *scene) tally(ctx context.Context, q *Query, t *Threshold, st named) (*tally, error) {
	build := func(ctx context.Context) (*tally, error) { return s.count(ctx, q, t, st.States) }
	if s.change != nil {
		return build(ctx)
	}
	return cached(ctx, s.engine.cache, "tally"+s.tallyKey(q, t, st.operator), build)
}

func (s *scene) tallyKey(q *Query, t *Threshold, operator string) string {
	layers := append([]string{"roads", "destinations", q.POI}, sources...)
	return s.key("", layers...) + fmt.Sprintf("/%s/%s/%s/%s/%s/%s/%v/%s/%s",
		s.stateKey("", q.Technology, q.Evidence, t), operator, s.peopleKey(), q.POI, q.Season, strings.Join(q.RoadClass, ";"), q.NearRoad, q.Operator, q.Preset)
}

// corridor is the land that the query counts; nil: all.
func (s *scene) corridor(ctx context.Context, q *Query) (*Set, error) {
	if q.NearRoad == 0 {
		return nil, nil
	}
	key := s.key("corridor", "villages", "roads") + fmt.Sprintf("/%v/%s", q.NearRoad, strings.Join(q.RoadClass, ";"))
	return cached(ctx, s.engine.cache, key, func(ctx context.Context) (*Set, error) {
		return corridor(ctx, s.Grid, s.snap.Layer("roads"), wantedClasses(q.RoadClass), q.NearRoad)
	})
}

func wantedClasses(classes []string) map[string]bool {
	if len(classes) == 0 {
		return nil
	}
	wanted := map[string]bool{}
	for _, c := range classes {
		wanted[c] = true
	}
	return wanted
}

// counter is the sets that villages are counted in, cut to the corridor.
type counter struct {
	ground               *Ground
	people               *population
	lines                *lines
	classes              []bool // wanted, of lines.classes; nil: all
	places               *places
	in, known, covered   *Set
	partial              *Set // covered by some operators and not by all; nil: not asked for
	cutKnown, cutCovered *Set
	levels               *Levels // of what is not covered; nil: that is certain
}

func (s *scene) counter(ctx context.Context, q *Query, t *Threshold, st *States) (*counter, error) {
	c := &counter{ground: s.Ground}
	var err error
	if c.in, err = s.corridor(ctx, q); err != nil {
		return nil, err
	}
	if c.people, err = s.people(ctx, q.Season); err != nil {
		return nil, err
	}
	if c.lines, err = s.roads(ctx); err != nil {
		return nil, err
	}
	if c.places, err = s.places(ctx, q.POI); err != nil {
		return nil, err
	}
	if len(q.RoadClass) > 0 {
		c.classes = make([]bool, len(c.lines.classes))
		for i, name := range c.lines.classes {
			c.classes[i] = slices.Contains(q.RoadClass, name)
		}
	}
	return c, s.cutSets(ctx, c, q, t, st)
}

// cutSets gives a counter the sets of a state, cut to its corridor.
func (s *scene) cutSets(ctx context.Context, c *counter, q *Query, t *Threshold, st *States) error {
	c.covered, c.known = st.Covered, st.Known()
	cut := func(x *Set) *Set {
		if c.in == nil {
			return x
		}
		return And(x, c.in)
	}
	c.cutKnown, c.cutCovered = cut(c.known), cut(c.covered)
	if st.Levels != nil {
		c.levels = &Levels{}
		for i, l := range st.Levels {
			c.levels[i] = cut(AndNot(c.known, l)) // what is covered rounds as below
		}
	}
	if q.Operator == "all" {
		anyone := *q
		anyone.Operator = "any"
		some, err := s.states(ctx, &anyone, t)
		if err != nil {
			return err
		}
		c.partial = cut(And(some[0].Covered, st.Not))
	}
	return nil
}

// Bytes returns about how much memory the sets take that are the counter's own.
func (c *counter) Bytes() int64 {
	n := int64(200)
	for _, s := range []*Set{c.known, c.covered, c.partial, c.cutKnown, c.cutCovered} {
		if s != nil {
			n += s.Bytes()
		}
	}
	if c.levels != nil {
		for _, s := range c.levels {
			n += s.Bytes()
		}
	}
	return n
}

// count fills in what the village has of everything. Gaps are what is known
// less what is covered, so that all adds up to the digit.
func (c *counter) count(v int, r *Row) {
	g := c.ground
	total, known, covered := g.Sum(v, c.in, c.people.Weights), g.Sum(v, c.cutKnown, c.people.Weights), g.Sum(v, c.cutCovered, c.people.Weights)
	r.People = c.peopleCounts(total, known, covered, func(s *Set) int64 { return g.Sum(v, s, c.people.Weights) })
	r.People.Method = c.people.method[v]
	total, known, covered = g.Area(v, c.in), g.Area(v, c.cutKnown), g.Area(v, c.cutCovered)
	r.Area = AreaCounts{Total: Area(total), Covered: Area(covered), Gap: Area(known - covered), Unknown: Area(total - known)}
	if c.partial != nil {
		people, area := People(g.Sum(v, c.partial, c.people.Weights)), Area(g.Area(v, c.partial))
		r.People.Partial, r.Area.Partial = &people, &area
	}
	n, k, in := c.places.sum(v, c.in, c.known, c.covered)
	r.Places = PlaceCounts{n, in, k - in, n - k}
	long, of, with := c.lines.sum(v, c.classes, c.in, c.known, c.covered)
	r.Road = RoadCounts{long, with, of - with, long - of}
}

// peopleCounts are people with the interval and the expectation of the gap.
func (c *counter) peopleCounts(total, known, covered int64, sum func(*Set) int64) PeopleCounts {
	gap := People(known - covered)
	n := PeopleCounts{
		Total: People(total), Covered: People(covered), Gap: gap, Unknown: People(total - known),
		GapLow: gap, GapHigh: gap, GapExpected: gap,
	}
	if c.levels == nil {
		return n
	}
	all := gap
	var at [len(Levels{})]People
	for i, reached := range c.levels {
		at[i] = People(known - sum(reached))
		all += at[i]
	}
	n.GapLow, n.GapHigh, n.GapExpected = at[sure], at[maybe], all/People(len(at)+1)
	return n
}

func (s *scene) count(ctx context.Context, q *Query, th *Threshold, st *States) (*tally, error) {
	c, err := s.counter(ctx, q, th, st)
	if err != nil {
		return nil, err
	}
	t := &tally{rows: make([]Row, s.villages.Len())}
	for v := range t.rows {
		if v%64 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		c.count(v, &t.rows[v])
	}
	return t, nil
}
