package api

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/petadesa/petadesa/geo"
	"github.com/petadesa/petadesa/geo/coverage"
)

// fill writes the rows in the order of the ministry's submission.
func (d *dossierPage) fill(snap *geo.Snapshot, of *dossierSubject, f *dossierFacts) {
	l, villages, i := d.L, of.villages, of.i
	unknown := l.of("tidak diketahui: ", "unknown: ") + "…………"
	known := func(v string) string { return cmp.Or(v, unknown) }
	long := func(v *coverage.Length) string {
		if v == nil {
			return unknown
		}
		return fixedPoint(2, v.Float())
	}
	section := ""
	add := func(item, value string) { d.Rows = append(d.Rows, dossierRow{section, item, value}) }
	section = l.of("1. Lokasi", "1. Location")
	add(l.of("Desa/kelurahan", "Village"), word(villages, "name", i))
	if of.away > 0 {
		add(l.of("Letak", "Place"), fmt.Sprintf(l.of("di luar desa mana pun; desa terdekat, %.0f m", "in no village; the nearest, %.0f m away"), of.away))
	}
	add(l.of("Kecamatan", "District"), known(word(villages, "district", i)))
	section = l.of("2. Kode wilayah", "2. Administrative codes")
	add("Kemendagri", villages.ID(i))
	add("BPS", known(word(villages, "bps_code", i)))
	section = l.of("3. Koordinat", "3. Coordinates")
	add(l.of("Desimal (lintang, bujur)", "Decimal (latitude, longitude)"), fixedPoint(6, of.at[1])+", "+fixedPoint(6, of.at[0]))
	add(l.of("Derajat menit detik", "Degrees minutes seconds"), dms(of.at[1], "LU", "LS", "N", "S", l)+" "+dms(of.at[0], "BT", "BB", "E", "W", l))
	if t := of.tower; t != nil {
		add(l.of("Menara yang diusulkan", "Proposed tower"), towerWords(t, of.q.Technology, l))
	}
	row := &f.row
	section = l.of("4. Penduduk", "4. Population")
	add(l.of("Jiwa", "People"), people(row.People.Total))
	add(l.of("Tanpa sinyal ", "Without signal ")+strings.ToUpper(of.q.Technology), people(row.People.Gap))
	add(l.of("Tanpa sinyal, selang 90 %", "Without signal, 90 % interval"), people(row.People.GapLow)+" – "+people(row.People.GapHigh))
	add(l.of("Tidak diketahui", "Unknown"), people(row.People.Unknown))
	add(l.of("Luas tanpa sinyal (km²)", "Area without signal (km²)"), fixedPoint(2, row.Area.Gap.Float()))
	add(l.of("Kelas", "Class"), classWords(row.Class, l))
	if f.gain != nil {
		d.gained(add, &f.gain.Delta, f.gain)
	}
	section = l.of("5. Tempat umum", "5. Public places")
	add(l.of("Destinasi: jumlah; tanpa sinyal", "Destinations: count; without signal"), fmt.Sprintf("%d; %d", row.Places.Total, row.Places.Gap))
	d.places(add, f.places, unknown)
	section = l.of("6. Jarak", "6. Distances")
	for n, t := range f.towers {
		add(fmt.Sprintf(l.of("Menara terdekat ke-%d", "Nearest tower %d"), n+1), fmt.Sprintf("%s, %.2f km; %s", t.ID, t.metres/1000, towerWords(&t.Tower, "", l)))
	}
	if len(f.towers) == 0 {
		add(l.of("Menara terdekat", "Nearest tower"), unknown)
	}
	add(l.of("Serat optik terdekat dari titik desa (km)", "Nearest fibre from the village's point (km)"), long(row.NearestFibre))
	section = l.of("7. Listrik", "7. Electricity")
	add(l.of("Sumber dan daya", "Source and power"), unknown)
	section = l.of("8. Akses jalan", "8. Road access")
	d.road(add, snap, of, unknown)
	add(l.of("Jalan tanpa sinyal (km)", "Road without signal (km)"), fixedPoint(2, row.Road.Gap.Float()))
	section = l.of("9. Bukti dan pertentangan", "9. Evidence and contradictions")
	if o := row.Official; o != nil {
		add(l.of("Daftar resmi", "Official list"), officialWords(o.Status, l)+", "+o.Date)
	}
	for _, c := range f.clashes {
		for _, e := range c.Evidence {
			add(contradictionWords(c.Type, l)+" · "+evidenceKind(e.Kind, l), strings.TrimSpace(fmt.Sprintf("%s (%d) %s", saysWords(e.Says, l), e.Count, e.Date)))
		}
	}
	if row.Official == nil && len(f.clashes) == 0 {
		add(l.of("Pertentangan", "Contradictions"), l.of("tidak ada yang tercatat", "none on record"))
	}
	for _, p := range d.Profiles {
		add(l.of("Profil: ", "Profile: ")+p.Title, p.Says)
	}
	section = l.of("10. Asal data", "10. Provenance")
	d.origin(add, &f.provenance)
}

// people are whole persons.
func people(p coverage.People) string { return strconv.FormatFloat(math.Round(p.Float()), 'f', 0, 64) }

