package api

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

const (
	standardLimit = 100
	maxLimit      = 10_000
)

// crs84 is longitude, latitude in degrees on WGS 84.
const crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

// itemParameters are those of …/items that do not come from the collection.
var itemParameters = []string{"bbox", "bbox-crs", "crs", "cursor", "datetime", "f", "limit", "properties", "skipGeometry"}

// selection is what a request to …/items asks for.
type selection struct {
	boxes        []orb.Bound // nil: anywhere
	equal        []equality
	after        string // id after which to begin; "" for the first
	limit        int
	properties   []int // positions of fields; nil: all
	skipGeometry bool
}

// equality selects the features whose property has a value.
type equality struct {
	column *geo.Column
	word   int // String: position of the value among Words, -1 when no feature has it
	value  any // else
}

func (e equality) holds(i int) bool {
	if e.column.Field.Type == geo.String {
		return e.word >= 0 && e.column.Word(i) == e.word
	}
	return e.column.Value(i) == e.value
}

// filterable lists the properties of the layer that can be query parameters.
func filterable(l *geo.Layer) []geo.Field {
	var all []geo.Field
	for _, f := range l.Collection.Fields {
		if !slices.Contains(itemParameters, f.Name) {
			all = append(all, f)
		}
	}
	return all
}

func knownItemParameters(l *geo.Layer) []string {
	known := slices.Clone(itemParameters)
	for _, f := range filterable(l) {
		known = append(known, f.Name)
	}
	return known
}

// selectionOf reads the parameters of …/items.
func selectionOf(p parameters, l *geo.Layer) (sel selection, err error) {
	if sel.limit, err = p.limit(standardLimit, maxLimit); err != nil {
		return sel, err
	}
	if sel.skipGeometry, err = p.flag("skipGeometry"); err != nil {
		return sel, err
	}
	if err := checkCRS(p); err != nil {
		return sel, err
	}
	if s, ok := p["bbox"]; ok {
		if sel.boxes, err = parseBBox(s); err != nil {
			return sel, err
		}
	}
	if s, ok := p["datetime"]; ok {
		if err := checkDatetime(s); err != nil {
			return sel, err
		}
	}
	if s, ok := p["cursor"]; ok {
		if sel.after, err = parseCursor(l.Collection.ID, s); err != nil {
			return sel, err
		}
	}
	if sel.properties, err = propertiesOf(p, &l.Collection); err != nil {
		return sel, err
	}
	for _, f := range filterable(l) {
		if s, ok := p[f.Name]; ok {
			e, err := equalTo(l.Column(f.Name), s)
			if err != nil {
				return sel, err
			}
			sel.equal = append(sel.equal, e)
		}
	}
	return sel, nil
}

func checkCRS(p parameters) error {
	for _, name := range []string{"crs", "bbox-crs"} {
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

func equalTo(c *geo.Column, s string) (equality, error) {
	e := equality{column: c}
	var err error
	switch c.Field.Type {
	case geo.String:
		e.word = slices.Index(c.Words(), s)
		return e, nil
	case geo.Integer:
		e.value, err = strconv.ParseInt(s, 10, 64)
	case geo.Number:
		var f float64
		if f, err = strconv.ParseFloat(s, 64); math.IsNaN(f) || math.IsInf(f, 0) {
			err = strconv.ErrRange
		}
		e.value = f
	default:
		if s != "true" && s != "false" {
			err = strconv.ErrSyntax
		}
		e.value = s == "true"
	}
	if err != nil {
		return e, badParameter(c.Field.Name, "%s %s is not of type %s", c.Field.Name, quoted(s), c.Field.Type)
	}
	return e, nil
}
