package hours

import (
	"slices"
	"time"

	"github.com/paulmach/orb"
)

// Zone is the time of Western Indonesia.
func Zone() *time.Location { return time.FixedZone("WIB", 7*60*60) }

// At tells whether a place in degrees is open at a time, and what the hours say
// beside it.
func (s *Schedule) At(t time.Time, place orb.Point) (State, string) {
	t = t.In(Zone())
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, Zone())
	minute := t.Hour()*60 + t.Minute()
	today, comment := s.on(day, minute, place)
	if today == Open {
		return today, comment
	}
	if before, of := s.on(day.AddDate(0, 0, -1), minute+24*60, place); before != Closed {
		return before, of // what began yesterday
	}
	return today, comment
}

// on is the state at a minute of a day, which may be beyond its end.
func (s *Schedule) on(day time.Time, minute int, place orb.Point) (State, string) {
	state, comment, spoken := Closed, "", false
	for i := range s.rules {
		r := &s.rules[i]
		if r.join == '|' && (spoken && state != Unknown || state == Open) {
			continue
		}
		yes, maybe := r.on(day)
		if maybe {
			if state == Closed && r.state == Open || state == Open && r.state == Closed {
				state, comment = Unknown, r.comment
			}
			continue
		}
		if !yes {
			continue
		}
		in := len(r.times) == 0 && minute < 24*60
		unsure := false
		for _, h := range r.times {
			is, open := h.has(minute, day, place)
			in, unsure = in || is, unsure || open
		}
		switch {
		case in:
			state, comment, spoken = r.state, r.comment, true
		case unsure:
			state, comment, spoken = Unknown, r.comment, true
		case r.state != Closed && r.join != ',' && minute < 24*60:
			state, comment, spoken = Closed, "", true // it replaces what was said of the day
		case r.state != Closed && r.join != ',' && len(r.times) > 0:
			state, comment = Closed, ""
		}
	}
	return state, comment
}

// has reports whether a minute is in the hours; open: it is after an end that
// is not known.
func (h *hours) has(minute int, day time.Time, place orb.Point) (in, open bool) {
	from, to := h.from.of(day, place), h.to.of(day, place)
	if to <= from && h.to.sun == "" {
		to += 24 * 60
	}
	if h.open { // nobody says for how long: until midnight at most
		known := to
		if h.to.minutes == 24*60 {
			known = from + 1
		}
		return minute >= from && minute < known, minute >= known && minute < 24*60
	}
	return minute >= from && minute < to, false
}

func (m moment) of(day time.Time, place orb.Point) int {
	if m.sun == "" {
		return m.minutes
	}
	return sun(m.sun, day, place) + m.minutes
}

// ahead is how many days Next looks ahead.
const ahead = 8

// Next returns when the state at t changes, within a week; false when it does not.
func (s *Schedule) Next(t time.Time, place orb.Point) (time.Time, bool) {
	t = t.In(Zone())
	now, _ := s.At(t, place)
	for d := range ahead {
		day := time.Date(t.Year(), t.Month(), t.Day()+d, 0, 0, 0, 0, Zone())
		minutes := []int{0}
		for i := range s.rules {
			for _, h := range s.rules[i].times {
				for _, m := range []moment{h.from, h.to} {
					at := m.of(day, place)
					minutes = append(minutes, (at%(24*60)+24*60)%(24*60))
					if h.open {
						minutes = append(minutes, (at+1)%(24*60))
					}
				}
			}
		}
		slices.Sort(minutes)
		for _, m := range minutes {
			at := day.Add(time.Duration(m) * time.Minute)
			if !at.After(t) {
				continue
			}
			if state, _ := s.At(at, place); state != now {
				return at, true
			}
		}
	}
	return time.Time{}, false
}
