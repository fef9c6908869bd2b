// Command planner measures what the planner's desk waits for, over the bundled
// regency (with the real villages where PETADESA_TESTDATA has them), on a plain
// and over made-up terrain: a tower that is tried out, and twenty sites from a
// lattice of 500 m with their certificate, by the engine and over HTTP on loopback,
// each beside what it is compared to in the same run; how soon a plan that nobody
// waits for ends; and what a hundred different questions at once keep. Gap queries
// beside PostGIS are measured by bench/gaps. It prints tables in Markdown; it asserts
// nothing.
//
//	go run ./bench/planner
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"time"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench/planner:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer) error {
	plain, source, err := regency(ctx)
	if err != nil {
		return err
	}
	hilly, err := overTerrain(plain)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s, %d processors; %d villages (%s), %d towers\n\n", runtime.Version(), runtime.GOMAXPROCS(0),
		plain.Layer("villages").Len(), source, plain.Layer("towers").Len())
	for _, on := range []struct {
		name string
		snap *geo.Snapshot
	}{{"plain", plain}, {"terrain", hilly}} {
		if err := ground(ctx, out, on.name, on.snap); err != nil {
			return fmt.Errorf("%s: %w", on.name, err)
		}
	}
	if err := abandoned(ctx, out, hilly); err != nil {
		return fmt.Errorf("a plan that is given up: %w", err)
	}
	if err := crowd(ctx, out, plain); err != nil {
		return fmt.Errorf("many questions at once: %w", err)
	}
	fmt.Fprintf(out, "\npeak memory of all of this: %.0f MiB\n", highWater())
	return nil
}

// ground measures one snapshot.
func ground(ctx context.Context, out io.Writer, name string, snap *geo.Snapshot) error {
	e := coverage.New(coverage.Options{Model: coverage.ModelOf})
	began, used := time.Now(), ownCPU()
	if err := e.Warm(ctx, snap); err != nil {
		return err
	}
	fmt.Fprintf(out, "## %s\n\na new snapshot is warm after %.1f s (%.1f s of processor), in the background\n\n", name, time.Since(began).Seconds(), (ownCPU() - used).Seconds())
	fmt.Fprintln(out, "| what | median | worst | processor | compared to | median | ratio |\n|---|---|---|---|---|---|---|")
	web, err := serve(snap, e)
	if err != nil {
		return err
	}
	defer web.close()
	if err := firstQuery(ctx, out, snap); err != nil {
		return err
	}
	if err := towers(ctx, out, snap, e, web); err != nil {
		return err
	}
	if err := sites(ctx, out, snap, e, web); err != nil {
		return err
	}
	fmt.Fprintln(out)
	return nil
}

// timing is how long something took, several times.
type timing struct{ median, worst, cpu time.Duration }

// times runs f n times.
func times(n int, f func(i int) error) (timing, error) {
	all := make([]time.Duration, n)
	used := ownCPU()
	for i := range all {
		began := time.Now()
		if err := f(i); err != nil {
			return timing{}, err
		}
		all[i] = time.Since(began)
	}
	used = ownCPU() - used
	slices.Sort(all)
	return timing{all[n/2], all[n-1], used / time.Duration(n)}, nil
}

// line prints a measurement beside what it is compared to; than.median 0: nothing.
func line(out io.Writer, what string, t timing, to string, than timing) {
	show := func(d time.Duration) string { return d.Round(100 * time.Microsecond).String() }
	if than.median == 0 {
		fmt.Fprintf(out, "| %s | %s | %s | %s | %s | | |\n", what, show(t.median), show(t.worst), show(t.cpu), to)
		return
	}
	fmt.Fprintf(out, "| %s | %s | %s | %s | %s | %s | %.1f |\n", what, show(t.median), show(t.worst), show(t.cpu), to, show(than.median), float64(than.median)/float64(t.median))
}
