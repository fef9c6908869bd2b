// Command guide measures what a visitor waits for, through HTTP: search over
// 100,000 names with slips, routes across a road network of a regency's size, and
// the nearest places by travel time; beside them the same names in PostgreSQL's
// pg_trgm and the same roads in pgRouting, in the same run.
//
//	go run ./bench/guide
//
// The roads are made from a seed, 100,000 with names, and are imported and served
// by the built program together with the bundled regency.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench/guide:", err)
		os.Exit(1)
	}
}

const (
	searches  = 3000
	routes    = 1000
	nearbys   = 300
	trigrams  = 300 // pg_trgm takes its time
	pgRoutes  = 20  // pgRouting reads all edges for each
	mostTimed = 5   // ms, the bar of PERFORMANCE.md for search and route
)

func run(ctx context.Context, out io.Writer) (err error) {
	dir, err := os.MkdirTemp("", "petadesa-guide-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	random := rand.New(rand.NewPCG(7, 7))
	roads := madeRoads(random)
	file := filepath.Join(dir, "roads.geojsonseq")
	if err := write(file, roads); err != nil {
		return err
	}
	server, err := serve(ctx, dir, file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.stop()) }()

	fmt.Fprintf(out, "%d roads between %d crossings, with the bundled regency, over HTTP, one request at a time\n\n", len(roads), side*side)
	fmt.Fprintln(out, "| | asked | p50 ms | p95 ms | worst ms | |\n|---|---|---|---|---|---|")
	typing := typedNames(random, roads, searches)
	found := 0
	took, err := server.ask(searches, func(i int) string { return typing[i].url() }, func(i int, body []byte) {
		if typing[i].in(body) {
			found++
		}
	})
	if err != nil {
		return err
	}
	took.row(out, "search, as typed, 0–2 slips", fmt.Sprintf("bar %d ms; the name is among ten in %.1f %%", mostTimed, 100*float64(found)/searches))
	if took, err = server.ask(routes, func(int) string {
		return "/api/route?alternatives=0&vehicle=car&from=" + place(random) + "&to=" + place(random)
	}, nil); err != nil {
		return err
	}
	took.row(out, "route across the regency, with steps and signal", fmt.Sprintf("bar %d ms", mostTimed))
	if took, err = server.ask(routes, func(int) string {
		return "/api/route?alternatives=0&vehicle=car&from=" + placeWithin(random, 0.1) + "&to=" + placeWithin(random, 0.1)
	}, nil); err != nil {
		return err
	}
	took.row(out, "route of a day trip, within 11 km", "")
	if took, err = server.ask(nearbys, func(int) string { return "/api/nearby?limit=50&vehicle=car&from=" + place(random) }, nil); err != nil {
		return err
	}
	took.row(out, "nearest 50 by travel time", "bar 20 ms")
	return postgres(ctx, out, roads, typing, random)
}
