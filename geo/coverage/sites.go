package coverage

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage/siting"
	"github.com/petadesa/petadesa/geo/lattice"
)

// The bounds of a search for sites.
const (
	MaxSites            = 200
	MaxSiteCandidates   = 100_000
	MaxTerrainCandidate = 3000 // whose signals over terrain are computed, the likeliest first
	MinLattice          = 100  // m
	MaxLattice          = 20_000
	MaxSpacing          = 100_000
)

// SiteQuery asks where to build towers.
type SiteQuery struct {
	Query       *Query  // whose gaps are to be closed
	Tower       Tower   // what is built: height, frequency, operators, technologies
	Count       int     // of towers
	LatticeM    float64 // candidates stand on land so many metres apart; 0: none do
	NearRoad    float64 // candidates within so many metres of a road; 0: anywhere
	On          string  // candidates are the points of this collection, too
	Exclude     []orb.MultiPolygon
	Weights     SiteWeights
	MinSpacingM float64
}

// SiteWeights say what counts. With several each counts by its share of all
// that is without coverage: of people, of places and so on.
type SiteWeights struct {
	People   float64 `json:"people,omitempty"`
	Places   float64 `json:"places,omitempty"`
	RoadKm   float64 `json:"road_km,omitempty"`
	Tourists float64 `json:"tourists,omitempty"` // of the holidays
	Official float64 `json:"official,omitempty"` // villages officially blank; each counts the same
}

// SiteNames are the names of the weights.
func SiteNames() []string { return []string{"people", "places", "road_km", "tourists", "official"} }

func (w *SiteWeights) all() []float64 {
	return []float64{w.People, w.Places, w.RoadKm, w.Tourists, w.Official}
}

// ChosenSite is where to build, in the order in which each gains most.
type ChosenSite struct {
	Rank        int     `json:"rank"`
	Lon         float64 `json:"lon"`
	Lat         float64 `json:"lat"`
	Feature     string  `json:"feature,omitempty"` // of the collection that candidates are on
	VillageCode string  `json:"village_code"`
	Village     string  `json:"village"`
	District    string  `json:"district"`
	Gain        Row     `json:"gain"`       // what it covers and the sites before it do not
	Cumulative  Row     `json:"cumulative"` // with the sites before it
	Share       float64 `json:"share"`      // of the upper bound, with those before it
}

// Certificate says how good a choice is.
type Certificate struct {
	Ratio      float64 `json:"ratio"` // the value is at least so much of the best possible
	Value      float64 `json:"value"`
	UpperBound float64 `json:"upper_bound"`
	Unit       string  `json:"unit"`
	Method     string  `json:"method"`
	Proven     bool    `json:"proven"` // the value is the best possible
}

// SiteAnswer is a choice of sites.
type SiteAnswer struct {
	Sites       []ChosenSite      `json:"sites"`
	Demand      Row               `json:"demand"` // all that is without coverage
	Certificate Certificate       `json:"certificate"`
	Evaluations int64             `json:"evaluations"`
	Candidates  int               `json:"candidates"` // that the rule allows
	Considered  int               `json:"considered"` // whose signals were computed: the certificate is about these
	Parameters  map[string]string `json:"parameters"`
	Threshold   Threshold         `json:"threshold"`
	Provenance  Provenance        `json:"provenance"`
}

// candidate is where a tower might be built.
type candidate struct {
	at      orb.Point
	feature string
	cover   []siting.Run
}

