package files

import (
	"strconv"
	"strings"
)

// podes is Potensi Desa, what BPS asks the head of every village: in 2019 as
// R705A–D, in 2024 as R1005A–D, or in a table where the questions have names.
// Keys are the codes of BPS, which are not those of the ministry; see
// registerOf for how one becomes the other.
func podes() []profile {
	key := []string{"r101", "r102", "r103", "r104"}
	return []profile{
		podesOf("PODES 2019", "2019", append(key, "r705a", "r705b", "r705c", "r705d"), []string{"r705a", "r705b", "r705c", "r705d"}),
		podesOf("PODES 2024", "2024", append(key, "r1005a", "r1005b", "r1005c", "r1005d"), []string{"r1005a", "r1005b", "r1005c", "r1005d"}),
		podesOf("PODES", "", []string{"bps_code", "bts_towers", "operators", "signal_strength", "internet_signal"}, []string{"bts_towers", "operators", "signal_strength", "internet_signal"}),
	}
}

// Answers to the questions on the signal of phones and of the internet.
var (
	phoneSignal    = []string{"", "very strong", "strong", "weak", "none"}
	internetSignal = []string{"", "4g or better", "3g", "2.5g", "none"}
)

func podesOf(name, year string, columns, questions []string) profile {
	return profile{
		name: name, columns: columns, attribution: "BPS – Statistics Indonesia, Potensi Desa",
		change: func(r *row, get func(string) string, found func(string)) {
			r.properties = r.properties[:0]
			code := get("bps_code")
			if year != "" {
				code = get("r101") + get("r102") + get("r103") + get("r104")
				r.setText("name", get("r104n"))
				r.setText("district", get("r103n"))
				r.setText("regency", get("r102n"))
			} else {
				r.setText("name", get("name"))
				r.setText("district", get("kecamatan"))
			}
			if _, err := strconv.ParseUint(code, 10, 64); err != nil || len(code) != 10 {
				r.flaws = append(r.flaws, refuse("bps_code", CodeCode, "is %q, want the 10 digits of a village", brief(code)))
				return
			}
			r.id = code
			r.setText("bps_code", code)
			r.properties = append(r.properties, property{"village_code", nil}) // a field even when no row says it
			r.setText("village_code", get("kemendagri_code"))
			r.setText("period", year)
			towers, _ := podesCount(r, "bts_towers", get(questions[0]))
			operators, asked := podesCount(r, "operators", get(questions[1]))
			phone := podesChoice(r, "signal", get(questions[2]), phoneSignal)
			podesChoice(r, "internet", get(questions[3]), internetSignal)
			r.setText("source", strings.TrimSpace("BPS PODES "+year))
			signal := phone >= 1 && phone <= 3
			if signal && towers == 0 {
				found("villages with a signal and no tower of their own")
			}
			if signal && asked && operators == 0 {
				found("villages with a signal and no operator reported")
				r.setText("quality", "a signal, but no operator")
			}
		},
	}
}

// podesCount reads how many there are.
func podesCount(r *row, field, text string) (n int64, asked bool) {
	if text == "" {
		return 0, false
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 || n > 999 {
		r.flaws = append(r.flaws, refuse(field, CodeValue, "is %q, want a count", brief(text)))
		return 0, false
	}
	r.properties = append(r.properties, property{field, n})
	return n, true
}

// podesChoice reads a numbered answer, of which 0 is that it was not asked.
func podesChoice(r *row, field, text string, answers []string) int {
	n, err := strconv.Atoi(text)
	switch {
	case text == "" || n == 0 && err == nil:
		return 0
	case err != nil || n < 0 || n >= len(answers):
		r.flaws = append(r.flaws, refuse(field, CodeValue, "is %q, want 1 to %d", brief(text), len(answers)-1))
		return 0
	}
	r.properties = append(r.properties, property{field + "_class", int64(n)})
	r.setText(field, answers[n])
	return n
}
