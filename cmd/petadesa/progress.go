package main

import (
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress returns a function to tell how far long work is, and one to call at
// its end: a bar on a terminal, a log line every few seconds elsewhere.
func (c *console) progress(what string, bytes bool) (tell func(done, total int64), end func()) {
	if f, ok := c.stderr.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return bar(f, what, bytes)
	}
	last := time.Now()
	return func(done, total int64) {
		if time.Since(last) > 5*time.Second {
			last = time.Now()
			c.log.Info(what, "done", done, "total", total)
		}
	}, func() {}
}

func bar(w io.Writer, what string, bytes bool) (tell func(done, total int64), end func()) {
	b := progressbar.NewOptions64(-1, progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(what),
		progressbar.OptionShowBytes(bytes), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(100*time.Millisecond))
	return func(done, total int64) {
			if total > 0 && b.GetMax64() != total {
				b.ChangeMax64(total)
			}
			_ = b.Set64(done) // a bar that cannot be drawn stops no work
		}, func() {
			_ = b.Finish()
		}
}
