package crs

import "math"

// WGS 84.
const (
	semiMajor     = 6378137.0
	flattening    = 1 / 298.257223563
	eccentricity2 = flattening * (2 - flattening)
)

const degree = math.Pi / 180

// webMercator is EPSG:3857 (method 1024): the spherical formula on geographic
// latitude.
type webMercator struct{}

func (webMercator) inverse(x, y float64) (lon, lat float64) {
	return x / semiMajor / degree, math.Atan(math.Sinh(y/semiMajor)) / degree
}

func (webMercator) forward(lon, lat float64) (x, y float64) {
	return lon * degree * semiMajor, math.Asinh(math.Tan(lat*degree)) * semiMajor
}

func (webMercator) holds(x, y float64) bool {
	const edge = math.Pi * semiMajor * (1 + 1e-9)
	return math.Abs(x) <= edge && math.Abs(y) <= 4*edge
}

// transverse is the ellipsoidal transverse Mercator projection by Krüger's
// series to the fourth order in the third flattening, as given in C. Karney,
// Transverse Mercator with an accuracy of a few nanometers, J. Geodesy 85
// (2011), equations 7 to 21, 35 and 36: within a micrometre this side of 9° from
// the meridian.
type transverse struct {
	meridian                    float64 // degrees
	scaled                      float64 // rectifying radius times the scale on the meridian
	falseEasting, falseNorthing float64
	alpha, beta                 [4]float64
}

func newTransverse(meridian, scale, falseEasting, falseNorthing float64) *transverse {
	n := flattening / (2 - flattening)
	n2 := n * n
	n3, n4 := n2*n, n2*n2
	return &transverse{
		meridian: meridian, falseEasting: falseEasting, falseNorthing: falseNorthing,
		scaled: scale * semiMajor / (1 + n) * (1 + n2/4 + n4/64),
		alpha: [4]float64{
			n/2 - 2*n2/3 + 5*n3/16 + 41*n4/180,
			13*n2/48 - 3*n3/5 + 557*n4/1440,
			61*n3/240 - 103*n4/140,
			49561 * n4 / 161280,
		},
		beta: [4]float64{
			n/2 - 2*n2/3 + 37*n3/96 - n4/360,
			n2/48 + n3/15 - 437*n4/1440,
			17*n3/480 - 37*n4/840,
			4397 * n4 / 161280,
		},
	}
}

func (t *transverse) holds(x, y float64) bool {
	return math.Abs(x-t.falseEasting) <= 1e6 && math.Abs(y-t.falseNorthing) <= 1e7 && (t.falseNorthing == 0 || y >= 0)
}

func (t *transverse) inverse(x, y float64) (lon, lat float64) {
	xi, eta := (y-t.falseNorthing)/t.scaled, (x-t.falseEasting)/t.scaled
	xi1, eta1 := xi, eta
	for j, b := range t.beta {
		k := float64(2 * (j + 1))
		xi1 -= b * math.Sin(k*xi) * math.Cosh(k*eta)
		eta1 -= b * math.Cos(k*xi) * math.Sinh(k*eta)
	}
	tau := geodeticTangent(math.Sin(xi1) / math.Hypot(math.Sinh(eta1), math.Cos(xi1)))
	return t.meridian + math.Atan2(math.Sinh(eta1), math.Cos(xi1))/degree, math.Atan(tau) / degree
}

func (t *transverse) forward(lon, lat float64) (x, y float64) {
	lambda := (lon - t.meridian) * degree
	tau := conformalTangent(math.Tan(lat * degree))
	xi1 := math.Atan2(tau, math.Cos(lambda))
	eta1 := math.Asinh(math.Sin(lambda) / math.Hypot(tau, math.Cos(lambda)))
	xi, eta := xi1, eta1
	for j, a := range t.alpha {
		k := float64(2 * (j + 1))
		xi += a * math.Sin(k*xi1) * math.Cosh(k*eta1)
		eta += a * math.Cos(k*xi1) * math.Sinh(k*eta1)
	}
	return t.falseEasting + t.scaled*eta, t.falseNorthing + t.scaled*xi
}

// conformalTangent is the tangent of the conformal latitude from that of the
// geodetic one (Karney 7 to 9).
func conformalTangent(tau float64) float64 {
	e := math.Sqrt(eccentricity2)
	root := math.Hypot(1, tau)
	sigma := math.Sinh(e * math.Atanh(e*tau/root))
	return tau*math.Hypot(1, sigma) - sigma*root
}

// geodeticTangent is its inverse, by Newton's method (Karney 19 to 21).
func geodeticTangent(conformal float64) float64 {
	tau := conformal
	for range 4 {
		c := conformalTangent(tau)
		tau += (conformal - c) / math.Hypot(1, c) * (1 + (1-eccentricity2)*tau*tau) / ((1 - eccentricity2) * math.Hypot(1, tau))
	}
	return tau
}
