package files

import (
	"context"
	"iter"
	"strings"
)

// A profile knows one kind of table by the names of its columns, and says what
// its rows mean.
type profile struct {
	name    string
	columns []string // in lower case; all must be there
	// change makes the row what it means; get gives a cell by its column's name.
	change func(r *row, get func(column string) string, found func(string))
	// credit is whom to name, and the licence.
	attribution, license string
}

// profiles are the tables whose meaning is known, and the collections that they
// can be; "": any that is not a well-known one.
func profiles(collection string) []profile {
	switch collection {
	case "towers":
		return []profile{bakti()}
	case "villages", "districts", "coverage", "roads", "destinations", "neighbours", "products", "blankspots", "measurements":
		return nil
	}
	return podes()
}

// profiled gives rows their meaning when they are of a table that is known.
func profiled(file rows, opts *Options) rows {
	t, ok := file.(*tableRows)
	if !ok || len(opts.Map) > 0 {
		return file
	}
	names := map[string]int{}
	for i, n := range t.header.Names {
		names[strings.ToLower(n)] = i
	}
	for _, p := range profiles(opts.Collection) {
		all := true
		for _, c := range p.columns {
			_, has := names[c]
			all = all && has
		}
		if all {
			return &profiledRows{tableRows: t, profile: p, names: names, counts: map[string]int{}}
		}
	}
	return file
}

type profiledRows struct {
	*tableRows
	profile profile
	names   map[string]int // columns
	counts  map[string]int
	order   []string
}

var _ informed = (*profiledRows)(nil)

func (p *profiledRows) format() string { return p.profile.name + ", " + p.tableRows.format() }

func (p *profiledRows) credit() (attribution, license string) {
	return p.profile.attribution, p.profile.license
}

func (p *profiledRows) found() []Found {
	var all []Found
	for _, what := range p.order {
		all = append(all, Found{what, p.counts[what]})
	}
	return all
}

func (p *profiledRows) all(ctx context.Context) iter.Seq2[*row, error] {
	return func(yield func(*row, error) bool) {
		p.order = nil
		clear(p.counts)
		for r, err := range p.tableRows.all(ctx) {
			if err == nil && len(r.cells) == len(p.header.Names) {
				cells := r.cells
				p.profile.change(r, func(column string) string {
					i, ok := p.names[column]
					if !ok {
						return ""
					}
					return strings.Join(strings.Fields(cells[i]), " ")
				}, func(what string) {
					if p.counts[what]++; p.counts[what] == 1 {
						p.order = append(p.order, what)
					}
				})
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// setText adds a property unless there is nothing in it.
func (r *row) setText(name, value string) {
	if value != "" {
		r.properties = append(r.properties, property{name, value})
	}
}
