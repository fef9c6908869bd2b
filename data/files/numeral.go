package files

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/petadesa/petadesa/data/files/jsontext"
)

// The ways in which people write numbers, but for JSON's own.
var (
	commaDecimal = regexp.MustCompile(`^-?\d+,(\d{1,2}|\d{4,})$`)     // 3,5
	commaOrGroup = regexp.MustCompile(`^-?[1-9]\d{0,2},\d{3}$`)       // 1,234: a decimal comma, or thousands
	zeroDecimal  = regexp.MustCompile(`^-?0+,\d+$`)                   // 0,125
	pointGroups  = regexp.MustCompile(`^-?\d{1,3}(\.\d{3})+,\d+$`)    // 1.234,5
	manyPoints   = regexp.MustCompile(`^-?\d{1,3}(\.\d{3}){2,}$`)     // 1.234.567
	commaGroups  = regexp.MustCompile(`^-?\d{1,3}(,\d{3})+\.\d+$`)    // 1,234.5
	manyCommas   = regexp.MustCompile(`^-?\d{1,3}(,\d{3}){2,}$`)      // 1,234,567
	spaceGroups  = regexp.MustCompile(`^-?\d{1,3}([ \x{a0}]\d{3})+$`) // 1 234
	longDecimal  = regexp.MustCompile(`^-?\d{4,},\d+$`)               // 1234,567
	pointOrGroup = regexp.MustCompile(`^-?[1-9]\d{0,2}\.\d{3}$`)      // 1.234 of a whole number
)

// looseNumeral brings a number as people write it into JSON's form. doubt says
// that it may be read in two ways.
func looseNumeral(s string, whole bool) (numeral string, ok, doubt bool) {
	drop := func(marks ...string) string {
		for _, m := range marks {
			s = strings.ReplaceAll(s, m, "")
		}
		return strings.Replace(s, ",", ".", 1)
	}
	switch {
	case whole && pointOrGroup.MatchString(s), commaOrGroup.MatchString(s):
		return "", false, true
	case jsontext.NumeralLength(s) == len(s) && s != "":
		return s, true, false
	case commaDecimal.MatchString(s), zeroDecimal.MatchString(s), longDecimal.MatchString(s):
		s = drop()
	case pointGroups.MatchString(s), manyPoints.MatchString(s):
		s = drop(".")
	case commaGroups.MatchString(s), manyCommas.MatchString(s):
		s = drop(",")
	case spaceGroups.MatchString(s):
		s = drop(" ", "\u00a0")
	default:
		return "", false, false
	}
	if n := jsontext.NumeralLength(s); n == 0 || n != len(s) { // 007,5
		return "", false, false
	}
	return s, true, false
}

// units are other ways to write a field's unit.
var units = map[string][]string{
	"m":      {"meter", "metres", "metre", "meters", "mdpl", "m"},
	"km²":    {"km2", "km^2", "km persegi"},
	"people": {"jiwa", "orang"},
	"Mbit/s": {"Mbps", "mbps"},
	"km/h":   {"km/jam", "kmh"},
	"IDR":    {"rupiah", ",-"},
}

// withoutUnit takes the unit of a field off the end of a number, and Rp off
// its front.
func withoutUnit(s, unit string) string {
	s = strings.TrimPrefix(strings.TrimSpace(s), "+")
	if unit == "IDR" {
		s = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(s, "Rp"), "."))
	}
	if unit == "" {
		return s
	}
	for _, u := range append([]string{unit}, units[unit]...) {
		if before, found := strings.CutSuffix(s, u); found {
			return strings.TrimSpace(before)
		}
	}
	return s
}

// unscrambled returns the text that a text was before its UTF-8 was taken for
// Windows-1252, as in "LÃ©gi"; false when it was not.
func unscrambled(s string) (string, bool) {
	ascii := true
	for i := range len(s) {
		ascii = ascii && s[i] < utf8.RuneSelf
	}
	if ascii {
		return "", false
	}
	before, err := charmap.Windows1252.NewEncoder().String(s)
	if err != nil || !utf8.ValidString(before) {
		return "", false
	}
	return before, true
}