func towerWords(t *coverage.Tower, technology string, l language) string {
	var all []string
	if len(t.Operators) > 0 {
		all = append(all, strings.Join(t.Operators, ", "))
	}
	if technologies := cmp.Or(technology, strings.Join(t.Technologies, ", ")); technologies != "" {
		all = append(all, strings.ToUpper(technologies))
	}
	all = append(all, fmt.Sprintf(l.of("tinggi %g m", "height %g m"), t.HeightM))
	if t.FrequencyMHz > 0 {
		all = append(all, fmt.Sprintf("%g MHz", t.FrequencyMHz))
	}
	return strings.Join(all, "; ")
}

// gained tells what the tower alone changes.
func (d *dossierPage) gained(add func(item, value string), delta *coverage.Row, gain *coverage.Difference) {
	l := d.L
	add(l.of("Dengan menara ini: penduduk terlayani bertambah", "With this tower: people gained"), people(delta.People.Covered))
	add(l.of("Dengan menara ini: destinasi bertambah", "With this tower: destinations gained"), strconv.Itoa(delta.Places.Covered))
	add(l.of("Dengan menara ini: jalan bertambah (km)", "With this tower: road gained (km)"), fixedPoint(2, delta.Road.Covered.Float()))
	add(l.of("Dengan menara ini: luas bertambah (km²)", "With this tower: area gained (km²)"), fixedPoint(2, delta.Area.Covered.Float()))
	for n := range gain.Rows {
		if n == 10 {
			add(l.of("Desa lain yang bertambah", "Other villages that gain"), strconv.Itoa(len(gain.Rows)-n))
			break
		}
		r := &gain.Rows[n]
		add(r.Code+" "+r.Name, fmt.Sprintf(l.of("%s orang, %.2f km²; kelas %s → %s", "%s people, %.2f km²; class %s → %s"),
			people(r.Delta.People.Covered), r.Delta.Area.Covered.Float(), classWords(r.Before.Class, l), classWords(r.After.Class, l)))
	}
}

// places lists public places by collection and name.
func (d *dossierPage) places(add func(item, value string), all []publicPlace, unknown string) {
	if len(all) == 0 {
		add(d.L.of("Nama", "Names"), unknown)
	}
	for n, p := range all {
		if n == dossierNames {
			add(d.L.of("Lainnya", "Others"), strconv.Itoa(len(all)-n))
			break
		}
		kind := cmp.Or(p.kind, p.collection)
		if p.collection == "destinations" {
			kind = cmp.Or(categoryWords(p.kind, d.L), d.L.of("destinasi", "destination"))
		}
		add(kind, p.name)
	}
}

func (d *dossierPage) road(add func(item, value string), snap *geo.Snapshot, of *dossierSubject, unknown string) {
	l, roads := d.L, snap.Layer("roads")
	k, metres := -1, 0.0
	if roads != nil {
		k, metres = coverage.Nearest(roads, of.at, 20_000, nil)
	}
	if k < 0 {
		add(l.of("Jalan terdekat", "Nearest road"), unknown)
		return
	}
	add(l.of("Jalan terdekat", "Nearest road"), cmp.Or(word(roads, "name", k), unknown))
	class := unknown
	if c := word(roads, "class", k); c != "" {
		class = className(c, l)
	}
	add(l.of("Kelas", "Class"), class)
	add(l.of("Kondisi", "Condition"), cmp.Or(conditionWords(word(roads, "condition", k), l), unknown))
	add(l.of("Jarak (m)", "Distance (m)"), fixedPoint(0, metres))
}

// origin tells of each collection when it was collected and how good it is.
func (d *dossierPage) origin(add func(item, value string), p *coverage.Provenance) {
	l := d.L
	add(l.of("Versi data", "Snapshot"), p.Snapshot)
	add("Model", modelWords(p.Model, l))
	terrain := rasterWords(p.Terrain, l)
	if strings.HasPrefix(p.Terrain, "flat terrain") {
		terrain = l.of("medan datar: tidak ada data ketinggian", "flat terrain: there is no elevation")
	}
	add(l.of("Medan", "Terrain"), cmp.Or(terrain, "–"))
	add(l.of("Penduduk", "Population"), populationWords(p.Population, l))
	var ids []string
	for id := range p.Collections {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		o := p.Collections[id]
		says := []string{fmt.Sprintf(l.of("%d catatan", "%d records"), o.Features)}
		if o.From != "" {
			dates := o.From
			if o.To != o.From {
				dates += " – " + o.To
			}
			says = append(says, dates)
		}
		for _, q := range o.Quality {
			if q == "illustrative" {
				says = append(says, l.of("data contoh", "sample data"))
			} else {
				says = append(says, qualityWords(q, l))
			}
		}
		add(collectionWords(id, l), strings.Join(says, "; "))
	}
}

// dms writes degrees as degrees, minutes and seconds.
func dms(v float64, idPlus, idMinus, enPlus, enMinus string, l language) string {
	side := l.of(idPlus, enPlus)
	if v < 0 {
		side = l.of(idMinus, enMinus)
	}
	tenths := int(math.Round(math.Abs(v) * 36000))
	return fmt.Sprintf("%d°%02d′%02d.%d″ %s", tenths/36000, tenths/600%60, tenths/10%60, tenths%10, side)
}
