package propagation

import "math"

// A profile is Bullington's construction on equal steps along a line, under way.
// It equals Bullington on all samples to rounding, yet looks at few of them: a
// stretch of samples whose highest surroundings, with the bulge of the Earth, reach
// neither horizon found so far cannot change it, and is passed by. Neighbouring
// cells have neighbouring horizons, so those of the last profile are looked at first.
type profile struct {
	*terrain
	n                int     // steps
	half             int     // a stretch is as many samples to either side of its middle
	x, y, col, row   float64 // the transmitter's place in its cell, far from zero; a step
	origin           int     // of the heights there
	tx, rx           float64 // heights of the antennas above sea level
	bulge, rise      float64 // of a step: of i·(n−i) steps; of the straight line between the antennas
	factor           float64 // of ν in steps
	most             float64 // ν in steps above which it may be given up
	slope, back      float64 // the horizons so far, in metres a step
	slopeAt, backAt  int
	inverse, rootsOf []float64
}

// loss returns the loss in dB by diffraction along a line; +Inf may stand for any
// loss at a ν greater than most.
func (t *terrain) loss(l line, wavelength, radius, most float64) float64 {
	n := segments(l.metres)
	if n < 2 {
		return 0
	}
	t.grow(n)
	d, perStep := l.metres/1000, 1/float64(n)
	p := profile{
		terrain: t, n: n, tx: l.tx, rx: l.rx,
		col: (l.toCol - l.fromCol) * perStep, row: (l.toRow - l.fromRow) * perStep,
		bulge: 500 * d * d / radius * perStep * perStep, rise: (l.rx - l.tx) * perStep,
		factor: math.Sqrt(0.002/(wavelength*d)) * float64(n),
		slope:  math.Inf(-1), back: math.Inf(-1), slopeAt: 1, backAt: n - 1,
		inverse: t.inverse[:n+1], rootsOf: t.rootsOver[:n+1],
	}
	// Places count from the transmitter's cell, so that they round alike in every
	// window; the cell is put far from zero, so that none of them is negative.
	const far = 1 << 14
	left, up := math.Floor(l.fromCol)-far, math.Floor(l.fromRow)-far
	p.x, p.y = l.fromCol-left, l.fromRow-up
	p.origin = (int(up)-int(t.window.Row))*t.stride + int(left) - int(t.window.Col)
	p.half = int(stretch / max(math.Abs(p.col), math.Abs(p.row), 0.5))
	p.look(min(t.fromTX, n-1), min(t.fromTX, n-1))
	p.look(max(n-t.fromRX, 1), max(n-t.fromRX, 1))
	p.most = (most + 1e-6) / p.factor
	hopeless := p.hopeless() || p.horizons()
	t.fromTX, t.fromRX = p.slopeAt, n-p.backAt
	nu := 0.0
	if hopeless {
		return math.Inf(1)
	} else if p.slope > p.rise {
		nu = p.nu()
	} else { // touching is the same by either formula
		nu = p.nearest()
	}
	return bullingtonLoss(KnifeEdge(nu*p.factor), d)
}

// hopeless reports whether ν is known to be too great: it grows with either
// horizon.
func (p *profile) hopeless() bool { return p.slope > p.rise && p.nu() > p.most }

// nu is that of the edge where the horizons meet, in steps.
func (p *profile) nu() float64 {
	n := float64(p.n)
	at := (p.rx - p.tx + p.back*n) / (p.slope + p.back)
	return (p.slope - p.rise) * at / math.Sqrt(at*(n-at))
}

// top is the height of sample i with the bulge of the Earth: the same as at, on
// a line that does not leave the window.
func (p *profile) top(i int) float64 {
	f := float64(i)
	x, y := p.x+f*p.col, p.y+f*p.row
	left, up := int(x), int(y)
	x, y = x-float64(left), y-float64(up)
	corners := p.heights[p.origin+up*p.stride+left:]
	below := corners[p.stride:]
	north := float64(corners[0]) + x*float64(corners[1]-corners[0])
	south := float64(below[0]) + x*float64(below[1]-below[0])
	return north + y*(south-north) + p.bulge*f*float64(p.n-i)
}

// look takes the samples lo to hi for horizons.
func (p *profile) look(lo, hi int) {
	for i := max(lo, 1); i <= hi; i++ {
		top := p.top(i)
		if s := (top - p.tx) * p.inverse[i]; s > p.slope {
			p.slope, p.slopeAt = s, i
		}
		if s := (top - p.rx) * p.inverse[p.n-i]; s > p.back {
			p.back, p.backAt = s, i
		}
	}
}

// peak is a height that no sample of the stretch around m is above, with the
// bulge of the Earth.
func (p *profile) peak(m int) float64 {
	f, rest := float64(m), float64(p.n-m)
	at := p.origin + int(p.y+f*p.row)*p.stride + int(p.x+f*p.col)
	return float64(p.peaks[at]) + p.bulge*(f*rest+float64(p.half)*math.Abs(rest-f)) + 1e-6
}

// horizons finds the highest slopes seen from either antenna, from both ends
// inwards: what is near an end is steep. It stops, and reports it, when the path is
// hopeless.
func (p *profile) horizons() bool {
	wide := 2*p.half + 1
	count := (p.n - 1 + wide - 1) / wide
	for k := range count {
		s := k / 2
		if k%2 == 1 {
			s = count - 1 - s
		}
		lo := 1 + s*wide
		hi := min(lo+wide-1, p.n-1)
		m := min(lo+p.half, p.n-1)
		peak := p.peak(m)
		a, b := peak-p.tx, peak-p.rx
		if a > 0 {
			a *= p.inverse[lo]
		} else {
			a *= p.inverse[hi]
		}
		if b > 0 {
			b *= p.inverse[p.n-hi]
		} else {
			b *= p.inverse[p.n-lo]
		}
		if a > p.slope || b > p.back {
			p.look(lo, hi)
			if p.hopeless() {
				return true
			}
		}
	}
	return false
}

// nearest is the greatest ν of all samples, in steps, of a line in sight; −Inf
// where none is near enough to lose anything.
func (p *profile) nearest() float64 {
	nu, clear := math.Inf(-1), -0.78*(1+1e-9)/p.factor
	wide := 2*p.half + 1
	for lo := 1; lo < p.n; lo += wide {
		hi := min(lo+wide-1, p.n-1)
		over := p.peak(min(lo+p.half, p.n-1)) - p.tx - min(p.rise*float64(lo), p.rise*float64(hi))
		middle := min(max(p.n/2, lo), hi) // there a clearance counts least
		if over < 0 {
			over *= p.rootsOf[middle] * p.rootsOf[p.n-middle] * (1 - 1/float64(p.n*p.n))
		} else {
			over = math.Inf(1)
		}
		if over <= max(nu, clear) {
			continue
		}
		for i := lo; i <= hi; i++ {
			if v := (p.top(i) - p.tx - p.rise*float64(i)) * p.rootsOf[i] * p.rootsOf[p.n-i]; v > nu {
				nu = v
			}
		}
	}
	return nu
}

// grow makes room for profiles of n steps.
func (t *terrain) grow(n int) {
	for i := len(t.inverse); i <= n; i++ {
		t.inverse = append(t.inverse, 1/float64(i))
		t.rootsOver = append(t.rootsOver, 1/math.Sqrt(float64(i)))
	}
}
