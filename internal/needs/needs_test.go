package needs

import (
	"fmt"
	"runtime"
	"testing"
)

// ended is a test that only notes how it ends.
type ended struct {
	testing.TB
	how string
}

func (e *ended) Helper() {}

func (e *ended) Fatalf(format string, args ...any) {
	e.how = "failed: " + fmt.Sprintf(format, args...)
	runtime.Goexit()
}

func (e *ended) Skipf(format string, args ...any) {
	e.how = "skipped: " + fmt.Sprintf(format, args...)
	runtime.Goexit()
}

func TestWhatIsMissingFailsInCIOnly(t *testing.T) {
	for ci, want := range map[string]string{
		"":      "skipped: no-such-program is not installed: install it",
		"false": "skipped: no-such-program is not installed: install it",
		"true":  "failed: no-such-program is not installed: install it",
		"1":     "failed: no-such-program is not installed: install it",
	} {
		t.Setenv("CI", ci)
		e, done := &ended{}, make(chan struct{})
		go func() {
			defer close(done)
			Program(e, "no-such-program", "install it")
		}()
		<-done
		if e.how != want {
			t.Errorf("CI=%q: %s, want %s", ci, e.how, want)
		}
	}
	e := &ended{}
	if Program(e, "go", "") == "" || File(e, "needs.go", "") != "needs.go" || e.how != "" {
		t.Error(e.how)
	}
}
