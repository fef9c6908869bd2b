package tabular

import "strings"

// isNumber reports whether a cell is a number, with a decimal point or comma.
func isNumber(s string) bool {
	whole, fraction, _, ok := split(strings.TrimSpace(s))
	return ok && (whole != "" || fraction != "")
}

// split takes a plain decimal apart: an optional sign, digits, and digits after
// a point or comma (mark; 0: neither).
func split(s string) (whole, fraction string, mark byte, ok bool) {
	s = strings.TrimLeft(s, "+-")
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	whole = s[:i]
	if i == len(s) {
		return whole, "", 0, whole != ""
	}
	if mark = s[i]; mark != '.' && mark != ',' {
		return "", "", 0, false
	}
	fraction = s[i+1:]
	return whole, fraction, mark, fraction != "" && strings.Trim(fraction, "0123456789") == ""
}

// form is how a cell is written.
type form int

const (
	textForm    form = iota
	wholeForm        // 12
	pointForm        // 1.25
	groupPoint       // 1.234: perhaps one thousand two hundred, perhaps a bit more than one
	commaForm        // 1,25
	groupComma       // 1,234: the same
	groupedForm      // 1.234,5 or 1.234.567
	numeralForm      // 1e3
	truthForm        // true, false
)

// formOf tells how a cell is written. What has a zero in front, as codes do, or
// a plus sign is a text.
func formOf(s string) form {
	if s == "" {
		return textForm
	}
	if b := s[len(s)-1]; b == 'e' || b == 'E' {
		if strings.EqualFold(s, "true") || strings.EqualFold(s, "false") {
			return truthForm
		}
		return textForm
	}
	body := strings.TrimPrefix(s, "-")
	if body == "" || body[0] < '0' || body[0] > '9' || len(body) > 40 || len(body) > 1 && body[0] == '0' && body[1] >= '0' && body[1] <= '9' {
		return textForm
	}
	whole, fraction, mark, ok := split(body)
	switch {
	case !ok && isGrouped(body):
		return groupedForm
	case !ok && isExponential(body):
		return numeralForm
	case !ok:
		return textForm
	case mark == 0 && len(whole) > 18:
		return textForm
	case mark == 0:
		return wholeForm
	case mark == '.' && isGroup(whole, fraction):
		return groupPoint
	case mark == '.':
		return pointForm
	case isGroup(whole, fraction):
		return groupComma
	default:
		return commaForm
	}
}

func isGroup(whole, rest string) bool {
	return len(whole) <= 3 && whole != "0" && len(rest) == 3
}

// isGrouped reports whether points divide thousands: two or more of them, or
// one and a decimal comma.
func isGrouped(s string) bool {
	whole, fraction, comma := strings.Cut(s, ",")
	parts := strings.Split(whole, ".")
	if len(parts) < 2 || len(parts) == 2 && !comma || len(parts[0]) > 3 || parts[0] == "" || comma && (fraction == "" || strings.Trim(fraction, "0123456789") != "") {
		return false
	}
	for i, p := range parts {
		if i > 0 && len(p) != 3 || strings.Trim(p, "0123456789") != "" {
			return false
		}
	}
	return true
}

func isExponential(s string) bool {
	mantissa, exponent, ok := strings.Cut(strings.ToLower(s), "e")
	if !ok || len(exponent) > 4 {
		return false
	}
	exponent = strings.TrimLeft(exponent, "+-")
	_, _, mark, plain := split(mantissa)
	return plain && mark != ',' && exponent != "" && strings.Trim(exponent, "0123456789") == ""
}

// Plain reports whether a text is a number with a decimal point, or a whole
// one, as JSON has it.
func Plain(s string) bool {
	switch formOf(s) {
	case wholeForm, pointForm, groupPoint, numeralForm:
		return true
	}
	return false
}
