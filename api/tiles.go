package api

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gorilla/mux"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/tiles"
)

// maxTileLayers bounds how many collections one tile may be asked to hold.
const maxTileLayers = 32

var tileParameterNames = []string{"extent", "properties", "v"}

// reservedOfTiles are the parameters that no property of a collection can be.
func reservedOfTiles() []string {
	return slices.Concat([]string{"f"}, tileParameterNames, filterParameters)
}

// tile is GET /tiles/{collections}/{z}/{x}/{y}.mvt, and the same of a source in
// the form it has.
func (s *service) tile(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	at := splitTile(r.URL.Path)
	if at.of == gapTiles {
		return s.gapTile(w, r, snap, at)
	}
	layers, err := s.tileLayers(at.of, snap)
	switch {
	case err != nil:
		if src := s.sourceNamed(at.of, snap); src != nil {
			return s.sourceTile(w, r, src, at)
		}
		return err
	case at.extension != "mvt":
		return problem(NotFound, "tiles of collections are vector tiles: .mvt, not .%s", at.extension)
	}
	return s.serveTile(w, r, snap, layers, tileParameterNames, at.z, at.x, at.y)
}

// tileParts is the address of a tile.
type tileParts struct{ of, z, x, y, extension string }

// splitTile reads the parts from the right: the name of a source may have any
// character.
func splitTile(path string) (t tileParts) {
	path, t.extension = cutLast(strings.TrimPrefix(path, "/tiles/"), '.')
	path, t.y = cutLast(path, '/')
	path, t.x = cutLast(path, '/')
	t.of, t.z = cutLast(path, '/')
	return t
}

func cutLast(s string, by byte) (before, after string) {
	if i := strings.LastIndexByte(s, by); i >= 0 {
		return s[:i], s[i+1:]
	}
	return "", s
}

// isTile reports whether a path is that of a tile.
func isTile(path string) bool {
	if !strings.HasPrefix(path, "/tiles/") {
		return false
	}
	switch path[strings.LastIndexByte(path, '.')+1:] {
	case "mvt", "png", "jpg", "jpeg", "webp", "avif", "mlt":
		return true
	}
	return false
}

// collectionTile is GET …/tiles/WebMercatorQuad/{z}/{row}/{col}: the same tile
// by the address of OGC API Tiles, which names the row before the column.
func (s *service) collectionTile(w http.ResponseWriter, r *http.Request, l *geo.Layer, snap *geo.Snapshot) error {
	return s.serveMatrixTile(w, r, snap, []*geo.Layer{l})
}

func (s *service) serveMatrixTile(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot, layers []*geo.Layer) error {
	v := mux.Vars(r)
	return s.serveTile(w, r, snap, layers, append([]string{"f"}, tileParameterNames...), v["z"], v["col"], v["row"])
}

func (s *service) serveTile(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot, layers []*geo.Layer, known []string, z, x, y string) error {
	at, err := tiles.ParseAddress(z, x, y)
	if err != nil {
		return tileProblem(err)
	}
	q, version, err := tileQuery(r, layers, known)
	if err != nil {
		return err
	}
	return tileProblem(s.tiles.ServeTile(w, r, tiles.Request{
		Layers: layers, Address: at, Query: q,
		Immutable: version != "" && (version == s.tilesVersion(snap) || version == s.tiles.Version(layers)),
	}))
}

// tileQuery reads the parameters of a tile: properties, extent, v, filter, and
// any property of the layers that features shall have a value of. Where a layer
// lacks a property that another has, no feature of it has a value.
func tileQuery(r *http.Request, layers []*geo.Layer, known []string) (q tiles.Query, version string, err error) {
	if r.URL.RawQuery == "" {
		return q, "", nil
	}
	fields := filterable(layers, reservedOfTiles())
	known = slices.Concat(known, filterParameters, fieldNames(fields))
	p, err := parse(r, known)
	if err != nil {
		return q, "", err
	}
	if f, ok := p["f"]; ok && f != "mvt" {
		return q, "", &Problem{Kind: BadParameter, Parameter: "f", Allowed: []string{"mvt"}, Detail: "f " + quoted(f) + " is not mvt"}
	}
	if s, ok := p["extent"]; ok {
		allowed := []string{"512", "1024", "2048", "4096", "8192"}
		if !slices.Contains(allowed, s) {
			return q, "", &Problem{
				Kind: BadParameter, Parameter: "extent", Allowed: allowed,
				Detail: "extent " + quoted(s) + " is not one of " + strings.Join(allowed, ", "),
			}
		}
		if q.Extent, err = strconv.Atoi(s); err != nil {
			return q, "", err
		}
	}
	if s, ok := p["properties"]; ok {
		q.Properties = []string{}
		if s != "" {
			q.Properties = strings.Split(s, ",")
		}
	}
	filter, err := filterOf(p, layers, fields)
	if err != nil {
		return q, "", err
	}
	if filter != nil {
		q.Filter, q.FilterKey = filter.Compile, filter.String()
	}
	return q, p["v"], nil
}

// tileLayers finds the collections that a tile's address names, in that order.
func (s *service) tileLayers(list string, snap *geo.Snapshot) ([]*geo.Layer, error) {
	ids := strings.Split(list, ",")
	if len(ids) > maxTileLayers {
		return nil, problem(UnknownLayer, "%d collections in one tile are more than %d", len(ids), maxTileLayers)
	}
	layers := make([]*geo.Layer, 0, len(ids))
	for _, id := range ids {
		l := snap.Layer(id)
		if l == nil && len(ids) > 1 && s.sourceNamed(id, snap) != nil {
			return nil, problem(UnknownLayer, "%s is no collection of the snapshot, so its tiles cannot be joined with others: ask for them alone", quoted(id))
		}
		if l == nil {
			return nil, unknownLayer(snap, id)
		}
		if slices.Contains(layers, l) {
			return nil, problem(UnknownLayer, "collection %s is named twice", quoted(id))
		}
		layers = append(layers, l)
	}
	return layers, nil
}

// tileProblem says what an error of package tiles means to a client.
func tileProblem(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, tiles.ErrBadAddress), errors.Is(err, tiles.ErrOutOfRange):
		return problem(OutsideTiles, "%v", err)
	case errors.Is(err, tiles.ErrBadQuery):
		return badParameter("properties", "%v", err) // the extent was checked before
	default:
		return err
	}
}

// tileJSON is GET /tiles/{collections}.json, or of a source.
func (s *service) tileJSON(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	list, err := pathValue(r, "collections")
	if err != nil {
		return err
	}
	if list == gapTiles {
		return s.gapTileJSON(w, r, snap)
	}
	layers, err := s.tileLayers(list, snap)
	if err != nil {
		if src := s.sourceNamed(list, snap); src != nil {
			return s.sourceTileJSON(w, r, src, list)
		}
		return err
	}
	if _, err := parse(r, nil); err != nil {
		return err
	}
	base := s.baseURL(r)
	template := fmt.Sprintf("%s/tiles/%s/{z}/{x}/{y}.mvt?v=%s", base, layerList(layers), s.tiles.Version(layers))
	return s.respondJSON(w, r, asJSON.media, []string{"tilejson", s.tiles.Version(layers), template}, tiles.NewTileJSON(layers, template))
}

func layerList(layers []*geo.Layer) string {
	ids := make([]string, len(layers))
	for i, l := range layers {
		ids[i] = l.Collection.ID
	}
	return strings.Join(ids, ",")
}
