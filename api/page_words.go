package api

import (
	"strings"

	"github.com/petadesa/petadesa/geo/coverage"
)

func stateWords(state string, l language) string {
	switch state {
	case coverage.StateCovered:
		return l.of("ada", "yes")
	case coverage.StateNot:
		return l.of("tidak ada", "no")
	default:
		return l.of("belum diketahui", "not known")
	}
}

func evidenceWords(evidence string, l language) string {
	switch evidence {
	case "measured":
		return l.of("terukur", "measured")
	case "modelled":
		return l.of("model", "modelled")
	case "claimed":
		return l.of("klaim operator", "claimed by the operator")
	case "several":
		return l.of("beberapa sumber", "several sources")
	default:
		return "–"
	}
}

func classWords(class string, l language) string {
	switch class {
	case coverage.Served:
		return l.of("terlayani", "served")
	case coverage.Partial:
		return l.of("sebagian", "in parts")
	case coverage.Blank:
		return l.of("tanpa sinyal", "no signal")
	default:
		return l.of("belum diketahui", "not known")
	}
}

func qualityWords(quality string, l language) string {
	switch quality {
	case "":
		return ""
	case "confirmed":
		return l.of("letak dipastikan beberapa sumber", "location confirmed by several sources")
	case "single":
		return l.of("letak dari satu sumber", "location from a single source")
	case "village_point":
		return l.of("letak hanya titik di desa, bukan tempatnya", "location is a point in the village, not the site")
	case "approximate":
		return l.of("perkiraan", "approximate")
	case "illustrative":
		return l.of("contoh", "a sample")
	case "schematic":
		return l.of("skema", "schematic")
	}
	return quality
}

func categoryWords(category string, l language) string {
	words, ok := map[string][2]string{
		"beach": {"pantai", "beach"}, "waterfall": {"air terjun", "waterfall"}, "lake": {"danau atau waduk", "lake or reservoir"},
		"spring": {"sumber air", "spring"}, "pool": {"pemandian", "pool"}, "tubing": {"arung sungai", "river tubing"}, "island": {"pulau", "island"},
		"mountain": {"gunung", "mountain"}, "viewpoint": {"titik pandang", "viewpoint"}, "nature": {"wisata alam", "natural site"},
		"park": {"taman wisata", "park"}, "camping": {"perkemahan", "camp site"}, "agro": {"agrowisata", "agrotourism"}, "cave": {"gua", "cave"},
		"temple": {"candi", "temple"}, "religious": {"wisata religi", "religious site"}, "museum": {"museum", "museum"}, "culture": {"wisata budaya", "cultural site"},
		"square": {"alun-alun", "square"}, "desa_wisata": {"desa wisata", "tourism village"}, "resort": {"resor", "resort"},
	}[category]
	if !ok {
		return strings.ReplaceAll(category, "_", " ")
	}
	return l.of(words[0], words[1])
}

// hoursWords writes opening hours that were understood with the language's names
// of days and months.
func hoursWords(text string, l language) string {
	if strings.Contains(text, `"`) { // a comment stays as it is
		return text
	}
	id := []string{
		"Mo", "Sen", "Tu", "Sel", "We", "Rab", "Th", "Kam", "Fr", "Jum", "Sa", "Sab", "Su", "Min", "PH", "hari libur", "SH", "libur sekolah", "24/7", "setiap hari, 24 jam",
		"closed", "tutup", "off", "tutup", "sunrise", "matahari terbit", "sunset", "matahari terbenam", "May", "Mei", "Aug", "Agu", "Oct", "Okt", "Dec", "Des",
	}
	en := []string{"Mo", "Mon", "Tu", "Tue", "We", "Wed", "Th", "Thu", "Fr", "Fri", "Sa", "Sat", "Su", "Sun", "PH", "public holidays", "SH", "school holidays", "24/7", "every day, 24 hours", "off", "closed"}
	pairs := id
	if l == english {
		pairs = en
	}
	return strings.NewReplacer(append(pairs, "-", "–")...).Replace(strings.Join(strings.Fields(text), " "))
}
