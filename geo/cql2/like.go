package cql2

// pattern is a LIKE pattern: % stands for any characters, _ for one, and what
// follows a backslash for itself.
type pattern []rune

// the wildcards, as characters that no text has
const (
	anyRun rune = -1 - iota
	anyOne
)

func newPattern(s string) pattern {
	var p pattern
	escaped := false
	for _, r := range s {
		switch {
		case escaped:
			p, escaped = append(p, r), false
		case r == '\\':
			escaped = true
		case r == '%':
			if len(p) == 0 || p[len(p)-1] != anyRun {
				p = append(p, anyRun)
			}
		case r == '_':
			p = append(p, anyOne)
		default:
			p = append(p, r)
		}
	}
	if escaped {
		p = append(p, '\\')
	}
	return p
}

// matches reports whether the whole text fits. It goes back only to the last %,
// so that its time is at most length of text times length of pattern.
func (p pattern) matches(s string) bool {
	text := []rune(s)
	at, run, from := 0, -1, 0
	for k := 0; k < len(text); {
		switch {
		case at < len(p) && p[at] == anyRun:
			run, from = at, k
			at++
		case at < len(p) && (p[at] == anyOne || p[at] == text[k]):
			at, k = at+1, k+1
		case run >= 0:
			from++
			at, k = run+1, from
		default:
			return false
		}
	}
	for at < len(p) && p[at] == anyRun {
		at++
	}
	return at == len(p)
}
