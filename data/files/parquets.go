package files

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data/files/columnar"
	"github.com/petadesa/petadesa/data/files/wkt"
	"github.com/petadesa/petadesa/data/wkb"
)

// parquetRows reads Parquet: GeoParquet, whose geometry is WKB, and tables
// with WKT, or lon and lat.
type parquetRows struct {
	*columnar.Reader
	shape, lon, lat int // columns; -1: none
}

func openParquet(path string) (rows, error) {
	r, err := columnar.Open(path)
	if err != nil {
		return nil, err
	}
	p := &parquetRows{r, -1, -1, -1}
	find := func(names ...string) int {
		return slices.IndexFunc(r.Names, func(n string) bool { return slices.Contains(names, strings.ToLower(n)) })
	}
	p.shape = find("geometry", "geom", "wkb_geometry", "wkt", "tile")
	if p.lon, p.lat = find("lon", "longitude"), find("lat", "latitude"); p.lon < 0 || p.lat < 0 {
		p.lon, p.lat = -1, -1
	}
	return p, nil
}

func (p *parquetRows) format() string {
	if p.Metadata != "" {
		return "GeoParquet"
	}
	return "Parquet"
}

func (p *parquetRows) close() error { return p.Close() }

func (p *parquetRows) all(ctx context.Context) iter.Seq2[*row, error] {
	return func(yield func(*row, error) bool) {
		var r row
		number := 0
		for values, err := range p.All(ctx) {
			if err != nil {
				yield(nil, err)
				return
			}
			number++
			r = row{
				place: place{number: number}, properties: r.properties[:0], flaws: r.flaws[:0],
				read: min(p.Size(), p.Size()*int64(number)/max(1, p.Rows)),
			}
			p.read(&r, values)
			if !yield(&r, nil) {
				return
			}
		}
	}
}

func (p *parquetRows) read(r *row, values []any) {
	for i, v := range values {
		if raw, ok := v.([]byte); ok && i != p.shape && utf8.Valid(raw) {
			v = string(raw)
		}
		switch t := v.(type) {
		case string:
			if fault := textFault([]byte(t)); fault != "" {
				r.flaws = append(r.flaws, refuse(p.Names[i], CodeText, "%s", fault))
				continue
			}
		case []byte:
			if i != p.shape {
				r.flaws = append(r.flaws, refuse(p.Names[i], CodeValue, "is binary, which no field holds"))
				continue
			}
		}
		if i != p.shape && i != p.lon && i != p.lat {
			r.properties = append(r.properties, property{p.Names[i], v})
		}
	}
	var err error
	switch {
	case p.shape >= 0:
		switch t := values[p.shape].(type) {
		case []byte:
			if g, _, _, werr := wkt.Parse(string(t)); werr == nil {
				r.geometry = g
			} else {
				r.geometry, r.srid, err = wkb.DecodeEWKB(t)
			}
		case string:
			r.geometry, r.srid, _, err = wkt.Parse(t)
		}
		if err == nil && !finite(r.geometry) {
			err = fmt.Errorf("a position is not finite")
		}
	case p.lon >= 0:
		lon, ok1 := values[p.lon].(float64)
		lat, ok2 := values[p.lat].(float64)
		if ok1 && ok2 {
			r.geometry = orb.Point{lon, lat}
		}
		if !finite(r.geometry) {
			err = fmt.Errorf("a position is not finite")
		}
	}
	if err != nil {
		r.geometry = nil
		r.flaws = append(r.flaws, refuse("geometry", CodeGeometry, "%v", err))
	}
}
