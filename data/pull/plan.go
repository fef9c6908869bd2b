package pull

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/petadesa/petadesa/data"
)

// A Selection says what to choose from a catalogue.
type Selection struct {
	Code   string            // of the regency: 35.07
	Only   []string          // ids of sources or collections; empty: all
	Skip   []string          // the same, left out; a source with its alternatives
	Prefer []string          // ids of alternatives that go first
	Tokens map[string]string // by the name that a source asks for
}

// A Plan is which sources are used for a regency, in order.
type Plan struct {
	Code     string
	Steps    []Step
	Omitted  []Omission
	province string
	tokens   map[string]string
}

// A Step is one source, and what can stand for it when it fails.
type Step struct {
	Source       data.PublicSource
	Alternatives []data.PublicSource
}

// An Omission is a source that is not used, and why.
type Omission struct {
	Source string `json:"source"`
	Why    string `json:"why"`
}

var regencyCode = regexp.MustCompile(`^\d{2}\.?\d{2}$`)

// Choose makes a plan. A token that a source asks for and that is not there
// leaves the source out; a name that nothing has is an error.
func Choose(catalogue []data.PublicSource, s Selection) (*Plan, error) {
	code := strings.TrimSpace(s.Code)
	if !regencyCode.MatchString(code) {
		return nil, fmt.Errorf("%q is not the code of a regency: want one like 35.07", s.Code)
	}
	code = code[:2] + "." + code[len(code)-2:]
	if err := checkNames(catalogue, slices.Concat(s.Only, s.Skip, s.Prefer)); err != nil {
		return nil, err
	}
	p := &Plan{Code: code, province: code[:2], tokens: s.Tokens}
	for i := range catalogue {
		if catalogue[i].AlternativeOf == "" {
			p.add(catalogue, &catalogue[i], &s)
		}
	}
	p.dropFills()
	if len(p.Steps) == 0 {
		return nil, errors.New("no source is left to pull from")
	}
	return p, nil
}

// add adds the step of a source, one of its alternatives, or none.
func (p *Plan) add(catalogue []data.PublicSource, main *data.PublicSource, s *Selection) {
	group := []data.PublicSource{*main}
	for _, other := range catalogue {
		if other.AlternativeOf == main.ID {
			group = append(group, other)
		}
	}
	slices.SortStableFunc(group, func(a, b data.PublicSource) int {
		return cmp.Compare(place(s.Prefer, a.ID), place(s.Prefer, b.ID))
	})
	named := slices.ContainsFunc(group, func(one data.PublicSource) bool { return slices.Contains(s.Only, one.ID) })
	var left []data.PublicSource
	for _, one := range group {
		narrow := s.narrowed(one)
		switch {
		case narrow == nil, named && !slices.Contains(s.Only, one.ID):
		case strings.Contains(one.URL, "{island}") && island(p.province) == "":
			p.Omitted = append(p.Omitted, Omission{one.ID, "it has nothing for province " + p.province})
		case one.Token != "" && s.Tokens[one.Token] == "":
			p.Omitted = append(p.Omitted, Omission{one.ID, "it wants a token: give one with --" + one.Token + "-token or PETADESA_" + strings.ToUpper(one.Token) + "_TOKEN"})
		default:
			left = append(left, *narrow)
		}
	}
	if len(left) > 0 {
		p.Steps = append(p.Steps, Step{left[0], left[1:]})
	}
}

// place is where a name stands in a list; names that do not come after all.
func place(list []string, name string) int {
	if i := slices.Index(list, name); i >= 0 {
		return i
	}
	return len(list)
}

// wanted reports whether the selection asks for a source: by its id, or by any
// collection that it brings or completes.
func (s *Selection) wanted(one *data.PublicSource) bool {
	return len(s.Only) == 0 || slices.Contains(s.Only, one.ID) ||
		one.Fills != nil && slices.Contains(s.Only, one.Fills.Collection) ||
		slices.ContainsFunc(one.Collections, func(c string) bool { return slices.Contains(s.Only, c) })
}

// narrowed is the source with only the collections that are wanted of it; none
// when there is no such.
func (s *Selection) narrowed(one data.PublicSource) *data.PublicSource {
	if slices.Contains(s.Skip, one.ID) || slices.Contains(s.Skip, one.AlternativeOf) || !s.wanted(&one) {
		return nil
	}
	byID := len(s.Only) == 0 || slices.Contains(s.Only, one.ID)
	one.Collections = slices.DeleteFunc(slices.Clone(one.Collections), func(c string) bool {
		return slices.Contains(s.Skip, c) || !byID && !slices.Contains(s.Only, c)
	})
	if len(one.Collections) == 0 && one.Fills == nil {
		return nil
	}
	return &one
}

// dropFills leaves out the tables for collections that are not pulled.
func (p *Plan) dropFills() {
	pulled := map[string]bool{}
	for _, s := range p.Steps {
		for _, c := range s.Source.Collections {
			pulled[c] = true
		}
	}
	p.Steps = slices.DeleteFunc(p.Steps, func(s Step) bool {
		gone := s.Source.Fills != nil && !pulled[s.Source.Fills.Collection]
		if gone {
			p.Omitted = append(p.Omitted, Omission{s.Source.ID, "it completes " + s.Source.Fills.Collection + ", which are not pulled"})
		}
		return gone
	})
}

func checkNames(catalogue []data.PublicSource, names []string) error {
	known := map[string]bool{}
	for _, s := range catalogue {
		known[s.ID] = true
		for _, c := range s.Collections {
			known[c] = true
		}
	}
	for _, n := range names {
		if !known[n] {
			return fmt.Errorf("%q is no source or collection of the catalogue: there are %s", n, strings.Join(slices.Sorted(maps.Keys(known)), ", "))
		}
	}
	return nil
}

// island is Geofabrik's name of where a province lies; "": of none.
func island(province string) string {
	switch province[0] {
	case '1', '2':
		return "sumatra"
	case '3':
		return "java"
	case '5':
		return "nusa-tenggara"
	case '6':
		return "kalimantan"
	case '7':
		return "sulawesi"
	case '8':
		return "maluku"
	case '9':
		return "papua"
	}
	return ""
}
