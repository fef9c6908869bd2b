package coverage

import (
	"context"
	"fmt"

	"github.com/petadesa/petadesa/geo"
)

// The contradictions between what is said, claimed, modelled and measured.
const (
	NonAligned   = "NON_ALIGNED"   // claimed, but measured absent
	UnderClaimed = "UNDER_CLAIMED" // measured, but not claimed
	StaleList    = "STALE_LIST"    // officially blank, but measured fine
	ModelOrList  = "MODEL_OR_LIST" // the official list and the model contradict each other
)

// Contradiction is one thing of which two sources say different things.
type Contradiction struct {
	Type        string     `json:"type"`
	VillageCode string     `json:"village_code"`
	Village     string     `json:"village"`
	District    string     `json:"district"`
	Unit        string     `json:"unit"`          // village, or point
	ID          string     `json:"id,omitempty"`  // of the official record
	Lon         *float64   `json:"lon,omitempty"` // of a point
	Lat         *float64   `json:"lat,omitempty"`
	Operator    string     `json:"operator"`
	Technology  string     `json:"technology"`
	Cells       int        `json:"cells"`  // on which they contradict each other
	People      People     `json:"people"` // who live there
	Thin        bool       `json:"thin"`   // the measurements are too few to be a fact
	Evidence    []Evidence `json:"evidence"`
}

// Evidence is what one source says.
type Evidence struct {
	Kind  string `json:"kind"` // official, claimed, modelled, measured
	Says  string `json:"says"`
	Count int64  `json:"count"` // tests, cells or records that it rests on
	Date  string `json:"date,omitempty"`
}

// Reconciliation is all contradictions of a snapshot.
type Reconciliation struct {
	Technology string          `json:"technology"`
	Threshold  Threshold       `json:"threshold"`
	Counts     map[string]int  `json:"counts"` // of each type
	Rows       []Contradiction `json:"rows"`
	Provenance Provenance      `json:"provenance"`
}

// Reconcile finds the contradictions in the villages that a query selects, for
// its technology and threshold.
func (e *Engine) Reconcile(ctx context.Context, snap *geo.Snapshot, query *Query) (*Reconciliation, error) {
	q := *query
	q.Change = nil
	s, t, err := e.ready(ctx, snap, &q)
	if err != nil {
		return nil, err
	}
	chosen, err := s.choose(&q)
	if err != nil {
		return nil, err
	}
	wanted := make([]bool, s.villages.Len())
	for _, v := range chosen {
		wanted[v] = true
	}
	r := &reconciler{scene: s, q: &q, t: t, wanted: wanted}
	if r.people, err = s.people(ctx, q.Season); err != nil {
		return nil, err
	}
	if err := r.claims(ctx); err != nil {
		return nil, err
	}
	if err := r.lists(ctx); err != nil {
		return nil, err
	}
	out := &Reconciliation{Technology: q.Technology, Threshold: *t, Rows: r.rows, Counts: map[string]int{}}
	for _, name := range []string{NonAligned, UnderClaimed, StaleList, ModelOrList} {
		out.Counts[name] = 0
	}
	for _, row := range r.rows {
		out.Counts[row.Type]++
	}
	out.Provenance, err = s.provenance(ctx, &q)
	return out, err
}

type reconciler struct {
	*scene
	q      *Query
	t      *Threshold
	people *population
	wanted []bool
	rows   []Contradiction
}

// claims compares, cell by cell, what each operator claims with tests that name
// it, and what anybody claims with tests that name nobody.
func (r *reconciler) claims(ctx context.Context) error {
	operators := append(r.operators(r.q.Technology, "claimed"), "")
	for _, operator := range operators {
		var of []test
		for _, m := range r.tests {
			if m.operator == operator && (m.about(r.q.Technology) || r.q.Technology == "any" && m.network != "fixed") {
				of = append(of, m)
			}
		}
		if len(of) == 0 {
			continue
		}
		claimed, err := r.claimed(ctx, operator)
		if err != nil {
			return err
		}
		r.compare(operator, claimed, meansOf(r.Grid, r.snap.Layer("measurements"), of))
	}
	return nil
}

func (r *reconciler) claimed(ctx context.Context, operator string) (*States, error) {
	if operator != "" {
		return r.operator(ctx, operator, r.q.Technology, "claimed", r.t)
	}
	any := *r.q
	any.Evidence, any.Operator = "claimed", "any"
	return r.several(ctx, &any, r.t, r.operators(r.q.Technology, "claimed"), 1)
}

// clash gathers the cells of a village where two sources contradict each other.
type clash struct {
	cells, solid int // all, and those with enough tests
	tests        int64
	people       int64
}

func (r *reconciler) compare(operator string, claimed *States, means map[int32]*mean) {
	found := map[string]map[int32]*clash{NonAligned: {}, UnderClaimed: {}}
	for cell, m := range means {
		village := r.owners.village(spot{cell, 27})
		if village < 0 || !r.wanted[village] {
			continue
		}
		kind := ""
		switch verdict := m.verdict(r.t); {
		case verdict < 0 && claimed.Covered.Has(cell):
			kind = NonAligned
		case verdict > 0 && claimed.Not.Has(cell):
			kind = UnderClaimed
		default:
			continue
		}
		c := found[kind][village]
		if c == nil {
			c = &clash{}
			found[kind][village] = c
		}
		c.cells++
		c.tests += m.tests
		c.people += r.owners.people(r.people.Weights, cell)
		if m.solid() {
			c.solid++
		}
	}
	name := operator
	if name == "" {
		name = "any"
	}
	for _, kind := range []string{NonAligned, UnderClaimed} {
		said, measured := "covered", "does not meet the threshold"
		if kind == UnderClaimed {
			said, measured = "not covered", "meets the threshold"
		}
		for v := range r.wanted {
			c := found[kind][int32(v)]
			if c == nil {
				continue
			}
			row := r.row(kind, v, name)
			row.Cells, row.People, row.Thin = c.cells, People(c.people), c.solid == 0
			row.Evidence = []Evidence{
				{Kind: "claimed", Says: said, Count: int64(c.cells), Date: r.date("coverage")},
				{Kind: "measured", Says: measured, Count: c.tests, Date: r.date("measurements")},
			}
			r.rows = append(r.rows, row)
		}
	}
}

