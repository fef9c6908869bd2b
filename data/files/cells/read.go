package cells

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
)

// A Fault makes a file unreadable as a whole.
type Fault struct {
	Line   int64
	Reason string
}

func (f *Fault) Error() string { return f.Reason }

// A Bad is a line that holds no cell, and why.
type Bad struct {
	Line   int64
	Field  string
	Reason string
}

const maxBad = 10_000

var (
	headless = regexp.MustCompile(`^(GSM|CDMA|UMTS|LTE|NR),\d{1,3},\d{1,5},`)
	refusal  = regexp.MustCompile(`^\W*(?:\{.*)?(RATE_LIMITED|INVALID_TOKEN|API_KEY|INVALID_API|NO_TOKEN|FILE_NOT_FOUND)`)
)

// Is reports whether a text that starts so is a table of OpenCelliD, or what its
// server says instead of one.
func Is(start []byte) bool {
	start = bytes.TrimPrefix(start, []byte("\xef\xbb\xbf"))
	return bytes.HasPrefix(start, []byte("radio,mcc,")) || headless.Match(start) || refusal.Match(start)
}

// IsZipped reports whether a file that starts so is such a table, compressed with
// gzip.
func IsZipped(start []byte) bool {
	z, err := gzip.NewReader(bytes.NewReader(start))
	if err != nil {
		return false
	}
	inside := make([]byte, 64)
	n, _ := io.ReadFull(z, inside)
	return Is(inside[:n])
}

// columns is where a line has what; -1: nowhere.
type columns struct{ radio, mcc, net, area, cell, lon, lat, reach, samples, updated int }

// without is the order of columns of files without a header.
var without = columns{0, 1, 2, 3, 4, 6, 7, 8, 9, 12}

func header(names []string) (columns, error) {
	at := func(wanted ...string) int {
		for i, n := range names {
			for _, w := range wanted {
				if strings.EqualFold(strings.TrimSpace(n), w) {
					return i
				}
			}
		}
		return -1
	}
	c := columns{
		at("radio"), at("mcc"), at("net", "mnc"), at("area", "lac", "tac"), at("cell", "cid", "cellid"),
		at("lon", "longitude"), at("lat", "latitude"), at("range", "range_m"), at("samples"), at("updated"),
	}
	if c.radio < 0 || c.mcc < 0 || c.net < 0 || c.area < 0 || c.cell < 0 || c.lon < 0 || c.lat < 0 {
		return c, &Fault{1, "the first line names no columns radio, mcc, net, area, cell, lon and lat"}
	}
	return c, nil
}

// read gives the cells of a file, plain or compressed with gzip, and the lines
// that hold none.
func read(ctx context.Context, path string, cell func(Cell) error, bad func(Bad) error) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	in := bufio.NewReaderSize(f, 1<<16)
	var text io.Reader = in
	if start, _ := in.Peek(2); bytes.Equal(start, []byte("\x1f\x8b")) {
		if text, err = gzip.NewReader(in); err != nil {
			return &Fault{0, "the file is damaged: " + err.Error()}
		}
	}
	return parse(ctx, text, cell, bad)
}

