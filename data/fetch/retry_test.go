package fetch

import (
	"strings"
	"testing"
	"time"
)

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 5, 4, 3, 2, 1, 0, time.UTC)
	for s, want := range map[string]time.Duration{
		"": 0, "7": 7 * time.Second, "-1": 0, "soon": 0, "99999999999999999999": 0,
		"Mon, 04 May 2026 03:03:01 GMT": time.Minute, "Mon, 04 May 2026 03:00:01 GMT": 0,
	} {
		if got := retryAfter(s, now); got != want {
			t.Errorf("%q: %v, want %v", s, got, want)
		}
	}
}

func FuzzContentRange(f *testing.F) {
	for _, s := range []string{"bytes 0-4/5", "bytes 5-9/*", "bytes */5", "bytes 9-5/5", "lines 1-2/3", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		start, end, total, ok := contentRange(s)
		if ok && (start < 0 || end < start || !strings.HasPrefix(s, "bytes ")) {
			t.Errorf("%q: %d-%d/%d", s, start, end, total)
		}
	})
}
