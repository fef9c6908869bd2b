package search

import (
	"strings"
	"unicode"

	"github.com/petadesa/petadesa/geo/names"
)

// word is one word of a text, folded, and where it stands there.
type word struct {
	folded     string
	start, end int // in runes
}

// split takes a text apart into words of letters and digits.
func split(text string) []word {
	var words []word
	runes := []rune(text)
	for i := 0; i < len(runes); {
		if !within(runes[i]) {
			i++
			continue
		}
		start := i
		for i < len(runes) && within(runes[i]) {
			i++
		}
		for _, f := range strings.Fields(names.Fold(string(runes[start:i]))) {
			words = append(words, word{f, start, i})
		}
	}
	return words
}

// within reports whether a rune belongs to a word: apostrophes do, as in Jum'at.
func within(r rune) bool {
	switch r {
	case '\'', '’', '‘', 'ʼ', '`':
		return true
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// A concept is a kind of place by whatever word it is called.
type concept string

// concepts returns the concepts that a text's words name, and how many words from
// the first each takes; longer names of a concept come first.
func conceptAt(words []word) (concept, int) {
	for n := min(2, len(words)); n > 0; n-- {
		phrase := words[0].folded
		if n == 2 {
			phrase += " " + words[1].folded
		}
		if c, ok := conceptOf(phrase); ok {
			return c, n
		}
	}
	return "", 0
}

// conceptOf is the concept that a folded word or pair of words names.
func conceptOf(phrase string) (concept, bool) {
	switch phrase {
	case "pantai", "beach", "beaches", "pasisir", "pesisir":
		return "beach", true
	case "coban", "air terjun", "waterfall", "waterfalls", "grojokan", "curug":
		return "waterfall", true
	case "candi", "temple", "temples":
		return "temple", true
	case "gunung", "mount", "mountain", "mt", "volcano":
		return "mountain", true
	case "bukit", "hill":
		return "hill", true
	case "danau", "ranu", "telaga", "waduk", "bendungan", "lake", "dam", "reservoir":
		return "lake", true
	case "gua", "cave":
		return "cave", true
	case "pulau", "island":
		return "island", true
	case "sumber", "mata air", "spring", "umbulan":
		return "spring", true
	case "pemandian", "kolam renang", "bathing pool", "swimming pool", "pool":
		return "pool", true
	case "museum":
		return "museum", true
	case "masjid", "mosque":
		return "mosque", true
	case "gereja", "church":
		return "church", true
	case "desa wisata", "kampung wisata", "tourism village", "tourist village":
		return "tourism", true
	case "taman", "park", "garden":
		return "park", true
	case "kebun teh", "tea estate", "tea plantation":
		return "tea", true
	case "bumi perkemahan", "perkemahan", "camping", "camp":
		return "camping", true
	case "pasar", "market":
		return "market", true
	case "jalan", "road", "street", "jln":
		return "road", true
	case "desa", "kelurahan", "village":
		return "village", true
	case "kecamatan", "district", "subdistrict":
		return "district", true
	case "produk", "product", "oleh oleh", "kerajinan", "souvenir":
		return "product", true
	}
	return "", false
}

// idle reports whether a word says nothing about what is looked for.
func idle(folded string) bool {
	switch folded {
	case "di", "ke", "dari", "dekat", "menuju", "yang", "dan", "the", "of", "in", "near", "to", "a", "wisata", "objek", "obyek", "tempat", "kabupaten", "regency":
		return true
	}
	return false
}
