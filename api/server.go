package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// ServeOptions bound what a client may cost. A zero field takes the default.
type ServeOptions struct {
	ReadHeaderTimeout time.Duration // 5 s
	ReadTimeout       time.Duration // 30 s, headers and body
	WriteTimeout      time.Duration // 60 s; a long answer that keeps moving gets more
	IdleTimeout       time.Duration // 2 min between requests
	MaxHeaderBytes    int           // 32 KiB
	Grace             time.Duration // 20 s for requests to finish when stopping
	Log               *slog.Logger  // of what goes wrong on connections; nil: none
}

func (o *ServeOptions) setDefaults() {
	for _, d := range []struct {
		field    *time.Duration
		standard time.Duration
	}{
		{&o.ReadHeaderTimeout, 5 * time.Second},
		{&o.ReadTimeout, 30 * time.Second},
		{&o.WriteTimeout, time.Minute},
		{&o.IdleTimeout, 2 * time.Minute},
		{&o.Grace, 20 * time.Second},
	} {
		if *d.field == 0 {
			*d.field = d.standard
		}
	}
	if o.MaxHeaderBytes == 0 {
		o.MaxHeaderBytes = 32 << 10
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
}

type drainKey struct{}

// draining returns a channel that is closed when the server begins to stop:
// what would go on for ever ends then, what will end is let finish.
func draining(ctx context.Context) <-chan struct{} {
	c, _ := ctx.Value(drainKey{}).(chan struct{})
	return c
}

// Serve answers requests from ln until ctx ends, then takes no more, lets those
// under way finish for as long as opts.Grace, and returns nil; or an error when
// some did not finish, or when the listener failed before. It closes ln.
func Serve(ctx context.Context, ln net.Listener, h http.Handler, opts ServeOptions) error {
	opts.setDefaults()
	drain := make(chan struct{})
	srv := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: opts.ReadHeaderTimeout,
		ReadTimeout:       opts.ReadTimeout,
		WriteTimeout:      opts.WriteTimeout,
		IdleTimeout:       opts.IdleTimeout,
		MaxHeaderBytes:    opts.MaxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(opts.Log.Handler(), slog.LevelWarn),
		BaseContext: func(net.Listener) context.Context {
			return context.WithValue(context.WithoutCancel(ctx), drainKey{}, drain)
		},
	}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(ln) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve %s: %w", ln.Addr(), err)
	case <-ctx.Done():
	}
	close(drain)
	patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), opts.Grace)
	defer cancel()
	err := srv.Shutdown(patience)
	if served := <-failed; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	if err != nil {
		_ = srv.Close() // break off what is left; the error says so
		return fmt.Errorf("stop serving: %w", err)
	}
	return nil
}
