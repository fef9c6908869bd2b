package hours

import "time"

// State is whether a place is open.
type State int8

// The states.
const (
	Closed State = iota
	Open
	Unknown
)

func (s State) String() string { return [...]string{"closed", "open", "unknown"}[s] }

// rule is one of a schedule.
type rule struct {
	join     byte // ';' over those before it, ',' beside them, '|' where those before do not apply
	years    []span
	weeks    []span
	days     []dates
	weekdays []weekday
	times    []hours
	state    State
	comment  string
}

type span struct{ from, to int }

// dates are days of the year, over its end when from is after to.
type dates struct{ from, to monthDay }

type monthDay struct {
	month time.Month
	day   int
}

func (d monthDay) before(o monthDay) bool {
	return d.month < o.month || d.month == o.month && d.day < o.day
}

// weekday is a range of days of the week, or holidays.
type weekday struct {
	from, to time.Weekday
	nth      []int // of the month, below zero from its end; none: all
	holiday  byte  // 'p' public, 's' of schools, 0: a range
}

// hours are times of a day.
type hours struct {
	from, to moment
	open     bool // the end is not known
}

// moment is a time of a day in minutes, or from the sun.
type moment struct {
	minutes int
	sun     string // sunrise, sunset, dawn, dusk; empty: minutes after midnight
}

// on reports whether a rule speaks of a day. maybe: it hinges on school holidays.
func (r *rule) on(day time.Time) (yes, maybe bool) {
	if len(r.years) > 0 && !within(r.years, day.Year()) {
		return false, false
	}
	if _, week := day.ISOWeek(); len(r.weeks) > 0 && !within(r.weeks, week) {
		return false, false
	}
	if len(r.days) > 0 {
		found := false
		at := monthDay{day.Month(), day.Day()}
		for _, d := range r.days {
			if d.to.before(d.from) {
				found = found || !at.before(d.from) || !d.to.before(at)
			} else {
				found = found || !at.before(d.from) && !d.to.before(at)
			}
		}
		if !found {
			return false, false
		}
	}
	if len(r.weekdays) == 0 {
		return true, false
	}
	for _, w := range r.weekdays {
		switch w.holiday {
		case 'p':
			if IsHoliday(day) {
				return true, false
			}
		case 's':
			maybe = true
		default:
			if w.has(day) {
				return true, false
			}
		}
	}
	return false, maybe
}

func (w *weekday) has(day time.Time) bool {
	at := day.Weekday()
	if w.from <= w.to && (at < w.from || at > w.to) || w.from > w.to && at < w.from && at > w.to {
		return false
	}
	if len(w.nth) == 0 {
		return true
	}
	last := time.Date(day.Year(), day.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day()
	for _, n := range w.nth {
		if n > 0 && (day.Day()-1)/7+1 == n || n < 0 && (last-day.Day())/7+1 == -n {
			return true
		}
	}
	return false
}

func within(all []span, n int) bool {
	for _, s := range all {
		if n >= s.from && n <= s.to {
			return true
		}
	}
	return false
}
