package api

import (
	"strings"
	"time"
)

// checkDatetime checks the parameter datetime (OGC API Features, 7.15.4): an
// instant or an interval, either end of which may be open. No collection has a
// temporal property that it would select by, so every feature matches; a value
// that is none of these is still an error.
func checkDatetime(s string) error {
	from, to, interval := strings.Cut(s, "/")
	if !interval {
		if _, err := instant(s); err != nil {
			return badDatetime(s)
		}
		return nil
	}
	open := func(s string) bool { return s == "" || s == ".." }
	a, errA := instant(from)
	b, errB := instant(to)
	switch {
	case open(from) && open(to):
		return badDatetime(s)
	case errA != nil && !open(from), errB != nil && !open(to):
		return badDatetime(s)
	case errA == nil && errB == nil && a.After(b):
		return badParameter("datetime", "datetime %s ends before it starts", quoted(s))
	}
	return nil
}

func instant(s string) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339Nano, strings.ToUpper(s)); err == nil {
		return t, nil
	}
	return time.Parse(time.DateOnly, s)
}

func badDatetime(s string) error {
	return badParameter("datetime",
		"datetime %s is not an RFC 3339 instant (2025-10-01T00:00:00Z) or an interval (2025-01-01T00:00:00Z/.., ../2025-12-31T00:00:00Z)", quoted(s))
}
