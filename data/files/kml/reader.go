package kml

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"iter"
	"os"
	"slices"
	"strings"

	"github.com/paulmach/orb"
	"golang.org/x/text/encoding/htmlindex"

	"github.com/petadesa/petadesa/data/files/fault"
)

// A Placemark is one feature. It is the receiver's until the next one.
type Placemark struct {
	Line     int64
	ID       string
	Geometry orb.Geometry // nil: none
	Fault    string       // why the geometry cannot be read
	Heights  int          // positions that had an altitude other than 0
	Fields   []Field      // folder, name, description, and the extended data
	Read     int64        // bytes of the file read so far
}

// A Field is a property of a placemark. Type is what the document's schema
// says: string, int, uint, short, ushort, float, double or bool; "" when it says
// nothing.
type Field struct{ Name, Value, Type string }

// A Reader reads the placemarks of a file, as often as it is asked to.
type Reader struct {
	file  *os.File
	limit int64
}

// Open opens a file. A placemark may have limit bytes.
func Open(path string, limit int64) (*Reader, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	return &Reader{f, limit}, nil
}

// Close closes the file.
func (r *Reader) Close() error { return r.file.Close() }

// Placemarks gives every placemark in order. An error, a *fault.Error when the
// document is to blame, ends it.
func (r *Reader) Placemarks(ctx context.Context) iter.Seq2[*Placemark, error] {
	return func(yield func(*Placemark, error) bool) {
		if _, err := r.file.Seek(0, io.SeekStart); err != nil {
			yield(nil, err)
			return
		}
		d := newDocument(&guard{ctx: ctx, r: r.file}, r.limit)
		d.yield = func(p *Placemark) bool { return yield(p, nil) }
		if err := d.read(); err != nil && !errors.Is(err, errStopped) {
			yield(nil, err)
		}
	}
}

var errStopped = errors.New("the receiver wants no more")

// maxDepth is how deep elements may be nested.
const maxDepth = 64

// A document is one reading of a file.
type document struct {
	*xml.Decoder
	guard   *guard
	limit   int64
	yield   func(*Placemark) bool
	stack   []string // names of the open elements
	folders []string // names of the open folders
	number  int
	types   map[string]string // of simple fields, by schema and name
}

// maxTypes bounds the simple fields that are kept.
const maxTypes = 10_000

func newDocument(g *guard, limit int64) *document {
	d := &document{Decoder: xml.NewDecoder(g), guard: g, limit: limit, types: make(map[string]string)}
	d.CharsetReader = func(name string, in io.Reader) (io.Reader, error) {
		e, err := htmlindex.Get(name)
		if err != nil {
			return nil, fault.New("the encoding %q is not known", name)
		}
		return e.NewDecoder().Reader(in), nil
	}
	return d
}

// next is the next token. Each may be as long as a placemark.
func (d *document) next() (xml.Token, error) {
	d.guard.allowed = max(d.guard.allowed, d.guard.read+d.limit)
	t, err := d.RawToken()
	if err != nil {
		return nil, d.fault(err)
	}
	switch t := t.(type) {
	case xml.StartElement:
		if d.stack = append(d.stack, t.Name.Local); len(d.stack) > maxDepth {
			return nil, d.at("elements are nested deeper than %d", maxDepth)
		}
	case xml.EndElement:
		if len(d.stack) == 0 || d.stack[len(d.stack)-1] != t.Name.Local {
			return nil, d.at("</%s> closes an element that is not open", t.Name.Local)
		}
		d.stack = d.stack[:len(d.stack)-1]
	case xml.Directive:
		if strings.Contains(string(t), "ENTITY") || strings.Contains(string(t), "[") {
			return nil, d.at("the document declares entities, which are not read: they can make it as large as one likes")
		}
	}
	return t, nil
}

func (d *document) at(format string, args ...any) error {
	line, _ := d.InputPos()
	e := fault.At(int64(line), format, args...)
	e.Offset, e.Feature = d.InputOffset(), d.number
	return e
}

func (d *document) fault(err error) error {
	var syntax *xml.SyntaxError
	var f *fault.Error
	switch {
	case errors.Is(err, errTooLong):
		return d.at("a placemark, or a text, is longer than the limit of %d bytes for one", d.limit)
	case errors.Is(err, io.EOF) && len(d.stack) > 0, errors.Is(err, io.ErrUnexpectedEOF):
		return d.at("the document ends within <%s>", d.stack[max(0, len(d.stack)-1)])
	case errors.As(err, &syntax):
		return d.at("not XML: %s", syntax.Msg)
	case errors.As(err, &f), errors.Is(err, io.EOF):
		return err
	}
	if strings.HasPrefix(err.Error(), "xml: ") {
		return d.at("not XML: %s", strings.TrimPrefix(err.Error(), "xml: "))
	}
	return err
}

// read reads the whole document.
func (d *document) read() error {
	root := false
	for {
		t, err := d.next()
		if errors.Is(err, io.EOF) {
			if !root {
				return d.at("there is no element in it")
			}
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			root = true
			if err := d.open(t); err != nil {
				return err
			}
		case xml.EndElement:
			if t.Name.Local == "Folder" || t.Name.Local == "Document" {
				d.folders = d.folders[:len(d.folders)-1]
			}
		}
	}
}

// open does what an element outside of placemarks asks for.
func (d *document) open(t xml.StartElement) error {
	switch t.Name.Local {
	case "Folder", "Document":
		d.folders = append(d.folders, "")
	case "name":
		parent := ""
		if len(d.stack) > 1 {
			parent = d.stack[len(d.stack)-2]
		}
		text, err := d.text()
		if parent == "Folder" && len(d.folders) > 0 {
			d.folders[len(d.folders)-1] = text
		}
		return err
	case "Schema":
		id := attribute(t, "id")
		return d.children(func(t xml.StartElement) error {
			if t.Name.Local == "SimpleField" && len(d.types) < maxTypes {
				d.types[id+"\x00"+attribute(t, "name")] = attribute(t, "type")
			}
			return nil
		})
	case "Placemark":
		d.number++
		line, _ := d.InputPos()
		p := &Placemark{Line: int64(line), ID: attribute(t, "id")}
		d.guard.allowed = d.InputOffset() + d.limit + 64<<10
		if err := d.placemark(p); err != nil {
			return err
		}
		if folder := strings.Join(slices.DeleteFunc(slices.Clone(d.folders), func(s string) bool { return s == "" }), "/"); folder != "" && !slices.ContainsFunc(p.Fields, func(f Field) bool { return f.Name == "folder" }) {
			p.Fields = append(p.Fields, Field{"folder", folder, ""})
		}
		if p.Read = d.InputOffset(); !d.yield(p) {
			return errStopped
		}
	}
	return nil
}

func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// text reads to the end of the element that was opened last, and returns the
// text in it.
func (d *document) text() (string, error) {
	var b strings.Builder
	for depth := len(d.stack); len(d.stack) >= depth; {
		t, err := d.inside()
		if err != nil {
			return "", err
		}
		if c, ok := t.(xml.CharData); ok {
			b.Write(c)
		}
		if int64(b.Len()) > d.limit {
			return "", d.fault(errTooLong)
		}
	}
	return strings.TrimSpace(b.String()), nil
}

// inside is next where the document may not end.
func (d *document) inside() (xml.Token, error) {
	t, err := d.next()
	if errors.Is(err, io.EOF) {
		return nil, d.at("the document ends too early")
	}
	return t, err
}