// Sites chooses sites. progress is told of each stage: signals, sites; it may be
// nil. The same question has the same answer. It fails with a *ParamError,
// whose parameter is a member of the request, ErrNoVillages, or ctx's error.
func (e *Engine) Sites(ctx context.Context, snap *geo.Snapshot, sq *SiteQuery, progress func(stage string, done, of int)) (*SiteAnswer, error) {
	if progress == nil {
		progress = func(string, int, int) {}
	}
	q := *sq.Query
	q.By, q.Change = "village", nil
	s, t, err := e.ready(ctx, snap, &q)
	if err != nil {
		return nil, err
	}
	if err := s.checkSites(&q, t, sq); err != nil {
		return nil, err
	}
	d, err := s.demand(ctx, &q, t, sq.Tower)
	if err != nil {
		return nil, err
	}
	gap, err := s.gap(ctx, &q, t)
	if err != nil {
		return nil, err
	}
	progress("demand", len(d.Cells), len(d.Cells))
	weights, unit, scale, err := s.siteWeights(ctx, &q, t, d, sq)
	if err != nil {
		return nil, err
	}
	all, err := s.candidates(ctx, &q, sq)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(weights, func(w int64) bool { return w > 0 }) {
		return nil, &ParamError{Parameter: "weights", Reason: "nothing that they count is without signal here, or only where tests say so, against which a model has no say: no site can gain anything. " +
			"Where it is people that count, the villages need a population, or an imported raster of it"}
	}
	allowed := len(all)
	cells, weights := counting(d, weights)
	reach := &siteReach{scene: s, threshold: t, tower: sq.Tower.with(q.Technology), demand: newDemandRows(cells)}
	if all, err = reach.cover(ctx, all, weights, progress); err != nil {
		return nil, err
	}
	p := &siting.Problem{Weights: weights, Budget: int64(sq.Count), Conflicts: conflicts(all, sq.MinSpacingM)}
	for i := range all {
		p.Covers = append(p.Covers, all[i].cover)
	}
	solved, err := siting.Solve(ctx, p, siting.Options{Progress: func(n int, _ int64) { progress("sites", n, sq.Count) }})
	if err != nil {
		return nil, err
	}
	chosen := make([]candidate, len(solved.Sites))
	for k, site := range solved.Sites {
		chosen[k] = all[site.Candidate]
	}
	if err := reach.entire(ctx, d, chosen); err != nil {
		return nil, err
	}
	a := &SiteAnswer{
		Evaluations: solved.Evaluations, Candidates: allowed, Considered: len(all), Threshold: *t, Parameters: map[string]string{}, Sites: []ChosenSite{}, Demand: *gap,
		Certificate: Certificate{
			Ratio: solved.Ratio, Value: float64(solved.Value) / scale, UpperBound: float64(solved.UpperBound) / scale,
			Unit: unit, Method: solved.Method, Proven: solved.Proven,
		},
	}
	for name, v := range q.Values() {
		if name != "sort" && name != "limit" && name != "by" {
			a.Parameters[name] = v[0]
		}
	}
	s.tell(a, d, chosen, solved)
	a.Provenance, err = s.provenance(ctx, &q)
	return a, err
}

// checkSites refuses what no site could help.
func (s *scene) checkSites(q *Query, t *Threshold, sq *SiteQuery) error {
	switch {
	case !slices.Contains(mobile, q.Technology):
		return &ParamError{Parameter: "technology", Value: q.Technology, Reason: "towers are planned for one technology", Allowed: mobile}
	case q.Evidence == "claimed" || q.Evidence == "measured":
		return &ParamError{Parameter: "evidence", Value: q.Evidence, Reason: "a tower that is not there is only modelled", Allowed: []string{"best", "modelled"}}
	case t.speed() || t.Class > 0:
		return &ParamError{Parameter: "preset", Value: t.Preset, Reason: "sites are chosen by signal; a model of signals says nothing of speeds and surveys"}
	case s.model == nil:
		return &ParamError{Parameter: "technology", Value: q.Technology, Reason: "there is no model of signals"}
	case sq.Count < 1 || sq.Count > MaxSites:
		return &ParamError{Parameter: "count", Value: fmt.Sprint(sq.Count), Reason: fmt.Sprintf("want 1 to %d", MaxSites)}
	case sq.MinSpacingM < 0 || sq.MinSpacingM > MaxSpacing:
		return &ParamError{Parameter: "min_spacing_m", Value: fmt.Sprint(sq.MinSpacingM), Reason: fmt.Sprintf("want 0 to %d", MaxSpacing)}
	case sq.LatticeM == 0 && sq.On == "":
		return &ParamError{Parameter: "candidates", Reason: "want lattice_m, or on: a collection of points"}
	case sq.LatticeM != 0 && !(sq.LatticeM >= MinLattice && sq.LatticeM <= MaxLattice):
		return &ParamError{Parameter: "candidates.lattice_m", Value: fmt.Sprint(sq.LatticeM), Reason: fmt.Sprintf("want %d to %d", MinLattice, MaxLattice)}
	case sq.NearRoad != 0 && !(sq.NearRoad >= 1 && sq.NearRoad <= MaxNearRoad):
		return &ParamError{Parameter: "candidates.near_road", Value: fmt.Sprint(sq.NearRoad), Reason: fmt.Sprintf("want 1 to %d", MaxNearRoad)}
	}
	some := false
	for i, w := range sq.Weights.all() {
		if !(w >= 0 && w <= 1e6) {
			return &ParamError{Parameter: "weights." + SiteNames()[i], Value: fmt.Sprint(w), Reason: "want 0 to 1000000"}
		}
		some = some || w > 0
	}
	if !some {
		return &ParamError{Parameter: "weights", Reason: "all are zero: nothing would count", Allowed: SiteNames()}
	}
	return nil
}

