package quality

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/routing"
)

// A Report is the data quality of a snapshot.
type Report struct {
	Snapshot    string       `json:"snapshot"` // its version
	Features    int          `json:"features"`
	Problems    int          `json:"problems"` // of all collections
	Collections []Collection `json:"collections"`
}

// A Collection is the data quality of one.
type Collection struct {
	ID        string    `json:"id"`
	Title     string    `json:"title"`
	Derived   bool      `json:"derived"` // from another collection
	Features  int       `json:"features"`
	Placeless int       `json:"without_geometry"`
	Missing   []Missing `json:"missing"`           // per field, those without a value; none where all have one
	Sources   []Tally   `json:"sources"`           // the ten that most features come from
	Dates     *Dates    `json:"dates,omitempty"`   // of the sources, where they say
	Quality   []Tally   `json:"quality,omitempty"` // what sources say of their own
	Problems  []Problem `json:"problems"`
	Overlaps  *Overlaps `json:"overlaps,omitempty"` // of areas that should tile the land
	Gaps      *Gaps     `json:"gaps,omitempty"`
	Network   *Network  `json:"network,omitempty"` // of roads
}

// Missing counts the features without a value of a field.
type Missing struct {
	Field string `json:"field"`
	Count int    `json:"count"`
}

// A Tally counts the features with a value.
type Tally struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

// Dates are those of the sources, as text: the parts of a date that are known.
type Dates struct {
	Earliest string `json:"earliest"`
	Latest   string `json:"latest"`
	Missing  int    `json:"missing"`
}

// The codes of problems.
const (
	CodeUnknownVillage = "unknown_village"    // no village has the code that a feature declares
	CodeOutside        = "outside_village"    // a place is outside the village it declares
	CodeDuplicate      = "duplicate"          // the same name within NearM
	CodeNear           = "near_duplicate"     // the same name within FarM
	CodeConflict       = "conflicting_places" // the same name farther apart
	CodeRange          = "out_of_range"       // a number that cannot be
	CodeContradiction  = "contradiction"      // two fields that cannot both be right
	CodeNameless       = "nameless"           // without a name, where others have one
	CodeNotCoverage    = "not_a_coverage"     // areas that should tile the land lie on top of each other
)

// A Problem is a kind of fault, how often it is there, and the first examples.
type Problem struct {
	Code     string    `json:"code"`
	Count    int       `json:"count"`
	Examples []Example `json:"examples"` // at most maxExamples
}

// An Example is one feature that has a fault.
type Example struct {
	ID     string `json:"id"`
	Name   string `json:"name,omitempty"`
	Detail string `json:"detail"`
}

const maxExamples = 10

// Overlaps and Gaps between areas, from 0.1 mm on.
type Overlaps struct {
	Pairs   int       `json:"pairs"`
	AreaM2  float64   `json:"area_m2"`
	Largest []Example `json:"largest"`
}

// Gaps are slivers, taken for faults of drawing, and wide ones, which may be
// meant.
type Gaps struct {
	Slivers  int       `json:"slivers"`
	SliverM2 float64   `json:"sliver_m2"`
	Wide     int       `json:"wide"`
	WideM2   float64   `json:"wide_m2"`
	Largest  []Example `json:"largest"` // slivers
}

// Network is how the roads hang together.
type Network struct {
	Components int     `json:"components"`
	LengthKM   float64 `json:"length_km"`
	LargestKM  float64 `json:"largest_km"` // the length of the largest component
	Parts      []Part  `json:"parts"`      // the longest components
}

// Part is a component of the road network: roads that hang together.
type Part struct {
	LengthKM float64    `json:"length_km"`
	Roads    int        `json:"roads"` // features with a piece in it
	At       [2]float64 `json:"at"`    // a place on it, in degrees
	Example  Example    `json:"example"`
}

// maxParts is how many components are listed.
const maxParts = 20

// Check looks through a whole snapshot, or the collections named. It fails with
// ctx's error, or when one that is named is not there.
func Check(ctx context.Context, snap *geo.Snapshot, only ...string) (*Report, error) {
	r := &Report{Snapshot: snap.Version, Collections: []Collection{}}
	for _, id := range only {
		if snap.Layer(id) == nil {
			return nil, fmt.Errorf("there is no collection %q", id)
		}
	}
	for _, l := range snap.Layers() {
		if len(only) > 0 && !slices.Contains(only, l.Collection.ID) || len(only) == 0 && l.Collection.ID == "villages_label" {
			continue
		}
		c, err := check(ctx, snap, l)
		if err != nil {
			return nil, err
		}
		r.Features += c.Features
		for _, p := range c.Problems {
			r.Problems += p.Count
		}
		r.Collections = append(r.Collections, c)
	}
	return r, ctx.Err()
}

