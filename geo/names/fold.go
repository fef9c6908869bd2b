package names

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fold returns a name in lower case, without accents and punctuation, its words
// set apart by single spaces, abbreviations written out and in the spelling of
// 1972. Folding twice changes nothing.
func Fold(name string) string {
	ws := strings.Fields(plain(name))
	for i, w := range ws {
		ws[i] = written(newSpelling(written(w)))
	}
	return strings.Join(ws, " ")
}

// Key is Fold without spaces: Bajul Mati and Bajulmati have the same one.
func Key(name string) string { return strings.ReplaceAll(Fold(name), " ", "") }

// plain keeps letters and digits, in lower case without accents, and spaces
// between words. An apostrophe joins what it stands in: Jum'at is Jumat.
func plain(name string) string {
	var b strings.Builder
	b.Grow(len(name))
	for _, r := range name {
		r = unicode.ToLower(r)
		switch {
		case r >= utf8.RuneSelf:
			r = base(r)
		case r == '\'', r == '`':
			continue
		}
		switch {
		case r == '’', r == '‘', r == 'ʼ', unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r), unicode.IsDigit(r):
			b.WriteRune(r)
		default:
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// base is a Latin letter without its accent. Javanese words are at times
// written with é and è, seldom with others.
func base(r rune) rune {
	const accented = "aàáâãäåāăą cçćč dďđ eèéêëēĕėęě gğġ hħ iìíîïĩīĭį lł nñńňņ oòóôõöøōŏő rřŕ sśşšș tťțţ uùúûüũūŭůűų wŵ yýÿŷ zźżž"
	at := strings.IndexRune(accented, r)
	if at < 0 {
		return r
	}
	return rune(accented[strings.LastIndexByte(accented[:at], ' ')+1])
}

// written is an abbreviation written out, or the word as it is.
func written(word string) string {
	if long, ok := abbreviations[word]; ok {
		return long
	}
	return word
}

// newSpelling writes oe, dj and tj of the spellings of 1901 and 1947 as u, j and
// c. What else they wrote in another way (j for y, nj for ny, sj for sy, ch for kh) is
// left: today's names have those letters too, as Banjarejo does.
func newSpelling(word string) string {
	for {
		changed := oldSpelling.Replace(word)
		if changed == word {
			return word
		}
		word = changed
	}
}

var oldSpelling = strings.NewReplacer("oe", "u", "dj", "j", "tj", "c")

// abbreviations are those that maps and lists use in front of names.
var abbreviations = map[string]string{
	"pt": "pantai", "pant": "pantai", "pnt": "pantai",
	"gn": "gunung", "gng": "gunung", "g": "gunung", "gg": "gang",
	"cb": "coban", "cbn": "coban",
	"ds": "desa", "dsn": "dusun", "kel": "kelurahan", "kec": "kecamatan", "kab": "kabupaten", "kp": "kampung", "kpg": "kampung", "kmp": "kampung",
	"jl": "jalan", "jln": "jalan",
	"cd": "candi", "tlk": "teluk", "tl": "teluk", "tg": "tanjung", "tj": "tanjung", "tjg": "tanjung",
	"ps": "pasar", "psr": "pasar", "mus": "museum", "mesjid": "masjid", "msjd": "masjid", "mjd": "masjid",
	"bd": "bendungan", "bdg": "bendungan", "wdk": "waduk", "wd": "waduk",
	"smbr": "sumber", "sbr": "sumber", "tmn": "taman", "kbn": "kebun", "kebon": "kebun", "wis": "wisata", "pul": "pulau", "p": "pulau", "goa": "gua",
}
