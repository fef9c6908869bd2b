package api

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/petadesa/petadesa/geo"
)

// sortKey is a property to sort by.
type sortKey struct {
	column  *geo.Column
	reverse bool
}

// sortOf reads sortby=a,-b (OGC API Records, 7.4.6, and Features 8): properties in
// order of weight, one with - the other way round. + before one means nothing
// more, and arrives as a space where a client did not escape it.
func sortOf(p parameters, l *geo.Layer) ([]sortKey, error) {
	s, ok := p["sortby"]
	if !ok {
		return nil, nil
	}
	var keys []sortKey
	for part := range strings.SplitSeq(s, ",") {
		name := part
		if l.Column(part) == nil && part != "" && strings.Contains("+- ", part[:1]) {
			name = part[1:]
		}
		column := l.Column(name)
		if column == nil {
			wrong := badParameter("sortby", "sortby: %s has no property %s", l.Collection.ID, quoted(name))
			wrong.Allowed = fieldNames(l.Collection.Fields)
			return nil, wrong
		}
		keys = append(keys, sortKey{column, name != part && part[0] == '-'})
	}
	return keys, nil
}

// cursorScope is what a cursor is good for: the collection, in one order.
func cursorScope(p parameters, l *geo.Layer) string {
	if s, ok := p["sortby"]; ok {
		return l.Collection.ID + "\x00" + s
	}
	return l.Collection.ID
}

// findSorted is find for an order by properties. A page begins after a feature
// by its place in that order, so the feature must still be there.
func (sel *selection) findSorted(ctx context.Context, l *geo.Layer) (page, error) {
	all, err := (&selection{boxes: sel.boxes, passes: sel.passes, limit: l.Len()}).sift(ctx, l, sel.candidates(l), 0)
	if err != nil {
		return page{}, err
	}
	found := all.positions
	slices.SortFunc(found, func(a, b int32) int { return compareBy(sel.order, int(a), int(b)) })
	first := 0
	if sel.after != "" {
		at, there := l.Find(sel.after)
		if !there {
			return page{}, &Problem{Kind: BadCursor, Parameter: "cursor", Detail: "the feature at which the page begins is gone; begin again at the first page"}
		}
		first, there = slices.BinarySearchFunc(found, int32(at), func(a, b int32) int { return compareBy(sel.order, int(a), int(b)) })
		if there {
			first++
		}
	}
	end := min(first+sel.limit, len(found))
	return page{positions: found[first:end], more: end < len(found), matched: len(found)}, nil
}

// compareBy orders two features: a missing value after all others whatever the
// direction, false before true, texts by code point, equals by id.
func compareBy(keys []sortKey, a, b int) int {
	for _, k := range keys {
		hasA, hasB := k.column.Has(a), k.column.Has(b)
		if !hasA || !hasB {
			if hasA != hasB {
				return order(hasA)
			}
			continue
		}
		if c := compareValues(k.column, a, b); c != 0 {
			if k.reverse {
				return -c
			}
			return c
		}
	}
	return cmp.Compare(a, b)
}

func order(first bool) int {
	if first {
		return -1
	}
	return 1
}

func compareValues(c *geo.Column, a, b int) int {
	switch c.Field.Type {
	case geo.String:
		return strings.Compare(c.Words()[c.Word(a)], c.Words()[c.Word(b)])
	case geo.Integer:
		x, _ := c.Int(a)
		y, _ := c.Int(b)
		return cmp.Compare(x, y)
	case geo.Number:
		x, _ := c.Float(a)
		y, _ := c.Float(b)
		return cmp.Compare(x, y)
	default:
		x, y := c.Value(a), c.Value(b)
		if x == y {
			return 0
		}
		return order(x == false)
	}
}