// siteWeights gives each cell of the demand its weight in whole units, and how
// many of them are one of the unit.
func (s *scene) siteWeights(ctx context.Context, q *Query, t *Threshold, d *Demand, sq *SiteQuery) ([]int64, string, float64, error) {
	w := &sq.Weights
	values := make([][]float64, 5)
	for k := range values {
		values[k] = make([]float64, len(d.Cells))
	}
	for i := range d.Cells {
		won := d.won(i)
		values[0][i], values[1][i], values[2][i] = float64(won.People), float64(won.Places), float64(won.Road)
	}
	if w.Tourists > 0 {
		holiday := *q
		holiday.Season = "holiday"
		busy, err := s.demand(ctx, &holiday, t, sq.Tower) // of the same cells
		if err != nil {
			return nil, "", 0, err
		}
		for i := range busy.Cells {
			values[3][i] = float64(busy.won(i).People)
			if q.Season != "holiday" {
				values[3][i] -= values[0][i]
			}
		}
	}
	if w.Official > 0 {
		if err := s.blankShares(ctx, d, values[4]); err != nil {
			return nil, "", 0, err
		}
	}
	used, only, sum := 0, 0, 0.0
	for k, x := range w.all() {
		if x > 0 {
			used, only, sum = used+1, k, sum+x
		}
	}
	out := make([]int64, len(d.Cells))
	if used == 1 { // exactly, in its own unit
		scale := []float64{1000, 1, 10_000, 1000, 1e9}[only]
		factor := 1.0
		if only == 4 {
			factor = 1e9
		}
		for i := range out {
			out[i] = int64(math.Round(values[only][i] * factor))
		}
		return out, []string{"people", "places", "km of road", "tourists", "villages"}[only], scale, nil
	}
	const scale = 1e12 // of all that is without coverage
	for k, x := range w.all() {
		var total float64
		for _, v := range values[k] {
			total += v
		}
		if x == 0 || total == 0 {
			continue
		}
		for i, v := range values[k] {
			out[i] += int64(math.Round(scale * x / sum * v / total))
		}
	}
	return out, "share of what is without coverage, by the weights", scale, nil
}

// counting keeps of the demand what has a weight.
func counting(d *Demand, weights []int64) (cells []lattice.Cell, some []int64) {
	for i, w := range weights {
		if w > 0 {
			cells, some = append(cells, d.Cells[i]), append(some, w)
		}
	}
	return cells, some
}

// blankShares gives the cells of each village that is officially blank equal
// shares of it.
func (s *scene) blankShares(ctx context.Context, d *Demand, to []float64) error {
	said, err := s.officials(ctx)
	if err != nil {
		return err
	}
	villages, cells := make([]int32, len(d.Cells)), map[int32]float64{}
	for i, c := range d.Cells {
		v := s.owners.village(spot{s.Grid.Index(c), 27})
		if villages[i] = -1; v >= 0 && d.won(i) != (Amounts{}) && said.villages[int(v)] != nil && said.villages[int(v)].Status == "blank" {
			villages[i] = v
			cells[v]++
		}
	}
	for i, v := range villages {
		if v >= 0 {
			to[i] = 1 / cells[v]
		}
	}
	return nil
}

// conflicts lists, for each candidate, those nearer than the spacing.
func conflicts(all []candidate, spacing float64) [][]int32 {
	if spacing <= 0 {
		return nil
	}
	type bin struct{ x, y int32 }
	place := func(p orb.Point) bin {
		perLon, perLat := metresPerDegree(p[1])
		return bin{int32(math.Floor(p[0] * perLon / spacing)), int32(math.Floor(p[1] * perLat / spacing))}
	}
	bins := map[bin][]int32{}
	for i := range all {
		b := place(all[i].at)
		bins[b] = append(bins[b], int32(i))
	}
	out := make([][]int32, len(all))
	for i := range all {
		b := place(all[i].at)
		for dx := int32(-2); dx <= 2; dx++ { // the bins of rows of latitude are shifted
			for dy := int32(-1); dy <= 1; dy++ {
				for _, o := range bins[bin{b.x + dx, b.y + dy}] {
					if int(o) != i && Distance(all[i].at, all[o].at) < spacing {
						out[i] = append(out[i], o)
					}
				}
			}
		}
		slices.Sort(out[i])
	}
	return out
}