func check(ctx context.Context, snap *geo.Snapshot, l *geo.Layer) (Collection, error) {
	c := Collection{ID: l.Collection.ID, Title: l.Collection.Title, Derived: l.Derived, Features: l.Len(), Missing: []Missing{}, Problems: []Problem{}}
	for i := range l.Len() {
		if l.Geometry(i) == nil {
			c.Placeless++
		}
	}
	c.fields(l)
	f := finding{layer: l, of: map[string]*Problem{}}
	f.values()
	f.villages(snap.Layer("villages"))
	if l.Collection.ID == "destinations" {
		f.duplicates(snap.Layer("villages"))
	}
	if l.Collection.ID == "villages" || l.Collection.ID == "districts" || l.Collection.ID == "neighbours" {
		c.mosaic(l, &f)
	}
	if l.Collection.ID == "roads" && l.Len() > 0 {
		if err := c.network(ctx, l); err != nil {
			return c, err
		}
	}
	c.Problems = append(c.Problems, f.list()...)
	return c, ctx.Err()
}

// network counts the parts of the road network, and lists the longest.
func (c *Collection) network(ctx context.Context, roads *geo.Layer) error {
	n, err := routing.Build(ctx, roads)
	if err != nil {
		return fmt.Errorf("the network of %s: %w", roads.Collection.ID, err)
	}
	c.Network = &Network{Parts: []Part{}}
	for k, metres := range n.Components() {
		c.Network.Components++
		c.Network.LengthKM += metres / 1000
		c.Network.LargestKM = max(c.Network.LargestKM, metres/1000)
		if k < maxParts {
			c.Network.Parts = append(c.Network.Parts, Part{LengthKM: metres / 1000})
		}
	}
	seen := map[[2]int32]bool{} // component and road
	for _, e := range n.Edges {
		part, _ := n.Component(e.From)
		if part >= maxParts || seen[[2]int32{int32(part), e.Road}] {
			continue
		}
		seen[[2]int32{int32(part), e.Road}] = true
		p, feature := &c.Network.Parts[part], int(n.Roads[e.Road].Feature)
		if p.Roads++; p.Roads == 1 {
			p.At = n.Nodes[e.From]
			p.Example = Example{ID: roads.ID(feature), Name: n.Roads[e.Road].Name, Detail: n.Roads[e.Road].Class}
		}
	}
	return nil
}

// fields counts what is missing, and what sources say of themselves.
func (c *Collection) fields(l *geo.Layer) {
	for i := range l.Columns {
		col, missing := &l.Columns[i], 0
		for k := range l.Len() {
			if !col.Has(k) {
				missing++
			}
		}
		if missing > 0 {
			c.Missing = append(c.Missing, Missing{col.Field.Name, missing})
		}
	}
	c.Sources = tally(l, "source", 10)
	c.Quality = tally(l, "quality", 10)
	if col := l.Column("source_date"); col != nil && col.Field.Type == geo.String && len(col.Words()) > 0 {
		c.Dates = &Dates{Earliest: slices.Min(col.Words()), Latest: slices.Max(col.Words())}
		for k := range l.Len() {
			if !col.Has(k) {
				c.Dates.Missing++
			}
		}
	}
}

// tally counts the values of a text column, the most frequent first.
func tally(l *geo.Layer, field string, most int) []Tally {
	col := l.Column(field)
	if col == nil || col.Field.Type != geo.String {
		return nil
	}
	counts := make([]int, len(col.Words()))
	for i := range l.Len() {
		if w := col.Word(i); w >= 0 {
			counts[w]++
		}
	}
	var all []Tally
	for w, n := range counts {
		all = append(all, Tally{col.Words()[w], n})
	}
	slices.SortFunc(all, func(a, b Tally) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Value, b.Value))
	})
	return all[:min(most, len(all))]
}

// mosaic tells of overlaps and gaps.
func (c *Collection) mosaic(l *geo.Layer, f *finding) {
	areas := geometries(l)
	m, err := geo.NewMosaic(areas)
	if err != nil {
		if l.Len() > 0 {
			f.note(CodeNotCoverage, 0, "%v", err)
		}
		return
	}
	c.Overlaps, c.Gaps = &Overlaps{Largest: []Example{}}, &Gaps{Largest: []Example{}}
	for _, o := range m.Overlaps() {
		c.Overlaps.Pairs++
		c.Overlaps.AreaM2 += o.Area
		if len(c.Overlaps.Largest) < maxExamples {
			c.Overlaps.Largest = append(c.Overlaps.Largest, Example{l.ID(o.A), f.name(o.A), fmt.Sprintf("%.1f m² with %s %s", o.Area, l.ID(o.B), f.name(o.B))})
		}
	}
	for _, g := range m.Gaps() {
		if !g.Sliver {
			c.Gaps.Wide++
			c.Gaps.WideM2 += g.Area
			continue
		}
		c.Gaps.Slivers++
		c.Gaps.SliverM2 += g.Area
		if len(c.Gaps.Largest) < maxExamples && len(g.Beside) > 0 {
			c.Gaps.Largest = append(c.Gaps.Largest, Example{l.ID(g.Beside[0]), f.name(g.Beside[0]), fmt.Sprintf("%.1f m² at %.6f, %.6f", g.Area, g.At[0], g.At[1])})
		}
	}
}
