package tabular

import (
	"math"
	"strconv"
	"strings"
	"unicode"
)

// ParseAngle reads one coordinate as people write it: -8.1234, 8,1234 LS,
// 112°30'15.5"BT, 8 10 30 S, or metres. Words for the hemisphere are those of
// English and of Indonesian maps (LU, LS, BT, BB). It reports false for
// anything else.
func ParseAngle(s string) (float64, bool) {
	s = strings.TrimSpace(s)
	if f, ok := decimal(s); ok {
		return f, true
	}
	if len(s) > 64 {
		return 0, false
	}
	var numbers []float64
	sign, negative := 0.0, false
	for rest := s; rest != ""; {
		r := []rune(rest)[0]
		switch {
		case unicode.IsSpace(r) || strings.ContainsRune("°º˚'′’‘\"″”“:d", r):
			rest = rest[len(string(r)):]
		case r == '-' && len(numbers) == 0 && !negative:
			negative = true
			rest = rest[1:]
		case r >= '0' && r <= '9':
			n := strings.IndexFunc(rest, func(r rune) bool { return (r < '0' || r > '9') && r != '.' && r != ',' })
			if n < 0 {
				n = len(rest)
			}
			f, ok := decimal(rest[:n])
			if !ok || len(numbers) == 3 {
				return 0, false
			}
			numbers = append(numbers, f)
			rest = rest[n:]
		case unicode.IsLetter(r):
			n := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) })
			if n < 0 {
				n = len(rest)
			}
			h := hemisphere(rest[:n])
			if h == 0 || sign != 0 {
				return 0, false
			}
			sign, rest = h, rest[n:]
		default:
			return 0, false
		}
	}
	if negative {
		if sign > 0 {
			return 0, false
		}
		sign = -1
	}
	return Sexagesimal(numbers, sign)
}

// Sexagesimal joins degrees, minutes and seconds. Sign is that of the
// hemisphere, 0 when none is told; then it is the degrees'.
func Sexagesimal(parts []float64, sign float64) (float64, bool) {
	if len(parts) == 0 || len(parts) > 3 {
		return 0, false
	}
	if math.Signbit(parts[0]) {
		if sign > 0 {
			return 0, false
		}
		sign = -1
	}
	total, unit := math.Abs(parts[0]), 1.0
	for i, p := range parts[1:] {
		unit /= 60
		if p < 0 || p >= 60 || parts[i] != math.Trunc(parts[i]) {
			return 0, false
		}
		total += p * unit
	}
	if sign < 0 {
		total = -total
	}
	return total, true
}

// hemisphere is 1 for north and east, -1 for south and west, 0 for other words.
func hemisphere(word string) float64 {
	switch strings.ToUpper(word) {
	case "N", "E", "U", "T", "LU", "BT", "UTARA", "TIMUR", "NORTH", "EAST":
		return 1
	case "S", "W", "LS", "BB", "SELATAN", "BARAT", "SOUTH", "WEST":
		return -1
	}
	return 0
}

// Hemisphere is the sign that a cell tells: 1, -1, or 0 and false for another
// word. An empty one tells nothing.
func Hemisphere(cell string) (sign float64, ok bool) {
	cell = strings.TrimSpace(cell)
	if cell == "" {
		return 0, true
	}
	sign = hemisphere(cell)
	return sign, sign != 0
}

// Decimal reads a plain number with a decimal point or comma.
func Decimal(s string) (float64, bool) { return decimal(strings.TrimSpace(s)) }

func decimal(s string) (float64, bool) {
	if _, _, mark, ok := split(s); ok && len(s) < 64 {
		if mark == ',' {
			s = strings.Replace(s, ",", ".", 1)
		}
		f, err := strconv.ParseFloat(s, 64)
		return f, err == nil
	}
	if isExponential(strings.TrimLeft(s, "+-")) {
		f, err := strconv.ParseFloat(s, 64)
		return f, err == nil
	}
	return 0, false
}

// SplitPair takes a cell with two coordinates apart, at a semicolon, a comma
// and space, a comma, or white space.
func SplitPair(cell string) (first, second string, ok bool) {
	cell = strings.Trim(strings.TrimSpace(cell), "()[]")
	for _, mark := range []string{";", ", ", ",", " ", "/"} {
		if strings.Count(cell, mark) == 1 {
			first, second, _ = strings.Cut(cell, mark)
			return strings.TrimSpace(first), strings.TrimSpace(second), true
		}
	}
	return "", "", false
}
