package api

import (
	"encoding/csv"
	"fmt"
	"html/template"
	"io"
	"math"
	"net/http"
	"strconv"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
)

// dossierRow is one line, the same on paper and in CSV.
type dossierRow struct{ Section, Item, Value string }

// dossierPage is what is printed.
type dossierPage struct {
	ID      bool
	Lang    string
	Base    string
	Service string
	Title   string
	CSV     string
	Rows    []dossierRow
	Map     template.HTML // made by picture alone
	Photos  []int
}

// dossier is GET /dossier: a village, in the order of the ministry's submission,
// made for print; or the same rows as CSV.
func (s *service) dossier(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	p, err := parse(r, []string{"village", "technology", "lang", "f"})
	if err != nil {
		return err
	}
	sent, err := choose(r, p, asHTML, asTable)
	if err != nil {
		return err
	}
	villages := snap.Layer("villages")
	i, found := -1, false
	if villages != nil {
		i, found = villages.Find(p["village"])
	}
	if !found {
		return badParameter("village", "village %s is not the code of a village here", quoted(p["village"]))
	}
	page := dossierPage{Base: s.baseURL(r), Service: s.Title, Lang: pageLanguage(r, p["lang"]), Photos: []int{1, 2, 3, 4}}
	page.ID = page.Lang == "id"
	say := func(id, en string) string {
		if page.ID {
			return id
		}
		return en
	}
	code := villages.ID(i)
	q := &coverage.Query{By: "village", Villages: []string{code}, Technology: p["technology"]}
	gaps, err := s.Coverage.Gaps(r.Context(), snap, q)
	if err != nil {
		return gapProblem(err)
	}
	clashes, err := s.Coverage.Reconcile(r.Context(), snap, q)
	if err != nil {
		return gapProblem(err)
	}
	at := villages.Geometry(i).Bound().Center()
	if l := snap.Layer("villages_label"); l != nil {
		if k, ok := l.Find(code); ok {
			if q, ok := l.Geometry(k).(orb.Point); ok {
				at = q
			}
		}
	}
	row := gaps.Totals
	if len(gaps.Rows) == 1 {
		row = gaps.Rows[0]
	}
	unknown := say("tidak diketahui: ", "unknown: ") + "…………"
	known := func(v string) string {
		if v == "" {
			return unknown
		}
		return v
	}
	km := func(l *coverage.Length) string {
		if l == nil {
			return unknown
		}
		return l.String()
	}
	add := func(section, item, value string) { page.Rows = append(page.Rows, dossierRow{section, item, value}) }
	place := say("1. Lokasi", "1. Location")
	add(place, say("Desa/kelurahan", "Village"), word(villages, "name", i))
	add(place, say("Kecamatan", "District"), known(word(villages, "district", i)))
	codes := say("2. Kode wilayah", "2. Administrative codes")
	add(codes, "Kemendagri", code)
	add(codes, "BPS", known(word(villages, "bps_code", i)))
	where := say("3. Koordinat", "3. Coordinates")
	add(where, say("Desimal (lintang, bujur)", "Decimal (latitude, longitude)"), fixedPoint(6, at[1])+", "+fixedPoint(6, at[0]))
	add(where, say("Derajat menit detik", "Degrees minutes seconds"), dms(at[1], "LU", "LS", "N", "S", page.ID)+" "+dms(at[0], "BT", "BB", "E", "W", page.ID))
	people := say("4. Penduduk", "4. Population")
	add(people, say("Jiwa", "People"), row.People.Total.String())
	add(people, say("Tanpa sinyal", "Without signal"), row.People.Gap.String())
	add(people, say("Tanpa sinyal, selang", "Without signal, interval"), row.People.GapLow.String()+" – "+row.People.GapHigh.String())
	add(people, say("Tidak diketahui", "Unknown"), row.People.Unknown.String())
	add(people, say("Luas tanpa sinyal (km²)", "Area without signal (km²)"), row.Area.Gap.String())
	add(people, say("Kelas", "Class"), row.Class)
	public := say("5. Tempat umum", "5. Public places")
	add(public, say("Jumlah", "Count"), strconv.Itoa(row.Places.Total))
	add(public, say("Tanpa sinyal", "Without signal"), strconv.Itoa(row.Places.Gap))
	near := say("6. Jarak", "6. Distances")
	add(near, say("Menara terdekat (km)", "Nearest tower (km)"), km(row.NearestTower))
	add(near, say("Serat optik terdekat (km)", "Nearest fibre (km)"), km(row.NearestFibre))
	add(say("7. Listrik", "7. Electricity"), say("Sumber dan daya", "Source and power"), unknown)
	access := say("8. Akses jalan", "8. Road access")
	if k, metres := coverage.Nearest(snap.Layer("roads"), at, 20_000, nil); k >= 0 {
		l := snap.Layer("roads")
		add(access, say("Jalan terdekat", "Nearest road"), known(word(l, "name", k)))
		add(access, say("Kelas, kondisi", "Class, condition"), known(word(l, "class", k))+", "+known(word(l, "condition", k)))
		add(access, say("Jarak (m)", "Distance (m)"), fixedPoint(0, metres))
	} else {
		add(access, say("Jalan terdekat", "Nearest road"), unknown)
	}
	add(access, say("Jalan tanpa sinyal (km)", "Road without signal (km)"), row.Road.Gap.String())
	proof := say("9. Bukti dan pertentangan", "9. Evidence and contradictions")
	if row.Official != nil {
		add(proof, say("Daftar resmi", "Official list"), row.Official.Status+", "+row.Official.Date)
	}
	for _, c := range clashes.Rows {
		for _, e := range c.Evidence {
			add(proof, c.Type+" · "+e.Kind, fmt.Sprintf("%s (%d) %s", e.Says, e.Count, e.Date))
		}
	}
	from := say("10. Asal data", "10. Provenance")
	add(from, say("Versi data", "Snapshot"), gaps.Provenance.Snapshot)
	add(from, "Model", gaps.Provenance.Model)
	add(from, say("Penduduk", "Population"), gaps.Provenance.Population)

	if sent.is("csv") {
		w.Header().Set("Content-Disposition", `attachment; filename="dossier-`+code+`.csv"`)
		return s.respond(w, r, answer{media: sent.media, identity: []string{"dossier", s.Version, snap.Version, r.URL.RawQuery, page.Lang, "csv"}, write: page.writeCSV})
	}
	b := villages.Geometry(i).Bound()
	pic := newPicture(b.Center(), 1, 1, 1)
	across := 1.4 * max((b.Max[0]-b.Min[0])*pic.perLon, (b.Max[1]-b.Min[1])*pic.perLat*1.5)
	pic = newPicture(b.Center(), across, 660, 440)
	pic.ground(snap)
	if cells, err := s.Coverage.CellTable(r.Context(), snap, &coverage.Query{Technology: q.Technology}, pic.bound, 40_000); err == nil {
		for _, c := range gapCells {
			pic.table(&cells, c.state, c.style)
		}
	}
	pic.layer(villages, `fill="none" stroke="#b3261e" stroke-width="2"`, func(k int) bool { return k == i })
	pic.roads(snap.Layer("roads"))
	pic.names(snap.Layer("villages_label"))
	pic.marks(snap.Layer("destinations"), markPlace)
	pic.marks(snap.Layer("towers"), markTower)
	page.Map = template.HTML(pic.frame(attributionOf(snap, "villages", "roads", "towers", "coverage"), say("U", "N")))
	page.Title = say("Berkas usulan: ", "Dossier: ") + word(villages, "name", i)
	page.CSV = page.Base + "/dossier?f=csv&village=" + code + "&lang=" + page.Lang + "&technology=" + q.Technology
	return s.respond(w, r, answer{media: asHTML.media, identity: []string{"dossier", s.Version, snap.Version, page.Base, r.URL.RawQuery, page.Lang}, write: func(out io.Writer) error {
		return s.pages["dossier"].ExecuteTemplate(out, "dossier.html", page)
	}})
}

func (d *dossierPage) writeCSV(out io.Writer) error {
	c := csv.NewWriter(out)
	_ = c.Write([]string{"section", "item", "value"}) // Flush tells
	for _, r := range d.Rows {
		_ = c.Write([]string{r.Section, r.Item, r.Value})
	}
	c.Flush()
	return c.Error()
}

// dms writes degrees as degrees, minutes and seconds.
func dms(v float64, idPlus, idMinus, enPlus, enMinus string, indonesian bool) string {
	side := map[bool]map[bool]string{true: {true: idMinus, false: idPlus}, false: {true: enMinus, false: enPlus}}[indonesian][v < 0]
	tenths := int(math.Round(math.Abs(v) * 36000))
	return fmt.Sprintf("%d°%02d′%02d.%d″ %s", tenths/36000, tenths/600%60, tenths/10%60, tenths%10, side)
}
