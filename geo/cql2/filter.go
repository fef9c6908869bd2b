package cql2

import (
	"fmt"
	"unicode/utf8"
)

const (
	// MaxLength is the greatest length of a filter, in bytes.
	MaxLength = 16 << 10
	// MaxDepth is how many operations, parentheses and functions may be nested.
	MaxDepth = 64
)

// Filter is a condition on features. It never changes; make one with Parse or
// Equal.
type Filter struct{ root *node }

// Error says what is wrong with a filter, and where.
type Error struct {
	At      int      // the character it is about, counted from 1; 0: none
	Reason  string   // in words
	Allowed []string // what would have been allowed, if it can be listed
}

func (e *Error) Error() string {
	if e.At == 0 {
		return e.Reason
	}
	return fmt.Sprintf("at character %d: %s", e.At, e.Reason)
}

// Parse reads CQL2 text. It fails with an *Error.
func Parse(text string) (*Filter, error) {
	switch {
	case len(text) > MaxLength:
		return nil, &Error{Reason: fmt.Sprintf("a filter of %d bytes is longer than %d", len(text), MaxLength)}
	case !utf8.ValidString(text):
		return nil, &Error{Reason: "the filter is not valid UTF-8"}
	}
	p := parser{text: text}
	root, err := p.whole()
	if err != nil {
		return nil, err
	}
	return &Filter{root}, nil
}

// Equal is the filter that selects the features whose property has a value:
// string, int64, float64 or bool.
func Equal(property string, value any) *Filter {
	if f, ok := value.(float64); ok {
		value = number(f)
	}
	return &Filter{&node{op: "=", args: []*node{{op: opProperty, value: property}, {op: opLiteral, value: value}}}}
}

// All is the filter that selects what each of the filters does; nil when there
// is none.
func All(filters ...*Filter) *Filter {
	all := &node{op: "and"}
	for _, f := range filters {
		if f != nil {
			all.args = appendFlat(all.args, "and", f.root)
		}
	}
	switch len(all.args) {
	case 0:
		return nil
	case 1:
		return &Filter{all.args[0]}
	}
	return &Filter{all}
}
