package api

import (
	"fmt"
	"strings"

	"github.com/petadesa/petadesa/geo/coverage"
	"github.com/petadesa/petadesa/geo/coverage/propagation"
)

// pick returns the words of a value, or the value where there are none.
func pick(words map[string][2]string, value string, l language) string {
	w, ok := words[value]
	if !ok {
		return value
	}
	return l.of(w[0], w[1])
}

func officialWords(status string, l language) string {
	return pick(map[string][2]string{
		"blank": {"tanpa sinyal", "blank"}, "weak": {"sinyal lemah", "weak"}, "resolved": {"sudah teratasi", "resolved"},
	}, status, l)
}

func conditionWords(condition string, l language) string {
	return pick(map[string][2]string{"good": {"baik", "good"}, "fair": {"sedang", "fair"}, "damaged": {"rusak", "damaged"}}, condition, l)
}

func contradictionWords(kind string, l language) string {
	return pick(map[string][2]string{
		coverage.NonAligned:   {"Klaim tidak terbukti", "Claimed, but measured absent"},
		coverage.UnderClaimed: {"Ada sinyal tanpa klaim", "Measured, but not claimed"},
		coverage.StaleList:    {"Daftar resmi usang", "Official list out of date"},
		coverage.ModelOrList:  {"Model dan daftar bertentangan", "Model and list disagree"},
	}, kind, l)
}

func evidenceKind(kind string, l language) string {
	if kind == "official" {
		return l.of("daftar resmi", "official list")
	}
	return evidenceWords(kind, l)
}

// saysWords names what one source says: of the official list a status, of others
// whether there is a signal.
func saysWords(says string, l language) string {
	if says == "meets the threshold" {
		return l.of("memenuhi ambang", says)
	}
	if says == "blank" || says == "weak" || says == "resolved" {
		return officialWords(says, l)
	}
	if l == english {
		return says
	}
	return strings.NewReplacer("not covered", "tidak terlayani", "covered", "terlayani", "does not meet the threshold", "tidak memenuhi ambang", " for ", " untuk ", "of the village", "dari desa").Replace(says)
}

// modelWords and populationWords put the engine's sentences into Indonesian.
func modelWords(model string, l language) string {
	if l == english {
		return model
	}
	return strings.NewReplacer("free space", "ruang bebas", "Bullington terrain diffraction", "difraksi medan Bullington", "above", "di atas", "suburban", "pinggiran kota",
		"urban", "kota", "open", "terbuka", "flat terrain", "medan datar", "on 10 MHz", "pada 10 MHz", "losses", "rugi", "up to", "hingga",
		"shadow fading", "pudaran bayangan", "clutter", "tutupan lahan", "none", "tidak ada").Replace(model)
}

func populationWords(how string, l language) string {
	if l == english {
		return how
	}
	return strings.NewReplacer("village totals: spread over land within", "jumlah per desa: disebar di lahan dalam", "of roads and places in", "dari jalan dan tempat di",
		"villages", "desa", "evenly in", "merata di", "no number for", "tanpa angka untuk").Replace(rasterWords(how, l))
}

// rasterWords says how the values of a raster were put on the lattice.
func rasterWords(how string, l language) string {
	if l == english {
		return how
	}
	return strings.NewReplacer(
		"flat terrain: no elevation was imported", "medan datar: tidak ada data ketinggian",
		"heights at the posts of 3 arc-seconds", "ketinggian di titik 3 detik busur",
		"the file's own where it has one there, else interpolated between four", "milik berkasnya bila ada di sana, selain itu diinterpolasi dari empat titik",
		"whole metres", "meter bulat").Replace(how)
}

// rangeWords says what lies outside of a model.
func rangeWords(r *propagation.RangeError, l language) string {
	if l == english {
		return r.Error()
	}
	quantity := pick(map[string][2]string{
		"antenna height": {"tinggi antena", ""}, "frequency": {"frekuensi", ""}, "distance": {"jarak", ""}, "receiver height": {"tinggi penerima", ""},
	}, r.Quantity, l)
	return fmt.Sprintf("%s %g %s: yang berlaku %g sampai %g", quantity, r.Value, r.Unit, r.Min, r.Max)
}

func collectionWords(id string, l language) string {
	return pick(map[string][2]string{
		"villages": {"Desa", "Villages"}, "towers": {"Menara", "Towers"}, "coverage": {"Cakupan", "Coverage"}, "roads": {"Jalan", "Roads"},
		"measurements": {"Pengukuran", "Measurements"}, "blankspots": {"Daftar titik tanpa sinyal", "Blank spots"},
		"destinations": {"Destinasi", "Destinations"}, "fibre": {"Serat optik", "Fibre"},
	}, id, l)
}
