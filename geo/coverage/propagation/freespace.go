package propagation

import "math"

// Wavelength returns the length in metres of a wave of a frequency in MHz, with
// the speed of light as ITU-R P.1812 rounds it.
func Wavelength(mhz float64) float64 { return 299.8 / mhz }

// freeSpaceConstant is 20 log(4π·10⁹/c), which is often rounded to 32.45 dB.
const freeSpaceConstant = 32.44778322188338

// FreeSpace returns the loss in dB between isotropic antennas in free space
// (ITU-R P.525), at a frequency in MHz and a distance in km.
func FreeSpace(mhz, km float64) float64 {
	return freeSpaceConstant + 20*math.Log10(mhz*km)
}

// FresnelRadius returns the radius in metres of the first Fresnel zone at a place
// d1 and d2 km from the ends of a path.
func FresnelRadius(mhz, d1, d2 float64) float64 {
	if d1 <= 0 || d2 <= 0 {
		return 0
	}
	return math.Sqrt(299792.458 / mhz * d1 * d2 / (d1 + d2))
}
