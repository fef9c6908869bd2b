package reports

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var noon = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)

func report(hour int, works bool, who string) Report {
	return Report{Cell: "351041-117993", Operator: "Telkomsel", Technology: "4g", Works: works, Hour: noon.Add(time.Duration(hour) * time.Hour), Reporter: who, Status: Accepted}
}

// series makes reports an hour apart: - is no signal, + one.
func series(text string) (all []Report) {
	for i, c := range text {
		if c != ' ' {
			all = append(all, report(i, c == '+', fmt.Sprint(i)))
		}
	}
	return all
}

func TestCountingRule(t *testing.T) {
	for _, c := range []struct {
		reports string
		want    bool
	}{
		{"-", false},
		{"--", false},
		{"-    -", true},    // five hours of the clock: four at least
		{"-   -", false},    // might be three hours and a minute
		{"-  -", false},     //
		{"-----", true},     // five negatives
		{"----", false},     //
		{"- +++  -", false}, // two bad moments among more good ones
		{"- ++   -", true},
		{"+++++++++++++++-----", true},       // five of twenty
		{"-----++++++++++++++++++++", false}, // but of the latest twenty
		{"++++", false},
	} {
		s := Summarise(series(c.reports))
		if len(s) != 1 || s[0].NoSignal != c.want {
			t.Errorf("%q: %+v", c.reports, s)
		}
		if c.want && (s[0].Down == nil || *s[0].Down != 0) {
			t.Errorf("%q: no signal has a speed", c.reports)
		}
	}
}

func TestOnlyAcceptedReportsCount(t *testing.T) {
	all := []Report{report(0, false, "a"), report(9, false, "b"), report(9, false, "c")}
	all[0].Status, all[1].Status = Pending, Rejected
	if s := Summarise(all); len(s) != 1 || s[0].Tests != 1 || s[0].NoSignal {
		t.Errorf("%+v", s)
	}
	if s := Summarise(all[:2]); len(s) != 0 {
		t.Errorf("%+v", s)
	}
}

func TestPublicFromSoManyReporters(t *testing.T) {
	s := Summarise([]Report{report(0, true, "a"), report(1, true, "a"), report(2, true, "b")})[0]
	if s.Reporters != 2 || s.Public(3) || !s.Public(2) {
		t.Errorf("%+v", s)
	}
}

// Reports in another order say the same, and one more negative never takes a
// confirmation away while there are fewer than the rule looks at.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Report {
			return report(rapid.IntRange(0, 60).Draw(t, "hour"), rapid.Bool().Draw(t, "works"), rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(t, "who"))
		}), 1, 15).Draw(t, "reports")
		before := Summarise(all)[0]
		mixed := Summarise(rapid.Permutation(all).Draw(t, "mixed"))[0]
		if before.NoSignal != mixed.NoSignal || before.Reporters != mixed.Reporters || before.Period() != mixed.Period() {
			t.Fatalf("%+v, mixed %+v", before, mixed)
		}
		if more := Summarise(append(all, report(70, false, "e")))[0]; before.NoSignal && !more.NoSignal {
			t.Fatalf("%+v, with one more negative %+v", before, more)
		}
	})
}
