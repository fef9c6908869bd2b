package fetch

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"syscall"
)

// What a download can fail with, beside the errors of disk and context; test
// with errors.Is.
var (
	ErrOffline  = errors.New("the server cannot be reached")
	ErrTooLarge = errors.New("larger than allowed")
	ErrCut      = errors.New("the connection ended before the file did")
	ErrStalled  = errors.New("nothing came for too long")
	ErrTimeout  = errors.New("it took longer than allowed")
	ErrChecksum = errors.New("the checksum is not the one expected")
	ErrContent  = errors.New("not what was asked for")
	ErrRedirect = errors.New("redirects that are not followed")
)

// An Error says which download failed, and after how many tries.
type Error struct {
	URL   string // without secrets
	Tries int
	Err   error
}

func (e *Error) Error() string {
	if e.Tries > 1 {
		return fmt.Sprintf("%s: %v (tried %d times)", e.URL, e.Err, e.Tries)
	}
	return fmt.Sprintf("%s: %v", e.URL, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

// A quietError is an error whose own words would tell a secret.
type quietError struct {
	words string
	error
}

func (e *quietError) Error() string { return e.words }
func (e *quietError) Unwrap() error { return e.error }

// A StatusError is an answer of a server that is not the file.
type StatusError struct {
	Code int
	Text string // "404 Not Found"
}

func (e *StatusError) Error() string { return "the server answers " + e.Text }

// plain takes the URL, which may hold a secret, out of an error of net/http and
// names what the network's errors mean.
func plain(err error) error {
	if u := (*url.Error)(nil); errors.As(err, &u) {
		err = u.Err
	}
	var (
		dns  *net.DNSError
		op   *net.OpError
		away bool
	)
	switch {
	case errors.As(err, &dns):
		away = true
	case errors.As(err, &op):
		away = op.Op == "dial"
	}
	for _, errno := range []error{syscall.ENETUNREACH, syscall.EHOSTUNREACH, syscall.ECONNREFUSED} {
		away = away || errors.Is(err, errno)
	}
	if away {
		return fmt.Errorf("%w: %w", ErrOffline, err)
	}
	return err
}
