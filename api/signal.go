package api

import (
	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo/coverage"
	"github.com/petadesa/petadesa/geo/routing"
)

// routeSignal is where on a route there is signal.
type routeSignal struct {
	Pending    bool            `json:"signal_pending,omitempty"` // it is being prepared: ask again
	Signal     []signalStretch `json:"signal"`
	Gaps       []signalGap     `json:"gaps"`           // of the first operator and technology of signal
	Without    metres          `json:"without_m"`      // how much of the route is in gaps
	LastSignal *metres         `json:"last_signal_m"`  // where the longest gap begins; null: no gap
	FirstAfter *metres         `json:"first_after_m"`  // where it ends; null: no gap, or it lasts to the end
	BeforeEnd  *metres         `json:"before_end_m"`   // how far before the end of the route the last signal is; null: it has signal there
	LastAt     *[2]float64     `json:"last_signal_at"` // the place of last_signal_m
	FirstAt    *[2]float64     `json:"first_after_at"`
}

type signalStretch struct {
	From       metres `json:"from_m"`
	To         metres `json:"to_m"`
	Operator   string `json:"operator"`
	Technology string `json:"technology"`
	State      string `json:"state"`    // covered, not covered, unknown
	Evidence   string `json:"evidence"` // measured, modelled, claimed, several; empty: unknown
}

// signalGap is a part of a route that is not known to have signal.
type signalGap struct {
	From  metres      `json:"from_m"`
	To    metres      `json:"to_m"`
	State string      `json:"state"` // not covered, or unknown where nothing of it is known to be without
	Last  *[2]float64 `json:"last"`  // the last place with signal; null: the route begins without
	First *[2]float64 `json:"first"` // the first with signal again; null: it ends without
}

// leastGap is how short a gap may be and still be told, in m: less is noise at
// the borders of cells of 92 m.
const leastGap = 100

// signalAlong cuts a line by what is known of each reception. total is how long
// the route is, which the last stretches end at.
func signalAlong(heard []*coverage.Reception, line orb.LineString, total float64) routeSignal {
	out := routeSignal{Signal: []signalStretch{}, Gaps: []signalGap{}}
	for i, r := range heard {
		stretches := r.Along(line)
		if n := len(stretches); n > 0 && stretches[n-1].To > 0 {
			// Where roads were joined the line is some centimetres longer than what
			// was travelled of them.
			scale := total / stretches[n-1].To
			for k := range stretches {
				stretches[k].From, stretches[k].To = stretches[k].From*scale, stretches[k].To*scale
			}
		}
		for _, s := range stretches {
			out.Signal = append(out.Signal, signalStretch{metres(s.From), metres(s.To), r.Operator, r.Technology, s.State, s.Evidence})
		}
		if i == 0 {
			out.gaps(stretches, line)
		}
	}
	return out
}

// gaps finds the parts of a line without signal.
func (o *routeSignal) gaps(stretches []coverage.Stretch, line orb.LineString) {
	end := 0.0
	if n := len(stretches); n > 0 {
		end = stretches[n-1].To
	}
	longest := metres(0)
	for i := 0; i < len(stretches); {
		if stretches[i].State == coverage.StateCovered {
			i++
			continue
		}
		gap := signalGap{From: metres(stretches[i].From), State: coverage.StateUnknown}
		for ; i < len(stretches) && stretches[i].State != coverage.StateCovered; i++ {
			gap.To = metres(stretches[i].To)
			if stretches[i].State == coverage.StateNot {
				gap.State = coverage.StateNot
			}
		}
		if gap.To-gap.From < leastGap {
			continue
		}
		if gap.From > 0 {
			gap.Last = placeAlong(line, float64(gap.From))
		}
		if float64(gap.To) < end {
			gap.First = placeAlong(line, float64(gap.To))
		} else {
			before := gap.To - gap.From
			o.BeforeEnd = &before
		}
		o.Gaps = append(o.Gaps, gap)
		o.Without += gap.To - gap.From
		if long := gap.To - gap.From; long > longest {
			longest = long
			from := gap.From
			o.LastSignal, o.FirstAfter, o.LastAt, o.FirstAt = &from, nil, gap.Last, gap.First
			if gap.First != nil {
				to := gap.To
				o.FirstAfter = &to
			}
		}
	}
}

// placeAlong is the place so many metres along a line.
func placeAlong(line orb.LineString, at float64) *[2]float64 {
	for i := 1; i < len(line); i++ {
		long := routing.Distance(line[i-1], line[i])
		if at <= long || i == len(line)-1 {
			t := 0.0
			if long > 0 {
				t = min(at/long, 1)
			}
			return &[2]float64{line[i-1][0] + t*(line[i][0]-line[i-1][0]), line[i-1][1] + t*(line[i][1]-line[i-1][1])}
		}
		at -= long
	}
	return nil
}
