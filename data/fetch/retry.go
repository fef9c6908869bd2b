package fetch

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strconv"
	"syscall"
	"time"
)

// retryable reports whether the same request may go better later, and sets
// wait to what the server asks for.
func retryable(err error, wait *time.Duration) bool {
	if busy := (*busyError)(nil); errors.As(err, &busy) {
		*wait = busy.wait
		return true
	}
	for _, e := range []error{ErrOffline, ErrCut, ErrStalled, errChanged, syscall.ECONNRESET, syscall.EPIPE} {
		if errors.Is(err, e) {
			return true
		}
	}
	timeout := net.Error(nil)
	return errors.As(err, &timeout) && timeout.Timeout()
}

// A busyError is a StatusError that may pass.
type busyError struct {
	StatusError
	wait time.Duration
}

func (e *busyError) Unwrap() error { return &e.StatusError }

// statusError is what an answer without the file means.
func statusError(r *http.Response, now time.Time) error {
	e := StatusError{Code: r.StatusCode, Text: strconv.Itoa(r.StatusCode) + " " + http.StatusText(r.StatusCode)}
	switch r.StatusCode {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests,
		http.StatusInternalServerError, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return &busyError{e, retryAfter(r.Header.Get("Retry-After"), now)}
	}
	return &e
}

// retryAfter reads the header of that name (RFC 9110, 10.2.3): seconds or a date.
func retryAfter(s string, now time.Time) time.Duration {
	if n, err := strconv.ParseUint(s, 10, 31); err == nil {
		return time.Duration(n) * time.Second
	}
	if at, err := http.ParseTime(s); err == nil {
		return max(0, at.Sub(now))
	}
	return 0
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
