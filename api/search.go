package api

import (
	"context"
	"encoding/json"
	"io"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/search"
)

const (
	maxSearch     = 200 // runes of a query
	standardFound = 10
	maxFound      = 50
)

// searchLayers are the collections that can be searched.
func searchLayers() []string {
	return []string{"districts", "villages", "destinations", "roads", "products"}
}

// versionOf names the state of some layers of a snapshot.
func versionOf(snap *geo.Snapshot, layers ...string) string {
	var all []string
	for _, id := range layers {
		version := ""
		if l := snap.Layer(id); l != nil {
			version = l.Version
		}
		all = append(all, id+"="+version)
	}
	return strings.Join(all, " ")
}

// index returns the names of a snapshot, and what they are a state of.
func (s *service) index(ctx context.Context, snap *geo.Snapshot) (x *search.Index, version string, err error) {
	version = versionOf(snap, searchLayers()...)
	x, err = s.search.of(ctx, version, func(context.Context) (*search.Index, error) { return search.NewIndex(snap), nil })
	return x, version, err
}

func searchKinds() []string {
	return []string{
		string(search.Village), string(search.District), string(search.Destination), string(search.Road),
		string(search.Product), string(search.Coordinate),
	}
}

// searchNames is GET /api/search: what has a name, and coordinates, best first.
func (s *service) searchNames(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	p, err := parse(r, []string{"q", "limit", "lon", "lat", "kind"})
	if err != nil {
		return err
	}
	o := search.Options{}
	if o.Limit, err = p.limit(standardFound, maxFound); err != nil {
		return err
	}
	q := p["q"]
	if strings.TrimSpace(q) == "" {
		return badParameter("q", "q, the text to search for, is missing")
	}
	if n := utf8.RuneCountInString(q); n > maxSearch {
		return badParameter("q", "q has %d characters; %d are allowed", n, maxSearch)
	}
	if o.Near, err = p.place(); err != nil {
		return err
	}
	kinds, err := p.oneOrMore("kind", searchKinds())
	if err != nil {
		return err
	}
	for _, k := range kinds {
		o.Kinds = append(o.Kinds, search.Kind(k))
	}
	x, version, err := s.index(r.Context(), snap)
	if err != nil {
		return err
	}
	return s.respond(w, r, answer{
		media: asGeoJSON.media, identity: []string{"search", version, r.URL.RawQuery}, quick: true,
		write: func(out io.Writer) error { return writeFound(out, x.Find(q, o)) },
	})
}

// oneOrMore reads a parameter that lists words, set apart by commas.
func (p parameters) oneOrMore(name string, allowed []string) ([]string, error) {
	text, ok := p[name]
	if !ok {
		return nil, nil
	}
	words := strings.Split(text, ",")
	for _, word := range words {
		if !slices.Contains(allowed, word) {
			return nil, &Problem{
				Kind: BadParameter, Parameter: name, Allowed: allowed,
				Detail: name + " " + quoted(word) + " is not one of " + strings.Join(allowed, ", "),
			}
		}
	}
	return words, nil
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

// foundProperties are the properties of an answer.
type foundProperties struct {
	Kind       search.Kind `json:"kind"`
	Name       string      `json:"name"`
	Subtitle   string      `json:"subtitle"`
	ID         string      `json:"id"`         // empty: a coordinate
	Collection string      `json:"collection"` // empty: a coordinate
	Score      float64     `json:"score"`      // 0 to 1
	Marks      [][2]int    `json:"marks"`      // what of the name was asked for, in characters: from, up to
}

// writeFound writes the contract's answer: points, with the bounds of what they
// stand for.
func writeFound(out io.Writer, all []search.Found) error {
	b := []byte(`{"type":"FeatureCollection","numberReturned":`)
	b = strconv.AppendInt(b, int64(len(all)), 10)
	b = append(b, `,"features":[`...)
	for i, f := range all {
		if i > 0 {
			b = append(b, ',')
		}
		one := foundProperties{Kind: f.Kind, Name: f.Name, Subtitle: f.Subtitle, Score: f.Score, Marks: f.Marks}
		if one.Marks == nil {
			one.Marks = [][2]int{}
		}
		id, box := string(f.Kind)+"/"+f.Name, []byte(nil)
		if f.Layer != nil {
			one.ID, one.Collection = f.Layer.ID(f.Position), f.Layer.Collection.ID
			id = one.Collection + "/" + one.ID
			if g := f.Layer.Geometry(f.Position); g != nil && g.Dimensions() > 0 {
				box = appendBBox(nil, g.Bound())
			}
		}
		b = append(b, `{"type":"Feature","id":`...)
		b = append(geo.AppendStringJSON(b, id), `,"geometry":`...)
		if f.Placed {
			b = geo.AppendGeometryJSON(b, f.Point)
		} else {
			b = append(b, "null"...)
		}
		if box != nil {
			b = append(append(b, `,"bbox":`...), box...)
		}
		properties, err := json.Marshal(one)
		if err != nil {
			return err
		}
		b = append(append(append(b, `,"properties":`...), properties...), '}')
	}
	_, err := out.Write(append(b, "]}\n"...))
	return err
}

// appendBBox appends the corners of a box as GeoJSON has them.
func appendBBox(dst []byte, bound orb.Bound) []byte {
	for i, f := range [4]float64{bound.Min[0], bound.Min[1], bound.Max[0], bound.Max[1]} {
		if i == 0 {
			dst = append(dst, '[')
		} else {
			dst = append(dst, ',')
		}
		dst = strconv.AppendFloat(dst, f, 'f', -1, 64)
	}
	return append(dst, ']')
}
