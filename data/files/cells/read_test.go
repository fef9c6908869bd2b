package cells

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const two = "GSM,510,10,16127,32841,0,112.5902,-7.9416,1000,8,1,1458608144,1736567882,0\nLTE,510,10,6204,56085515,0,112.6133,-7.9562,1000,13,1,1458929942,1736567882,0\n"

func parsed(t testing.TB, text string) ([]Cell, []Bad, error) {
	t.Helper()
	var cells []Cell
	var bads []Bad
	err := parse(context.Background(), strings.NewReader(text), func(c Cell) error { cells = append(cells, c); return nil }, func(b Bad) error { bads = append(bads, b); return nil })
	return cells, bads, err
}

func TestTablesWithAndWithoutHeader(t *testing.T) {
	want := Cell{GSM, 510, 10, 16127, 32841, 112.5902, -7.9416, 1000, 8, 1736567882}
	for name, text := range map[string]string{
		"without a header": two,
		"with one":         "radio,mcc,net,area,cell,unit,lon,lat,range,samples,changeable,created,updated,averageSignal\n" + two,
		"other order":      "RADIO,lat,lon,mcc,mnc,lac,cid,range_m,samples,updated\nGSM,-7.9416,112.5902,510,10,16127,32841,1000,8,1736567882\nLTE,-7.9562,112.6133,510,10,6204,56085515,,,\n",
		"a mark":           "\xef\xbb\xbf" + two,
		"CRLF":             strings.ReplaceAll(two, "\n", "\r\n"),
	} {
		cells, bads, err := parsed(t, text)
		if err != nil || len(bads) > 0 || len(cells) != 2 || cells[0] != want {
			t.Errorf("%s: %v, %v, %v", name, cells, bads, err)
		}
	}
}

func TestWhatIsWrong(t *testing.T) {
	for text, want := range map[string]string{
		"RATE_LIMITED\n": `the server answered "RATE_LIMITED"`,
		two + "RATE_LIMITED: 2 downloads a day\n":      "the file is not whole, download it again",
		`{"status":"error","message":"INVALID_TOKEN"}`: "INVALID_TOKEN",
		"radio,mcc,net\nGSM,510,10\n":                  "names no columns",
		strings.Repeat("GSM,x\n", maxBad+1):            "more than 10000 lines hold no cell",
		"GSM," + strings.Repeat("1", 4*maxLine):        "a line is longer than",
	} {
		_, _, err := parsed(t, text)
		if fault := (*Fault)(nil); !errors.As(err, &fault) || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v, want %s", text, err, want)
		}
	}
	for line, want := range map[string]string{
		"WIFI,510,10,1,2,0,112,-7,1,1,1,1,1,0":   `radio is "WIFI"`,
		"GSM,510,10,1,2,0,212,-7,1,1,1,1,1,0":    `lon is "212"`,
		"GSM,510,10,1,2,0,NaN,-7,1,1,1,1,1,0":    `lon is "NaN"`,
		"GSM,510,10,1,2,0,0,0,1,1,1,1,1,0":       "a place other than 0, 0",
		"GSM,510,10,-1,2,0,112,-7,1,1,1,1,1,0":   `area is "-1"`,
		"LTE,510,10,1":                           `cell is ""`,
		"GSM,510,10,1,2,0,112,-7,1,many,1,1,1,0": `samples is "many"`,
	} {
		_, bads, err := parsed(t, line)
		if err != nil || len(bads) != 1 || !strings.Contains(bads[0].Field+" "+bads[0].Reason, want) {
			t.Errorf("%s: %v, %v", line, bads, err)
		}
	}
}

func zipped(text string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte(text))
	_ = z.Close()
	return b.Bytes()
}

func TestZipped(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cells")
	whole := zipped(strings.Repeat(two, 1000))
	if !IsZipped(whole) || !Is([]byte(two)) || Is([]byte("name,lon,lat\n")) {
		t.Error("what a table of cells is")
	}
	for size, want := range map[int]string{len(whole): "", len(whole) - 20: "ends in the middle"} {
		if err := os.WriteFile(path, whole[:size], 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := Open(context.Background(), path, nil)
		if want == "" && (err != nil || len(r.Sites) != 2 || r.Counts()[0].Count != 2000) || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%d bytes: %v, %v", size, r, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(two)
	f.Add("radio,mcc,net,area,cell,unit,lon,lat\n\"GSM\",510")
	f.Add("RATE_LIMITED")
	f.Fuzz(func(t *testing.T, text string) {
		cells, _, err := parsed(t, text)
		if err != nil {
			return
		}
		n := len(cells)
		total := 0
		for _, s := range gather(cells) {
			if total += s.Cells; s.ID == "" || s.Operator == "" || len(s.Technologies) == 0 || !(s.ErrorM >= 0) {
				t.Fatalf("%+v", s)
			}
		}
		if total != n {
			t.Fatalf("%d of %d cells are in sites", total, n)
		}
	})
}
