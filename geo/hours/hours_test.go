package hours

import (
	"testing"
	"time"

	"github.com/paulmach/orb"
)

var malang = orb.Point{112.63, -7.98}

func when(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", s, Zone())
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestAt(t *testing.T) {
	// 2026-06-15 is a Monday.
	for _, c := range []struct {
		hours, at string
		want      State
	}{
		{"24/7", "2026-06-15 03:00", Open},
		{"08:00-17:00", "2026-06-15 08:00", Open},
		{"08:00-17:00", "2026-06-15 17:00", Closed},
		{"08:00-17:00", "2026-06-15 07:59", Closed},
		{"Mo-Fr 08:00-17:00", "2026-06-20 12:00", Closed},
		{"Mo-Fr 08:00-17:00; Sa,Su 06:00-18:00", "2026-06-20 06:30", Open},
		{"Mo-Su 08:00-17:00; We off", "2026-06-17 12:00", Closed},
		{"Mo-Fr 08:00-12:00,13:00-17:00", "2026-06-15 12:30", Closed},
		{"Mo-Fr 08:00-17:00; 12:00-13:00 off", "2026-06-15 12:30", Closed},
		{"Mo-Fr 08:00-17:00; 12:00-13:00 off", "2026-06-15 14:30", Open},
		{"Fr-Mo 10:00-12:00", "2026-06-14 11:00", Open},
		{"Fr-Mo 10:00-12:00", "2026-06-16 11:00", Closed},
		{"Fr 20:00-02:00", "2026-06-20 01:30", Open},
		{"Fr 20:00-02:00", "2026-06-19 01:30", Closed},
		{"Fr 22:00-26:00", "2026-06-20 01:30", Open},
		{"Mo-Su 00:00-24:00", "2026-06-15 23:59", Open},
		{"Mo-Su 08:00-17:00; PH off", "2026-08-17 10:00", Closed},
		{"Mo-Su 08:00-17:00; PH 09:00-12:00", "2026-08-17 13:00", Closed},
		{"Mo-Fr 08:00-17:00, PH 09:00-12:00", "2026-03-21 10:00", Open},
		{"PH,Sa,Su 07:00-18:00", "2026-08-25 10:00", Open},
		{"Mo-Su 08:00-17:00; SH off", "2026-06-15 10:00", Unknown},
		{"Apr-Oct 06:00-18:00; Nov-Mar 07:00-17:00", "2026-12-01 06:30", Closed},
		{"Nov-Mar 07:00-17:00", "2026-01-10 08:00", Open},
		{"Dec 24-Jan 2 10:00-20:00", "2026-01-02 12:00", Open},
		{"Dec 24-26 off; 10:00-20:00", "2026-12-25 12:00", Open}, // the later rule counts
		{"10:00-20:00; Dec 24-26 off", "2026-12-25 12:00", Closed},
		{"Su[1] 08:00-12:00", "2026-06-07 09:00", Open},
		{"Su[1] 08:00-12:00", "2026-06-14 09:00", Closed},
		{"Su[-1] 08:00-12:00", "2026-06-28 09:00", Open},
		{"sunrise-sunset", "2026-06-15 05:20", Closed},
		{"sunrise-sunset", "2026-06-15 06:00", Open},
		{"sunrise-sunset", "2026-06-15 17:40", Closed},
		{"(sunrise+01:00)-(sunset-01:00)", "2026-06-15 06:10", Closed},
		{"08:00+", "2026-06-15 10:00", Unknown},
		{"08:00+", "2026-06-15 07:00", Closed},
		{`"by appointment"`, "2026-06-15 07:00", Unknown},
		{`Mo-Fr 08:00-17:00 || "call"`, "2026-06-20 07:00", Unknown},
		{`Mo-Fr 08:00-17:00 || "call"`, "2026-06-15 09:00", Open},
		{"2025 Mo-Su 08:00-17:00", "2026-06-15 10:00", Closed},
		{"week 01-10 08:00-17:00", "2026-06-15 10:00", Closed},
		{"Mo off", "2026-06-15 10:00", Closed},
		{"off", "2026-06-15 10:00", Closed},
		{"Mo-Fr", "2026-06-15 10:00", Open},
		{"mo-fr 8:00-17:00;", "2026-06-15 10:00", Open},
	} {
		s, err := Parse(c.hours)
		if err != nil {
			t.Errorf("%s: %v", c.hours, err)
			continue
		}
		if got, _ := s.At(when(t, c.at), malang); got != c.want {
			t.Errorf("%s at %s: %v, want %v", c.hours, c.at, got, c.want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, s := range []string{
		"", "buka tiap hari", "08.00-17.00", "Mo-Fr 08:00", "25:00-26:00", "Mo-Xx 08:00-09:00", "08:00-17:0", `"open`, "Mo[6] 08:00-09:00", "Mo[ 08:00",
		"Jan 32 08:00-09:00", "Jan-", "(08:00-09:00", "(sunset", "08:00-17:00 foo", "<script>", "' OR 1=1", "😀", "\u202eMo", "| 08:00-09:00", "99999999999999999999-1",
	} {
		if _, err := Parse(s); err == nil {
			t.Errorf("%q was read", s)
		}
	}
}

func TestNext(t *testing.T) {
	for _, c := range []struct{ hours, at, want string }{
		{"Mo-Fr 08:00-17:00", "2026-06-15 10:00", "2026-06-15 17:00"},
		{"Mo-Fr 08:00-17:00", "2026-06-19 18:00", "2026-06-22 08:00"},
		{"Fr 20:00-02:00", "2026-06-19 21:00", "2026-06-20 02:00"},
		{"24/7", "2026-06-15 10:00", ""},
		{"Mo-Su 00:00-24:00", "2026-06-15 10:00", ""},
	} {
		s, err := Parse(c.hours)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if at, ok := s.Next(when(t, c.at), malang); ok {
			got = at.Format("2006-01-02 15:04")
		}
		if got != c.want {
			t.Errorf("%s at %s: %q, want %q", c.hours, c.at, got, c.want)
		}
	}
}

func TestHolidays(t *testing.T) {
	for day, want := range map[string]bool{
		"2026-01-01": true, "2026-04-03": true, "2026-04-05": true, "2026-05-14": true, "2026-03-20": false, "2025-04-18": true,
		"2025-05-29": true, "2030-12-25": true, "2030-02-05": false, "2026-06-01": true,
	} {
		if got := IsHoliday(when(t, day+" 12:00")); got != want {
			t.Errorf("%s: %v", day, got)
		}
	}
	if !HolidaysKnown(2026) || HolidaysKnown(2031) {
		t.Error("which years are known")
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"Mo-Fr 08:00-17:00; PH off", "24/7", "Jan 05-Feb 10: Su[1,-1] sunrise-(sunset+01:00) off \"x\" || 08:00+", "week 1-3 2025+ 22:00-26:00,"} {
		f.Add(s, int64(1_781_000_000))
	}
	f.Fuzz(func(t *testing.T, s string, unix int64) {
		parsed, err := Parse(s)
		if err != nil {
			return
		}
		at := time.Unix(unix%4_000_000_000, 0)
		state, _ := parsed.At(at, malang)
		if next, ok := parsed.Next(at, malang); ok {
			if !next.After(at) {
				t.Fatalf("%q changes at %v, before %v", s, next, at)
			}
			if later, _ := parsed.At(next, malang); later == state {
				t.Fatalf("%q does not change at %v", s, next)
			}
		}
	})
}
