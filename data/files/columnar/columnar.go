// Package columnar reads Apache Parquet files row by row: columns of numbers,
// texts, truth values and bytes. Nested and repeated columns are refused by
// name. It knows nothing of what the columns mean.
package columnar

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"

	"github.com/parquet-go/parquet-go"

	"github.com/petadesa/petadesa/data/files/fault"
)

// Bounds of what a file may claim.
const (
	maxFooter = 64 << 20
	maxChunk  = 1 << 30 // uncompressed bytes of one column of one group of rows
	maxRows   = 1 << 32
)

// A Reader gives the rows of a file, as often as it is asked to.
type Reader struct {
	Names []string // of the columns
	Rows  int64
	// Metadata is the key "geo" of the file: GeoParquet's description; "" when
	// there is none.
	Metadata string

	file    io.ReaderAt
	shut    func() error
	size    int64
	parquet *parquet.File
}

// Open reads the description of a file.
func Open(path string) (*Reader, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	var r *Reader
	if err == nil {
		r, err = open(f, info.Size())
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	r.shut = f.Close
	return r, nil
}

func open(f io.ReaderAt, size int64) (_ *Reader, err error) {
	f = fault.Within(f, size, "the Parquet file")
	r := &Reader{file: f, size: size}
	if err := r.footer(); err != nil {
		return nil, err
	}
	// The library panics at some descriptions that contradict themselves.
	err = guarded(func() error {
		r.parquet, err = parquet.OpenFile(f, r.size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
		return err
	})
	if err != nil && !errors.As(err, new(*fault.Error)) {
		err = fault.New("the Parquet file cannot be read: %v", err)
	}
	if err != nil {
		return nil, err
	}
	return r, guarded(r.describe)
}

// footer checks the claims at the end of the file.
func (r *Reader) footer() error {
	var end [8]byte
	if r.size < 12 {
		return fault.New("the Parquet file is cut off: it has %d bytes", r.size)
	}
	if _, err := r.file.ReadAt(end[:], r.size-8); err != nil {
		return err
	}
	switch n := int64(binary.LittleEndian.Uint32(end[:])); {
	case string(end[4:]) == "PARE":
		return fault.New("the Parquet file is encrypted")
	case string(end[4:]) != "PAR1":
		return fault.New("the Parquet file is cut off: it does not end with its mark")
	case n > maxFooter || n > r.size-12:
		return fault.New("the Parquet file claims a description of %d bytes, and has %d in all", n, r.size)
	}
	return nil
}

func (r *Reader) describe() error {
	if r.Rows = r.parquet.NumRows(); r.Rows < 0 || r.Rows > maxRows {
		return fault.New("the Parquet file claims %d rows, more than %d", r.Rows, int64(maxRows))
	}
	r.Metadata, _ = r.parquet.Lookup("geo")
	for _, column := range r.parquet.Root().Columns() {
		if !column.Leaf() || column.Repeated() {
			return fault.New("column %q of the Parquet file is nested, which no field holds", column.Name())
		}
		r.Names = append(r.Names, column.Name())
	}
	for _, group := range r.parquet.Metadata().RowGroups {
		for _, c := range group.Columns {
			if m := c.MetaData; m.TotalUncompressedSize > maxChunk || m.TotalUncompressedSize < 0 || m.TotalCompressedSize > r.size || m.TotalCompressedSize < 0 {
				return fault.New("the Parquet file claims a column of %d bytes in %d, more than %d or than there are", m.TotalUncompressedSize, m.TotalCompressedSize, maxChunk)
			}
		}
	}
	return nil
}

// Close closes the file.
func (r *Reader) Close() error { return r.shut() }

// Size is that of the file, in bytes.
func (r *Reader) Size() int64 { return r.size }

// All gives the values of each row in the order of Names: nil, bool, int64,
// float64, string, or []byte of a column that is not text.
func (r *Reader) All(ctx context.Context) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		if err := guarded(func() error { return r.checkPages(ctx) }); err != nil {
			yield(nil, err)
			return
		}
		values := make([]any, len(r.Names))
		stopped := false
		for _, group := range r.parquet.RowGroups() {
			err := guarded(func() error {
				rows := group.Rows()
				defer rows.Close()
				return r.group(ctx, rows, values, func() bool {
					stopped = !yield(values, nil)
					return !stopped
				})
			})
			if stopped {
				return
			}
			if err != nil {
				yield(nil, err)
				return
			}
		}
	}
}

func (r *Reader) group(ctx context.Context, rows parquet.Rows, values []any, give func() bool) error {
	text := make([]bool, len(r.Names))
	for i, c := range r.parquet.Root().Columns() {
		t := c.Type().LogicalType()
		text[i] = t != nil && slices.Contains([]string{"STRING", "ENUM", "JSON"}, t.String())
	}
	buffer := make([]parquet.Row, 128)
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := rows.ReadRows(buffer)
		for _, row := range buffer[:n] {
			clear(values)
			for _, v := range row {
				if i := v.Column(); i >= 0 && i < len(values) {
					values[i] = value(v, text[i])
				}
			}
			if !give() {
				return nil
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fault.New("the Parquet file is damaged: %v", err)
		}
	}
}

func value(v parquet.Value, text bool) any {
	switch {
	case v.IsNull():
		return nil
	case v.Kind() == parquet.Boolean:
		return v.Boolean()
	case v.Kind() == parquet.Int32:
		return int64(v.Int32())
	case v.Kind() == parquet.Int64:
		return v.Int64()
	case v.Kind() == parquet.Float:
		return float64(v.Float())
	case v.Kind() == parquet.Double:
		return v.Double()
	case text:
		return string(v.ByteArray())
	case v.Kind() == parquet.ByteArray, v.Kind() == parquet.FixedLenByteArray:
		return append([]byte(nil), v.ByteArray()...)
	}
	return v.String()
}

// guarded turns a panic of the library, which trusts what a file says of itself,
// into an error. One of the caller's own goes on.
func guarded(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fault.New("the Parquet file contradicts itself: %v", fmt.Sprint(p))
		}
	}()
	return f()
}
