package pmtiles

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/paulmach/orb/maptile"
)

// Bounds of what is read at once.
const (
	maxDirectory = 4 << 20  // of a directory in the file, bytes
	maxExpanded  = 32 << 20 // of a directory or the metadata, decompressed, bytes
	maxMetadata  = 8 << 20  // of the metadata in the file, bytes
	maxDepth     = 4        // of leaf directories
	MaxTile      = 32 << 20 // of a tile in the file, bytes
)

// Reader reads one archive. Its methods may be called concurrently.
type Reader struct {
	Header Header // read only

	from   Ranges
	root   []Entry
	leaves leafCache
	sum    [sha256.Size]byte
}

// Open reads the header and the root directory, in one request.
func Open(ctx context.Context, from Ranges) (*Reader, error) {
	start, err := from.ReadRange(ctx, 0, startSize)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	h, err := decodeHeader(start, from.Size())
	if err != nil {
		return nil, err
	}
	if h.Root.end() > uint64(len(start)) {
		return nil, invalid("it ends within its root directory")
	}
	r := &Reader{Header: *h, from: from}
	packed := start[h.Root.Offset:h.Root.end()]
	if r.root, err = r.directory(packed); err != nil {
		return nil, fmt.Errorf("root directory: %w", err)
	}
	sum := sha256.New()
	sum.Write(start[:headerSize])
	sum.Write(packed)
	sum.Sum(r.sum[:0])
	return r, nil
}

// Identity returns a hash of header and root directory: another archive has
// another one, but for changes that keep the length of every tile.
func (r *Reader) Identity() string { return hex.EncodeToString(r.sum[:8]) }

// Metadata returns the JSON document that describes the tiles, not checked in
// any way; nil when the archive has none.
func (r *Reader) Metadata(ctx context.Context) ([]byte, error) {
	s := r.Header.Metadata
	if s.Length == 0 {
		return nil, nil
	}
	packed, err := r.read(ctx, s, maxMetadata)
	if err != nil {
		return nil, fmt.Errorf("metadata: %w", err)
	}
	b, err := Expand(packed, r.Header.Internal, maxExpanded)
	if err != nil {
		return nil, fmt.Errorf("metadata: %w", err)
	}
	return b, nil
}

// Tile returns the bytes of a tile as they are in the archive, compressed as
// Header.Tiles says; nil when it has no such tile.
func (r *Reader) Tile(ctx context.Context, at maptile.Tile) ([]byte, error) {
	if at.Z < maptile.Zoom(r.Header.MinZoom) || at.Z > maptile.Zoom(r.Header.MaxZoom) || at.X>>at.Z != 0 || at.Y>>at.Z != 0 {
		return nil, nil
	}
	id := ID(at)
	entries := r.root
	for range maxDepth {
		e, ok := find(entries, id)
		if !ok {
			return nil, nil
		}
		if !e.isLeaf() {
			return r.Content(ctx, e)
		}
		var err error
		if entries, err = r.leaf(ctx, e); err != nil {
			return nil, err
		}
	}
	return nil, invalid("its directories are nested more than %d deep", maxDepth)
}

// Content returns the bytes that a run of tiles share.
func (r *Reader) Content(ctx context.Context, e Entry) ([]byte, error) {
	b, err := r.read(ctx, Section{r.Header.Data.Offset + e.Offset, uint64(e.Length)}, MaxTile)
	if err != nil {
		return nil, fmt.Errorf("tile %d: %w", e.ID, err)
	}
	return b, nil
}

// Entries yields all runs of tiles in order of id. It ends at the first error,
// and when entries of a leaf are not in order with those before it.
func (r *Reader) Entries(ctx context.Context) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		next := uint64(0)
		var walk func(entries []Entry, depth int) bool
		walk = func(entries []Entry, depth int) bool {
			for _, e := range entries {
				if e.ID < next {
					yield(e, invalid("entry for tile %d comes twice or late", e.ID))
					return false
				}
				if !e.isLeaf() {
					next = e.ID + uint64(e.Run)
					if !yield(e, nil) {
						return false
					}
					continue
				}
				if depth == maxDepth {
					yield(e, invalid("its directories are nested more than %d deep", maxDepth))
					return false
				}
				below, err := r.leaf(ctx, e)
				if err != nil {
					yield(e, err)
					return false
				}
				if !walk(below, depth+1) {
					return false
				}
			}
			return true
		}
		walk(r.root, 1)
	}
}

func (r *Reader) leaf(ctx context.Context, e Entry) ([]Entry, error) {
	if entries := r.leaves.get(e.Offset); entries != nil {
		return entries, nil
	}
	packed, err := r.read(ctx, Section{r.Header.Leaves.Offset + e.Offset, uint64(e.Length)}, maxDirectory)
	if err != nil {
		return nil, fmt.Errorf("leaf directory at %d: %w", e.Offset, err)
	}
	entries, err := r.directory(packed)
	if err != nil {
		return nil, fmt.Errorf("leaf directory at %d: %w", e.Offset, err)
	}
	r.leaves.put(e.Offset, entries)
	return entries, nil
}

func (r *Reader) directory(packed []byte) ([]Entry, error) {
	b, err := Expand(packed, r.Header.Internal, maxExpanded)
	if err != nil {
		return nil, err
	}
	return decodeDirectory(b, r.Header.Data.Length, r.Header.Leaves.Length)
}

func (r *Reader) read(ctx context.Context, s Section, limit int) ([]byte, error) {
	if s.Length > uint64(limit) {
		return nil, invalid("%d bytes are more than the %d that are read at once", s.Length, limit)
	}
	b, err := r.from.ReadRange(ctx, s.Offset, int(s.Length))
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, invalid("it ends before byte %d", s.end())
	}
	return b, err
}
