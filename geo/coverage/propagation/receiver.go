package propagation

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo/lattice"
)

// receiver computes what is received of a transmitter at one cell after another.
type receiver struct {
	model      Model
	tx         Transmitter
	ground     *terrain // nil: flat
	radius     float64  // m, beyond which nothing is computed
	weakest    float64  // dBm, below which nothing need be
	eirp       float64
	wavelength float64
	earth      float64   // effective radius, km
	hopeless   []float64 // of each dB of loss that may still come, the ν that loses as much
}

func newReceiver(m Model, tx Transmitter, radius, weakest float64, ground *terrain) *receiver {
	r := &receiver{
		model: m, tx: tx, ground: ground, radius: radius, weakest: weakest,
		eirp: tx.Power.EIRP(), wavelength: Wavelength(tx.Frequency), earth: EffectiveRadius(m.DeltaN),
	}
	if ground != nil && !math.IsInf(weakest, -1) {
		r.hopeless = hopeless()
	}
	return r
}

// row fills to with the RSRP in the middle of the cells from a column on; NaN
// beyond the radius, or where it is below weakest.
func (r *receiver) row(row, col int32, to []float32) {
	x, y := lattice.MetresPerDegree((r.tx.Lat + lattice.Cell{Col: col, Row: row}.Center()[1]) / 2)
	for i := range to {
		p := lattice.Cell{Col: col + int32(i), Row: row}.Center()
		east, north := (p[0]-r.tx.Lon)*x, (p[1]-r.tx.Lat)*y
		metres := math.Sqrt(east*east + north*north)
		if metres > r.radius {
			to[i] = nan
			continue
		}
		rsrp := r.eirp
		if r.tx.Sector != nil {
			rsrp -= r.tx.Sector.Attenuation(bearing(east, north))
		}
		to[i] = float32(r.at(p, metres, rsrp))
	}
}

var nan = float32(math.NaN())

// at returns the RSRP at a point so many metres away, of what is radiated in its
// direction.
func (r *receiver) at(p orb.Point, metres, rsrp float64) float64 {
	km := max(metres/1000, nearest)
	if r.ground == nil {
		return rsrp - flatLoss(r.model.Surroundings, r.tx.Frequency, r.tx.Height, r.model.Receiver, km)
	}
	rsrp -= FreeSpace(r.tx.Frequency, km) + r.model.Clutter
	left := rsrp - r.weakest
	if left < 0 {
		return math.NaN()
	}
	l := r.model.lineTo(r.tx, p, metres, r.ground)
	if left < float64(len(r.hopeless)-1) && r.ground.least(l, r.wavelength, r.earth) > r.hopeless[int(left)+1] {
		return math.NaN()
	}
	return rsrp - r.ground.loss(l, r.wavelength, r.earth)
}

// hopeless returns for each whole dB the ν from which on diffraction loses more,
// however short the path is.
func hopeless() []float64 {
	table := make([]float64, 80)
	for loss := range table {
		low, high := -0.79, 1000.0
		for range 40 {
			if mid := (low + high) / 2; bullingtonLoss(KnifeEdge(mid), 0) > float64(loss) {
				high = mid
			} else {
				low = mid
			}
		}
		table[loss] = high
	}
	return table
}

// least returns a ν that Bullington's is not below, from a few heights of the
// line: an edge more only raises the horizons, and with either of them ν, which
// is √(a·b) of the slopes a and b above the straight line between the antennas.
func (t *terrain) least(l line, wavelength, radius float64) float64 {
	n := segments(l.metres)
	if n < 2 {
		return math.Inf(-1)
	}
	t.grow(n)
	d := l.metres / 1000
	perStep := 1 / float64(n)
	bulge := 500 * d * d / radius * perStep * perStep
	col, row, rise := (l.toCol-l.fromCol)*perStep, (l.toRow-l.fromRow)*perStep, (l.rx-l.tx)*perStep
	slope, back, nu := math.Inf(-1), math.Inf(-1), math.Inf(-1)
	look := func(i int) {
		f := float64(i)
		over := t.at(l.fromCol+f*col, l.fromRow+f*row) + bulge*f*float64(n-i) - l.tx - rise*f
		slope, back = max(slope, over*t.inverse[i]), max(back, over*t.inverse[n-i])
		nu = max(nu, over*t.rootsOver[i]*t.rootsOver[n-i])
	}
	for i := 1; i < n; i *= 2 { // near the ends little is much
		look(i)
		look(n - i)
	}
	for i := 16; i < n; i += 16 {
		look(i)
	}
	factor := math.Sqrt(0.002/(wavelength*d)) * float64(n)
	if slope > 0 && back > 0 {
		nu = math.Sqrt(slope * back)
	}
	return nu*factor - 1e-6 // not by a rounding above the true one
}
