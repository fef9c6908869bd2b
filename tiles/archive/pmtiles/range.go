package pmtiles

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// Ranges is where the bytes of an archive come from.
type Ranges interface {
	// ReadRange returns exactly the length bytes from offset on, or, when they
	// would reach beyond the end, io.ErrUnexpectedEOF and those that are there.
	// The caller keeps length in bounds.
	ReadRange(ctx context.Context, offset uint64, length int) ([]byte, error)

	// Size returns the archive's length in bytes, negative when it is unknown.
	Size() int64
}

// FromReaderAt reads ranges of r, which has size bytes, for example an *os.File.
func FromReaderAt(r io.ReaderAt, size int64) Ranges { return readerAt{r, size} }

type readerAt struct {
	io.ReaderAt
	size int64
}

func (r readerAt) Size() int64 { return r.size }

func (r readerAt) ReadRange(ctx context.Context, offset uint64, length int) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if offset > uint64(r.size) {
		return nil, io.ErrUnexpectedEOF
	}
	short := uint64(length) > uint64(r.size)-offset
	if short {
		length = int(uint64(r.size) - offset)
	}
	b := make([]byte, length)
	n, err := r.ReadAt(b, int64(offset))
	switch {
	case n == length && !short:
		return b, nil
	case n == length || errors.Is(err, io.EOF):
		return b[:n], io.ErrUnexpectedEOF
	default:
		return nil, fmt.Errorf("read %d bytes at %d: %w", length, offset, err)
	}
}
