package cql2

import (
	"fmt"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// kind is what a node stands for.
type kind string

const (
	anything  kind = "nothing known" // a property that this collection lacks: always NULL
	truthy    kind = "a condition"
	text      kind = "text"
	numeric   kind = "a number"
	temporal  kind = "a date or time"
	stretch   kind = "an interval"
	geometric kind = "a geometry"
)

// Check reports, as an *Error, what in the filter does not fit the collections
// that it is to select from: a property that none of them has, or a comparison
// that makes no sense in one of them. In a collection that lacks a property
// which another has, the property is NULL everywhere.
func (f *Filter) Check(collections ...*geo.Collection) error {
	c := checker{collections: collections}
	if err := c.properties(f.root); err != nil {
		return err
	}
	for _, c.collection = range collections {
		if err := c.condition(f.root); err != nil {
			return err
		}
	}
	return nil
}

// isGeometryName reports whether a property is the geometry of its feature:
// "geometry", or "geom", unless the collection has a field of that name.
func isGeometryName(c *geo.Collection, name string) bool {
	return (name == "geometry" || name == "geom") && c.FieldIndex(name) < 0 && c.Geometry != geo.None
}

type checker struct {
	collections []*geo.Collection
	collection  *geo.Collection
}

func (c *checker) wrong(n *node, format string, args ...any) error {
	return &Error{At: n.at, Reason: fmt.Sprintf(format, args...)}
}

// properties finds a property that no collection has.
func (c *checker) properties(n *node) error {
	if n.op == opProperty {
		name := n.value.(string)
		if slices.ContainsFunc(c.collections, func(k *geo.Collection) bool { return k.FieldIndex(name) >= 0 || isGeometryName(k, name) }) {
			return nil
		}
		wrong := &Error{At: n.at, Allowed: c.allowed()}
		wrong.Reason = fmt.Sprintf("there is no property %.60q; there are %s", name, strings.Join(wrong.Allowed, ", "))
		return wrong
	}
	for _, a := range n.args {
		if err := c.properties(a); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) allowed() []string {
	var names []string
	for _, k := range c.collections {
		if k.Geometry != geo.None {
			names = append(names, "geometry")
		}
		for _, f := range k.Fields {
			names = append(names, f.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// condition checks a node that is to be true, false or unknown.
func (c *checker) condition(n *node) error {
	k, err := c.kind(n)
	if err == nil && k != truthy && k != anything {
		return c.wrong(n, "%s is %s where a condition is expected", describe(n), k)
	}
	return err
}

// describe names a node in a message.
func describe(n *node) string {
	s := n.String()
	if len(s) > 60 {
		s = strings.ToValidUTF8(s[:60], "") + "…"
	}
	return s
}

// kind checks a node and all below it, and says what it stands for.
func (c *checker) kind(n *node) (kind, error) {
	switch n.op {
	case opProperty:
		return c.property(n.value.(string)), nil
	case opLiteral:
		return literalKind(n.value), nil
	case "and", "or", "not":
		for _, a := range n.args {
			if err := c.condition(a); err != nil {
				return "", err
			}
		}
		return truthy, nil
	}
	kinds := make([]kind, len(n.args))
	for i, a := range n.args {
		var err error
		if kinds[i], err = c.kind(a); err != nil {
			return "", err
		}
	}
	return c.operation(n, kinds)
}

func (c *checker) property(name string) kind {
	i := c.collection.FieldIndex(name)
	if i < 0 && isGeometryName(c.collection, name) {
		return geometric
	}
	if i < 0 {
		return anything
	}
	switch c.collection.Fields[i].Type {
	case geo.String:
		return text
	case geo.Boolean:
		return truthy
	}
	return numeric
}

func literalKind(v any) kind {
	switch v.(type) {
	case string:
		return text
	case bool:
		return truthy
	case span:
		return temporal
	case orb.Geometry:
		return geometric
	}
	return numeric
}

// operation checks the kinds of the arguments of all operations but the logical
// ones.
func (c *checker) operation(n *node, kinds []kind) (kind, error) {
	var result kind
	var takes []kind
	switch op := n.op; {
	case op == "isNull":
		return truthy, nil
	case op == "=" || op == "<>" || op == "in":
		result, takes = truthy, []kind{text, numeric, temporal, truthy}
	case op == "<" || op == "<=" || op == ">" || op == ">=" || op == "between":
		result, takes = truthy, []kind{text, numeric, temporal}
	case op == "like":
		if !constant(n.args[1]) {
			return "", c.wrong(n.args[1], "the pattern of LIKE is %s where a text is expected", describe(n.args[1]))
		}
		result, takes = truthy, []kind{text}
	case op == "casei" || op == "accenti":
		result, takes = text, []kind{text}
	case op == opInterval:
		result, takes = stretch, []kind{temporal}
	case strings.HasPrefix(op, "s_"):
		result, takes = truthy, []kind{geometric}
		if wrong := c.unlikeParts(n); wrong != nil {
			return "", wrong
		}
	case strings.HasPrefix(op, "t_"):
		result, takes = truthy, []kind{temporal, stretch}
	default:
		result, takes = numeric, []kind{numeric}
	}
	return result, c.alike(n, kinds, takes)
}

// unlikeParts refuses a collection of points, lines and areas where its interior
// would have to be of one dimension.
func (c *checker) unlikeParts(n *node) error {
	for _, a := range n.args {
		if g, ok := a.value.(orb.Collection); ok && n.op != "s_intersects" && n.op != "s_disjoint" && newShape(g).mixed {
			return c.wrong(a, "%s of a GEOMETRYCOLLECTION of unlike parts is not supported; S_INTERSECTS and S_DISJOINT are", strings.ToUpper(n.op))
		}
	}
	return nil
}

// alike checks that each argument is of one of the kinds, and all are of one:
// where dates are, a property of text is read as such.
func (c *checker) alike(n *node, kinds, takes []kind) error {
	dates := !slices.Contains(takes, text) || slices.Contains(kinds, temporal)
	var first *node
	var common kind
	for i, a := range n.args {
		k := kinds[i]
		if k == text && dates && a.op == opProperty && slices.Contains(takes, temporal) {
			k = temporal
		}
		switch {
		case k == anything:
		case !slices.Contains(takes, k):
			return c.wrong(a, "%s is %s%s; %s takes %s", describe(a), k, c.in(), strings.ToUpper(n.op), listKinds(takes))
		case first == nil:
			first, common = a, k
		case k != common && !slices.Contains(takes, stretch):
			return c.wrong(a, "%s is %s and cannot be compared with %s, which is %s%s", describe(a), k, describe(first), common, c.in())
		}
	}
	return nil
}

// in names the collection when there are several.
func (c *checker) in() string {
	if len(c.collections) < 2 {
		return ""
	}
	return " in " + c.collection.ID
}

func listKinds(kinds []kind) string {
	words := make([]string, len(kinds))
	for i, k := range kinds {
		words[i] = string(k)
	}
	return strings.Join(words, " or ")
}

// constant reports whether a node is a text without properties.
func constant(n *node) bool {
	for n.op == "casei" || n.op == "accenti" {
		n = n.args[0]
	}
	_, ok := n.value.(string)
	return ok && n.op == opLiteral
}
