package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"

	"github.com/petadesa/petadesa/api"
	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
)

// still is a snapshot that never changes.
type still struct{ snap *geo.Snapshot }

func (s still) Snapshot() *geo.Snapshot { return s.snap }
func (s still) State() api.State        { return api.State{OK: true} }

// web is the service on a port of loopback.
type web struct {
	base   string
	server *http.Server
}

func serve(snap *geo.Snapshot, e *coverage.Engine) (*web, error) {
	port, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	w := &web{"http://" + port.Addr().String(), &http.Server{Handler: api.New(api.Config{Source: still{snap}, Coverage: e})}}
	go func() { _ = w.server.Serve(port) }() // ends with close
	return w, nil
}

func (w *web) close() { _ = w.server.Close() }

// post sends a body and reads all of the answer, which must be OK.
func (w *web) post(ctx context.Context, path, body string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, w.base+path, bytes.NewReader([]byte(body)))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s: %.300s", path, answer.Status, said)
	}
	return err
}
