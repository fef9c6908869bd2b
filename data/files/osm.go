package files

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/petadesa/petadesa/data/files/osm"
)

// osmRows reads OpenStreetMap data as one of its themes: the one that the layer
// or the collection is called.
type osmRows struct{ *osm.Reader }

var _ informed = osmRows{}

func openOSM(ctx context.Context, path string, opts *Options) (rows, error) {
	theme := opts.Layer
	if theme == "" {
		theme = opts.Collection
	}
	if !slices.Contains(osm.Themes(), theme) {
		return nil, &FileError{Reason: fmt.Sprintf("OpenStreetMap data have no %q: choose with --layer one of %s", brief(theme), strings.Join(osm.Themes(), ", "))}
	}
	r, err := osm.Open(ctx, path, theme, opts.bound)
	if err != nil {
		return nil, osmFault(err)
	}
	return osmRows{r}, nil
}

func osmFault(err error) error {
	if fault := (*osm.Fault)(nil); errors.As(err, &fault) {
		return &FileError{Offset: fault.Offset, Reason: fmt.Sprintf("at byte %d: %s", fault.Offset, fault.Reason)}
	}
	return err
}

func (o osmRows) format() string { return o.Format() }
func (o osmRows) close() error   { return o.Close() }

func (o osmRows) credit() (attribution, license string) {
	return "© OpenStreetMap contributors", "ODbL-1.0"
}

func (o osmRows) found() []Found {
	var all []Found
	for _, c := range o.Counts() {
		all = append(all, Found{c.What, c.Count})
	}
	return all
}

func (o osmRows) all(ctx context.Context) iter.Seq2[*row, error] {
	return func(yield func(*row, error) bool) {
		number := 0
		for f, err := range o.All(ctx) {
			if err != nil {
				yield(nil, osmFault(err))
				return
			}
			number++
			r := row{place: place{number: number}, id: f.ID, geometry: f.Geometry, read: f.Offset}
			for _, p := range f.Properties {
				if text, ok := p.Value.(string); ok {
					if fault := textFault([]byte(text)); fault != "" {
						r.flaws = append(r.flaws, refuse(p.Name, CodeText, "%s", fault))
						continue
					}
				}
				r.properties = append(r.properties, property{p.Name, p.Value})
			}
			if !yield(&r, nil) {
				return
			}
		}
	}
}
