package pmtiles

import (
	"bufio"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
)

// ErrEmpty is what Finish returns when no tile was added: the format has no
// archive without tiles.
var ErrEmpty = errors.New("an archive needs at least one tile")

// Writer writes one archive: Add for each tile, then Finish. What is written is
// no archive before Finish has returned without error: the header comes last.
//
// Memory grows by some 100 bytes for each distinct content and 24 for each run
// of equal tiles; contents go to the file at once. Header and root directory
// take the first 16,384 bytes, then come contents, metadata and leaf directories.
type Writer struct {
	to       io.WriteSeeker
	data     *bufio.Writer
	written  uint64               // bytes of contents
	contents map[[16]byte]Section // hash of a content to where it lies in the data
	entries  []Entry              // in order of id
	stats    Stats
}

// Stats counts what an archive holds.
type Stats struct {
	Tiles    uint64 // that can be asked for
	Entries  uint64 // runs of equal tiles
	Contents uint64 // distinct tiles
	Bytes    uint64 // of the whole archive
	Data     uint64 // of the distinct tiles
	Repeated uint64 // bytes that equal tiles would have taken once more
	Leaves   int    // leaf directories
}

// Description is what Finish puts into the header besides what it counts.
type Description struct {
	Type        TileType
	Compression Compression // of the tiles added
	Bounds      orb.Bound   // degrees
	Center      orb.Point   // degrees
	CenterZoom  uint8
	Metadata    []byte // a JSON object
}

// NewWriter begins an archive at the start of to.
func NewWriter(to io.WriteSeeker) (*Writer, error) {
	if _, err := to.Seek(startSize, io.SeekStart); err != nil {
		return nil, fmt.Errorf("begin archive: %w", err)
	}
	return &Writer{to: to, data: bufio.NewWriterSize(to, 1<<20), contents: map[[16]byte]Section{}}, nil
}

// Add adds a tile, after all tiles of smaller ids. The bytes are the caller's
// again when it returns.
func (w *Writer) Add(at maptile.Tile, data []byte) error {
	if at.Z > MaxZoom || at.X>>at.Z != 0 || at.Y>>at.Z != 0 {
		return fmt.Errorf("add tile %d/%d/%d: there is no such tile", at.Z, at.X, at.Y)
	}
	if len(data) == 0 || len(data) > MaxTile {
		return fmt.Errorf("add tile %d/%d/%d: want 1 to %d bytes, not %d", at.Z, at.X, at.Y, MaxTile, len(data))
	}
	id := ID(at)
	var last *Entry
	if n := len(w.entries); n > 0 {
		last = &w.entries[n-1]
		if id < last.ID+uint64(last.Run) {
			return fmt.Errorf("add tile %d/%d/%d: it comes twice or late", at.Z, at.X, at.Y)
		}
	}
	sum := sha256.Sum256(data)
	key := [16]byte(sum[:16])
	place, known := w.contents[key]
	if !known {
		if _, err := w.data.Write(data); err != nil {
			return fmt.Errorf("add tile %d/%d/%d: %w", at.Z, at.X, at.Y, err)
		}
		place = Section{w.written, uint64(len(data))}
		w.contents[key] = place
		w.written += place.Length
	} else {
		w.stats.Repeated += place.Length
	}
	w.stats.Tiles++
	if last != nil && last.Offset == place.Offset && id == last.ID+uint64(last.Run) && last.Run < math.MaxUint32 {
		last.Run++
		return nil
	}
	w.entries = append(w.entries, Entry{ID: id, Offset: place.Offset, Length: uint32(place.Length), Run: 1})
	return nil
}

// Finish writes directories, metadata and header.
func (w *Writer) Finish(d Description) (Stats, error) {
	if len(w.entries) == 0 {
		return Stats{}, ErrEmpty
	}
	root, leaves, n := directories(w.entries)
	metadata := compress(d.Metadata)
	first, _ := At(w.entries[0].ID)
	last := w.entries[len(w.entries)-1]
	final, _ := At(last.ID + uint64(last.Run) - 1)
	h := Header{
		Root:      Section{headerSize, uint64(len(root))},
		Data:      Section{startSize, w.written},
		Addressed: w.stats.Tiles, Entries: uint64(len(w.entries)), Contents: uint64(len(w.contents)),
		Clustered: true, Internal: Gzip, Tiles: d.Compression, Type: d.Type,
		MinZoom: uint8(first.Z), MaxZoom: uint8(final.Z), CenterZoom: d.CenterZoom,
		Bounds: d.Bounds, Center: d.Center,
	}
	h.Metadata = Section{h.Data.end(), uint64(len(metadata))}
	h.Leaves = Section{h.Metadata.end(), uint64(len(leaves))}
	for _, b := range [][]byte{metadata, leaves} {
		if _, err := w.data.Write(b); err != nil {
			return Stats{}, fmt.Errorf("finish archive: %w", err)
		}
	}
	if err := w.data.Flush(); err != nil {
		return Stats{}, fmt.Errorf("finish archive: %w", err)
	}
	if _, err := w.to.Seek(0, io.SeekStart); err != nil {
		return Stats{}, fmt.Errorf("finish archive: %w", err)
	}
	start := make([]byte, startSize) // padded, as readers expect of a root directory set apart
	copy(start[copy(start, h.encode()):], root)
	if _, err := w.to.Write(start); err != nil {
		return Stats{}, fmt.Errorf("finish archive: %w", err)
	}
	s := w.stats
	s.Entries, s.Contents, s.Data, s.Leaves, s.Bytes = h.Entries, h.Contents, w.written, n, h.Leaves.end()
	return s, nil
}

// directories returns the root directory and the leaves below it, of which there
// are n: none when all entries fit into the root, else the smallest leaves (a
// power of two of entries each, at least 4,096) whose root fits.
func directories(entries []Entry) (root, leaves []byte, n int) {
	if len(entries) <= maxRoot { // more would need less than a byte each
		if root = compress(encodeDirectory(entries)); len(root) <= maxRoot {
			return root, nil, 0
		}
	}
	for size := 4096; ; size *= 2 {
		var top []Entry
		leaves = leaves[:0]
		for from := 0; from < len(entries); from += size {
			b := compress(encodeDirectory(entries[from:min(from+size, len(entries))]))
			top = append(top, Entry{ID: entries[from].ID, Offset: uint64(len(leaves)), Length: uint32(len(b))})
			leaves = append(leaves, b...)
		}
		if root = compress(encodeDirectory(top)); len(root) <= maxRoot {
			return root, leaves, len(top)
		}
	}
}
