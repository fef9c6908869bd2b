package coverage

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage/propagation"
	"github.com/petadesa/petadesa/geo/lattice"
)

// The states of a place.
const (
	StateCovered = "covered"
	StateNot     = "not covered"
	StateUnknown = "unknown"
)

// Place is all that is known of one point.
type Place struct {
	Lon          float64       `json:"lon"`
	Lat          float64       `json:"lat"`
	Cell         string        `json:"cell"`
	Village      *VillageRef   `json:"village"` // nil: outside of all villages
	Threshold    Threshold     `json:"threshold"`
	Operators    []OperatorAt  `json:"operators"`
	Measurements []MeasuredAt  `json:"measurements"` // nearest first
	Official     *Official     `json:"official"`
	NearestTower *NearestTower `json:"nearest_tower"`
	NearestFibre *Length       `json:"nearest_fibre_km"`
	NearestRoad  *Length       `json:"nearest_road_km"`
	Provenance   Provenance    `json:"provenance"`
}

// VillageRef names a village.
type VillageRef struct {
	Code     string `json:"code"`
	Name     string `json:"name"`
	District string `json:"district"`
}

// OperatorAt is an operator's technology at a place: by the best evidence, and
// what each evidence says.
type OperatorAt struct {
	Operator    string        `json:"operator"`
	Technology  string        `json:"technology"`
	State       string        `json:"state"`
	Evidence    string        `json:"evidence"`    // that the state rests on; "" when unknown
	RSRP        *float64      `json:"rsrp_dbm"`    // modelled, of the strongest tower
	Probability *float64      `json:"probability"` // that the signal is strong enough, with shadow fading
	Tower       *NearestTower `json:"tower"`       // the strongest; where none is received, the nearest within reach, without an rsrp_dbm
	Claimed     string        `json:"claimed"`
	Modelled    string        `json:"modelled"`
	Measured    string        `json:"measured"`
	Why         string        `json:"why"`
}

// NearestTower is a tower and how far it is.
type NearestTower struct {
	ID       string  `json:"id"`
	Distance Length  `json:"distance_km"`
	Lon      float64 `json:"lon"`
	Lat      float64 `json:"lat"`
	HeightM  float64 `json:"height_m"`
	MHz      float64 `json:"frequency_mhz"`
	Guessed  bool    `json:"guessed"` // height or frequency are the usual ones, not given
}

// MeasuredAt is a measurement near a place.
type MeasuredAt struct {
	ID       string   `json:"id"`
	Distance Length   `json:"distance_km"`
	Tests    int64    `json:"tests"`
	Thin     bool     `json:"thin"` // fewer than 10 tests, and not confirmed: no fact
	Network  string   `json:"network,omitempty"`
	Operator string   `json:"operator,omitempty"`
	Down     *float64 `json:"down_mbps"`
	Up       *float64 `json:"up_mbps"`
}

// nearMetres is how far from a place measurements are shown.
const (
	nearMetres = 2000
	maxNear    = 20
)

// At explains a point in degrees: of q the technology ("" or any: all that there
// are), the threshold and the season count.
func (e *Engine) At(ctx context.Context, snap *geo.Snapshot, lon, lat float64, query *Query) (*Place, error) {
	if !(lon >= -180 && lon <= 180) {
		return nil, &ParamError{Parameter: "lon", Value: fmt.Sprint(lon), Reason: "want degrees from −180 to 180"}
	}
	if !(lat >= -90 && lat <= 90) {
		return nil, &ParamError{Parameter: "lat", Value: fmt.Sprint(lat), Reason: "want degrees from −90 to 90"}
	}
	q := *query
	technologies := []string{q.Technology}
	if q.Technology == "" || q.Technology == "any" {
		technologies = Technologies()[:6]
	}
	if err := q.Check(); err != nil {
		return nil, err
	}
	s, err := e.scene(ctx, snap, q.Change)
	if err != nil {
		return nil, err
	}
	p := &Place{Lon: lon, Lat: lat, Cell: CellID(lattice.At(lon, lat)), Operators: []OperatorAt{}}
	point := orb.Point{lon, lat}
	spot, village := s.settleAt(s.owners, point)
	inside := village >= 0 && s.Grid.Index(lattice.At(lon, lat)) >= 0
	for _, technology := range technologies {
		of := q
		of.Technology = technology
		t, err := of.resolve()
		if err != nil {
			if len(technologies) > 1 {
				continue // the preset is not made for this technology
			}
			return nil, err
		}
		p.Threshold = t
		for _, operator := range s.operators(technology, "best") {
			o, err := s.explain(ctx, point, spot, inside, operator, technology, &t)
			if err != nil {
				return nil, err
			}
			p.Operators = append(p.Operators, *o)
		}
	}
	if village >= 0 {
		v := int(village)
		p.Village = &VillageRef{s.villages.ID(v), s.text("name", v), s.text("district", v)}
		said, err := s.officials(ctx)
		if err != nil {
			return nil, err
		}
		p.Official = said.villages[v]
	}
	p.Measurements = s.near(point)
	if d, t := s.nearestTower(point, "", "any"); t != nil {
		p.NearestTower = towerRef(t, d)
	}
	p.NearestFibre, p.NearestRoad = metres(s.nearestFibre(point)), metres(nearestIn(snap.Layer("roads"), point, nil))
	p.Provenance, err = s.provenance(ctx, &q)
	return p, err
}

// metres makes a length; NaN is none.
func metres(d float64) *Length {
	if math.IsNaN(d) {
		return nil
	}
	l := Length(math.Round(d * 10))
	return &l
}

func towerRef(t *Tower, d float64) *NearestTower {
	return &NearestTower{t.ID, Length(math.Round(d * 10)), t.At[0], t.At[1], t.HeightM, t.FrequencyMHz, t.Guessed}
}

