package pmtiles

import (
	"bytes"
	"io"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// Compression says how bytes are compressed.
type Compression uint8

// The compressions of the format.
const (
	UnknownCompression Compression = iota
	Plain
	Gzip
	Brotli
	Zstd
)

func (c Compression) known() bool { return c >= Plain && c <= Zstd }

// ContentCoding returns the name the compression has in HTTP, empty for none.
func (c Compression) ContentCoding() string {
	switch c {
	case Gzip:
		return "gzip"
	case Brotli:
		return "br"
	case Zstd:
		return "zstd"
	}
	return ""
}

// Expand returns what b was before it was compressed. It fails, having used
// memory in proportion to limit only, when that is more than limit bytes.
func Expand(b []byte, c Compression, limit int) ([]byte, error) {
	var r io.Reader
	switch c {
	case Plain, UnknownCompression:
		r = bytes.NewReader(b)
	case Gzip:
		z, err := gzip.NewReader(bytes.NewReader(b))
		if err != nil {
			return nil, invalid("gzip: %v", err)
		}
		r = z
	case Brotli:
		r = brotli.NewReader(bytes.NewReader(b))
	case Zstd:
		z, err := zstd.NewReader(bytes.NewReader(b), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(uint64(limit)+1<<20), zstd.WithDecoderMaxWindow(8<<20))
		if err != nil {
			return nil, invalid("zstd: %v", err)
		}
		defer z.Close()
		r = z
	default:
		return nil, invalid("unknown compression %d", c)
	}
	out, err := io.ReadAll(io.LimitReader(r, int64(limit)+1))
	if err != nil {
		return nil, invalid("cannot be decompressed: %v", err)
	}
	if len(out) > limit {
		return nil, invalid("decompressed it has more than %d bytes", limit)
	}
	return out, nil
}

// compress returns b in gzip, as small as it gets.
func compress(b []byte) []byte {
	var out bytes.Buffer
	z, _ := gzip.NewWriterLevel(&out, gzip.BestCompression) // fails only for levels that do not exist
	_, _ = z.Write(b)                                       // a bytes.Buffer takes all
	_ = z.Close()
	return out.Bytes()
}
