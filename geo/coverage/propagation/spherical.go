package propagation

import "math"

// Polarization of a wave.
type Polarization int

// The polarizations.
const (
	Horizontal Polarization = iota
	Vertical
)

// DeltaBullington returns the loss in dB of the complete diffraction model of
// ITU-R P.1812 §4.3.5: Bullington's, and what the smooth Earth adds to it on long
// paths. The path is over land; ground holds the heights of the terrain without
// the clutter that may be in p.
func DeltaBullington(p Profile, ground []float64, mhz, radius float64, pol Polarization) float64 {
	n := len(p.Distance)
	if n < 3 {
		return 0
	}
	wavelength := Wavelength(mhz)
	actual, _ := Bullington(p, wavelength, radius)
	smoothTX, smoothRX := smoothEarth(p, ground)
	level := Profile{Distance: p.Distance, Height: make([]float64, n), TX: p.TX - smoothTX, RX: p.RX - smoothRX}
	smooth, _ := Bullington(level, wavelength, radius)
	return actual + max(sphericalLoss(p.length(), level.TX, level.RX, mhz, radius, pol)-smooth, 0)
}

// smoothEarth returns the heights in metres above sea level, at both ends, of the
// straight line that stands for the terrain in the diffraction model (§5.6.1 and
// §5.6.2 of Attachment 1).
func smoothEarth(p Profile, ground []float64) (tx, rx float64) {
	n, d := len(ground), p.length()
	var v1, v2 float64
	for i := 1; i < n; i++ {
		a, b := p.Distance[i-1], p.Distance[i]
		v1 += (b - a) * (ground[i] + ground[i-1])
		v2 += (b - a) * (ground[i]*(2*b+a) + ground[i-1]*(b+2*a))
	}
	tx, rx = (2*v1*d-v2)/(d*d), (v2-v1*d)/(d*d)
	obstacle, fromTX, fromRX := math.Inf(-1), math.Inf(-1), math.Inf(-1)
	for i := 1; i < n-1; i++ {
		di := p.Distance[i]
		over := ground[i] - (p.TX*(d-di)+p.RX*di)/d
		obstacle, fromTX, fromRX = max(obstacle, over), max(fromTX, over/di), max(fromRX, over/(d-di))
	}
	if obstacle > 0 {
		tx -= obstacle * fromTX / (fromTX + fromRX)
		rx -= obstacle * fromRX / (fromTX + fromRX)
	}
	return min(tx, ground[0]), min(rx, ground[n-1])
}

// sphericalLoss is §4.3.2: d in km, effective heights in m, radius in km.
func sphericalLoss(d, tx, rx, mhz, radius float64, pol Polarization) float64 {
	horizon := math.Sqrt(2*radius) * (math.Sqrt(0.001*tx) + math.Sqrt(0.001*rx))
	if d >= horizon {
		return firstTerm(d, tx, rx, mhz, radius, pol)
	}
	c := (tx - rx) / (tx + rx)
	m := 250 * d * d / (radius * (tx + rx))
	b := 2 * math.Sqrt((m+1)/(3*m)) * math.Cos(math.Pi/3+math.Acos(1.5*c*math.Sqrt(3*m/math.Pow(m+1, 3)))/3)
	d1 := d / 2 * (1 + b)
	d2 := d - d1
	clearance := ((tx-500*d1*d1/radius)*d2 + (rx-500*d2*d2/radius)*d1) / d
	needed := 17.456 * math.Sqrt(d1*d2*Wavelength(mhz)/d)
	if clearance > needed {
		return 0
	}
	loss := firstTerm(d, tx, rx, mhz, 500*square(d/(math.Sqrt(tx)+math.Sqrt(rx))), pol)
	return max(0, (1-clearance/needed)*loss)
}

// firstTerm is the first term of the residue series over land (§4.3.3).
func firstTerm(d, tx, rx, mhz, radius float64, pol Polarization) float64 {
	const permittivity, conductivity = 22, 0.003
	f := mhz / 1000
	lossy := square(18 * conductivity / f)
	k := 0.036 * math.Pow(radius*f, -1.0/3) * math.Pow(square(permittivity-1)+lossy, -0.25)
	if pol == Vertical {
		k *= math.Sqrt(permittivity*permittivity + lossy)
	}
	k2 := k * k
	beta := (1 + 1.6*k2 + 0.67*k2*k2) / (1 + 4.5*k2 + 1.53*k2*k2)
	x := 21.88 * beta * math.Cbrt(f/(radius*radius)) * d
	y := 0.9575 * beta * math.Cbrt(f*f/radius)
	fx := 11 + 10*math.Log10(x) - 17.6*x
	if x < 1.6 {
		fx = -20*math.Log10(x) - 5.6488*math.Pow(x, 1.425)
	}
	gain := func(h float64) float64 {
		b := beta * y * h
		g := 20 * math.Log10(b+0.1*b*b*b)
		if b > 2 {
			g = 17.6*math.Sqrt(b-1.1) - 5*math.Log10(b-1.1) - 8
		}
		return max(g, 2+20*math.Log10(k))
	}
	return -fx - gain(tx) - gain(rx)
}
