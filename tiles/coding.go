package tiles

import (
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// coding is how an answer is compressed.
type coding uint8

const (
	identity coding = iota
	gzipped
	zstandard
	brotlied
)

func (c coding) String() string { return [...]string{"identity", "gzip", "zstd", "br"}[c] }

// ContentCoding picks how an answer is compressed from the values of
// Accept-Encoding: "zstd", "gzip", or "" for not at all.
func ContentCoding(headers []string) string {
	if c := negotiate(headers, zstandard); c != identity {
		return c.String()
	}
	return ""
}

// negotiate picks the coding of an answer (RFC 9110, 12.5.3) from the values of
// Accept-Encoding: what the client likes best of the codings up to best, the
// later where it likes them the same and names them. Without the header, or where
// it refuses all, the answer is not compressed.
func negotiate(headers []string, best coding) coding {
	weights := [4]int{-1, -1, -1, -1} // thousandths; -1: not named
	rest := -1
	for _, h := range headers {
		for len(h) > 0 {
			var part string
			part, h, _ = strings.Cut(h, ",")
			name, parameter, _ := strings.Cut(part, ";")
			name = strings.TrimSpace(name)
			w := weight(parameter)
			switch {
			case strings.EqualFold(name, "zstd"):
				weights[zstandard] = w
			case strings.EqualFold(name, "br"):
				weights[brotlied] = w
			case strings.EqualFold(name, "gzip"), strings.EqualFold(name, "x-gzip"):
				weights[gzipped] = w
			case strings.EqualFold(name, "identity"):
				weights[identity] = w
			case name == "*":
				rest = w
			}
		}
	}
	for i, w := range weights {
		if w < 0 && rest >= 0 && coding(i) != identity {
			weights[i] = rest
		}
	}
	chosen := identity
	for c := gzipped; c <= best; c++ {
		if weights[c] > 0 && weights[c] >= weights[chosen] {
			chosen = c
		}
	}
	return chosen
}

// weight reads "q=0.5" as thousandths; 1000 when there is none. What cannot be
// read refuses the coding.
func weight(parameter string) int {
	parameter = strings.TrimSpace(parameter)
	if parameter == "" {
		return 1000
	}
	if len(parameter) < 3 || parameter[0]|0x20 != 'q' || parameter[1] != '=' {
		return 0
	}
	v := strings.TrimSpace(parameter[2:])
	if v[0] != '0' && v[0] != '1' || len(v) > 5 || len(v) > 1 && v[1] != '.' {
		return 0
	}
	w, unit := int(v[0]-'0')*1000, 100
	for _, c := range []byte(v[min(2, len(v)):]) {
		if c < '0' || c > '9' {
			return 0
		}
		w += int(c-'0') * unit
		unit /= 10
	}
	return min(w, 1000)
}

// compressor compresses whole answers. It is safe for concurrent use.
type compressor struct {
	zstd *zstd.Encoder
}

func newCompressor() *compressor {
	// The options are valid, which is all that can fail.
	z, _ := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithWindowSize(1<<20), zstd.WithLowerEncoderMem(true))
	return &compressor{z}
}

// compress returns data in a coding, and the coding it is in: data itself when
// that would not make it smaller.
func (c *compressor) compress(data []byte, in coding) ([]byte, coding) {
	var out []byte
	switch in {
	case zstandard:
		out = c.zstd.EncodeAll(data, make([]byte, 0, len(data)/2+64))
	case gzipped:
		out = gzipAll(data)
	case brotlied:
		out = brotliAll(data)
	}
	if in == identity || len(out) >= len(data) {
		return data, identity
	}
	return append(make([]byte, 0, len(out)), out...), in
}

// brotliZoom is the last zoom at which tiles are offered in brotli. There are few
// tiles up to there, everybody's first view is made of them, and each is kept: so
// they may cost more once, and arrive a seventh smaller than as zstd. Deeper tiles
// are many, and most are made for one visitor.
const brotliZoom = 9

// carefully is the most bytes that brotli may take its time for: about 3 µs a byte.
const carefully = 64 << 10

func brotliAll(data []byte) []byte {
	quality := 5
	if len(data) <= carefully {
		quality = brotli.BestCompression
	}
	b := appender{make([]byte, 0, len(data)/2+64)}
	w := brotli.NewWriterLevel(&b, quality)
	_, _ = w.Write(data) // an appender does not fail
	_ = w.Close()
	return b.bytes
}

// gzipWriters keeps writers between answers: each has about a megabyte of
// tables. What a writer wrote before does not show in what it writes next.
var gzipWriters = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(nil, 6) // the level is one there is
	return w
}}

func gzipAll(data []byte) []byte {
	b := appender{make([]byte, 0, len(data)/2+64)}
	w := gzipWriters.Get().(*gzip.Writer)
	defer gzipWriters.Put(w)
	w.Reset(&b)
	_, _ = w.Write(data) // an appender does not fail
	_ = w.Close()
	return b.bytes
}

// appender is a writer into memory.
type appender struct{ bytes []byte }

func (a *appender) Write(p []byte) (int, error) {
	a.bytes = append(a.bytes, p...)
	return len(p), nil
}
