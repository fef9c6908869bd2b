package hours

import (
	"fmt"
	"strings"
	"unicode"
)

// token is a word in lower case, a number, a quoted comment, or a sign.
type token struct {
	kind byte // 'w', '0', '"', or the sign itself; 0 at the end
	text string
	at   int // of its first character
}

// maxLength bounds a text, in bytes: OpenStreetMap's values have 255 characters.
const maxLength = 1024

func lex(s string) ([]token, error) {
	if len(s) > maxLength {
		return nil, fmt.Errorf("longer than %d bytes", maxLength)
	}
	var all []token
	runes := []rune(s)
	for i := 0; i < len(runes); {
		from, r := i, runes[i]
		run := func(in func(rune) bool) string {
			for i < len(runes) && in(runes[i]) {
				i++
			}
			return string(runes[from:i])
		}
		switch {
		case unicode.IsSpace(r):
			i++
		case r >= '0' && r <= '9':
			all = append(all, token{'0', run(func(r rune) bool { return r >= '0' && r <= '9' }), from})
		case unicode.IsLetter(r):
			all = append(all, token{'w', strings.ToLower(run(unicode.IsLetter)), from})
		case r == '"':
			i++
			for i < len(runes) && runes[i] != '"' {
				i++
			}
			if i == len(runes) {
				return nil, fmt.Errorf("character %d: a comment without its end", from+1)
			}
			all = append(all, token{'"', string(runes[from+1 : i]), from})
			i++
		case r == '–' || r == '—':
			all = append(all, token{'-', "-", from})
			i++
		case strings.ContainsRune("-,:;|[]()+/", r):
			all = append(all, token{byte(r), string(r), from})
			i++
		default:
			return nil, fmt.Errorf("character %d: %q has no meaning here", from+1, r)
		}
	}
	return append(all, token{0, "the end", len(runes)}), nil
}
