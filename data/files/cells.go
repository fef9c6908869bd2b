package files

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data/files/cells"
)

// cellRows gives the sites that the cells of an OpenCelliD table are of.
type cellRows struct {
	*cells.Reader
}

var _ informed = cellRows{}

func openCells(ctx context.Context, path string, opts *Options) (rows, error) {
	r, err := cells.Open(ctx, path, opts.bound)
	if fault := (*cells.Fault)(nil); errors.As(err, &fault) {
		reason := fault.Reason
		if fault.Line > 0 {
			reason = fmt.Sprintf("line %d: %s", fault.Line, reason)
		}
		return nil, &FileError{Reason: reason}
	}
	if err != nil {
		return nil, err
	}
	return cellRows{Reader: r}, nil
}

func (c cellRows) format() string { return "OpenCelliD CSV" }
func (c cellRows) close() error   { return nil }

func (c cellRows) credit() (attribution, license string) {
	return "OpenCelliD Project", "CC-BY-SA-4.0"
}

func (c cellRows) found() []Found {
	var all []Found
	for _, n := range c.Counts() {
		all = append(all, Found{n.What, n.Count})
	}
	return all
}

// all gives the lines that hold no cell first, then the sites.
func (c cellRows) all(context.Context) iter.Seq2[*row, error] {
	return func(yield func(*row, error) bool) {
		number := 0
		for _, b := range c.Bad {
			number++
			r := row{place: place{b.Line, number}, flaws: []flaw{refuse(b.Field, CodeValue, "%s", b.Reason)}}
			r.flaws[0].field = b.Field
			if !yield(&r, nil) {
				return
			}
		}
		for i := range c.Sites {
			s := &c.Sites[i]
			number++
			r := row{
				place: place{number: number}, id: s.ID, geometry: orb.Point{s.Lon, s.Lat},
				properties: []property{
					{"operators", s.Operator},
					{"technologies", strings.Join(s.Technologies, ";")},
					{"status", "active"},
					{"position_error_m", s.ErrorM},
					{"cells", int64(s.Cells)},
					{"samples", s.Samples},
					{"source", "OpenCelliD"},
				},
			}
			if s.Updated > 0 {
				r.properties = append(r.properties, property{"source_date", time.Unix(s.Updated, 0).UTC().Format(time.DateOnly)})
			}
			if !yield(&r, nil) {
				return
			}
		}
	}
}
