package coverage

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage/propagation"
)

// MaxBeyond is how far from the nearest village, in m, a tower may be planned.
const MaxBeyond = 20_000

// maxAshore is how far in m from mapped land a tower may stand: coasts are
// drawn coarsely.
const maxAshore = 300

// SiteError is why a tower cannot be planned.
type SiteError struct {
	Member string // of the tower: lon, lat, height_m, frequency_mhz
	Reason string
}

func (e *SiteError) Error() string { return e.Member + ": " + e.Reason }

// CheckSite reports what of a tower that sends a technology cannot be planned
// or computed: a *SiteError, or nil.
func (e *Engine) CheckSite(snap *geo.Snapshot, t Tower, technology string) error {
	for _, c := range []struct {
		member     string
		value, low float64
		high       float64
	}{
		{"lon", t.At[0], -180, 180},
		{"lat", t.At[1], -90, 90},
		{"height_m", t.HeightM, propagation.MinHeight, propagation.MaxHeight},
	} {
		if !(c.value >= c.low && c.value <= c.high) {
			return &SiteError{c.member, fmt.Sprintf("%v is not from %v to %v", c.value, c.low, c.high)}
		}
	}
	if e.options.Model != nil {
		if m, ok := e.options.Model(snap).(interface{ Check(Tower) error }); ok {
			if err := m.Check(t.with(technology)); err != nil {
				return &SiteError{"frequency_mhz", err.Error()}
			}
		}
	}
	return e.checkPlace(snap, t.At)
}

// checkPlace refuses what is abroad, or in the sea: on no village's land and on
// none of a neighbour.
func (e *Engine) checkPlace(snap *geo.Snapshot, at orb.Point) error {
	d := nearestIn(snap.Layer("villages"), at, nil)
	switch {
	case math.IsNaN(d):
		return ErrNoVillages{}
	case d <= maxAshore:
		return nil
	case d > MaxBeyond:
		return &SiteError{"lon", fmt.Sprintf("%v,%v lies %.1f km from the nearest village; towers are planned in the regency or up to %d km from it", at[0], at[1], d/1000, MaxBeyond/1000)}
	}
	if n := snap.Layer("neighbours"); n != nil && n.Len() > 0 {
		if d := nearestIn(n, at, nil); !(d <= maxAshore) {
			return &SiteError{"lon", fmt.Sprintf("%v,%v lies in the sea, or on land that is not mapped", at[0], at[1])}
		}
	}
	return nil
}

// OperatorsOf returns, in order, the operators of a technology that anything is
// known of.
func (e *Engine) OperatorsOf(ctx context.Context, snap *geo.Snapshot, technology string) ([]string, error) {
	s, err := e.scene(ctx, snap, nil)
	if err != nil {
		return nil, err
	}
	return s.operators(technology, "best"), nil
}

// Towers returns the towers of a snapshot.
func (e *Engine) Towers(ctx context.Context, snap *geo.Snapshot) ([]Tower, error) {
	s, err := e.scene(ctx, snap, nil)
	if err != nil {
		return nil, err
	}
	return slices.Clone(s.towers), nil
}

// Profile computes the path from a tower, as it sends a technology, to a point
// in degrees. It is nil where the model computes no paths.
func (e *Engine) Profile(ctx context.Context, snap *geo.Snapshot, tower, technology string, to orb.Point) (*propagation.Path, error) {
	s, err := e.scene(ctx, snap, nil)
	if err != nil {
		return nil, err
	}
	m, ok := s.model.(interface {
		Path(context.Context, Tower, orb.Point) (*propagation.Path, error)
	})
	i := slices.IndexFunc(s.towers, func(t Tower) bool { return t.ID == tower })
	if !ok || i < 0 {
		return nil, nil
	}
	return m.Path(ctx, s.towers[i].with(technology), to)
}

// Path computes the path from a tower to a point in degrees.
func (m *propagationModel) Path(ctx context.Context, t Tower, to orb.Point) (*propagation.Path, error) {
	var e propagation.Elevation
	if m.terrain != nil {
		e = m.terrain
	}
	return m.model.Path(ctx, m.transmitter(t), to, e)
}

// ProfileOf computes the path from a tower that may only be planned to a point
// in degrees; nil where the model computes no paths. A frequency that is not given
// is that usual for the tower's first technology.
func (e *Engine) ProfileOf(ctx context.Context, snap *geo.Snapshot, t Tower, to orb.Point) (*propagation.Path, error) {
	if e.options.Model == nil {
		return nil, nil
	}
	m, ok := e.options.Model(snap).(interface {
		Path(context.Context, Tower, orb.Point) (*propagation.Path, error)
	})
	if !ok {
		return nil, nil
	}
	if len(t.Technologies) > 0 {
		t = t.with(t.Technologies[0])
	}
	return m.Path(ctx, t, to)
}
