package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/tiles"
)

// sample is what one tile took.
type sample struct {
	cpu  time.Duration
	size int
}

// cold measures tiles that are in no cache.
func cold(ctx context.Context, out io.Writer, layers []*geo.Layer, tables []geo.Table, o options) error {
	var db *postgis
	if o.postgis {
		var err error
		if db, err = openPostGIS(ctx, tables); err != nil {
			return err
		}
		defer db.close(context.WithoutCancel(ctx))
	}
	fmt.Fprintf(out, "Cold tiles, processor time: the heaviest tile of z8, the median of %d tiles of the others.\n\n", o.samples)
	fmt.Fprintln(out, "| | z8 | z10 | z12 | z14 |\n|---|---|---|---|---|")
	rows := map[string]map[int]sample{}
	var order []string
	note := func(name string, z int, s sample) {
		if rows[name] == nil {
			rows[name] = map[int]sample{}
			order = append(order, name)
		}
		rows[name][z] = s
	}
	zooms := []int{8, 10, 12, 14}
	for _, z := range zooms {
		addresses, err := chooseTiles(ctx, layers, z, o.samples)
		if err != nil {
			return err
		}
		if err := measure(ctx, note, "petadesa, HTTP", z, addresses, throughHTTP(layers, "identity")); err != nil {
			return err
		}
		if err := measure(ctx, note, "petadesa, HTTP, zstd", z, addresses, throughHTTP(layers, "zstd")); err != nil {
			return err
		}
		if err := measure(ctx, note, "petadesa, HTTP, gzip", z, addresses, throughHTTP(layers, "gzip")); err != nil {
			return err
		}
		if err := measure(ctx, note, "petadesa, cut alone", z, addresses, cutAlone(layers)); err != nil {
			return err
		}
		if db == nil {
			continue
		}
		for _, f := range db.forms {
			err := measure(ctx, note, f.name, z, addresses, func(ctx context.Context, a tiles.Address) (int, time.Duration, error) { return db.tile(ctx, f, a) })
			if err != nil {
				return err
			}
		}
	}
	for _, name := range order {
		fmt.Fprintf(out, "| %s |", name)
		for _, z := range zooms {
			s := rows[name][z]
			fmt.Fprintf(out, " %s, %d kB |", milliseconds(s.cpu), (s.size+500)/1000)
		}
		fmt.Fprintln(out)
	}
	if db != nil {
		for _, own := range []string{"petadesa, HTTP", "petadesa, HTTP, zstd", "petadesa, cut alone"} {
			fmt.Fprintf(out, "| best ST_AsMVT ÷ %s |", own)
			for _, z := range zooms {
				best := min(rows[db.forms[0].name][z].cpu, rows[db.forms[1].name][z].cpu)
				fmt.Fprintf(out, " **%.1f** |", float64(best)/float64(rows[own][z].cpu))
			}
			fmt.Fprintln(out)
		}
	}
	fmt.Fprintln(out)
	return nil
}

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.3g ms", float64(d.Microseconds())/1000)
}

// chooseTiles returns tiles of a zoom over the region: at zoom 8 the heaviest
// alone, else some spread evenly over it.
func chooseTiles(ctx context.Context, layers []*geo.Layer, z, n int) ([]tiles.Address, error) {
	bound := region
	if z == 8 {
		bound = tiles.Bounds(layers)
	}
	from, to := tiles.At(orb.Point{bound.Min[0], bound.Max[1]}, z), tiles.At(orb.Point{bound.Max[0], bound.Min[1]}, z)
	var all []tiles.Address
	for y := from.Y; y <= to.Y; y++ {
		for x := from.X; x <= to.X; x++ {
			all = append(all, tiles.Address{X: x, Y: y, Z: from.Z})
		}
	}
	if z == 8 {
		best, most := all[0], 0
		for _, a := range all {
			t, err := tiles.Cut(ctx, layers, a, tiles.Query{}, tiles.Options{Budget: -1})
			if err != nil {
				return nil, err
			}
			if len(t.Data) > most {
				best, most = a, len(t.Data)
			}
		}
		return []tiles.Address{best}, nil
	}
	var chosen []tiles.Address
	for i := range min(n, len(all)) {
		chosen = append(chosen, all[i*len(all)/min(n, len(all))])
	}
	return chosen, nil
}

type tileMaker func(context.Context, tiles.Address) (int, time.Duration, error)

// measure takes the median over tiles of the best of three for each.
func measure(ctx context.Context, note func(string, int, sample), name string, z int, addresses []tiles.Address, make tileMaker) error {
	var taken []sample
	for _, a := range addresses {
		var best sample
		for i := range 3 {
			size, cpu, err := make(ctx, a)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			if i == 0 || cpu < best.cpu {
				best = sample{cpu, size}
			}
		}
		if best.size > 0 || len(addresses) == 1 {
			taken = append(taken, best)
		}
	}
	if len(taken) == 0 {
		return fmt.Errorf("%s: no tile of zoom %d holds anything", name, z)
	}
	slices.SortFunc(taken, func(a, b sample) int { return int(a.cpu - b.cpu) })
	note(name, z, taken[len(taken)/2])
	return nil
}

// repeats is how often a tile is made for one measurement: one alone takes less
// than the clock tells.
const repeats = 8

// throughHTTP makes a tile by asking a server that keeps nothing for it, over
// loopback; the time is that of server and client. The size is as sent.
func throughHTTP(layers []*geo.Layer, coding string) tileMaker {
	server := tiles.NewServer(tiles.Options{Budget: -1, CacheBytes: -1})
	return func(_ context.Context, a tiles.Address) (int, time.Duration, error) {
		addr, stop, err := listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if err := server.ServeTile(w, r, tiles.Request{Layers: layers, Address: a}); err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
			}
		}))
		if err != nil {
			return 0, 0, err
		}
		defer stop()
		c, err := dial(addr)
		if err != nil {
			return 0, 0, err
		}
		defer c.conn.Close()
		request := get("/", coding)
		size, err := c.ask(request) // prepares what is kept between tiles
		before := ownCPU()
		for i := 0; i < repeats && err == nil; i++ {
			size, err = c.ask(request)
		}
		return size, (ownCPU() - before) / repeats, err
	}
}

func cutAlone(layers []*geo.Layer) tileMaker {
	return func(ctx context.Context, a tiles.Address) (int, time.Duration, error) {
		var t tiles.Tile
		before := ownCPU()
		for range repeats {
			var err error
			if t, err = tiles.Cut(ctx, layers, a, tiles.Query{}, tiles.Options{Budget: -1}); err != nil {
				return 0, 0, err
			}
		}
		return len(t.Data), (ownCPU() - before) / repeats, nil
	}
}
