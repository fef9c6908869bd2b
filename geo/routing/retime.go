package routing

import "math"

// Retime gives the pieces of a route the times of another metric of the same
// router: what was found by those who mind more than time is told in true time.
func (r *Route) Retime(m *Metric) {
	r.Millis = 0
	for i := range r.Pieces {
		p := &r.Pieces[i]
		weight := m.Weights.Backward[p.Edge]
		if p.Forward {
			weight = m.Weights.Forward[p.Edge]
		}
		p.Millis = part(weight, math.Abs(p.End-p.Start))
		r.Millis += p.Millis
	}
}
