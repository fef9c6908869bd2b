package propagation

import "math"

// DefaultSigma is the standard deviation in dB of shadow fading.
const DefaultSigma = 8

// Probability returns how likely a median RSRP gives a signal of at least the
// threshold, both in dBm, with log-normal shadow fading of σ dB: Φ((RSRP−T)/σ).
// With σ = 0 it is 0 or 1.
func Probability(rsrp, threshold, sigma float64) float64 {
	if sigma <= 0 {
		if rsrp >= threshold {
			return 1
		}
		return 0
	}
	return 0.5 * math.Erfc((threshold-rsrp)/(sigma*math.Sqrt2))
}

// Margin returns in dB by how much the median must exceed a threshold so that
// it is met with a probability between 0 and 1.
func Margin(probability, sigma float64) float64 {
	return sigma * math.Sqrt2 * math.Erfinv(2*probability-1)
}
