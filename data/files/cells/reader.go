package cells

import (
	"context"
	"fmt"
	"slices"

	"github.com/paulmach/orb"
)

// A Reader holds the sites of a file.
type Reader struct {
	Sites []Site // in order of id
	Bad   []Bad  // lines that hold no cell

	cells, strange int
	byNetwork      map[string]int // cells of networks whose operator is not known
}

// A Count says how often something was met.
type Count struct {
	What  string
	Count int
}

// Open reads a file. With a bound, in degrees, cells farther than a tenth of a
// degree from it are passed over.
func Open(ctx context.Context, path string, bound *orb.Bound) (*Reader, error) {
	r := &Reader{byNetwork: map[string]int{}}
	var cells []Cell
	err := read(ctx, path, func(c Cell) error {
		r.cells++
		if Operator(c.MCC, c.Net) == "" {
			r.byNetwork[fmt.Sprintf("%d-%02d", c.MCC, c.Net)]++
		}
		switch {
		case bound != nil && !bound.Pad(0.1).Contains(orb.Point{c.Lon, c.Lat}):
			return nil
		case c.unreal():
			r.strange++
			return nil
		case len(cells) == MaxCells:
			return &Fault{0, fmt.Sprintf("more than %d cells: take a part of them with --bbox or --within", MaxCells)}
		}
		cells = append(cells, c)
		return nil
	}, func(b Bad) error {
		r.Bad = append(r.Bad, b)
		return nil
	})
	if err != nil {
		return nil, err
	}
	r.Sites = gather(cells)
	return r, nil
}

// unreal reports numbers that phones give when they know none.
func (c *Cell) unreal() bool {
	switch c.Radio {
	case LTE:
		return c.ID == 0 || c.ID >= 1<<28-1
	case NR:
		return c.ID == 0 || c.ID >= 1<<36-1
	default:
		return c.ID == 0 || c.ID == 0xffff || c.ID >= 1<<28-1
	}
}

// Counts tells what the file holds.
func (r *Reader) Counts() []Count {
	all := []Count{{"cells", r.cells}}
	if r.strange > 0 {
		all = append(all, Count{"cells with the number of no cell, left out", r.strange})
	}
	var networks []string
	for n := range r.byNetwork {
		networks = append(networks, n)
	}
	slices.Sort(networks)
	for _, n := range networks {
		all = append(all, Count{"cells of network " + n + ", whose operator is not known", r.byNetwork[n]})
	}
	return all
}
