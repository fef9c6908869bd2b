package reports

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// Summary is what the accepted reports of a key say together.
type Summary struct {
	Key
	Tests     int
	Positives int
	Negatives int
	Reporters int      // that are told apart
	NoSignal  bool     // confirmed by the counting rule
	Down      *float64 // mean of those that measured; 0 where NoSignal
	Up        *float64
	Latency   *float64
	From, To  time.Time // hours of the first and last
}

// The counting rule of a report that there is no signal.
const (
	recent     = 20            // at most so many of the latest tests count
	manyNo     = 5             // negatives among them confirm
	apartHours = 5 * time.Hour // between two negatives: of times cut to hours, 5 means 4 at least
)

// Summarise gathers the accepted reports by key, in order of key.
func Summarise(all []Report) []Summary {
	groups := map[Key][]Report{}
	for _, r := range all {
		if r.Status == Accepted {
			groups[r.Key()] = append(groups[r.Key()], r)
		}
	}
	order := slices.SortedFunc(maps.Keys(groups), func(a, b Key) int {
		return cmp.Or(cmp.Compare(a.Cell, b.Cell), cmp.Compare(a.Operator, b.Operator), cmp.Compare(a.Technology, b.Technology))
	})
	summaries := make([]Summary, len(order))
	for i, key := range order {
		summaries[i] = summarise(key, groups[key])
	}
	return summaries
}

func summarise(key Key, all []Report) Summary {
	s := Summary{Key: key, Tests: len(all), From: all[0].Hour, To: all[0].Hour}
	who := map[string]bool{}
	var down, up, latency mean
	for _, r := range all {
		who[r.Reporter] = true
		if r.Hour.Before(s.From) {
			s.From = r.Hour
		}
		if r.Hour.After(s.To) {
			s.To = r.Hour
		}
		if !r.Works {
			s.Negatives++
			continue
		}
		s.Positives++
		down.add(r.Down)
		up.add(r.Up)
		latency.add(r.Latency)
	}
	s.Reporters = len(who)
	if s.NoSignal = noSignal(all); s.NoSignal {
		zero := 0.0
		s.Down, s.Up = &zero, &zero
	} else {
		s.Down, s.Up, s.Latency = down.value(), up.value(), latency.value()
	}
	return s
}

// noSignal reports whether the latest tests confirm that there is none: five
// negatives, or two that are four hours apart and not outnumbered by positives.
func noSignal(all []Report) bool {
	latest := slices.SortedFunc(slices.Values(all), func(a, b Report) int { return b.Hour.Compare(a.Hour) })
	latest = latest[:min(len(latest), recent)]
	negatives := slices.DeleteFunc(slices.Clone(latest), func(r Report) bool { return r.Works })
	n := len(negatives)
	if n >= manyNo {
		return true
	}
	return n >= 2 && 2*n >= len(latest) && negatives[0].Hour.Sub(negatives[n-1].Hour) >= apartHours
}

// Confirmed reports whether the summary says something that can be built on: no
// signal by the counting rule, or a signal without anybody to deny it.
func (s *Summary) Confirmed() bool { return s.NoSignal || s.Negatives == 0 }

// Public reports whether k reporters or more stand behind it.
func (s *Summary) Public(k int) bool { return s.Reporters >= max(k, 1) }

// Period is the months of the reports, as in "2026-10/2026-11".
func (s *Summary) Period() string {
	from, to := s.From.UTC().Format("2006-01"), s.To.UTC().Format("2006-01")
	if from == to {
		return from
	}
	return from + "/" + to
}

type mean struct {
	sum float64
	n   int
}

func (m *mean) add(v *float64) {
	if v != nil {
		m.sum, m.n = m.sum+*v, m.n+1
	}
}

func (m *mean) value() *float64 {
	if m.n == 0 {
		return nil
	}
	v := m.sum / float64(m.n)
	return &v
}
