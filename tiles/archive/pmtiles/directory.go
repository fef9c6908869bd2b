package pmtiles

import (
	"encoding/binary"
	"math"
	"sort"
)

// Entry says where the tiles with ids ID to ID+Run-1, all of one content, lie
// in the tile data; with a Run of 0, where the leaf directory for the ids from
// ID to the next entry's lies among the leaves.
type Entry struct {
	ID     uint64
	Offset uint64 // bytes from the start of the section
	Length uint32 // bytes
	Run    uint32
}

func (e Entry) isLeaf() bool { return e.Run == 0 }

// encodeDirectory writes entries, in order of id, column by column.
func encodeDirectory(entries []Entry) []byte {
	b := binary.AppendUvarint(make([]byte, 0, 16+6*len(entries)), uint64(len(entries)))
	last := uint64(0)
	for _, e := range entries {
		b = binary.AppendUvarint(b, e.ID-last)
		last = e.ID
	}
	for _, e := range entries {
		b = binary.AppendUvarint(b, uint64(e.Run))
	}
	for _, e := range entries {
		b = binary.AppendUvarint(b, uint64(e.Length))
	}
	for i, e := range entries {
		if i > 0 && e.Offset == entries[i-1].Offset+uint64(entries[i-1].Length) {
			b = append(b, 0) // follows the one before
			continue
		}
		b = binary.AppendUvarint(b, e.Offset+1)
	}
	return b
}

// decodeDirectory reads a directory and checks that its entries are in order,
// do not overlap, and lie within tiles and leaves bytes of their sections.
func decodeDirectory(b []byte, tiles, leaves uint64) ([]Entry, error) {
	c := cursor{b}
	n := c.next()
	if n == 0 {
		return nil, invalid("a directory has no entries")
	}
	if n > uint64(len(c.rest))/4 { // each entry takes four numbers
		return nil, invalid("a directory of %d bytes claims %d entries", len(b), n)
	}
	entries := make([]Entry, n)
	id := uint64(0)
	for i := range entries {
		step := c.next()
		if i > 0 && step == 0 || step > math.MaxUint64-id {
			return nil, invalid("entry %d of a directory is out of order", i)
		}
		id += step
		entries[i].ID = id
	}
	for i := range entries {
		entries[i].Run = c.next32()
	}
	for i := range entries {
		entries[i].Length = c.next32()
	}
	if c.rest == nil {
		return nil, errCutOff
	}
	for i := range entries {
		e := &entries[i]
		switch at := c.next(); {
		case at > 0:
			e.Offset = at - 1
		case i == 0:
			return nil, invalid("the first entry of a directory has no offset")
		default:
			e.Offset = entries[i-1].Offset + uint64(entries[i-1].Length)
		}
		limit := tiles
		if e.isLeaf() {
			limit = leaves
		}
		if e.Length == 0 || e.Offset > limit || uint64(e.Length) > limit-e.Offset {
			return nil, invalid("entry %d of a directory, %d bytes from %d, is not within its section of %d bytes", i, e.Length, e.Offset, limit)
		}
		if i > 0 && uint64(entries[i-1].Run) > e.ID-entries[i-1].ID {
			return nil, invalid("entry %d of a directory overlaps the one before", i)
		}
	}
	if c.rest == nil {
		return nil, errCutOff
	}
	return entries, nil
}

var errCutOff = invalid("a directory ends early or holds a number out of range")

// find returns the entry that the tile of that id is in or below.
func find(entries []Entry, id uint64) (Entry, bool) {
	i := sort.Search(len(entries), func(i int) bool { return entries[i].ID > id }) - 1
	if i < 0 {
		return Entry{}, false
	}
	e := entries[i]
	return e, e.isLeaf() || id-e.ID < uint64(e.Run)
}

// cursor reads numbers off the front of rest. After the first that is not
// there, rest is nil and all are 0.
type cursor struct{ rest []byte }

func (c *cursor) next() uint64 {
	v, n := binary.Uvarint(c.rest)
	if n <= 0 {
		c.rest = nil
		return 0
	}
	c.rest = c.rest[n:]
	return v
}

// next32 is next for numbers of 32 bits; a greater one ends the reading too.
func (c *cursor) next32() uint32 {
	v := c.next()
	if v > math.MaxUint32 {
		c.rest = nil
		return 0
	}
	return uint32(v)
}
