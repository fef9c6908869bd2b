package propagation

import "math"

// DefaultDeltaN is the median lapse of the refractive index in N-units/km that is
// assumed where nothing better is known.
const DefaultDeltaN = 45

// EffectiveRadius returns the median effective radius of the Earth in km for a
// lapse of the refractive index in N-units/km (ITU-R P.1812, eqs. 6 and 7a).
func EffectiveRadius(deltaN float64) float64 { return 6371 * 157 / (157 - deltaN) }

// Bulge returns in metres how far the Earth rises above the chord between the
// ends of a path at a place d1 and d2 km from them, for a radius in km.
func Bulge(d1, d2, radius float64) float64 { return 500 * d1 * d2 / radius }

// KnifeEdge returns J(ν), the loss in dB behind a knife edge (ITU-R P.526, eq. 31).
func KnifeEdge(nu float64) float64 {
	if nu <= -0.78 {
		return 0
	}
	return 6.9 + 20*math.Log10(math.Sqrt(square(nu-0.1)+1)+nu-0.1)
}

// Profile is a path over terrain between two antennas.
type Profile struct {
	Distance []float64 // km from the transmitter, growing, first 0
	Height   []float64 // of the terrain above sea level in m
	TX, RX   float64   // heights of the antennas above sea level in m
}

// length is that of the path in km.
func (p *Profile) length() float64 { return p.Distance[len(p.Distance)-1] }

// Horizon says how Bullington's construction saw a path.
type Horizon struct {
	LineOfSight bool
	Nu          float64 // of the one edge that stands for all
	Edge        float64 // where it stands: km from the transmitter
	TX, RX      int     // places in the profile of the horizons; in line of sight both are the place that comes nearest to obstructing
}

// Bullington returns the loss in dB over a path after ITU-R P.1812 §4.3.1, for a
// wavelength in metres and an effective radius of the Earth in km. Fewer than
// three points obstruct nothing.
func Bullington(p Profile, wavelength, radius float64) (float64, Horizon) {
	n, d := len(p.Distance), 0.0
	if n > 0 {
		d = p.length()
	}
	h := Horizon{LineOfSight: true, Nu: math.Inf(-1)}
	if n < 3 || d <= 0 {
		return 0, h
	}
	slope, back := math.Inf(-1), math.Inf(-1)
	for i := 1; i < n-1; i++ {
		di := p.Distance[i]
		top := p.Height[i] + Bulge(di, d-di, radius)
		if s := (top - p.TX) / di; s > slope {
			slope, h.TX = s, i
		}
		if s := (top - p.RX) / (d - di); s > back {
			back, h.RX = s, i
		}
	}
	if slope <= (p.RX-p.TX)/d { // touching is the same by either formula
		for i := 1; i < n-1; i++ {
			di := p.Distance[i]
			over := p.Height[i] + Bulge(di, d-di, radius) - (p.TX*(d-di)+p.RX*di)/d
			if nu := over * edgeFactor(di, d, wavelength); nu > h.Nu {
				h.Nu, h.Edge, h.TX, h.RX = nu, di, i, i
			}
		}
	} else {
		h.LineOfSight = false
		h.Edge = (p.RX - p.TX + back*d) / (slope + back)
		over := p.TX + slope*h.Edge - (p.TX*(d-h.Edge)+p.RX*h.Edge)/d
		h.Nu = over * edgeFactor(h.Edge, d, wavelength)
	}
	return bullingtonLoss(KnifeEdge(h.Nu), d), h
}

// edgeFactor makes ν of a height in metres at di of d km.
func edgeFactor(di, d, wavelength float64) float64 {
	return math.Sqrt(0.002 * d / (wavelength * di * (d - di)))
}

// bullingtonLoss adds the empirical correction (eq. 21) to the loss at the edge.
func bullingtonLoss(edge, d float64) float64 {
	return edge + (1-math.Exp(-edge/6))*(10+0.02*d)
}
