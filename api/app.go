package api

import (
	"cmp"
	"math"
	"net/http"
	"net/url"
	"slices"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/tiles"
)

// appDoc is all that the map page needs to begin: small, for it is on the way
// to the first view.
type appDoc struct {
	Version     string          `json:"version"`         // of the program
	Snapshot    string          `json:"snapshot"`        // of the data and how tiles are cut: ?v= of any tile
	Built       string          `json:"built"`           // when the data were loaded
	Title       string          `json:"title,omitempty"` // of the service, where the operator named it
	Basemap     *Basemap        `json:"basemap"`
	Archive     *PageArchive    `json:"archive"` // where the page reads the tiles of the collections; null: here
	Collections []appCollection `json:"collections"`
	Sources     []appSource     `json:"sources"` // tiles that are not of the collections
	Notices     []string        `json:"notices"` // what people must know about the quality of the data, by key
}

type appCollection struct {
	ID      string      `json:"id"`
	Title   string      `json:"title"`
	Count   int         `json:"count"`
	Version string      `json:"version"` // ?v= of its own tiles, which makes them immutable
	Bound   *[4]float64 `json:"bound"`
	MinZoom int         `json:"minzoom"`
	MaxZoom int         `json:"maxzoom"`
}

// appSource is a source that the page can draw.
type appSource struct {
	ID        string   `json:"id"`
	Title     string   `json:"title"`
	MediaType string   `json:"mediaType"`
	MinZoom   int      `json:"minzoom"`
	MaxZoom   int      `json:"maxzoom"`
	Layers    []string `json:"layers"`   // ids of those its vector tiles are known to have
	Tiles     string   `json:"tiles"`    // with {z}, {x} and {y}
	Features  bool     `json:"features"` // its features can be asked for one by one, as a collection's
}

// app is GET /api/app.json.
func (s *service) app(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	if _, err := parse(r, nil); err != nil {
		return err
	}
	doc := appDoc{
		Version: s.Version, Snapshot: s.tilesVersion(snap), Built: snap.Built.UTC().Format("2006-01-02T15:04:05Z"),
		Basemap: s.Basemap, Archive: s.PageArchive, Collections: []appCollection{}, Sources: s.appSources(snap), Notices: notices(snap),
	}
	if s.Title != defaultTitle {
		doc.Title = s.Title
	}
	for _, l := range snap.Layers() {
		c := &l.Collection
		one := appCollection{ID: c.ID, Title: c.Title, Count: l.Len(), Version: tiles.Version([]*geo.Layer{l}), MinZoom: c.MinZoom, MaxZoom: c.MaxZoom}
		if b := l.Bound; !b.IsEmpty() {
			one.Bound = &[4]float64{rounded(b.Min[0]), rounded(b.Min[1]), rounded(b.Max[0]), rounded(b.Max[1])}
		}
		doc.Collections = append(doc.Collections, one)
	}
	return s.respondContent(w, r, asJSON.media, doc)
}

func (s *service) appSources(snap *geo.Snapshot) []appSource {
	all := []appSource{}
	if s.Sources == nil {
		return all
	}
	for _, name := range s.Sources.Names() {
		src := s.sourceNamed(name, snap)
		if src == nil {
			continue
		}
		d := src.Describe()
		one := appSource{ID: name, Title: cmp.Or(d.Name, name), MediaType: d.MediaType, MinZoom: d.MinZoom, MaxZoom: d.MaxZoom, Layers: []string{}}
		for _, l := range d.VectorLayers {
			one.Layers = append(one.Layers, l.ID)
		}
		one.Tiles = sourceTemplate(name, &d, "{z}", "{x}", "{y}")
		if d.Version != "" {
			one.Tiles += "?v=" + url.QueryEscape(d.Version)
		}
		_, one.Features = s.liveNamed(name)
		all = append(all, one)
	}
	return all
}

// rounded keeps five decimals, about a metre.
func rounded(degrees float64) float64 { return math.Round(degrees*1e5) / 1e5 }

// notices looks for features that are not what they seem: a notice stands when
// any feature of the collection has that quality.
func notices(snap *geo.Snapshot) []string {
	all := []string{}
	for _, n := range []struct{ collection, quality, key string }{
		{"villages", "approximate", "approximate-villages"},
		{"coverage", "illustrative", "sample-coverage"},
		{"towers", "illustrative", "sample-towers"},
		{"roads", "schematic", "schematic-roads"},
	} {
		if l := snap.Layer(n.collection); l != nil && anyHas(l.Column("quality"), n.quality) {
			all = append(all, n.key)
		}
	}
	return all
}

func anyHas(c *geo.Column, word string) bool {
	if c == nil || c.Field.Type != geo.String {
		return false
	}
	return slices.Contains(c.Words(), word)
}
