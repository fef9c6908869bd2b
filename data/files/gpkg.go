package files

import (
	"context"
	"iter"
	"strings"

	"github.com/petadesa/petadesa/data/files/geopackage"
)

// geopackageRows gives the rows of a layer of a GeoPackage.
type geopackageRows struct{ *geopackage.Reader }

func openGeoPackage(ctx context.Context, path string, opts *Options) (rows, error) {
	r, err := geopackage.Open(ctx, path, geopackage.Options{Layer: opts.Layer, Prefer: opts.Collection, AnySystem: opts.CRS != ""})
	if err != nil {
		return nil, err
	}
	return &geopackageRows{r}, nil
}

func (g *geopackageRows) format() string { return "GeoPackage" }
func (g *geopackageRows) close() error   { return g.Close() }

func (g *geopackageRows) all(ctx context.Context) iter.Seq2[*row, error] {
	return func(yield func(*row, error) bool) {
		var r row
		for from, err := range g.Rows(ctx) {
			if err != nil {
				yield(nil, err)
				return
			}
			r = row{
				place: place{number: from.Number}, srid: g.SRID(), geometry: from.Geometry, read: from.Read,
				properties: r.properties[:0], flaws: r.flaws[:0],
			}
			g.read(&r, from)
			if !yield(&r, nil) {
				return
			}
		}
	}
}

// read fills the row's properties and flaws.
func (g *geopackageRows) read(r *row, from *geopackage.Row) {
	if from.Fault != nil {
		r.flaws = append(r.flaws, refuse("geometry", CodeGeometry, "%v", from.Fault))
	}
	for i, c := range g.Columns {
		v := from.Values[i]
		switch t := v.(type) {
		case string:
			if fault := textFault([]byte(t)); fault != "" {
				r.flaws = append(r.flaws, refuse(c.Name, CodeText, "%s", fault))
				v = nil
			}
		case []byte:
			r.flaws = append(r.flaws, refuse(c.Name, CodeValue, "is binary, which no field holds"))
			v = nil
		case int64:
			if strings.HasPrefix(c.Kind, "BOOL") {
				v = t != 0
			}
		}
		if i == 0 {
			r.id = v
		} else {
			r.properties = append(r.properties, property{c.Name, v})
		}
	}
}
