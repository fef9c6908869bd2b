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
	most := math.Inf(1)
	if left < float64(len(r.hopeless)-1) {
		most = r.hopeless[int(left)+1]
	}
	loss := r.ground.loss(r.model.lineTo(r.tx, p, metres, r.ground), r.wavelength, r.earth, most)
	if math.IsInf(loss, 1) {
		return math.NaN()
	}
	return rsrp - loss
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
