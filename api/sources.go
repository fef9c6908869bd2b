package api

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/tiles"
)

// Sources are tiles that are not cut from the snapshot: those of archives, and
// those that a database makes at each request. Its methods are called
// concurrently and must not block.
type Sources interface {
	// Names lists them, in order.
	Names() []string
	// Source returns one of them; nil when there is none of that name.
	Source(name string) *TileSource
}

// TileSource is a source and how it may be asked. Where an error of its Tile
// wraps a Problem, that is what the client is told; the rest is for the log.
type TileSource struct {
	tiles.Source
	Kind       string   // in a word, for metrics: archive, table, function
	Parameters []string // that its tiles take, beside v
	Any        bool     // they take any parameter
	// With returns the source as parameters want it; nil where it takes none.
	With func(url.Values) tiles.Source
}

// extensions of tiles, by media type; the first is the one that is linked to.
func extensions(mediaType string) []string {
	switch mediaType {
	case tiles.VectorTile:
		return []string{"mvt"}
	case "image/png":
		return []string{"png"}
	case "image/jpeg":
		return []string{"jpg", "jpeg"}
	case "image/webp":
		return []string{"webp"}
	case "image/avif":
		return []string{"avif"}
	default:
		return []string{"mlt"}
	}
}

// sourceNamed returns the source of that name unless the snapshot has a layer
// of the same, or nil.
func (s *service) sourceNamed(name string, snap *geo.Snapshot) *TileSource {
	if s.Sources == nil || snap.Layer(name) != nil {
		return nil
	}
	return s.Sources.Source(name)
}

// sourceTile answers with a tile of a source.
func (s *service) sourceTile(w http.ResponseWriter, r *http.Request, src *TileSource, at tileParts) error {
	if x := exchangeOf(w); x != nil {
		x.route = "/tiles/{" + src.Kind + "}/{z}/{x}/{y}"
	}
	d := src.Describe()
	if may := extensions(d.MediaType); !slices.Contains(may, at.extension) {
		return problem(NotFound, "the tiles of %s are of type %s: .%s, not .%s", quoted(at.of), d.MediaType, may[0], at.extension)
	}
	address, err := tiles.ParseAddress(at.z, at.x, at.y)
	if err != nil {
		return tileProblem(err)
	}
	asked, _, version, err := src.ask(r)
	if err != nil {
		return err
	}
	return tileProblem(s.tiles.ServeSource(w, r, asked, address, version != "" && version == d.Version))
}

// ask returns the source as the request wants it, and what the request asks: its
// parameters for the tiles, and the version it names.
func (src *TileSource) ask(r *http.Request) (asked tiles.Source, wanted url.Values, version string, err error) {
	if src.Any {
		wanted, err = parseAny(r)
	} else {
		wanted = url.Values{}
		var p parameters
		p, err = parse(r, append([]string{"v"}, src.Parameters...))
		for name, value := range p {
			wanted.Set(name, value)
		}
	}
	if err != nil {
		return nil, nil, "", err
	}
	version = wanted.Get("v")
	wanted.Del("v")
	wanted.Del("extent") // of whoever takes any, as those of collections do
	if src.With == nil || len(wanted) == 0 {
		return src.Source, wanted, version, nil
	}
	return src.With(wanted), wanted, version, nil
}

// sourceTileJSON answers with the TileJSON of a source. Parameters for its tiles
// go into their address.
func (s *service) sourceTileJSON(w http.ResponseWriter, r *http.Request, src *TileSource, name string) error {
	_, parameters, _, err := src.ask(r)
	if err != nil {
		return err
	}
	d := src.Describe()
	if d.Version != "" {
		parameters.Set("v", d.Version)
	}
	template := s.baseURL(r) + sourceTemplate(name, &d, "{z}", "{x}", "{y}")
	if len(parameters) > 0 {
		template += "?" + parameters.Encode()
	}
	return s.respondContent(w, r, asJSON.media, d.TileJSON(template))
}

// sourcePath is where the tiles of a source are.
func sourcePath(name string) string { return "/tiles/" + url.PathEscape(name) }

func sourceTemplate(name string, d *tiles.Description, z, x, y string) string {
	return sourcePath(name) + "/" + z + "/" + x + "/" + y + "." + extensions(d.MediaType)[0]
}

// sourceTilesets describes the sources as tile sets.
func (s *service) sourceTilesets(base string, snap *geo.Snapshot) []tilesetDoc {
	if s.Sources == nil {
		return nil
	}
	var all []tilesetDoc
	for _, name := range s.Sources.Names() {
		src := s.sourceNamed(name, snap)
		if src == nil {
			continue
		}
		d := src.Describe()
		kind, title := "map", d.Name
		if d.MediaType == tiles.VectorTile {
			kind = "vector"
		}
		if title == "" {
			title = name
		}
		described := base + sourcePath(name) + ".json"
		all = append(all, tilesetDoc{
			Title: title, DataType: kind, CRS: tiles.WebMercatorURI,
			TileMatrixSetID: tiles.TileMatrixSetID, TileMatrixSetURI: tiles.TileMatrixSetURI, Limits: d.Limits(),
			BoundingBox: &boundingBoxDoc{d.Bounds.Min, d.Bounds.Max, crs84},
			Links: []link{
				{Href: described, Rel: "self", Type: typeTileJSON, Title: "TileJSON"},
				{Href: base + sourceTemplate(name, &d, "{tileMatrix}", "{tileCol}", "{tileRow}"), Rel: "item", Type: d.MediaType, Title: "A tile", Templated: true},
				{Href: base + "/api/tileMatrixSets/" + tiles.TileMatrixSetID, Rel: relTilingScheme, Type: asJSON.media, Title: tiles.TileMatrixSetID},
				{Href: described, Rel: "describedby", Type: typeTileJSON, Title: "TileJSON"},
			},
		})
	}
	return all
}
