package columnar

import (
	"bufio"
	"context"
	"encoding/binary"
	"io"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"github.com/petadesa/petadesa/data/files/fault"
)

// maxPage bounds the uncompressed bytes of one page; software writes a megabyte.
const maxPage = 256 << 20

// checkPages checks what each page claims of its own size before the library
// makes room for that: pages are within their column, no larger than maxPage,
// and together as large as the column. Of Snappy, whose data begin with their
// length, that is the page's.
func (r *Reader) checkPages(ctx context.Context) error {
	for _, group := range r.parquet.Metadata().RowGroups {
		for i := range group.Columns {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := r.checkChunk(&group.Columns[i].MetaData); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *Reader) checkChunk(m *format.ColumnMetaData) error {
	at := m.DataPageOffset
	if d := m.DictionaryPageOffset; d > 0 && d < at {
		at = d
	}
	end := at + m.TotalCompressedSize
	if at < 0 || at > r.size || end > r.size {
		return fault.New("the Parquet file claims a column from byte %d to %d, and has %d in all", at, end, r.size)
	}
	left := m.TotalUncompressedSize
	for at < end {
		section := io.NewSectionReader(r.file, at, end-at)
		buffered := bufio.NewReader(section)
		var h format.PageHeader
		if err := thrift.NewDecoder(new(thrift.CompactProtocol).NewReader(buffered)).Decode(&h); err != nil {
			return fault.New("the Parquet file is damaged: the head of a page at byte %d: %v", at, err)
		}
		read, err := section.Seek(0, io.SeekCurrent)
		if err != nil {
			return err
		}
		head := read - int64(buffered.Buffered())
		packed, full := int64(h.CompressedPageSize), int64(h.UncompressedPageSize)
		left -= full
		if packed < 0 || full < 0 || at+head+packed > end || full > maxPage || left < 0 {
			return fault.New("the Parquet file claims a page of %d bytes in %d at byte %d, more than %d or than its column has", full, packed, at, maxPage)
		}
		if body, isData := snappyBody(m, &h); isData && packed > body {
			var start [binary.MaxVarintLen64]byte
			n, err := r.file.ReadAt(start[:min(int64(len(start)), packed-body)], at+head+body)
			if err != nil && err != io.EOF {
				return err
			}
			if claim, ok := binary.Uvarint(start[:n]); ok <= 0 || claim > uint64(full) {
				return fault.New("the Parquet file claims %d bytes in a page of %d at byte %d", claim, full, at)
			}
		}
		at += head + packed
	}
	return nil
}

// snappyBody is where in a page its packed data begin.
func snappyBody(m *format.ColumnMetaData, h *format.PageHeader) (int64, bool) {
	if m.Codec != format.Snappy {
		return 0, false
	}
	if v2 := h.DataPageHeaderV2; v2.Valid {
		packed := !v2.V.IsCompressed.Valid || v2.V.IsCompressed.V
		return int64(v2.V.RepetitionLevelsByteLength) + int64(v2.V.DefinitionLevelsByteLength), packed
	}
	return 0, true
}
