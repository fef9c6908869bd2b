package files

import (
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/quality"
)

// What to do about destinations that are there twice.
const (
	DuplicatesFlag  = "flag"  // say so, and keep them
	DuplicatesMerge = "merge" // keep the first, and give it what only the others know
)

// maxMentions bounds what is kept of a file to find duplicates.
const maxMentions = 100_000

// mentions gathers the destinations of a file, to find those that are the same
// by name and place (see quality.FindDuplicates).
type mentions struct {
	all    []quality.Mention
	places []place
	ids    []string
	values [][]any

	gone map[int]bool        // rows that were merged into others, by number
	fill map[int]map[int]any // by number of the row and field: what others knew
}

func (m *mentions) add(c *geo.Collection, at place, rec *geo.Record, keep bool) {
	if c.ID != "destinations" || len(m.all) >= maxMentions {
		return
	}
	text := func(field string) string {
		if i := c.FieldIndex(field); i >= 0 && i < len(rec.Values) {
			s, _ := rec.Values[i].(string)
			return s
		}
		return ""
	}
	one := quality.Mention{Name: text("name"), Village: text("village_code")}
	if len(one.Village) >= len("35.07.29") {
		one.District = one.Village[:len("35.07.29")]
	}
	one.At, one.Located = rec.Geometry.(orb.Point)
	m.all, m.places, m.ids = append(m.all, one), append(m.places, at), append(m.ids, rec.ID)
	if keep {
		m.values = append(m.values, slices.Clone(rec.Values))
	}
}

// settle tells of duplicates, and merges them if that is asked for.
func (m *mentions) settle(r *Report, merge bool) {
	found := quality.FindDuplicates(m.all)
	about := func(i int) string { return fmt.Sprintf("%q, %s", brief(m.all[i].Name), m.places[i]) }
	for _, g := range found.Groups {
		for _, i := range g[1:] {
			if !merge {
				r.note(m.places[i], m.ids[i], note("name", CodeSame, "%q is the same place as %s", brief(m.all[i].Name), about(g[0])))
				continue
			}
			m.join(g[0], i)
			r.Merged++
			r.note(m.places[i], m.ids[i], note("name", CodeSame, "%q was merged into %s", brief(m.all[i].Name), about(g[0])))
		}
	}
	for _, a := range slices.Concat(found.Near, found.Conflicts) {
		code, what := CodeNear, "a large place, or an inexact position"
		if a.DistanceM > quality.FarM {
			code, what = CodeApart, "one of the two positions is wrong, or there are two such places"
		}
		r.note(m.places[a.Doubt], m.ids[a.Doubt], note("geometry", code, "lies %s from %s: %s", metres(math.Round(a.DistanceM)), about(a.Keep), what))
	}
}

// join gives row i's values to the row of head where that has none.
func (m *mentions) join(head, i int) {
	if m.gone == nil {
		m.gone, m.fill = map[int]bool{}, map[int]map[int]any{}
	}
	number := m.places[head].number
	m.gone[m.places[i].number] = true
	if m.fill[number] == nil {
		m.fill[number] = map[int]any{}
	}
	for k, v := range m.values[i] {
		if known := m.fill[number][k]; v != nil && known == nil && (k >= len(m.values[head]) || m.values[head][k] == nil) {
			m.fill[number][k] = v
		}
	}
}

// complete gives a record what the rows merged into it knew.
func (m *mentions) complete(at place, rec *geo.Record) {
	for k, v := range m.fill[at.number] {
		if k < len(rec.Values) && rec.Values[k] == nil {
			rec.Values[k] = v
		}
	}
}