// explain says what each evidence knows of an operator at a spot.
func (s *scene) explain(ctx context.Context, p orb.Point, at spot, inside bool, operator, technology string, t *Threshold) (*OperatorAt, error) {
	o := &OperatorAt{Operator: operator, Technology: technology, State: StateUnknown, Why: "nothing is known of this place"}
	said := map[string]string{}
	for _, evidence := range []string{"claimed", "modelled", "measured"} {
		said[evidence] = StateUnknown
		if !inside {
			continue
		}
		st, err := s.operator(ctx, operator, technology, evidence, t)
		if err != nil {
			return nil, err
		}
		switch {
		case at.in(st.Covered):
			said[evidence] = StateCovered
		case at.in(st.Not):
			said[evidence] = StateNot
		}
		if said[evidence] != StateUnknown {
			o.State, o.Evidence = said[evidence], evidence // the later evidence is the better
		}
	}
	o.Claimed, o.Modelled, o.Measured = said["claimed"], said["modelled"], said["measured"]
	if err := s.strongest(ctx, p, o, t); err != nil {
		return nil, err
	}
	o.Why = s.why(o, t)
	return o, nil
}

// strongest finds the tower that is received best, or the nearest whose signal
// does not come here: what is in its way explains the place.
func (s *scene) strongest(ctx context.Context, p orb.Point, o *OperatorAt, t *Threshold) error {
	if s.model == nil {
		return nil
	}
	dbm := t.MinRSRP
	if dbm == 0 {
		dbm = PresenceRSRP
	}
	towers := s.active(o.Operator, o.Technology)
	if s.change != nil {
		towers = slices.DeleteFunc(towers, func(t Tower) bool { return slices.Contains(s.change.Remove, t.ID) })
		for _, added := range s.change.Add {
			if added.serves(o.Operator, o.Technology) {
				towers = append(towers, added.with(o.Technology))
			}
		}
	}
	signal := s.signal(math.Floor(min(dbm, PresenceRSRP) - maxMargin(towers)))
	best, cell := math.NaN(), lattice.At(p[0], p[1])
	var nearest *NearestTower
	for i := range towers {
		d := Distance(p, towers[i].At)
		if d > maxReach+200 {
			continue
		}
		sig, err := signal(ctx, towers[i])
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if out := (*propagation.RangeError)(nil); errors.As(err, &out) {
			continue // the model cannot compute it; the provenance names it
		} else if err != nil {
			return err
		}
		if r := sig.At(cell); !math.IsNaN(r) && !(r <= best) {
			best = r
			o.Tower = towerRef(&towers[i], d)
		}
		if at := towerRef(&towers[i], d); nearest == nil || at.Distance < nearest.Distance {
			nearest = at
		}
	}
	if o.Tower == nil {
		o.Tower = nearest
	} else {
		chance := math.Round(propagation.Probability(best, dbm, propagation.DefaultSigma)*1000) / 1000
		o.RSRP, o.Probability = &best, &chance
	}
	return nil
}

func (s *scene) why(o *OperatorAt, t *Threshold) string {
	dbm := t.MinRSRP
	if dbm == 0 {
		dbm = PresenceRSRP
	}
	switch {
	case o.State == StateUnknown:
		return "nothing is known of this place: no published area that tells what is asked, no list of towers, no tests"
	case o.Evidence == "measured" && o.State == StateCovered:
		return "tests in this cell meet the threshold"
	case o.Evidence == "measured":
		return "tests in this cell do not meet the threshold"
	case t.RadiusM > 0:
		return fmt.Sprintf("a buffer of %g km around towers, not coverage", t.RadiusM/1000)
	case o.Evidence == "modelled" && o.RSRP != nil:
		verb := "reaches"
		if o.State == StateNot {
			verb = "does not reach"
		}
		return fmt.Sprintf("the strongest tower, %s at %s km, gives %.1f dBm: the model %s %g dBm", o.Tower.ID, o.Tower.Distance, *o.RSRP, verb, dbm)
	case o.Evidence == "modelled" && o.State == StateCovered:
		return "inside an area that a model drew"
	case o.Evidence == "modelled" && o.Tower != nil:
		return fmt.Sprintf("no tower of the operator is received here, by the model; the nearest, %s, is %s km away", o.Tower.ID, o.Tower.Distance)
	case o.Evidence == "modelled":
		return fmt.Sprintf("no tower of the operator is received here, by the model, within %d km", maxReach/1000)
	case o.State == StateCovered:
		return "inside the area that the operator claims, which tells what is asked"
	default:
		return "outside of the area that the operator claims, or the area tells less than what is asked"
	}
}

// near returns the measurements around a point, the nearest first.
func (s *scene) near(p orb.Point) []MeasuredAt {
	l := s.snap.Layer("measurements")
	all := []MeasuredAt{}
	if l == nil {
		return all
	}
	perLon, perLat := metresPerDegree(p[1])
	box := orb.Bound{
		Min: orb.Point{p[0] - nearMetres/perLon, p[1] - nearMetres/perLat},
		Max: orb.Point{p[0] + nearMetres/perLon, p[1] + nearMetres/perLat},
	}
	for _, i := range l.Search(box, nil) {
		m := &s.tests[i]
		d := distanceTo(l.Geometry(int(i)), p, perLon, perLat)
		if !(d <= nearMetres) {
			continue
		}
		all = append(all, MeasuredAt{l.ID(int(i)), Length(math.Round(d * 10)), m.tests, m.tests < ThinTests && !m.confirmed, m.network, m.operator, m.down, m.up})
	}
	slices.SortStableFunc(all, func(a, b MeasuredAt) int { return cmp.Compare(a.Distance, b.Distance) })
	return all[:min(len(all), maxNear)]
}
