package workbook

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/petadesa/petadesa/data/files/fault"
)

func TestRecords(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.xlsx")
	f := excelize.NewFile()
	date, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
	money, _ := f.NewStyle(&excelize.Style{NumFmt: 4})
	for cell, v := range map[string]any{
		"A1": "nama", "B1": "tanggal", "C1": "harga", "D1": "x", "A2": "A", "B2": time.Date(2026, 11, 26, 0, 0, 0, 0, time.UTC), "C2": 1234.5, "D2": true, "A4": "065",
	} {
		if err := f.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(f.SetCellStyle("Sheet1", "B2", "B2", date), f.SetCellStyle("Sheet1", "C2", "C2", money), f.SaveAs(path)); err != nil {
		t.Fatal(err)
	}
	r, err := Open(context.Background(), path, 1000, Options{MaxBytes: 1 << 20, MaxRecord: 1 << 10, Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var got [][]string
	var lines []int64
	for record, err := range r.Records(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		got, lines = append(got, slices.Clone(record.Cells)), append(lines, record.Line)
	}
	want := [][]string{{"nama", "tanggal", "harga", "x"}, {"A", "2026-11-26", "1234.5", "1"}, {"065", "", "", ""}}
	if !slices.EqualFunc(got, want, slices.Equal) || !slices.Equal(lines, []int64{1, 2, 4}) {
		t.Errorf("%q on lines %v", got, lines)
	}
	for _, opts := range []Options{{Sheet: "none", MaxBytes: 1 << 20, MaxRecord: 1 << 10}, {MaxBytes: 100, MaxRecord: 1 << 10}, {MaxBytes: 1 << 20, MaxRecord: 3}} {
		r, err := Open(context.Background(), path, 1000, opts)
		if f := (*fault.Error)(nil); !errors.As(err, &f) {
			t.Errorf("%+v: %v", opts, err)
			_ = r.Close()
		}
	}
}
