package api

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
	"github.com/petadesa/petadesa/tiles"
)

// gapTiles is the name under which tiles of gaps are asked for.
const gapTiles = "gaps"

const (
	maxGapZoom    = 16
	maxCellsATile = 200_000 // runs of cells
)

// gapTile is GET /tiles/gaps/{z}/{x}/{y}.mvt: villages or districts with the
// columns of their rows, or from coverage.CellZoom on cells with their state.
// With by=village or by=district it is these at all zooms.
func (s *service) gapTile(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot, at tileParts) error {
	if at.extension != "mvt" {
		return problem(NotFound, "tiles of gaps are vector tiles: .mvt, not .%s", at.extension)
	}
	address, err := tiles.ParseAddress(at.z, at.x, at.y)
	if err != nil {
		return tileProblem(err)
	}
	q, p, err := gapQuery(r, "properties", "v")
	if err != nil {
		return err
	}
	if address.Z > maxGapZoom {
		return problem(OutsideTiles, "there are tiles of gaps up to zoom %d", maxGapZoom)
	}
	cells := q.By == "cell" || p["by"] == ""
	cells = cells && address.Z >= coverage.CellZoom
	if q.By == "cell" && !cells {
		q.By = "village"
	}
	var wanted tiles.Query
	if list, ok := p["properties"]; ok {
		wanted.Properties = slices.DeleteFunc(strings.Split(list, ","), func(name string) bool { return name == "" })
	}
	a := answer{
		media: tiles.VectorTile,
		identity: []string{
			"gaps tile", s.Version, snap.Version, tileValues(q, q.By).Encode(), strconv.FormatBool(cells),
			strings.Join([]string{at.z, at.x, at.y}, "/"), p["properties"], strconv.FormatBool(wanted.Properties == nil),
		},
		prepare: func() (func(io.Writer) error, error) {
			l, err := s.gapLayer(r.Context(), snap, q, cells, address)
			if err != nil {
				return nil, gapProblem(err)
			}
			if cells {
				wanted.Properties = nil // they have two
			}
			t, err := tiles.Cut(r.Context(), []*geo.Layer{l}, address, wanted, s.Tiles)
			if err != nil {
				return nil, tileProblem(err)
			}
			if t.Dropped > 0 {
				w.Header().Set(tiles.DroppedHeader, strconv.Itoa(t.Dropped))
			}
			return func(out io.Writer) error {
				_, err := out.Write(t.Data)
				return err
			}, nil
		},
	}
	if v := p["v"]; v != "" && v == gapVersion(snap.Version) {
		a.cache = "public, max-age=31536000, immutable"
	}
	return s.respond(w, r, a)
}

// gapLayer is what the tile at an address is cut from.
func (s *service) gapLayer(ctx context.Context, snap *geo.Snapshot, q *coverage.Query, cells bool, at tiles.Address) (*geo.Layer, error) {
	if !cells {
		return s.Coverage.Layer(ctx, snap, q)
	}
	t, err := s.Coverage.CellTable(ctx, snap, q, around(at), maxCellsATile)
	if err != nil {
		return nil, err
	}
	built, err := geo.Build(ctx, nil, []geo.Table{t}, nil)
	if err != nil {
		return nil, err
	}
	return built.Layer(t.Collection.ID), nil
}

// around is the ground of a tile, with a margin for what is drawn across its
// edge.
func around(a tiles.Address) orb.Bound {
	b := a.Bound()
	return b.Pad((b.Max[0] - b.Min[0]) / 32)
}

// gapVersion tells the content of tiles of gaps apart, in their addresses.
func gapVersion(snapshot string) string { return snapshot[:min(16, len(snapshot))] }

// tileValues are the parameters of a query that tiles depend on.
func tileValues(q *coverage.Query, by string) url.Values {
	v := q.Values()
	for _, name := range []string{"limit", "cursor", "sort", "by"} {
		v.Del(name)
	}
	if by == "village" || by == "district" || by == "cell" {
		v.Set("by", by)
	}
	return v
}

func (s *service) gapTileTemplate(base string, q *coverage.Query, by, snapshot string) string {
	v := tileValues(q, by)
	v.Set("v", gapVersion(snapshot))
	return base + "/tiles/gaps/{z}/{x}/{y}.mvt?" + v.Encode()
}

// gapTileJSON is GET /tiles/gaps.json.
func (s *service) gapTileJSON(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	q, p, err := gapQuery(r)
	if err != nil {
		return err
	}
	// The shapes have all columns; cells, where they are drawn, have their state.
	shapes := *q
	if shapes.By == "cell" || p["by"] == "" {
		shapes.By = "village"
	}
	l, err := s.Coverage.Layer(r.Context(), snap, &shapes)
	if err != nil {
		return gapProblem(err)
	}
	doc := tiles.NewTileJSON([]*geo.Layer{l}, s.gapTileTemplate(s.baseURL(r), q, p["by"], snap.Version))
	doc.MaxZoom = maxGapZoom
	doc.VectorLayers[0].MaxZoom = maxGapZoom
	if q.By == "cell" || p["by"] == "" {
		doc.VectorLayers[0].Fields["state"] = "String: of a cell, from zoom " + strconv.Itoa(coverage.CellZoom) + ": " + strings.Join([]string{coverage.StateCovered, coverage.StateNot, coverage.StateUnknown}, ", ")
		doc.VectorLayers[0].Fields["cells"] = "Number: of cells side by side"
	}
	return s.respondContent(w, r, asJSON.media, doc)
}
