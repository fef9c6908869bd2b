package api

import (
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

const (
	standardLimit = 100
	maxLimit      = 10_000
)

// itemParameters are those of …/items that do not come from the collection.
var itemParameters = []string{"bbox", "bbox-crs", "crs", "cursor", "datetime", "f", "limit", "properties", "skipGeometry"}

// reservedOfItems are those that no property of a collection can be.
func reservedOfItems() []string {
	return slices.Concat(itemParameters, filterParameters, []string{"sortby"})
}

// itemFields lists the properties of the layer that are parameters of …/items.
func itemFields(l *geo.Layer) []geo.Field {
	return filterable([]*geo.Layer{l}, reservedOfItems())
}

// selection is what a request to …/items asks for.
type selection struct {
	boxes        []orb.Bound      // nil: anywhere
	passes       func(i int) bool // nil: all do
	order        []sortKey        // nil: by id
	after        string           // id after which to begin; "" for the first
	limit        int
	properties   []int // positions of fields; nil: all
	skipGeometry bool
	reference    reference // that positions are sent in
}

// selectionOf reads the parameters of …/items: for a page, or for the whole
// of what matches unless a limit is given.
func selectionOf(p parameters, l *geo.Layer, whole bool) (sel selection, err error) {
	standard, most := standardLimit, maxLimit
	if whole {
		standard, most = math.MaxInt32, math.MaxInt32
	}
	if sel.limit, err = p.limit(standard, most); err != nil {
		return sel, err
	}
	if sel.skipGeometry, err = p.flag("skipGeometry"); err != nil {
		return sel, err
	}
	if sel.reference, err = referenceOf(p, "crs", l); err != nil {
		return sel, err
	}
	given, err := referenceOf(p, "bbox-crs", l)
	if err != nil {
		return sel, err
	}
	if s, ok := p["bbox"]; ok {
		if s, err = given.box(s); err != nil {
			return sel, err
		}
		if sel.boxes, err = parseBBox(s); err != nil {
			return sel, err
		}
	}
	if s, ok := p["datetime"]; ok {
		if err := checkDatetime(s); err != nil {
			return sel, err
		}
	}
	if sel.order, err = sortOf(p, l); err != nil {
		return sel, err
	}
	if s, ok := p["cursor"]; ok {
		if sel.after, err = parseCursor(cursorScope(p, l), s); err != nil {
			return sel, err
		}
	}
	if sel.properties, err = propertiesOf(p, &l.Collection); err != nil {
		return sel, err
	}
	filter, err := filterOf(p, []*geo.Layer{l}, itemFields(l))
	if err != nil || filter == nil {
		return sel, err
	}
	sel.passes, err = filter.Compile(l)
	return sel, err
}

// checkCRS refuses what is not CRS84, where that is the only one.
func checkCRS(p parameters, names ...string) error {
	for _, name := range names {
		if s, ok := p[name]; ok && s != crs84 {
			return &Problem{
				Kind: BadParameter, Parameter: name, Allowed: []string{crs84},
				Detail: name + " " + quoted(s) + " is not supported; " + crs84 + " is",
			}
		}
	}
	return nil
}

// propertiesOf reads properties=a,b; an empty list asks for none.
func propertiesOf(p parameters, c *geo.Collection) ([]int, error) {
	s, ok := p["properties"]
	if !ok {
		return nil, nil
	}
	wanted := []int{}
	if s == "" {
		return wanted, nil
	}
	for name := range strings.SplitSeq(s, ",") {
		i := c.FieldIndex(name)
		if i < 0 {
			wrong := badParameter("properties", "%s has no property %s", c.ID, quoted(name))
			wrong.Allowed = fieldNames(c.Fields)
			return nil, wrong
		}
		if !slices.Contains(wanted, i) {
			wanted = append(wanted, i)
		}
	}
	return wanted, nil
}
