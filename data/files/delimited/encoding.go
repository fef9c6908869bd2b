package delimited

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"

	"github.com/petadesa/petadesa/data/files/fault"
)

// Encoding finds how a text is encoded, by its byte order mark or by reading it:
// "utf-8", "utf-16le", "utf-16be" or "windows-1252". A text that is not UTF-8
// throughout is Windows-1252 only if none of it looks like UTF-8.
func Encoding(r io.Reader) (name string, err error) {
	buf := make([]byte, 64<<10)
	n, err := io.ReadFull(r, buf)
	if err != nil && err != io.EOF && !errors.Is(err, io.ErrUnexpectedEOF) {
		return "", err
	}
	start := buf[:n]
	switch {
	case bytes.HasPrefix(start, []byte("\xef\xbb\xbf")):
		return "utf-8", nil
	case bytes.HasPrefix(start, []byte("\xff\xfe")):
		return "utf-16le", nil
	case bytes.HasPrefix(start, []byte("\xfe\xff")):
		return "utf-16be", nil
	}
	if name := unmarked16(start); name != "" {
		return name, nil
	}
	letters, wrong := 0, 0
	var tail []byte
	for {
		chunk := append(tail, buf[:n]...)
		last := err != nil
		for len(chunk) > 0 && (last || utf8.FullRune(chunk)) {
			c, size := utf8.DecodeRune(chunk)
			switch {
			case c == utf8.RuneError && size <= 1:
				wrong++
			case size > 1:
				letters++
			}
			chunk = chunk[size:]
		}
		tail = bytes.Clone(chunk)
		if last {
			break
		}
		n, err = io.ReadFull(r, buf)
		if err != nil && err != io.EOF && !errors.Is(err, io.ErrUnexpectedEOF) {
			return "", err
		}
	}
	if wrong > 0 && letters == 0 {
		return "windows-1252", nil
	}
	return "utf-8", nil
}

// unmarked16 recognises UTF-16 without a byte order mark by its zeros.
func unmarked16(start []byte) string {
	var zeros [2]int
	for i, b := range start {
		if b == 0 {
			zeros[i%2]++
		}
	}
	half := len(start) / 2
	switch {
	case half < 4:
	case zeros[1] > half*7/10 && zeros[0] == 0:
		return "utf-16le"
	case zeros[0] > half*7/10 && zeros[1] == 0:
		return "utf-16be"
	}
	return ""
}

// decoder finds an encoding by one of the names it has on the web; nil is UTF-8.
func decoder(name string) (encoding.Encoding, error) {
	switch name = strings.ToLower(strings.TrimSpace(name)); name {
	case "utf-16le":
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), nil
	case "utf-16be":
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM), nil
	}
	e, err := htmlindex.Get(name)
	if err != nil {
		return nil, fault.New("the encoding %q is not known: name it as the web does, such as utf-8, utf-16le, windows-1252", name)
	}
	if n, _ := htmlindex.Name(e); n == "utf-8" {
		return nil, nil
	}
	return e, nil
}

// Decode returns a reader of UTF-8 text, without a byte order mark.
func Decode(r io.Reader, name string) (io.Reader, error) {
	e, err := decoder(name)
	if err != nil {
		return nil, err
	}
	if e != nil {
		return e.NewDecoder().Reader(r), nil
	}
	start := make([]byte, 3)
	n, err := io.ReadFull(r, start)
	if err != nil && err != io.EOF && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, fmt.Errorf("reading the start of the text: %w", err)
	}
	return io.MultiReader(bytes.NewReader(bytes.TrimPrefix(start[:n], []byte("\xef\xbb\xbf"))), r), nil
}
