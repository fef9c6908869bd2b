package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/url"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/api"
	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/live"
	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/tiles"
)

func (f *sourceFlags) openLive(ctx context.Context, c *console) (*live.Live, error) {
	url := f.Live
	if url == "" {
		url = c.store
	}
	if !isPostgres(url) {
		return nil, fmt.Errorf("live sources are in PostGIS, not in %s: say where with --live", shown(url))
	}
	o := live.Defaults()
	o.Schemas, o.Connections, o.Timeout, o.TTL, o.CacheBytes, o.Log = f.LiveSchemas, f.LiveConnections, f.LiveTimeout, f.LiveTTL, f.LiveCache, c.log
	l, err := live.Open(ctx, url, o)
	if err != nil {
		return nil, err
	}
	for _, s := range l.Skipped() {
		c.log.Warn("live source left out", "source", s.Name, "reason", s.Reason)
	}
	return l, nil
}

// liveTileSource is a live source as the API serves its tiles: a relation's take
// the properties to hold, a function's whatever the function understands.
func liveTileSource(l *live.Live, source live.Source) *api.TileSource {
	t := liveTiles{live: l, source: source}
	out := &api.TileSource{Source: t, Kind: strings.ReplaceAll(string(source.Kind), " ", "-")}
	switch {
	case source.Kind != live.Function:
		out.Parameters = []string{"properties"}
	case source.TakesQuery:
		out.Any = true
	default:
		return out
	}
	out.With = func(query url.Values) tiles.Source {
		asked := t
		asked.query = query
		return asked
	}
	return out
}

// liveTiles is a live source with the parameters of a request.
type liveTiles struct {
	live   *live.Live
	source live.Source
	query  url.Values
}

var _ tiles.Source = liveTiles{}

// Describe tells what the database's catalogue told.
func (t liveTiles) Describe() tiles.Description {
	s := &t.source
	d := tiles.Description{
		Name: s.Name, Description: s.Description, MediaType: tiles.VectorTile, MaxZoom: live.MaxZoom,
		Bounds: orb.Bound{Min: orb.Point{-180, -geo.MaxLatitude}, Max: orb.Point{180, geo.MaxLatitude}},
	}
	if s.Extent != nil {
		b := *s.Extent
		d.Bounds = orb.Bound{Min: orb.Point{b.Min[0], max(b.Min[1], -geo.MaxLatitude)}, Max: orb.Point{b.Max[0], min(b.Max[1], geo.MaxLatitude)}}
		d.CenterZoom = min(int(math.Log2(720/max(b.Max[0]-b.Min[0], 0.01))), 14) // about two tiles wide
	}
	d.Center = d.Bounds.Center()
	if s.Kind != live.Function { // what a function draws only it knows
		layer := tiles.VectorLayer{ID: s.Name, Description: s.Description, MaxZoom: d.MaxZoom, Fields: map[string]string{}}
		for _, f := range s.Fields {
			layer.Fields[f.Name] = map[geo.FieldType]string{geo.String: "String", geo.Integer: "Number", geo.Number: "Number", geo.Boolean: "Boolean"}[f.Type]
		}
		d.VectorLayers = []tiles.VectorLayer{layer}
	}
	return d
}

// Tile asks the database.
func (t liveTiles) Tile(ctx context.Context, at tiles.Address) (tiles.Encoded, error) {
	r := live.TileRequest{Source: t.source.Name, Z: int(at.Z), X: int(at.X), Y: int(at.Y)}
	if t.source.Kind == live.Function {
		r.Query = t.query
	} else if t.query.Has("properties") {
		var err error
		if r.Properties, err = t.properties(); err != nil {
			return tiles.Encoded{}, err
		}
	}
	tile, err := t.live.Tile(ctx, r)
	return tiles.Encoded{Data: tile.Data, ETag: tile.ETag}, liveProblem(err)
}

// properties reads properties=a,b; an empty list asks for none.
func (t liveTiles) properties() ([]string, error) {
	text := t.query.Get("properties")
	if text == "" {
		return []string{}, nil
	}
	c := geo.Collection{Fields: t.source.Fields}
	names := strings.Split(text, ",")
	for _, name := range names {
		if c.FieldIndex(name) < 0 {
			wrong := &api.Problem{Kind: api.BadParameter, Parameter: "properties", Detail: fmt.Sprintf("%s has no property %.60q", t.source.Name, name)}
			for _, f := range c.Fields {
				wrong.Allowed = append(wrong.Allowed, f.Name)
			}
			return nil, wrong
		}
	}
	return names, nil
}

// liveProblem says what an error of a live source means to a client; the error
// itself, which may tell of the database, goes on for the log.
func liveProblem(err error) error {
	tell := func(kind api.Kind, detail string) error {
		return fmt.Errorf("%w: %w", &api.Problem{Kind: kind, Detail: detail}, err)
	}
	switch {
	case errors.Is(err, live.ErrBusy):
		return tell(api.Busy, "too many requests wait for the database")
	case errors.Is(err, live.ErrTimeout):
		return tell(api.TooSlow, "the database takes too long; ask for a smaller area or fewer features")
	case errors.Is(err, live.ErrTooLarge):
		return tell(api.TooLarge, "the tile would be too large; zoom in, or ask for fewer properties")
	case errors.Is(err, live.ErrAway):
		return tell(api.Away, "the database is away")
	case errors.Is(err, live.ErrNoKey):
		return tell(api.NotFound, "the source has no key, so there are only tiles of it")
	case errors.Is(err, data.ErrNotFound):
		return tell(api.NotFound, "there is no such source, or no such feature in it")
	case errors.Is(err, data.ErrInvalid):
		return tell(api.BadQuery, "the parameters cannot be passed on to the source")
	}
	return err
}