func parse(ctx context.Context, text io.Reader, cell func(Cell) error, bad func(Bad) error) error {
	buffered := bufio.NewReaderSize(text, 1<<16)
	if mark, _ := buffered.Peek(3); bytes.Equal(mark, []byte("\xef\xbb\xbf")) {
		_, _ = buffered.Discard(3) // they are there: Peek saw them
	}
	in := csv.NewReader(&lineLimit{r: buffered})
	in.FieldsPerRecord, in.ReuseRecord, in.LazyQuotes = -1, true, true
	at := without
	bads := 0
	for n := 0; ; n++ {
		if n%4096 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		fields, err := in.Read()
		if err == io.EOF {
			return nil
		}
		line, _ := in.FieldPos(0)
		if err != nil {
			return fault(int64(n+1), err)
		}
		if n == 0 && strings.EqualFold(fields[0], "radio") {
			if at, err = header(fields); err != nil {
				return err
			}
			continue
		}
		if radio(fields[0]) == 0 && refusal.MatchString(strings.Join(fields, ",")) {
			return &Fault{int64(line), fmt.Sprintf("the server answered %q here instead of data: the file is not whole, download it again", brief(strings.Join(fields, ",")))}
		}
		c, wrong := at.parse(fields)
		if wrong.Reason == "" {
			err = cell(c)
		} else if wrong.Line, bads = int64(line), bads+1; bads > maxBad {
			return &Fault{int64(line), fmt.Sprintf("more than %d lines hold no cell: this is not a table of OpenCelliD", maxBad)}
		} else {
			err = bad(wrong)
		}
		if err != nil {
			return err
		}
	}
}

func fault(line int64, err error) error {
	if p := (*csv.ParseError)(nil); errors.As(err, &p) {
		return &Fault{int64(p.Line), p.Err.Error()}
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return &Fault{line, "the compressed file ends in the middle: download it again"}
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return &Fault{line, "the file is damaged: " + err.Error()}
}

// lineLimit refuses to read a line without end into memory.
type lineLimit struct {
	r    io.Reader
	long int
}

const maxLine = 1 << 16

func (l *lineLimit) Read(p []byte) (int, error) {
	n, err := l.r.Read(p[:min(len(p), maxLine)])
	if i := bytes.LastIndexByte(p[:n], '\n'); i >= 0 {
		l.long = n - i
	} else if l.long += n; l.long > 2*maxLine {
		return 0, fmt.Errorf("a line is longer than %d bytes", maxLine)
	}
	return n, err
}

// parse reads a line.
func (at columns) parse(fields []string) (c Cell, wrong Bad) {
	get := func(i int) string {
		if i < 0 || i >= len(fields) {
			return ""
		}
		return strings.TrimSpace(fields[i])
	}
	refuse := func(field string, i int, want string) {
		if wrong.Reason == "" {
			wrong = Bad{Field: field, Reason: fmt.Sprintf("is %q, want %s", brief(get(i)), want)}
		}
	}
	whole := func(field string, i int, most int64, needed bool) int64 {
		v, err := strconv.ParseInt(get(i), 10, 64)
		if err != nil || v < 0 || v > most {
			if needed || get(i) != "" {
				refuse(field, i, fmt.Sprintf("a whole number up to %d", most))
			}
			return 0
		}
		return v
	}
	degrees := func(field string, i int, most float64) float64 {
		v, err := strconv.ParseFloat(get(i), 64)
		if err != nil || !(math.Abs(v) <= most) {
			refuse(field, i, fmt.Sprintf("degrees up to %g", most))
			return 0
		}
		return v
	}
	if c.Radio = radio(strings.ToUpper(get(at.radio))); c.Radio == 0 {
		refuse("radio", at.radio, "GSM, CDMA, UMTS, LTE or NR")
	}
	c.MCC, c.Net = int(whole("mcc", at.mcc, 999, true)), int(whole("net", at.net, 1<<16, true))
	c.Area, c.ID = whole("area", at.area, 1<<32, true), whole("cell", at.cell, 1<<36, true)
	c.Lon, c.Lat = degrees("lon", at.lon, 180), degrees("lat", at.lat, 90)
	c.Range, c.Samples = float64(whole("range", at.reach, 1<<31, false)), whole("samples", at.samples, 1<<40, false)
	c.Updated = whole("updated", at.updated, 1<<36, false)
	if c.Lon == 0 && c.Lat == 0 {
		refuse("lon", at.lon, "a place other than 0, 0")
	}
	return c, wrong
}

func brief(s string) string {
	const most = 100
	if len(s) > most {
		s = s[:most] + "…"
	}
	return strings.ToValidUTF8(s, "?")
}
