package kml

import (
	"bytes"
	"context"
	"errors"
	"io"
)

var errTooLong = errors.New("too long")

// guard bounds how much of a stream is read before it is allowed more: an XML
// decoder reads a whole text, however long, before it says a word.
type guard struct {
	ctx     context.Context
	r       io.Reader
	read    int64
	allowed int64
}

func (g *guard) Read(p []byte) (int, error) {
	if err := g.ctx.Err(); err != nil {
		return 0, err
	}
	if g.read >= g.allowed {
		return 0, errTooLong
	}
	n, err := g.r.Read(p[:min(int64(len(p)), g.allowed-g.read)])
	g.read += int64(n)
	return n, err
}

// Is reports whether a text begins as KML does: its root is kml, or one of its
// features.
func Is(start []byte) bool {
	for {
		start = bytes.TrimLeft(start, " \t\r\n")
		switch {
		case bytes.HasPrefix(start, []byte("<?")), bytes.HasPrefix(start, []byte("<!--")), bytes.HasPrefix(start, []byte("<!DOCTYPE kml")):
			mark := []byte(">")
			if start[1] == '!' && start[2] == '-' {
				mark = []byte("-->")
			} else if bytes.HasPrefix(start, []byte("<!DOCTYPE")) {
				return true
			}
			_, rest, ok := bytes.Cut(start, mark)
			if !ok {
				return false
			}
			start = rest
		default:
			name, ok := bytes.CutPrefix(start, []byte("<"))
			if i := bytes.IndexAny(name, " \t\r\n>/"); ok && i >= 0 {
				name = name[:i]
			}
			if _, local, prefixed := bytes.Cut(name, []byte(":")); prefixed {
				name = local
			}
			return ok && string(name) == "kml"
		}
	}
}
