package osm

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"time"

	"github.com/paulmach/orb"
)

// A Feature is one road or place.
type Feature struct {
	ID         string // "w" and the number of a way, n a node, r a relation
	Geometry   orb.Geometry
	Properties []Property
	Offset     int64 // bytes of the file read so far
}

// A Property value is a string, bool, int64 or float64.
type Property struct {
	Name  string
	Value any
}

// A Count says how often something was met.
type Count struct {
	What  string
	Count int
}

// A Reader gives the features of one theme of a file.
type Reader struct {
	close  func() error
	source source
	format string
	theme  *theme
	bound  *orb.Bound

	counts  map[string]int // of the file
	left    map[string]int // of the last reading: what was left out, or is missing
	newest  int64
	ways    []int64            // the ways that become features, sorted
	members map[int64]*outline // ways that relations need
	routes  map[int64]string   // way → ref of the route that it belongs to
	nodes   positions
}

// An outline is a way that is a member of a relation.
type outline struct {
	refs  []int64
	found bool
}

// Open reads what the features of a theme (see Themes) need. With a bound, in
// degrees, ways none of whose nodes lie in it are left out.
func Open(ctx context.Context, path, themeName string, bound *orb.Bound) (*Reader, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	var r *Reader
	if err == nil {
		r, err = open(ctx, f, info.Size(), themeName, bound)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	r.close = f.Close
	return r, nil
}

func open(ctx context.Context, f io.ReaderAt, size int64, themeName string, bound *orb.Bound) (*Reader, error) {
	th := findTheme(themeName)
	if th == nil {
		return nil, fmt.Errorf("theme %q: want one of %v", themeName, Themes())
	}
	r := &Reader{theme: th, bound: bound, counts: map[string]int{}, members: map[int64]*outline{}, routes: map[int64]string{}}
	var err error
	if r.source, r.format, err = openSource(ctx, f, size); err != nil {
		return nil, err
	}
	return r, r.prepare(ctx)
}

// Close closes the file.
func (r *Reader) Close() error { return r.close() }

// Format names the format.
func (r *Reader) Format() string { return r.format }

// Time is when the data were current: what the header says, else the last change
// of any element; zero when neither is known.
func (r *Reader) Time() time.Time {
	if h := r.source.header().Time; !h.IsZero() {
		return h
	}
	if r.newest == 0 {
		return time.Time{}
	}
	return time.Unix(r.newest, 0).UTC()
}

// Counts tells what the file holds and, after a reading, what was left out.
func (r *Reader) Counts() []Count {
	var all []Count
	for _, what := range []string{"nodes", "ways", "relations", "highway ways", "tourism objects"} {
		all = append(all, Count{what, r.counts[what]})
	}
	var left []Count
	for what, n := range r.left {
		left = append(left, Count{what, n})
	}
	slices.SortFunc(left, func(a, b Count) int { return cmp.Or(b.Count-a.Count, cmp.Compare(a.What, b.What)) })
	return append(all, left...)
}

// prepare goes through relations, then ways, then nodes.
func (r *Reader) prepare(ctx context.Context) error {
	var inside []int64
	if err := r.source.each(ctx, Node|Way|Relation, func(e *Element, _ int64) error {
		r.count(e)
		switch {
		case e.Kind == Node && r.bound != nil && r.bound.Contains(point(e.Lon, e.Lat)):
			inside = append(inside, e.ID)
		case e.Kind == Relation:
			r.need(e)
		}
		return nil
	}); err != nil {
		return err
	}
	slices.Sort(inside)
	if err := r.source.each(ctx, Way, func(e *Element, _ int64) error {
		if m := r.members[e.ID]; m != nil {
			m.refs, m.found = slices.Clone(e.Refs), true
			r.nodes.want(e.Refs...)
		}
		if props, _ := r.theme.pick(e.Kind, e.Tags); props == nil {
			return nil
		}
		if r.bound != nil && !slices.ContainsFunc(e.Refs, func(id int64) bool { _, in := slices.BinarySearch(inside, id); return in }) {
			return nil
		}
		r.ways = append(r.ways, e.ID)
		r.nodes.want(e.Refs...)
		return nil
	}); err != nil {
		return err
	}
	slices.Sort(r.ways)
	r.nodes.settle()
	return r.source.each(ctx, Node, func(e *Element, _ int64) error {
		r.nodes.set(e.ID, e.Lon, e.Lat)
		return nil
	})
}

func (r *Reader) count(e *Element) {
	r.newest = max(r.newest, e.Time)
	switch e.Kind {
	case Node:
		r.counts["nodes"]++
	case Way:
		r.counts["ways"]++
		if e.Tags.Get("highway") != "" {
			r.counts["highway ways"]++
		}
	case Relation:
		r.counts["relations"]++
	}
	if e.Tags.Get("tourism") != "" {
		r.counts["tourism objects"]++
	}
}

// need notes what a relation that is wanted consists of.
func (r *Reader) need(e *Element) {
	route := r.theme.routes && e.Tags.Get("type") == "route" && e.Tags.Get("route") == "road"
	if props, _ := r.theme.pick(Relation, e.Tags); props == nil && !route {
		return
	}
	for _, m := range e.Members {
		switch {
		case m.Kind == Node && !route:
			r.nodes.want(m.ID)
		case m.Kind == Way:
			if r.members[m.ID] == nil {
				r.members[m.ID] = &outline{}
			}
			if ref := e.Tags.Get("ref"); route && ref != "" && r.routes[m.ID] == "" {
				r.routes[m.ID] = ref
			}
		}
	}
}

var errStopped = errors.New("the receiver wants no more")

// All gives the features in the order of the file, each time it is called.
func (r *Reader) All(ctx context.Context) iter.Seq2[*Feature, error] {
	return func(yield func(*Feature, error) bool) {
		r.left = map[string]int{}
		err := r.source.each(ctx, r.theme.kinds|Relation, func(e *Element, at int64) error {
			f := r.feature(e)
			if f == nil {
				return nil
			}
			f.Offset = at
			if !yield(f, nil) {
				return errStopped
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStopped) {
			yield(nil, err)
		}
	}
}

// feature makes the feature of an element; nil when it is none.
func (r *Reader) feature(e *Element) *Feature {
	if e.Kind == Relation {
		r.missing(e)
	}
	props, why := r.theme.pick(e.Kind, e.Tags)
	switch {
	case why != "":
		r.left[why+", left out"]++
		return nil
	case props == nil:
		return nil
	}
	f := &Feature{ID: fmt.Sprintf("%s%d", e.Kind.letter(), e.ID), Properties: props}
	switch e.Kind {
	case Node:
		p := point(e.Lon, e.Lat)
		if r.bound != nil && !r.bound.Contains(p) {
			return nil
		}
		f.Geometry = p
	case Way:
		if _, kept := slices.BinarySearch(r.ways, e.ID); !kept {
			r.left["ways outside the bounds, left out"]++
			return nil
		}
		line := r.line(e.Refs)
		if n := len(e.Refs) - len(line); n > 0 {
			r.left["nodes of ways, not in the file"] += n
		}
		if len(line) < 2 {
			r.left["ways of fewer than 2 known nodes, left out"]++
			return nil
		}
		f.Geometry = line
	case Relation:
		f.Geometry = r.relation(e)
	}
	if ref := r.routes[e.ID]; e.Kind == Way && ref != "" && e.Tags.Get("ref") == "" {
		f.Properties = append(f.Properties, Property{"ref", ref})
	}
	if f.Geometry == nil || !r.theme.shape(e, f) {
		r.left["objects without any known node, left out"]++
		return nil
	}
	f.Properties = append(f.Properties, Property{"source", "OpenStreetMap"})
	if t := r.Time(); !t.IsZero() {
		f.Properties = append(f.Properties, Property{"source_date", t.Format(time.DateOnly)})
	}
	return f
}

// missing counts the members of a wanted relation that the file does not have.
func (r *Reader) missing(e *Element) {
	n := 0
	for _, m := range e.Members {
		o := r.members[m.ID]
		if m.Kind == Way && o != nil && !o.found {
			n++
		}
		if _, wanted, known := r.nodes.at(m.ID); m.Kind == Node && wanted && !known {
			n++
		}
	}
	if n > 0 {
		r.left["members of relations, not in the file"] += n
		r.left["relations with missing members"]++
	}
}

// line is the known positions of nodes.
func (r *Reader) line(refs []int64) orb.LineString {
	line := make(orb.LineString, 0, len(refs))
	for _, id := range refs {
		if p, _, known := r.nodes.at(id); known {
			line = append(line, p)
		}
	}
	return line
}
