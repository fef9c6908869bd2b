package coverage

import "github.com/petadesa/petadesa/geo/coverage/siting"

// tell puts what the chosen sites gain into the answer: to the digit what a
// scenario with them says.
func (s *scene) tell(a *SiteAnswer, d *Demand, chosen []candidate, solved *siting.Solution) {
	taken := make([]bool, len(d.Cells))
	var sum Row
	for k, site := range solved.Sites {
		c := &chosen[k]
		one := ChosenSite{Rank: k + 1, Lon: c.at[0], Lat: c.at[1], Feature: c.feature}
		for _, run := range c.cover {
			for i := run.Start; i < run.End; i++ {
				if !taken[i] {
					taken[i] = true
					one.Gain.gain(&d.Gap[i], &d.Covered[i])
				}
			}
		}
		sum.add(&one.Gain)
		one.Cumulative = sum
		if solved.UpperBound > 0 {
			one.Share = float64(site.Cumulative) / float64(solved.UpperBound)
		}
		if _, v := s.settleAt(s.owners, c.at); v >= 0 {
			one.VillageCode, one.Village, one.District = s.villages.ID(int(v)), s.text("name", int(v)), s.text("district", int(v))
		}
		a.Sites = append(a.Sites, one)
	}
}

// gain adds what a cell gains: covered is more by so much, the gap less by so
// much, and the rest was, or becomes, unknown.
func (r *Row) gain(gap, covered *Amounts) {
	r.People.Covered += covered.People
	r.People.Gap -= gap.People
	r.People.Unknown += gap.People - covered.People
	r.Area.Covered += covered.Area
	r.Area.Gap -= gap.Area
	r.Area.Unknown += gap.Area - covered.Area
	r.Places.Covered += covered.Places
	r.Places.Gap -= gap.Places
	r.Places.Unknown += gap.Places - covered.Places
	r.Road.Covered += covered.Road
	r.Road.Gap -= gap.Road
	r.Road.Unknown += gap.Road - covered.Road
}
