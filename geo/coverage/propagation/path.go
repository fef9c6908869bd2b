package propagation

import (
	"context"
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo/lattice"
)

// Path explains how strongly one place receives a transmitter.
type Path struct {
	Distance    float64     `json:"distance_m"`
	Bearing     float64     `json:"bearing_deg"` // from the transmitter, clockwise from north
	Model       string      `json:"model"`
	Terrain     bool        `json:"terrain"`       // false: flat, there are no points
	LineOfSight bool        `json:"line_of_sight"` // nothing stands above the ray; without terrain always
	Points      []PathPoint `json:"points,omitempty"`
	Ridges      []Ridge     `json:"ridges,omitempty"` // what stands above the ray, from the transmitter on
	Loss        Loss        `json:"loss"`
	EIRP        float64     `json:"eirp_dbm"` // on one resource element
	RSRP        float64     `json:"rsrp_dbm"` // the median
	Notes       []string    `json:"notes,omitempty"`
}

// Loss is what is lost on a path, by cause, in dB. Without terrain all but the
// antenna's is in FlatTerrain.
type Loss struct {
	Antenna     float64 `json:"antenna_db"` // beside the main direction
	FreeSpace   float64 `json:"free_space_db,omitempty"`
	Diffraction float64 `json:"diffraction_db,omitempty"`
	Clutter     float64 `json:"clutter_db,omitempty"`
	FlatTerrain float64 `json:"flat_terrain_db,omitempty"`
	Total       float64 `json:"total_db"`
}

// PathPoint is a place along a path; heights are metres above sea level.
type PathPoint struct {
	Distance  float64 `json:"distance_m"`
	Elevation float64 `json:"elevation_m"`
	Bulge     float64 `json:"bulge_m"`   // by which the Earth rises above the chord
	Ray       float64 `json:"ray_m"`     // of the straight line between the antennas
	Fresnel   float64 `json:"fresnel_m"` // radius of the first zone around it
}

// Ridge is where terrain stands above the ray.
type Ridge struct {
	Point     orb.Point `json:"point"` // longitude and latitude of its highest place over the ray
	Distance  float64   `json:"distance_m"`
	Elevation float64   `json:"elevation_m"`
	Above     float64   `json:"above_ray_m"`
	Nu        float64   `json:"nu"` // as a knife edge
}

// Path computes the path from a transmitter to a point in degrees, at the same
// samples and with the same result as Footprint for the middle of a cell.
func (m Model) Path(ctx context.Context, tx Transmitter, to orb.Point, elevation Elevation) (*Path, error) {
	metres, bearing := measure(tx, to)
	if err := within("distance", "m", metres, 0, MaxDistance); err != nil {
		return nil, err
	}
	var ground *terrain
	if elevation != nil {
		var err error
		box := orb.Bound{Min: orb.Point{tx.Lon, tx.Lat}, Max: orb.Point{tx.Lon, tx.Lat}}.Extend(to)
		if ground, err = readTerrain(ctx, elevation, lattice.Covering(box)); err != nil {
			return nil, fmt.Errorf("read the terrain of the path: %w", err)
		}
		if ground.flat() {
			ground = nil
		}
	}
	p := &Path{Distance: metres, Bearing: bearing, Terrain: ground != nil, LineOfSight: true, EIRP: tx.Power.EIRP()}
	if err := m.Check(tx, p.Terrain); err != nil {
		return nil, err
	}
	p.Model, p.Notes = m.Name(p.Terrain, tx.Frequency), m.Notes(tx, p.Terrain)
	if tx.Sector != nil {
		p.Loss.Antenna = tx.Sector.Attenuation(bearing)
	}
	km := max(metres/1000, nearest)
	if ground == nil {
		p.Loss.FlatTerrain = flatLoss(m.Surroundings, tx.Frequency, tx.Height, m.Receiver, km)
	} else {
		l := m.lineTo(tx, to, metres, ground)
		p.Loss.FreeSpace, p.Loss.Clutter = FreeSpace(tx.Frequency, km), m.Clutter
		p.Loss.Diffraction = ground.loss(l, Wavelength(tx.Frequency), EffectiveRadius(m.DeltaN), math.Inf(1))
		p.draw(l, ground, tx.Frequency, EffectiveRadius(m.DeltaN))
	}
	p.Loss.Total = p.Loss.Antenna + p.Loss.FreeSpace + p.Loss.Diffraction + p.Loss.Clutter + p.Loss.FlatTerrain
	p.RSRP = p.EIRP - p.Loss.Total
	return p, nil
}

// draw fills in the points and ridges.
func (p *Path) draw(l line, ground *terrain, mhz, radius float64) {
	n := max(segments(l.metres), 1)
	d := l.metres / 1000
	for i := range n + 1 {
		at := float64(i) / float64(n)
		col, row := l.fromCol+at*(l.toCol-l.fromCol), l.fromRow+at*(l.toRow-l.fromRow)
		q := PathPoint{
			Distance: at * l.metres, Elevation: ground.at(col, row), Bulge: Bulge(at*d, d-at*d, radius),
			Ray: l.tx + at*(l.rx-l.tx), Fresnel: FresnelRadius(mhz, at*d, d-at*d),
		}
		p.Points = append(p.Points, q)
		above := q.Elevation + q.Bulge - q.Ray
		if i == 0 || i == n || above < 0 {
			continue
		}
		before := p.Points[i-1]
		fresh := i == 1 || before.Elevation+before.Bulge < before.Ray
		if fresh {
			p.Ridges = append(p.Ridges, Ridge{Above: math.Inf(-1)})
		}
		if last := &p.Ridges[len(p.Ridges)-1]; above > last.Above {
			*last = Ridge{
				Point: orb.Point{lattice.Lon(col), lattice.Lat(row)}, Distance: q.Distance, Elevation: q.Elevation,
				Above: above, Nu: above * edgeFactor(at*d, d, Wavelength(mhz)),
			}
		}
	}
	p.LineOfSight = len(p.Ridges) == 0
}
