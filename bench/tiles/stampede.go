package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/tiles"
)

// stampede asks for the heaviest tile 64 times at once, on an empty cache.
func stampede(ctx context.Context, out io.Writer, snap *geo.Snapshot, layers []*geo.Layer) error {
	const clients = 64
	chosen, err := chooseTiles(ctx, layers, 8, 1)
	if err != nil {
		return err
	}
	server := tiles.NewServer(tiles.Options{})
	addr, stop, err := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := server.ServeTile(w, r, tiles.Request{Layers: layers, Address: chosen[0]}); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	}))
	if err != nil {
		return err
	}
	defer stop()
	pool := &http.Transport{MaxConnsPerHost: clients, MaxIdleConnsPerHost: clients}
	defer pool.CloseIdleConnections()
	errs := make([]error, clients)
	start := make(chan struct{})
	var wg sync.WaitGroup
	for i := range clients {
		wg.Go(func() {
			<-start
			errs[i] = ask(ctx, pool, "http://"+addr+"/")
		})
	}
	began := time.Now()
	close(start)
	wg.Wait()
	failed := 0
	for _, err := range errs {
		if err != nil {
			failed++
		}
	}
	st := server.Stats()
	fmt.Fprintf(out, "Stampede: %d requests for the cold tile %d/%d/%d: %d failed, %d layers cut for %d layers in it, all answered after %s.\n",
		clients, chosen[0].Z, chosen[0].X, chosen[0].Y, failed, st.Cuts, len(layers), milliseconds(time.Since(began)))
	return errors.Join(errs...)
}

func ask(ctx context.Context, pool *http.Transport, url string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	answer, err := pool.RoundTrip(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("status %s", answer.Status)
	}
	return nil
}
