package export

import (
	"fmt"
	"unicode/utf8"
)

// appendXML appends a text as XML character data that is also safe in an
// attribute. A character that XML 1.0 cannot have at all, and a byte that is no
// UTF-8, becomes U+FFFD.
func appendXML(dst []byte, s string) []byte { return appendEscaped(dst, s, "\ufffd") }

func xmlText(s string) string { return string(appendXML(nil, s)) }

// appendSheetText is appendXML for a cell of a spreadsheet, where such a character
// is _xHHHH_ (ECMA-376, 22.9.2.19), and what looks like that is escaped itself.
func appendSheetText(dst []byte, s string) []byte {
	start := 0
	for i := 0; i+6 < len(s); i++ {
		if s[i] == '_' && s[i+1] == 'x' && s[i+6] == '_' && hexadecimal(s[i+2:i+6]) {
			dst = append(appendEscaped(dst, s[start:i], ""), "_x005F_"...)
			start = i + 1
		}
	}
	return appendEscaped(dst, s[start:], "")
}

func hexadecimal(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// appendEscaped writes instead of what XML cannot have; "" stands for _xHHHH_.
func appendEscaped(dst []byte, s, instead string) []byte {
	start := 0
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		var esc string
		switch {
		case r == '&':
			esc = "&amp;"
		case r == '<':
			esc = "&lt;"
		case r == '>':
			esc = "&gt;"
		case r == '"':
			esc = "&quot;"
		case r == '\r' && instead == "":
			esc = "_x000D_"
		case r == '\r':
			esc = "&#13;"
		case r < 0x20 && r != '\t' && r != '\n', r == 0xfffe, r == 0xffff:
			if esc = instead; esc == "" {
				esc = fmt.Sprintf("_x%04X_", r)
			}
		case r == utf8.RuneError && size == 1:
			esc = "\ufffd"
		default:
			i += size
			continue
		}
		dst = append(append(dst, s[start:i]...), esc...)
		i += size
		start = i
	}
	return append(dst, s[start:]...)
}
