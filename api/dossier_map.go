package api

import (
	"context"
	"html/template"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
)

const dossierRuns = 40_000 // of cells, that a map is drawn of

// classStyles are the styles of villages where cells cannot be drawn.
var classStyles = []struct{ class, style string }{
	{coverage.Served, `fill="#2f7fb8" fill-opacity=".45"`},
	{coverage.Partial, `fill="#e9b44c" fill-opacity=".55"`},
	{coverage.Blank, `fill="#d9762b" fill-opacity=".6"`},
	{coverage.Unknown, `fill="#8a8a8a" fill-opacity=".3"`},
}

// dossierMap draws the village or the surroundings of the site. Where cells cannot
// be drawn the villages are, by class, and the page says so.
func (s *service) dossierMap(ctx context.Context, snap *geo.Snapshot, of *dossierSubject, page *dossierPage) error {
	l, villages := page.L, of.villages
	b := villages.Geometry(of.i).Bound()
	if of.tower != nil {
		b = b.Union(orb.Bound{Min: of.at, Max: of.at})
	}
	pic := newPicture(b.Center(), 1, 1, 1)
	across := 1.4 * max((b.Max[0]-b.Min[0])*pic.perLon, (b.Max[1]-b.Min[1])*pic.perLat*1.5)
	if of.tower != nil {
		across = max(across, 12_000)
	}
	pic = newPicture(b.Center(), across, 660, 440)
	pic.ground(snap)
	drawn, err := s.drawCells(ctx, snap, of, pic)
	if err != nil {
		return err
	}
	page.Legend = l.of("Biru: ada sinyal; jingga: tanpa sinyal; abu-abu: tidak diketahui; segitiga hitam: menara; titik: destinasi.",
		"Blue: signal; orange: none; grey: unknown; black triangle: tower; dot: destination.")
	if of.tower != nil {
		page.Legend += l.of(" Hijau: bertambah dengan menara usulan (segitiga merah).", " Green: gained by the proposed tower (red triangle).")
	}
	if !drawn {
		if err := s.drawClasses(ctx, snap, of, pic, page); err != nil {
			return err
		}
	}
	pic.layer(villages, `fill="none" stroke="#b3261e" stroke-width="2"`, func(k int) bool { return k == of.i })
	pic.roads(snap.Layer("roads"))
	pic.names(snap.Layer("villages_label"))
	pic.marks(snap.Layer("destinations"), markPlace)
	pic.marks(snap.Layer("towers"), markTower)
	if of.tower != nil {
		pic.mark(of.at, markSite)
	}
	page.Map = template.HTML(pic.frame("", l.of("U", "N")))
	page.Credits = attributionOf(snap, "villages", "roads", "towers", "coverage")
	return nil
}

// drawCells draws the cells of the question; false when there are too many.
func (s *service) drawCells(ctx context.Context, snap *geo.Snapshot, of *dossierSubject, pic *picture) (bool, error) {
	q := *of.q
	q.Villages, q.Change = nil, nil
	before, err := s.Coverage.CellTable(ctx, snap, &q, pic.bound, dossierRuns)
	if err != nil {
		return false, ctx.Err()
	}
	if of.tower == nil {
		for _, c := range gapCells {
			pic.table(&before, c.state, c.style)
		}
		return true, nil
	}
	q.Change = of.q.Change
	after, err := s.Coverage.CellTable(ctx, snap, &q, pic.bound, dossierRuns)
	if err != nil {
		return false, ctx.Err()
	}
	for _, c := range gapCells[1:] {
		pic.table(&after, c.state, c.style)
	}
	pic.table(&after, coverage.StateCovered, `fill="#6fc07a"`) // what is not drawn over is gained
	pic.table(&before, coverage.StateCovered, `fill="#a6c6dc"`)
	return true, nil
}

// drawClasses draws villages by class instead of cells, and says so.
func (s *service) drawClasses(ctx context.Context, snap *geo.Snapshot, of *dossierSubject, pic *picture, page *dossierPage) error {
	q := *of.q
	q.By, q.Villages = "village", nil
	classes, err := s.Coverage.Layer(ctx, snap, &q)
	if err != nil {
		page.MapNote = page.L.of("Sinyal tidak dapat digambar di peta ini.", "The signal cannot be drawn on this map.")
		return ctx.Err()
	}
	for _, c := range classStyles {
		pic.layer(classes, c.style, func(k int) bool { return word(classes, "class", k) == c.class })
	}
	page.MapNote = page.L.of("Sel terlalu banyak untuk digambar: peta menunjukkan kelas tiap desa.", "There are too many cells to draw: the map shows the class of each village.")
	page.Legend = page.L.of("Biru: terlayani; kuning: sebagian; jingga: tanpa sinyal; abu-abu: tidak diketahui; segitiga: menara; titik: destinasi.",
		"Blue: served; yellow: in parts; orange: no signal; grey: unknown; triangle: tower; dot: destination.")
	return nil
}