func (r *reconciler) row(kind string, v int, operator string) Contradiction {
	return Contradiction{
		Type: kind, VillageCode: r.villages.ID(v), Village: r.text("name", v), District: r.text("district", v),
		Unit: "village", Operator: operator, Technology: r.q.Technology,
	}
}

// date is the latest date of a layer's sources.
func (r *reconciler) date(layer string) string {
	if l := r.snap.Layer(layer); l != nil {
		return originOf(l).To
	}
	return ""
}

// lists compares the official list with tests and with the model, village by
// village and point by point.
func (r *reconciler) lists(ctx context.Context) error {
	spots := r.snap.Layer("blankspots")
	if spots == nil {
		return nil
	}
	modelled := *r.q
	modelled.Evidence, modelled.Operator = "modelled", "any"
	st, err := r.several(ctx, &modelled, r.t, r.operators(r.q.Technology, "modelled"), 1)
	if err != nil {
		return err
	}
	var of []test
	for _, m := range r.tests {
		if m.about(r.q.Technology) || r.q.Technology == "any" && m.network != "fixed" {
			of = append(of, m)
		}
	}
	means := meansOf(r.Grid, r.snap.Layer("measurements"), of)
	for i := range spots.Len() {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		r.list(spots, i, st, means)
	}
	return nil
}

func (r *reconciler) list(spots *geo.Layer, i int, modelled *States, means map[int32]*mean) {
	text := func(name string) string {
		if c := spots.Column(name); c != nil {
			s, _ := c.Value(i).(string)
			return s
		}
		return ""
	}
	unit := text("unit")
	v, known := r.villages.Find(text("village_code"))
	at, there := pointOf(spots.Geometry(i))
	var here *spot
	if there && unit == "point" {
		p, village := r.settleAt(r.owners, at)
		if village >= 0 {
			here = &p
			if !known {
				v, known = int(village), true
			}
		}
	}
	if !known || !r.wanted[v] || unit == "district" {
		return
	}
	official := Evidence{Kind: "official", Says: text("status"), Count: 1, Date: text("source_date")}
	row := r.row("", v, "any")
	row.ID, row.Unit = spots.ID(i), unit
	if here != nil {
		row.Lon, row.Lat = &at[0], &at[1]
	}
	blank := official.Says == "blank"
	if blank {
		r.stale(row, v, here, official, means)
	}
	if blank || official.Says == "resolved" {
		r.modelOrList(row, v, here, official, modelled, blank)
	}
}

// stale finds officially blank places where tests are fine.
func (r *reconciler) stale(row Contradiction, v int, here *spot, official Evidence, means map[int32]*mean) {
	var c clash
	take := func(cell int32) {
		m := means[cell]
		if m == nil || m.verdict(r.t) <= 0 {
			return
		}
		c.cells++
		c.tests += m.tests
		c.people += r.owners.people(r.people.Weights, cell)
		if m.solid() {
			c.solid++
		}
	}
	if here != nil {
		take(here.cell)
	} else {
		r.walk(v, func(_ int, cell int32, _ int64) { take(cell) })
	}
	if c.cells == 0 {
		return
	}
	row.Type, row.Cells, row.People, row.Thin = StaleList, c.cells, People(c.people), c.solid == 0
	row.Evidence = []Evidence{official, {Kind: "measured", Says: "meets the threshold", Count: c.tests, Date: r.date("measurements")}}
	r.rows = append(r.rows, row)
}

// modelOrList finds officially served places that the model leaves without a
// signal, and officially blank ones that it gives one: a village as soon as more than
// half of its people, or of its land where nobody is, are on the other side. One of the two is wrong.
func (r *reconciler) modelOrList(row Contradiction, v int, here *spot, official Evidence, modelled *States, blank bool) {
	against, says := modelled.Not, "not covered"
	if blank {
		against, says = modelled.Covered, "covered"
	}
	if here != nil {
		if !here.in(against) {
			return
		}
		row.Cells, row.People = 1, People(r.owners.people(r.people.Weights, here.cell))
	} else {
		total, part := r.Sum(v, nil, r.people.Weights), r.Sum(v, against, r.people.Weights)
		if total == 0 {
			total, part = r.Area(v, nil), r.Area(v, against)
		} else {
			row.People = People(part)
		}
		if 2*part <= total {
			return
		}
		r.walk(v, func(_ int, cell int32, _ int64) {
			if against.Has(cell) {
				row.Cells++
			}
		})
		says = fmt.Sprintf("%s for %.0f %% of the village", says, 100*float64(part)/float64(total))
	}
	row.Type = ModelOrList
	row.Evidence = []Evidence{official, {Kind: "modelled", Says: says, Count: int64(row.Cells), Date: r.date("towers")}}
	r.rows = append(r.rows, row)
}
