package pmtiles

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb/maptile"
)

// archive puts a header before a root directory and data.
func archive(change func(h *Header), root []byte) []byte {
	h := Header{
		Root: Section{headerSize, uint64(len(root))}, Data: Section{headerSize + uint64(len(root)), 16}, Leaves: Section{headerSize, uint64(len(root))},
		Internal: Plain, Tiles: Plain, Type: MVT, MaxZoom: 3,
	}
	if change != nil {
		change(&h)
	}
	return append(append(h.encode(), root...), make([]byte, 16)...)
}

func numbers(n ...uint64) (b []byte) {
	for _, v := range n {
		b = binary.AppendUvarint(b, v)
	}
	return b
}

func TestBrokenArchives(t *testing.T) {
	good := numbers(1, 0, 1, 4, 1) // one tile, 0/0/0, four bytes at 0
	for _, c := range []struct {
		name  string
		bytes []byte
		want  string // empty: it opens
	}{
		{"good", archive(nil, good), ""},
		{"empty file", nil, "does not begin like one"},
		{"short header", archive(nil, good)[:100], "does not begin like one"},
		{"version 2", append([]byte("PMTiles\x02"), make([]byte, 200)...), "version 2"},
		{"root beyond the file", archive(func(h *Header) { h.Root.Length = 9000 }, good), "root directory, 9000 bytes from 127, reach beyond"},
		{"root overflows", archive(func(h *Header) { h.Root.Offset = math.MaxUint64 }, good), "reach beyond"},
		{"root in the header", archive(func(h *Header) { h.Root.Offset = 5 }, good), "is not in bytes 127 to 16384"},
		{"no root", archive(func(h *Header) { h.Root.Length = 0 }, good), "is not in bytes 127 to 16384"},
		{"late root", append(archive(func(h *Header) { h.Root.Offset = 16380 }, good), make([]byte, 20000)...), "is not in bytes 127 to 16384"},
		{"data overflow", archive(func(h *Header) { h.Data.Length = math.MaxUint64 }, good), "tile data, 18446744073709551615 bytes"},
		{"ten terabytes", archive(func(h *Header) { h.Metadata.Length = 10 << 40 }, good), "metadata, 10995116277760 bytes"},
		{"zooms", archive(func(h *Header) { h.MinZoom = 9 }, good), "zooms 9 to 3"},
		{"deep zoom", archive(func(h *Header) { h.MaxZoom = 99 }, good), "zooms 0 to 99"},
		{"unknown compression", archive(func(h *Header) { h.Internal = 9 }, good), "unknown way (9)"},
		{"not gzip", archive(func(h *Header) { h.Internal = Gzip }, good), "gzip"},
		{"no entries", archive(nil, numbers(0)), "no entries"},
		{"a billion entries", archive(nil, numbers(1_000_000_000, 0, 1, 4, 1)), "claims 1000000000 entries"},
		{"ends early", archive(nil, numbers(1, 0, 1, 4)), "claims 1 entries"},
		{"ids that stand still", archive(nil, numbers(2, 3, 0, 1, 1, 4, 4, 1, 0)), "out of order"},
		{"ids that overflow", archive(nil, numbers(2, 3, math.MaxUint64, 1, 1, 4, 4, 1, 0)), "out of order"},
		{"overlapping runs", archive(nil, numbers(2, 0, 1, 2, 1, 4, 4, 1, 0)), "overlaps"},
		{"long run", archive(nil, numbers(1, 0, 1<<40, 4, 1)), "out of range"},
		{"tile without bytes", archive(nil, numbers(1, 0, 1, 0, 1)), "not within its section"},
		{"tile beyond the data", archive(nil, numbers(1, 0, 1, 17, 1)), "not within its section"},
		{"offset overflows", archive(nil, numbers(1, 0, 1, 4, math.MaxUint64)), "not within its section"},
		{"no first offset", archive(nil, numbers(1, 0, 1, 4, 0)), "no offset"},
		{"number too long", archive(nil, append(numbers(2, 0, 1, 1, 1, 4, 4, 1), bytes.Repeat([]byte{0xff}, 12)...)), "out of range"},
		{"ends in the last column", archive(nil, append(numbers(2, 0, 1, 1, 1, 4, 4, 1), 0x80)), "out of range"},
	} {
		r, err := Open(t.Context(), FromReaderAt(bytes.NewReader(c.bytes), int64(len(c.bytes))))
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s: %v", c.name, err)
		case c.want != "" && (err == nil || !errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: %v; want %q", c.name, err, c.want)
		case c.want == "":
			if b, err := r.Tile(t.Context(), maptile.Tile{}); err != nil || len(b) != 4 {
				t.Errorf("%s: tile %q, %v", c.name, b, err)
			}
		}
	}
}

func TestDirectoriesThatPointAtThemselves(t *testing.T) {
	b := archive(nil, numbers(1, 0, 0, 5, 1)) // a leaf that is the root itself
	r := open(t, b)
	if _, err := r.Tile(t.Context(), maptile.Tile{}); !errors.Is(err, ErrInvalid) {
		t.Errorf("a tile below itself: %v", err)
	}
	for _, err := range r.Entries(t.Context()) {
		if !errors.Is(err, ErrInvalid) {
			t.Errorf("entries below themselves: %v", err)
		}
	}
}

func TestBombs(t *testing.T) {
	bomb := compress(make([]byte, maxExpanded+1))
	if len(bomb) > maxRoot*10 {
		t.Fatalf("the bomb has %d bytes", len(bomb))
	}
	if _, err := Expand(bomb, Gzip, maxExpanded); !errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), "more than") {
		t.Errorf("a gzip bomb: %v", err)
	}
	if b, err := Expand(compress(make([]byte, 1000)), Gzip, 1000); err != nil || len(b) != 1000 {
		t.Errorf("as much as is allowed: %d bytes, %v", len(b), err)
	}
}

func TestBoundsThatMakeNoSense(t *testing.T) {
	b := archive(func(h *Header) { h.Bounds.Min[0], h.Center[0] = 170, -170 }, numbers(1, 0, 1, 4, 1))
	if r := open(t, b); r.Header.Bounds != wholeWorld || !r.Header.Bounds.Contains(r.Header.Center) {
		t.Errorf("bounds %v, centre %v", r.Header.Bounds, r.Header.Center)
	}
}
