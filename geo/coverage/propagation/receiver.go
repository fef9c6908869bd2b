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
	perRow     float64   // m from one row of cells to the next, about
	x, y       float64   // m a degree, for the row under way
	hopeless   []float64 // of each dB of loss that may still come, the ν that loses as much
}

func newReceiver(m Model, tx Transmitter, radius, weakest float64, ground *terrain) *receiver {
	r := &receiver{model: m, ground: ground, weakest: weakest, earth: EffectiveRadius(m.DeltaN)}
	r.take(tx, radius)
	if ground != nil && !math.IsInf(weakest, -1) {
		r.hopeless = hopeless()
	}
	return r
}

// take turns to a transmitter.
func (r *receiver) take(tx Transmitter, radius float64) {
	r.tx, r.radius, r.eirp, r.wavelength = tx, radius, tx.Power.EIRP(), Wavelength(tx.Frequency)
	_, perLat := lattice.MetresPerDegree(tx.Lat)
	r.perRow = perLat / lattice.PerDegree
}

// row fills to with the RSRP in the middle of the cells from a column on; NaN
// beyond the radius, or where it is below weakest.
func (r *receiver) row(row, col int32, to []float32) {
	r.begin(row)
	for i := range to {
		to[i] = r.cell(row, col+int32(i))
	}
}

// begin turns to a row of cells.
func (r *receiver) begin(row int32) {
	r.x, r.y = lattice.MetresPerDegree((r.tx.Lat + lattice.Cell{Row: row}.Center()[1]) / 2)
}

// cell returns the RSRP in the middle of a cell of the row.
func (r *receiver) cell(row, col int32) float32 {
	p := lattice.Cell{Col: col, Row: row}.Center()
	east, north := (p[0]-r.tx.Lon)*r.x, (p[1]-r.tx.Lat)*r.y
	metres := math.Sqrt(east*east + north*north)
	if metres > r.radius {
		return nan
	}
	rsrp := r.eirp
	if r.tx.Sector != nil {
		rsrp -= r.tx.Sector.Attenuation(bearing(east, north))
	}
	return float32(r.at(p, metres, rsrp))
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
