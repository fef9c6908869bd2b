package pull

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// check is what a complete file of a format must show before anything is made
// of it: servers answer 200 with a page that says they are busy.
func check(format string) func(path string) error {
	return func(path string) error {
		start, end, err := ends(path)
		if err != nil {
			return err
		}
		text := bytes.ToLower(bytes.TrimSpace(start))
		switch {
		case len(start) == 0:
			return errors.New("the file is empty")
		case bytes.HasPrefix(text, []byte("<!doctype html")), bytes.HasPrefix(text, []byte("<html")):
			return fmt.Errorf("a web page came instead of the data: %q", pageTitle(start))
		}
		switch format {
		case "sql":
			if !bytes.HasSuffix(bytes.TrimSpace(end), []byte(";")) {
				return errors.New("an SQL dump ends with a semicolon; this file does not")
			}
		case "arcgis":
			return checkArcGIS(path)
		case "osm":
			return checkOSM(start, end)
		case "opencellid": // errors come as text: the token, or too many downloads
			if !bytes.HasPrefix(start, []byte("\x1f\x8b")) {
				return fmt.Errorf("not a gzip file; the server says: %s", short(bytes.TrimSpace(start)))
			}
		case "hgt":
			if !bytes.HasPrefix(start, []byte("\x1f\x8b")) {
				return fmt.Errorf("not a gzip file: it begins %q", short(start[:min(len(start), 40)]))
			}
		case "geotiff":
			if !bytes.HasPrefix(start, []byte("II")) && !bytes.HasPrefix(start, []byte("MM")) {
				return fmt.Errorf("not a TIFF file: it begins %q", short(start[:min(len(start), 40)]))
			}
		case "pbf":
			if !bytes.Contains(start[:min(len(start), 64)], []byte("OSMHeader")) {
				return errors.New("not an OSM PBF file: its first block is no header")
			}
		}
		return nil
	}
}

// checkOSM looks at the answer of an Overpass server, which puts what went wrong
// into a remark at the end of an answer that is otherwise in order.
func checkOSM(start, end []byte) error {
	switch {
	case !bytes.Contains(start, []byte("<osm")):
		return fmt.Errorf("not OSM XML: it begins %q", short(start))
	case bytes.Contains(end, []byte("<remark>")):
		_, remark, _ := bytes.Cut(end, []byte("<remark>"))
		remark, _, _ = bytes.Cut(remark, []byte("</remark>"))
		return fmt.Errorf("the server says: %s", short(bytes.TrimSpace(remark)))
	case !bytes.HasSuffix(bytes.TrimSpace(end), []byte("</osm>")):
		return errors.New("OSM XML without its end: it was cut")
	}
	return nil
}

// checkArcGIS reads a page of features. A server says with 200 what was wrong.
func checkArcGIS(path string) error {
	_, err := readPage(path)
	return err
}

type arcgisPage struct {
	Error *struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
	} `json:"error"`
	Type       string            `json:"type"`
	Features   []json.RawMessage `json:"features"`
	Exceeded   bool              `json:"exceededTransferLimit"`
	Properties struct {
		Exceeded bool `json:"exceededTransferLimit"`
	} `json:"properties"`
}

// more reports whether the service has features after these, which it says when
// its own limit is below what was asked for.
func (p *arcgisPage) more(asked int) bool {
	return len(p.Features) > 0 && (len(p.Features) >= asked || p.Exceeded || p.Properties.Exceeded)
}

func readPage(path string) (*arcgisPage, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var p arcgisPage
	switch err := json.Unmarshal(raw, &p); {
	case err != nil:
		return nil, fmt.Errorf("not GeoJSON: %w", err)
	case p.Error != nil:
		return nil, fmt.Errorf("the server says: %d %s", p.Error.Code, short([]byte(p.Error.Message)))
	case p.Type != "FeatureCollection" || p.Features == nil:
		return nil, fmt.Errorf("not a collection of features: it is %q", short([]byte(p.Type)))
	}
	return &p, nil
}

// ends are the first and last 4 KiB of a file.
func ends(path string) (start, end []byte, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	const n = 4 << 10
	if start, err = io.ReadAll(io.LimitReader(f, n)); err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	end, err = io.ReadAll(io.NewSectionReader(f, max(0, info.Size()-n), n))
	return start, end, err
}

func pageTitle(page []byte) string {
	lower := bytes.ToLower(page)
	if i := bytes.Index(lower, []byte("<title>")); i >= 0 {
		title, _, _ := bytes.Cut(page[i+len("<title>"):], []byte("<"))
		return short(bytes.TrimSpace(title))
	}
	return short(page)
}

func short(text []byte) string {
	s := strings.ToValidUTF8(string(text), "�")
	if len(s) > 120 {
		s = strings.ToValidUTF8(s[:120], "") + "…"
	}
	return s
}
