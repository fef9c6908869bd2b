// Command petadesa serves a regency's villages, internet coverage, roads and
// destinations as vector tiles and GeoJSON on a map, and loads and saves them.
//
// It wires the rooms together and decides nothing of its own: what a command
// does is in data, geo, tiles, api and frontend.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "petadesa:", err)
		os.Exit(1)
	}
}
