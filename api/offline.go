package api

import (
	"context"
	"io"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/tiles"
)

// The tiles of a saved area: enough for a phone's screen, few enough to make and
// to send. The greatest zoom is the one that keeps within savedTiles.
const (
	savedMinZoom   = 5
	savedMaxZoom   = 14
	savedLeastZoom = 10 // an area so large that it would get less is refused
	savedTiles     = 400
	packMedia      = "application/vnd.petadesa.pack"
)

// savedArea is a box that somebody saves for when there is no network.
type savedArea struct {
	orb.Bound
	maxZoom int
}

// offlineDoc says what saving an area would cost, before it does.
type offlineDoc struct {
	BBox     [4]float64       `json:"bbox"` // widened to whole hundredths of a degree
	Zooms    [2]int           `json:"zooms"`
	Bytes    int              `json:"bytes"` // of the one request
	Parts    map[string]int   `json:"parts"` // bytes of each
	Counts   map[string]int   `json:"counts"`
	Snapshot string           `json:"snapshot"`
	Built    string           `json:"built"`
	Pack     string           `json:"pack"` // its address
	Links    []map[string]any `json:"links"`
}

// offline is GET /api/offline: the size of a saved area.
func (s *service) offline(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	area, err := parseSavedArea(r)
	if err != nil {
		return err
	}
	pack, err := s.packOf(r.Context(), snap, area)
	if err != nil {
		return err
	}
	address := "/api/offline/pack?bbox=" + area.text() + "&v=" + entityTag([]string{pack.identity}, "")[1:13]
	doc := offlineDoc{
		BBox: area.box(), Zooms: [2]int{savedMinZoom, area.maxZoom}, Bytes: len(pack.bytes), Parts: pack.parts, Counts: pack.counts,
		Snapshot: s.tilesVersion(snap), Built: stamp(snap.Built), Pack: address,
		Links: []map[string]any{{"rel": "enclosure", "type": packMedia, "href": address, "length": len(pack.bytes)}},
	}
	return s.respondJSON(w, r, "application/json", []string{"offline", pack.identity}, &doc)
}

// offlinePack is GET /api/offline/pack: a saved area in one file.
func (s *service) offlinePack(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	area, err := parseSavedArea(r)
	if err != nil {
		return err
	}
	pack, err := s.packOf(r.Context(), snap, area)
	if err != nil {
		return err
	}
	return s.respond(w, r, answer{
		media: packMedia, identity: []string{"pack", pack.identity}, packed: true,
		write: func(out io.Writer) error {
			_, err := out.Write(pack.bytes)
			return err
		},
	})
}

// packOf returns the pack of an area, and makes it once however many ask.
func (s *service) packOf(ctx context.Context, snap *geo.Snapshot, area savedArea) (*offlinePack, error) {
	return s.packs.of(ctx, s.tilesVersion(snap)+" "+area.text(), func(ctx context.Context) (*offlinePack, error) {
		leave, err := s.enter(ctx)
		if err != nil {
			return nil, err
		}
		defer leave()
		return s.makePack(ctx, snap, area)
	})
}

// parseSavedArea reads bbox, widens it to whole hundredths of a degree, so that
// neighbours share packs, and chooses its greatest zoom.
func parseSavedArea(r *http.Request) (savedArea, error) {
	p, err := parse(r, []string{"bbox", "v"})
	if err != nil {
		return savedArea{}, err
	}
	text, ok := p["bbox"]
	if !ok {
		return savedArea{}, badParameter("bbox", "bbox, the area to save, is missing: west,south,east,north in degrees")
	}
	boxes, err := parseBBox(text)
	if err != nil {
		return savedArea{}, err
	}
	if len(boxes) > 1 {
		return savedArea{}, badParameter("bbox", "bbox crosses the 180th meridian: save the two sides one by one")
	}
	area := savedArea{Bound: boxes[0]}
	for k := range 2 {
		area.Min[k] = math.Floor(area.Min[k]*100+1e-9) / 100
		area.Max[k] = math.Ceil(area.Max[k]*100-1e-9) / 100
	}
	count := 0
	for z := savedMinZoom; z <= savedMaxZoom; z++ {
		if count += tilesIn(area.Bound, z); count > savedTiles {
			break
		}
		area.maxZoom = z
	}
	if area.maxZoom < savedLeastZoom {
		return savedArea{}, badParameter("bbox", "the area of %.1f° by %.1f° is too large to save: take a smaller one", area.Max[0]-area.Min[0], area.Max[1]-area.Min[1])
	}
	return area, nil
}

func tilesIn(b orb.Bound, z int) int {
	first, last := tiles.At(orb.Point{b.Min[0], b.Max[1]}, z), tiles.At(orb.Point{b.Max[0], b.Min[1]}, z)
	return (int(last.X) - int(first.X) + 1) * (int(last.Y) - int(first.Y) + 1)
}

func (a savedArea) box() [4]float64 {
	return [4]float64{a.Min[0], a.Min[1], a.Max[0], a.Max[1]}
}

func (a savedArea) text() string {
	all := make([]string, 4)
	for i, f := range a.box() {
		all[i] = strconv.FormatFloat(f, 'f', 2, 64)
	}
	return strings.Join(all, ",")
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }
