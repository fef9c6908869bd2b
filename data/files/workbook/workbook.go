// Package workbook reads one sheet of an Excel workbook (ECMA-376, .xlsx) as a
// table. Excelize does it, within bounds: parts are unpacked to disk when they
// are large, and no part may be larger than the limit.
//
// It refuses a sheet whose XML does not end as it should, which would else be
// read as a shorter one, and documents that declare entities. Formulas count as
// the value they had when the workbook was saved; colours and merged cells as
// nothing.
package workbook

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"iter"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/petadesa/petadesa/data/files/fault"
	"github.com/petadesa/petadesa/data/files/tabular"
)

// A Reader reads the records of a sheet, as often as it is asked to.
type Reader struct {
	file  *excelize.File
	sheet string
	limit int64
	size  int64
}

// Options choose the sheet and bound the reading.
type Options struct {
	Sheet     string // its name; "": the only visible one that is not empty
	Prefer    string // the sheet to take when there are several
	MaxBytes  int64  // of all parts, unpacked
	MaxRecord int64  // bytes of one row
	Dir       string // where large parts are unpacked
}

// Open opens a workbook of size bytes.
func Open(ctx context.Context, file string, size int64, opts Options) (_ *Reader, err error) {
	if err := checkParts(ctx, file, opts.MaxBytes); err != nil {
		return nil, err
	}
	f, err := excelize.OpenFile(file, excelize.Options{RawCellValue: true, UnzipSizeLimit: opts.MaxBytes, UnzipXMLSizeLimit: min(16<<20, opts.MaxBytes), TmpDir: opts.Dir})
	if err != nil {
		return nil, fault.New("the workbook cannot be read: %v", err)
	}
	r := &Reader{file: f, limit: opts.MaxRecord, size: size}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.Close())
		}
	}()
	r.sheet, err = r.choose(ctx, opts)
	return r, err
}

// checkParts looks at the XML of the workbook, of which excelize would take what
// is cut for the end.
func checkParts(ctx context.Context, file string, most int64) error {
	z, err := zip.OpenReader(file)
	if err != nil {
		return fault.New("the workbook cannot be read: %v", err)
	}
	defer z.Close()
	var total uint64
	for _, m := range z.File {
		if total += m.UncompressedSize64; total > uint64(most) {
			return fault.New("the workbook expands to more than the limit of %d bytes", most)
		}
		dir, ext := path.Dir(m.Name), strings.ToLower(path.Ext(m.Name))
		if ext != ".xml" && ext != ".rels" || dir != "xl" && dir != "xl/worksheets" && dir != "xl/_rels" {
			continue
		}
		if err := checkXML(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

func checkXML(ctx context.Context, m *zip.File) error {
	r, err := m.Open()
	if err != nil {
		return fault.New("the workbook cannot be read: %s: %v", m.Name, err)
	}
	defer r.Close()
	d := xml.NewDecoder(r)
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errors.New("its encoding is not UTF-8") }
	for n := 0; ; n++ {
		if n%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		t, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fault.New("the workbook cannot be read: %s: %v", m.Name, err)
		}
		if _, ok := t.(xml.Directive); ok {
			return fault.New("the workbook cannot be read: %s declares a document type, which may hold entities", m.Name)
		}
	}
}

// choose finds the sheet to read.
func (r *Reader) choose(ctx context.Context, opts Options) (string, error) {
	var filled []string
	for _, name := range r.file.GetSheetList() {
		if name == opts.Sheet {
			return name, nil
		}
		visible, err := r.file.GetSheetVisible(name)
		if err != nil || !visible {
			continue
		}
		for _, err := range r.records(ctx, name) {
			if err != nil {
				return "", err
			}
			filled = append(filled, name)
			break
		}
	}
	all := strings.Join(r.file.GetSheetList(), ", ")
	switch {
	case opts.Sheet != "":
		return "", fault.New("the workbook has no sheet %q; it has %.400s", opts.Sheet, all)
	case len(filled) == 0:
		return "", fault.New("the workbook has nothing in its sheets: %.400s", all)
	case len(filled) == 1:
		return filled[0], nil
	case slices.Contains(filled, opts.Prefer):
		return opts.Prefer, nil
	}
	return "", fault.New("the workbook has several sheets: choose one with --layer: %.400s", strings.Join(filled, ", "))
}

// Sheet is the name of the sheet that is read.
func (r *Reader) Sheet() string { return r.sheet }

// Close closes the workbook and removes what was unpacked.
func (r *Reader) Close() error { return r.file.Close() }

// Records gives every row with something in it. An error ends it.
func (r *Reader) Records(ctx context.Context) iter.Seq2[*tabular.Record, error] {
	return r.records(ctx, r.sheet)
}

func (r *Reader) records(ctx context.Context, sheet string) iter.Seq2[*tabular.Record, error] {
	return func(yield func(*tabular.Record, error) bool) {
		rows, err := r.file.Rows(sheet)
		if err != nil {
			yield(nil, fault.New("sheet %s cannot be read: %v", sheet, err))
			return
		}
		defer rows.Close()
		shown, err := r.file.Rows(sheet) // the same as Excel shows it, which tells dates from numbers
		if err != nil {
			yield(nil, fault.New("sheet %s cannot be read: %v", sheet, err))
			return
		}
		defer shown.Close()
		var record tabular.Record
		width := 0
		for line := int64(1); rows.Next(); line++ {
			if err := ctx.Err(); err != nil {
				yield(nil, err)
				return
			}
			cells, err := rows.Columns()
			if err == nil && shown.Next() {
				var texts []string
				if texts, err = shown.Columns(excelize.Options{RawCellValue: false}); err == nil {
					dates(cells, texts)
				}
			}
			if err != nil {
				yield(nil, fault.At(line, "sheet %s cannot be read: %v", sheet, err))
				return
			}
			record.Line, record.Cells = line, append(record.Cells[:0], cells...)
			if record.Blank() {
				continue
			}
			total := int64(0)
			for _, c := range cells {
				total += int64(len(c))
			}
			if total > r.limit {
				yield(nil, fault.At(line, "the row is longer than %d bytes, the limit for one", r.limit))
				return
			}
			for width = max(width, len(cells)); len(record.Cells) < width && len(record.Cells) < 20_000; {
				record.Cells = append(record.Cells, "") // a sheet leaves empty cells at the end out
			}
			record.Read = r.size / 2 // how far excelize is it does not say
			if !yield(&record, nil) {
				return
			}
		}
		if err := rows.Error(); err != nil {
			yield(nil, fault.New("sheet %s cannot be read: %v", sheet, err))
		}
	}
}

var dateLike = regexp.MustCompile(`\d[-/:. ]+[\dA-Za-z]|[A-Za-z][-/:. ]+\d`)

// dates replaces the numbers that Excel shows as dates or times by ISO 8601.
func dates(cells, shown []string) {
	for i := range min(len(cells), len(shown)) {
		if cells[i] == shown[i] || !tabular.Plain(cells[i]) || tabular.Plain(strings.TrimSuffix(shown[i], "%")) || !dateLike.MatchString(shown[i]) {
			continue
		}
		if _, number := tabular.Decimal(strings.NewReplacer(",", "", " ", "", "Rp", "", "$", "", "%", "", "-", "").Replace(shown[i])); number && !strings.ContainsAny(shown[i], "/:") && !strings.Contains(strings.TrimPrefix(shown[i], "-"), "-") {
			continue // money, or a number with thousands
		}
		serial, ok := tabular.Decimal(cells[i])
		t, err := excelize.ExcelDateToTime(serial, false)
		switch {
		case !ok || err != nil:
		case serial < 1:
			cells[i] = t.Format("15:04:05")
		case serial == float64(int64(serial)):
			cells[i] = t.Format("2006-01-02")
		default:
			cells[i] = t.Format("2006-01-02T15:04:05")
		}
	}
}
