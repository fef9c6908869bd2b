package hours

import "time"

// IsHoliday reports whether a day is a public holiday of Indonesia. Those of a
// fixed date and those that follow Easter are known for every year; those of the
// Islamic, Balinese, Buddhist and Chinese calendars, which the government announces
// year by year, for 2025 and 2026 (joint decrees of three ministers: 1017/2024 and
// 1497/2025 of the minister of religion and others). Days of collective leave are none.
func IsHoliday(day time.Time) bool {
	at := monthDay{day.Month(), day.Day()}
	switch at {
	case monthDay{time.January, 1}, monthDay{time.May, 1}, monthDay{time.June, 1}, monthDay{time.August, 17}, monthDay{time.December, 25}:
		return true
	}
	easter := easterOf(day.Year())
	for _, after := range []int{-2, 0, 39} { // Good Friday, Easter, Ascension
		if d := easter.AddDate(0, 0, after); d.Month() == day.Month() && d.Day() == day.Day() {
			return true
		}
	}
	for _, d := range announced(day.Year()) {
		if d == at {
			return true
		}
	}
	return false
}

// HolidaysKnown reports whether all public holidays of a year are known.
func HolidaysKnown(year int) bool { return announced(year) != nil }

// announced are the holidays of the calendars that the government announces:
// Isra Mikraj, Chinese New Year, Nyepi, Idulfitri (two days), Waisak, Iduladha,
// Islamic New Year, Maulid.
func announced(year int) []monthDay {
	switch year {
	case 2025:
		return []monthDay{{1, 27}, {1, 29}, {3, 29}, {3, 31}, {4, 1}, {5, 12}, {6, 6}, {6, 27}, {9, 5}}
	case 2026:
		return []monthDay{{1, 16}, {2, 17}, {3, 19}, {3, 21}, {3, 22}, {5, 31}, {5, 27}, {6, 16}, {8, 25}}
	}
	return nil
}

// easterOf is Easter Sunday in the Gregorian calendar (the anonymous computus,
// Meeus 1991).
func easterOf(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 19*l) / 433
	month := (h + l - 7*m + 90) / 25
	day := (h + l - 7*m + 33*month + 19) % 32
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}
