package tiles

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/petadesa/petadesa/geo"
)

// Query says what of the layers is in a tile and how fine. The zero value is
// everything, at the default extent.
type Query struct {
	// Extent is the width of the tile in its units: 512, 1024, 2048, 4096 or
	// 8192; 0 is 4096.
	Extent int
	// Properties are the names of those kept; nil keeps all, an empty slice none.
	Properties []string
	// Filter, if any, returns the test that features of a layer must pass, or
	// nil when all do. FilterKey tells filters apart that select differently: it
	// is part of a tile's identity.
	Filter    func(*geo.Layer) (func(feature int) bool, error)
	FilterKey string
}

const defaultExtent = 4096

// Check reports what is wrong with the query for those layers: ErrBadQuery.
func (q *Query) Check(layers []*geo.Layer) error {
	switch q.Extent {
	case 0, 512, 1024, 2048, 4096, 8192:
	default:
		return fmt.Errorf("%w: extent %d is not 512, 1024, 2048, 4096 or 8192", ErrBadQuery, q.Extent)
	}
	for _, p := range q.Properties {
		if !slices.ContainsFunc(layers, func(l *geo.Layer) bool { return l.Collection.FieldIndex(p) >= 0 }) {
			return fmt.Errorf("%w: there is no property %.80q", ErrBadQuery, p)
		}
	}
	return nil
}

func (q *Query) extent() int32 {
	if q.Extent == 0 {
		return defaultExtent
	}
	return int32(q.Extent)
}

func (q *Query) wants(property string) bool {
	return q.Properties == nil || slices.Contains(q.Properties, property)
}

// key is equal for queries that select the same.
func (q *Query) key() string {
	if q.Properties == nil && q.FilterKey == "" && (q.Extent == 0 || q.Extent == defaultExtent) {
		return ""
	}
	var b strings.Builder
	b.WriteString(strconv.Itoa(int(q.extent())))
	if q.Properties != nil {
		names := slices.Compact(slices.Sorted(slices.Values(q.Properties)))
		fmt.Fprintf(&b, "|%q", names)
	}
	if q.FilterKey != "" {
		b.WriteString("?" + q.FilterKey)
	}
	return b.String()
}

// forLayer returns the query of one layer of several: the properties it has.
func (q *Query) forLayer(l *geo.Layer) *Query {
	one := *q
	if q.Properties != nil {
		one.Properties = []string{}
		for _, p := range q.Properties {
			if l.Collection.FieldIndex(p) >= 0 {
				one.Properties = append(one.Properties, p)
			}
		}
	}
	return &one
}
