package coverage

import (
	"context"
	"slices"

	"github.com/petadesa/petadesa/geo"
)

// claim is a polygon of the coverage layer.
type claim struct {
	index                          int // in the layer
	operator, technology, evidence string
	down, up, rsrp                 *float64
}

func claimsOf(l *geo.Layer) []claim {
	if l == nil {
		return nil
	}
	text := func(name string, i int) string { return textOf(l, name, i) }
	all := make([]claim, l.Len())
	for i := range all {
		all[i] = claim{
			index: i, operator: text("operator", i), technology: text("technology", i), evidence: text("evidence", i),
			down: numberOf(l, "down_mbps", i), up: numberOf(l, "up_mbps", i), rsrp: numberOf(l, "rsrp_dbm", i),
		}
		if all[i].evidence == "" {
			all[i].evidence = "claimed"
		}
	}
	return all
}

func numberOf(l *geo.Layer, name string, i int) *float64 {
	c := l.Column(name)
	if c == nil || c.Field.Type != geo.Number && c.Field.Type != geo.Integer {
		return nil
	}
	if v, ok := c.Float(i); ok {
		return &v
	}
	return nil
}

// polygons returns what the polygons of an operator, technology and evidence
// say of a threshold. Who publishes where there is coverage says with it that elsewhere
// there is none: claimed and modelled polygons make the whole regency known.
// Measured ones know only what is inside. A polygon that does not tell the speed
// or signal that is asked for leaves its inside unknown.
func polygons(ctx context.Context, g *Grid, l *geo.Layer, of []claim, t *Threshold, everywhere bool) (*States, error) {
	yes, no, unsaid := g.NewBuilder(), g.NewBuilder(), g.NewBuilder()
	for _, c := range of {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		b := unsaid
		switch t.judge(c.down, c.up, c.rsrp) {
		case 1:
			b = yes
		case -1:
			b = no
		}
		b.AddPolygon(l.Geometry(c.index))
	}
	covered, not := yes.Set(), no.Set()
	if everywhere {
		not = AndNot(g.All(), unsaid.Set())
	}
	return certain(covered, AndNot(not, covered)), nil
}

func filterClaims(all []claim, operator, technology, evidence string) []claim {
	return slices.DeleteFunc(slices.Clone(all), func(c claim) bool {
		return c.operator != operator || c.technology != technology || c.evidence != evidence
	})
}

// textOf is the text in a column of a layer; "" where there is none.
func textOf(l *geo.Layer, name string, i int) string {
	if c := l.Column(name); c != nil {
		s, _ := c.Value(i).(string)
		return s
	}
	return ""
}
