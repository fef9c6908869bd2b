// Command tiles measures the tile server beside what it is compared to, in one
// run on one machine: cold tiles against ST_AsMVT of the same content in a
// PostGIS of its own, warm ones against a bare net/http handler that writes the
// same bytes, and a stampede.
//
// The load is that of East Java: real villages (PETADESA_TESTDATA, else the
// bundle's) side by side until they are as many as the province has, and with
// them, unless -villages is given, 100,000 lines and 20,000 points made from a
// seed. Everything listens on loopback or a local socket, and is gone at the end.
// It prints tables in Markdown; it asserts nothing.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"time"

	"github.com/petadesa/petadesa/geo"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "bench/tiles:", err)
		os.Exit(1)
	}
}

type options struct {
	villages bool
	copies   int
	samples  int
	seconds  time.Duration
	postgis  bool
}

func run(ctx context.Context, args []string, out, log io.Writer) error {
	var o options
	f := flag.NewFlagSet("tiles", flag.ContinueOnError)
	f.SetOutput(log)
	f.BoolVar(&o.villages, "villages", false, "villages only, as they are: no lines, no points, no copies")
	f.IntVar(&o.copies, "copies", 22, "how often the villages are laid side by side")
	f.IntVar(&o.samples, "samples", 15, "tiles measured at each zoom")
	f.DurationVar(&o.seconds, "warm", 3*time.Second, "how long each warm measurement takes; 0: none")
	f.BoolVar(&o.postgis, "postgis", true, "compare with PostGIS")
	if err := f.Parse(args); err != nil {
		return err
	}
	if o.villages {
		o.copies = 1
	}
	if o.copies < 1 || o.copies > 200 || o.samples < 1 || o.samples > 1000 {
		return fmt.Errorf("-copies 1 to 200 and -samples 1 to 1000")
	}
	tables, err := load(o)
	if err != nil {
		return err
	}
	began := time.Now()
	snap, err := geo.Build(ctx, nil, tables, nil)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s, %d processors; snapshot of", runtime.Version(), runtime.GOMAXPROCS(0))
	for _, t := range tables {
		fmt.Fprintf(out, " %d %s,", len(t.Records), t.Collection.ID)
	}
	fmt.Fprintf(out, " %d vertices, built in %.1f s\n\n", vertices(snap), time.Since(began).Seconds())
	var layers []*geo.Layer
	for _, t := range tables {
		layers = append(layers, snap.Layer(t.Collection.ID))
	}
	if err := cold(ctx, out, layers, tables, o); err != nil {
		return fmt.Errorf("cold tiles: %w", err)
	}
	if o.seconds > 0 {
		if err := warm(ctx, out, snap, layers, o); err != nil {
			return fmt.Errorf("warm tiles: %w", err)
		}
	}
	return stampede(ctx, out, snap, layers)
}

func vertices(s *geo.Snapshot) (n int) {
	for _, l := range s.Layers() {
		if !l.Derived {
			n += len(l.Shape.X)
		}
	}
	return n
}
