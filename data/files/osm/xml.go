package osm

import (
	"bufio"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"time"
)

// osmXML is a file of OpenStreetMap XML. Entities that a file defines are never
// expanded: one that is used is an error.
type osmXML struct {
	file *io.SectionReader
	head Header
}

// Bounds of one element, so that no file fills the memory with one.
const (
	maxTags  = 10_000
	maxParts = 1_000_000 // nodes of a way, members of a relation
)

func (x *osmXML) header() Header { return x.head }

func openXML(ctx context.Context, f io.ReaderAt, size int64) (*osmXML, error) {
	x := &osmXML{file: io.NewSectionReader(f, 0, size)}
	err := x.read(ctx, 0, func(*Element, int64) error { return io.EOF })
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return x, err
}

func (x *osmXML) each(ctx context.Context, want Kind, f func(*Element, int64) error) error {
	return x.read(ctx, want, f)
}

// read goes through the file; with no kinds it reads the head only.
func (x *osmXML) read(ctx context.Context, want Kind, f func(*Element, int64) error) error {
	if _, err := x.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	d := xml.NewDecoder(bufio.NewReaderSize(x.file, 1<<16))
	var e Element
	inside, root, complete := false, false, false
	for n := 0; ; n++ {
		if n%1024 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		at := d.InputOffset()
		token, err := d.RawToken()
		if err == io.EOF {
			if !root {
				return &Fault{0, "the file is XML, but not OpenStreetMap data: it has no <osm>"}
			}
			if !complete {
				return &Fault{at, "the file ends before </osm>"}
			}
			return nil
		}
		if err != nil {
			return &Fault{at, "not XML: " + err.Error()}
		}
		switch t := token.(type) {
		case xml.StartElement:
			name := t.Name.Local
			if !root {
				if name != "osm" {
					return &Fault{at, fmt.Sprintf("the file is XML, but not OpenStreetMap data: it begins with <%s>", brief(name))}
				}
				root = true
				x.readHead(t.Attr)
				if want == 0 {
					return nil
				}
				continue
			}
			if err := x.start(&e, &inside, name, t.Attr); err != nil {
				return &Fault{at, err.Error()}
			}
		case xml.EndElement:
			complete = t.Name.Local == "osm"
			if kind := kindOf(t.Name.Local); kind != 0 && inside {
				inside = false
				if kind != e.Kind {
					return &Fault{at, fmt.Sprintf("</%s> does not close what is open", t.Name.Local)}
				}
				if e.Kind&want != 0 {
					if err := f(&e, at); err != nil {
						return err
					}
				}
			}
		}
	}
}

func (x *osmXML) readHead(attributes []xml.Attr) {
	for _, a := range attributes {
		switch a.Name.Local {
		case "generator":
			x.head.Program = a.Value
		case "timestamp":
			x.head.Time, _ = time.Parse(time.RFC3339, a.Value)
		}
	}
}

func kindOf(name string) Kind {
	switch name {
	case "node":
		return Node
	case "way":
		return Way
	case "relation":
		return Relation
	}
	return 0
}

// start takes the beginning of an element, or of a part of one.
func (x *osmXML) start(e *Element, inside *bool, name string, attributes []xml.Attr) error {
	get := func(key string) string {
		for _, a := range attributes {
			if a.Name.Local == key {
				return a.Value
			}
		}
		return ""
	}
	number := func(key string) (int64, error) {
		n, err := strconv.ParseInt(get(key), 10, 64)
		if err != nil {
			return 0, fmt.Errorf("<%s> has %s=%q, want a whole number", name, key, brief(get(key)))
		}
		return n, nil
	}
	if kind := kindOf(name); kind != 0 {
		if *inside {
			return fmt.Errorf("<%s> inside another element", name)
		}
		*inside = true
		*e = Element{Kind: kind, Tags: e.Tags[:0], Refs: e.Refs[:0], Members: e.Members[:0]}
		var err error
		if e.ID, err = number("id"); err != nil {
			return err
		}
		if t, err := time.Parse(time.RFC3339, get("timestamp")); err == nil {
			e.Time = t.Unix()
		}
		if kind == Node {
			for _, c := range []struct {
				name  string
				limit float64
				into  *int32
			}{{"lon", 180, &e.Lon}, {"lat", 90, &e.Lat}} {
				v, err := strconv.ParseFloat(get(c.name), 64)
				if err != nil || !(math.Abs(v) <= c.limit) {
					return fmt.Errorf("node %d has %s=%q, want degrees", e.ID, c.name, brief(get(c.name)))
				}
				*c.into = int32(math.Round(v * 1e7))
			}
		}
		return nil
	}
	if !*inside {
		return nil
	}
	switch {
	case name == "tag" && len(e.Tags) < maxTags:
		e.Tags = append(e.Tags, Tag{get("k"), get("v")})
	case name == "nd" && e.Kind == Way && len(e.Refs) < maxParts:
		ref, err := number("ref")
		e.Refs = append(e.Refs, ref)
		return err
	case name == "member" && e.Kind == Relation && len(e.Members) < maxParts:
		ref, err := number("ref")
		if kind := kindOf(get("type")); kind != 0 {
			e.Members = append(e.Members, Member{kind, ref, get("role")})
		}
		return err
	case name == "tag", name == "nd", name == "member":
		return fmt.Errorf("element %d has too many <%s>, or one where it does not belong", e.ID, name)
	}
	return nil
}
