package coverage

import (
	"strings"

	"github.com/petadesa/petadesa/geo"
)

// officials are what is officially said, by village and by district code.
type officials struct {
	villages  map[int]*Official
	districts map[string]*Official
}

// Bytes returns about how much memory the officials take.
func (o *officials) Bytes() int64 { return int64(100 * (len(o.villages) + len(o.districts))) }

// newOfficials reads the layer of blank spots: villages by their code, points by
// their code or where they stand. A district that is named says nothing of each of its
// villages. The latest date counts, of the same date the later id.
func newOfficials(g *Ground, o *owners, spots *geo.Layer) *officials {
	all := &officials{villages: map[int]*Official{}, districts: map[string]*Official{}}
	if spots == nil {
		return all
	}
	text := func(name string, i int) string {
		if c := spots.Column(name); c != nil {
			s, _ := c.Value(i).(string)
			return s
		}
		return ""
	}
	for i := range spots.Len() {
		said := &Official{Status: text("status", i), Date: text("source_date", i), Unit: text("unit", i)}
		if said.Unit == "district" {
			if code := text("district_code", i); all.districts[code].olderThan(said) {
				all.districts[code] = said
			}
			continue
		}
		v, ok := g.villages.Find(text("village_code", i))
		if !ok {
			at, there := pointOf(spots.Geometry(i))
			if !there {
				continue
			}
			_, village := g.settleAt(o, at)
			if village < 0 {
				continue
			}
			v = int(village)
		}
		if all.villages[v].olderThan(said) {
			all.villages[v] = said
		}
	}
	return all
}

func (o *Official) olderThan(n *Official) bool {
	return o == nil || strings.Compare(o.Date, n.Date) <= 0
}
