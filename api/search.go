package api

import (
	"encoding/json"
	"io"
	"math"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

const (
	maxSearch     = 200 // runes of a query
	standardFound = 10
	maxFound      = 50
)

// searchNames is GET /api/search: features by name, best first.
func (s *service) searchNames(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	p, err := parse(r, []string{"q", "limit", "lon", "lat"})
	if err != nil {
		return err
	}
	limit, err := p.limit(standardFound, maxFound)
	if err != nil {
		return err
	}
	q := p["q"]
	if strings.TrimSpace(q) == "" {
		return badParameter("q", "q, the text to search for, is missing")
	}
	if n := utf8.RuneCountInString(q); n > maxSearch {
		return badParameter("q", "q has %d characters; %d are allowed", n, maxSearch)
	}
	near, err := p.place()
	if err != nil {
		return err
	}
	return s.respond(w, r, answer{
		media: asGeoJSON.media, identity: []string{"search", snap.Version, r.URL.RawQuery},
		write: func(out io.Writer) error {
			return writeFound(out, s.search.of(snap).find(q, near, limit))
		},
	})
}

// place reads lon and lat: both, or neither.
func (p parameters) place() (*orb.Point, error) {
	var at orb.Point
	given := 0
	for i, one := range []struct {
		name string
		most float64
	}{{"lon", 180}, {"lat", 90}} {
		s, ok := p[one.name]
		if !ok {
			continue
		}
		given++
		f, err := strconv.ParseFloat(s, 64)
		if err != nil || math.IsNaN(f) || math.Abs(f) > one.most {
			return nil, badParameter(one.name, "%s %s is not a number from -%g to %g", one.name, quoted(s), one.most, one.most)
		}
		at[i] = f
	}
	switch given {
	case 0:
		return nil, nil
	case 1:
		return nil, badParameter("lon", "lon and lat are given together or not at all")
	}
	return &at, nil
}

// writeFound writes the contract's answer: points, with the bounds of what they
// stand for, and kind, name, subtitle, id, collection and score (0 to 1).
func writeFound(out io.Writer, all []found) error {
	b := []byte(`{"type":"FeatureCollection","numberReturned":`)
	b = strconv.AppendInt(b, int64(len(all)), 10)
	b = append(b, `,"features":[`...)
	for i, f := range all {
		if i > 0 {
			b = append(b, ',')
		}
		id := f.layer.ID(f.position)
		b = append(b, `{"type":"Feature","id":`...)
		b = geo.AppendStringJSON(b, f.layer.Collection.ID+"/"+id)
		b = append(b, `,"geometry":`...)
		if g := f.layer.Geometry(f.position); g == nil {
			b = append(b, "null"...)
		} else {
			bound := g.Bound()
			b = geo.AppendGeometryJSON(b, bound.Center())
			if g.Dimensions() > 0 {
				box, err := json.Marshal([4]float64{bound.Min[0], bound.Min[1], bound.Max[0], bound.Max[1]})
				if err != nil {
					return err
				}
				b = append(append(b, `,"bbox":`...), box...)
			}
		}
		b = append(b, `,"properties":{"kind":`...)
		b = geo.AppendStringJSON(b, f.kind)
		b = append(b, `,"name":`...)
		b = geo.AppendStringJSON(b, f.name)
		b = append(b, `,"subtitle":`...)
		b = geo.AppendStringJSON(b, f.subtitle)
		b = append(b, `,"id":`...)
		b = geo.AppendStringJSON(b, id)
		b = append(b, `,"collection":`...)
		b = geo.AppendStringJSON(b, f.layer.Collection.ID)
		b = append(b, `,"score":`...)
		b = strconv.AppendFloat(b, f.score, 'f', 3, 64)
		b = append(b, "}}"...)
	}
	_, err := out.Write(append(b, "]}\n"...))
	return err
}
