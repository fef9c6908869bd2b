package cql2

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// kinds of tokens
const (
	tokenEnd    = iota
	tokenWord   // an identifier or keyword
	tokenQuoted // "an identifier in quotes"
	tokenText   // 'a text'
	tokenNumber
	tokenSign // one or two characters that mean something
)

type token struct {
	kind int
	text string // of words as written; of quoted ones and texts what they stand for
	at   int    // character at which it starts, from 1
}

// is reports whether the token is that keyword, in any case.
func (t token) is(keyword string) bool {
	return t.kind == tokenWord && strings.EqualFold(t.text, keyword)
}

func (t token) sign(s string) bool { return t.kind == tokenSign && t.text == s }

// reserved are the words that are no properties unless in quotes.
const reserved = " and or not is null like between in true false div "

func isReserved(word string) bool {
	return strings.Contains(reserved, " "+strings.ToLower(word)+" ")
}

func (t token) String() string {
	switch t.kind {
	case tokenEnd:
		return "the end"
	case tokenText:
		return fmt.Sprintf("the text '%.40s'", t.text)
	}
	return fmt.Sprintf("%.40q", t.text)
}

// scan reads the token at p.at and moves behind it.
func (p *parser) scan() (token, error) {
	p.skip(len(p.text[p.at:]) - len(strings.TrimLeftFunc(p.text[p.at:], unicode.IsSpace)))
	t := token{at: p.characters + 1}
	rest := p.text[p.at:]
	if rest == "" {
		return t, nil
	}
	r, _ := utf8.DecodeRuneInString(rest)
	length := 0
	switch {
	case startsWord(r):
		t.kind = tokenWord
		length = len(rest) - len(strings.TrimLeftFunc(rest, continuesWord))
		t.text = rest[:length]
	case r == '"' || r == '\'':
		t.kind = tokenText
		if r == '"' {
			t.kind = tokenQuoted
		}
		var ok bool
		if t.text, length, ok = unquote(rest, byte(r)); !ok {
			return t, p.wrong(t.at, "the quote %c is not closed", r)
		}
		if t.kind == tokenQuoted && t.text == "" {
			return t, p.wrong(t.at, "a property without a name")
		}
	case isDigit(r), r == '.' && len(rest) > 1 && isDigit(rune(rest[1])):
		t.kind, length = tokenNumber, numberLength(rest)
		t.text = rest[:length]
	case len(rest) > 1 && (rest[:2] == "<>" || rest[:2] == "<=" || rest[:2] == ">="):
		t.kind, t.text, length = tokenSign, rest[:2], 2
	case strings.ContainsRune("()=<>,+-*/%^", r):
		t.kind, t.text, length = tokenSign, rest[:1], 1
	default:
		return t, p.wrong(t.at, "the character %q means nothing here", r)
	}
	p.skip(length)
	return t, nil
}

// skip moves on by some bytes.
func (p *parser) skip(length int) {
	p.characters += utf8.RuneCountInString(p.text[p.at : p.at+length])
	p.at += length
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func startsWord(r rune) bool { return r == '_' || r == ':' || unicode.IsLetter(r) }

func continuesWord(r rune) bool {
	return startsWord(r) || r == '.' || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}

// unquote reads what stands between quotes. A quote inside is doubled; in a
// text a backslash before it does as well (CQL2, escapeQuote).
func unquote(s string, quote byte) (text string, length int, ok bool) {
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && quote == '\'' && i+1 < len(s) && s[i+1] == quote:
			i++
		case s[i] == quote && i+1 < len(s) && s[i+1] == quote:
			i++
		case s[i] == quote:
			return b.String(), i + 1, true
		}
		b.WriteByte(s[i])
	}
	return "", 0, false
}

// numberLength returns the length of the number that s begins with.
func numberLength(s string) int {
	digits := func(i int) int {
		for i < len(s) && isDigit(rune(s[i])) {
			i++
		}
		return i
	}
	i := digits(0)
	if i < len(s) && s[i] == '.' {
		i = digits(i + 1)
	}
	if i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		e := i + 1
		if e < len(s) && (s[e] == '+' || s[e] == '-') {
			e++
		}
		if end := digits(e); end > e {
			i = end
		}
	}
	return i
}
