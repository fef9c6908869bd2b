package cql2

import (
	"strings"
	"time"
)

// parseInstant reads a date, a time with its zone, or the year and month that
// many sources give; the latter are the interval of their days. A time without
// a zone is taken as UTC.
func parseInstant(s string) (span, bool) {
	if len(s) < 4 || len(s) > 40 || s[0] < '0' || s[0] > '9' {
		return span{}, false
	}
	switch len(s) {
	case 4, 7:
		from, err := time.Parse("2006-01"[:len(s)], s)
		if err != nil {
			return span{}, false
		}
		to := from.AddDate(1, 0, -1)
		if len(s) == 7 {
			to = from.AddDate(0, 1, -1)
		}
		return span{from, to, true}, true
	case len(time.DateOnly):
		t, err := time.Parse(time.DateOnly, s)
		return span{t, t, true}, err == nil && !t.IsZero()
	}
	s = strings.Replace(strings.ToUpper(s), " ", "T", 1)
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05"} {
		if t, err := time.Parse(layout, s); err == nil && !t.IsZero() {
			return span{t.UTC(), t.UTC(), false}, true
		}
	}
	return span{}, false
}

// partial reports whether a date names no day but a month or year.
func (s span) partial() bool { return s.days && !s.from.Equal(s.to) }

// lastMoment is how long after its first a day's last moment is.
const lastMoment = 24*time.Hour - 1

// ends returns the ends of two spans to compare: days by their names when both
// are days, else by their first and last moments.
func ends(a, b span) (span, span) {
	if a.days == b.days {
		return a, b
	}
	return a.moments(), b.moments()
}

func (s span) moments() span {
	if s.days && !s.to.IsZero() {
		s.to = s.to.Add(lastMoment)
	}
	return s
}

// An open end is before all times as the start, and after all as the end.

func compareStarts(a, b time.Time) int { return a.Compare(b) } // zero is before all

func compareEnds(a, b time.Time) int {
	switch {
	case a.IsZero() && b.IsZero():
		return 0
	case a.IsZero():
		return 1
	case b.IsZero():
		return -1
	}
	return a.Compare(b)
}

// compareAcross compares a start with an end.
func compareAcross(start, end time.Time) int {
	if start.IsZero() || end.IsZero() {
		return -1
	}
	return start.Compare(end)
}

// relate decides a temporal function (21-065r2, 7.8; the relations of Allen) or
// a comparison. Compared are instants: a is before b when it ends before b
// starts, and at most b when it ends no later.
func (a span) relate(op string, b span) bool {
	a, b = ends(a, b)
	starts, stops := compareStarts(a.from, b.from), compareEnds(a.to, b.to)
	after, before := compareAcross(a.from, b.to), compareAcross(b.from, a.to) // >0: wholly after, before
	switch op {
	case "=", "t_equals":
		return starts == 0 && stops == 0
	case "<>":
		return starts != 0 || stops != 0
	case "<", "t_before":
		return before > 0
	case ">", "t_after":
		return after > 0
	case "<=":
		return stops <= 0
	case ">=":
		return starts >= 0
	case "t_disjoint":
		return before > 0 || after > 0
	case "t_intersects":
		return before <= 0 && after <= 0
	case "t_contains":
		return starts < 0 && stops > 0
	case "t_during":
		return starts > 0 && stops < 0
	case "t_finishedby":
		return starts < 0 && stops == 0
	case "t_finishes":
		return starts > 0 && stops == 0
	case "t_meets":
		return before == 0
	case "t_metby":
		return after == 0
	case "t_overlappedby":
		return starts > 0 && after < 0 && stops > 0
	case "t_overlaps":
		return starts < 0 && before < 0 && stops < 0
	case "t_startedby":
		return starts == 0 && stops > 0
	default: // t_starts
		return starts == 0 && stops < 0
	}
}

// between joins two ends to an interval; false when they do not fit.
func between(from, to span) (span, bool) {
	if from.from.IsZero() {
		return span{to: to.to, days: to.days}, true
	}
	if to.to.IsZero() {
		return span{from: from.from, days: from.days}, true
	}
	if from.days != to.days {
		from, to = from.moments(), to.moments()
	}
	s := span{from.from, to.to, from.days && to.days}
	return s, !s.from.After(s.to)
}

// checkInterval refuses an interval whose literal ends do not fit.
func checkInterval(n *node) error {
	if n.args[0].op != opLiteral || n.args[1].op != opLiteral {
		return nil
	}
	from, to := n.args[0].value.(span), n.args[1].value.(span)
	if _, ok := between(from, to); !ok {
		return &Error{At: n.at, Reason: "the INTERVAL ends before it starts"}
	}
	if open := from.from.IsZero() || to.to.IsZero(); !open && from.days != to.days {
		return &Error{At: n.at, Reason: "the INTERVAL has a date at one end and a time at the other"}
	}
	return nil
}
