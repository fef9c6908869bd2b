package mvt

import (
	"bytes"
	"encoding/binary"
)

// table is a layer's list of distinct values, encoded.
type table struct {
	buf   []byte
	ends  []uint32 // value i is buf[ends[i-1]:ends[i]]
	slots []uint32 // hash table of positions, plus one; its length is a power of two
	start int
}

func (t *table) reset() {
	t.buf, t.ends = t.buf[:0], t.ends[:0]
	clear(t.slots)
}

// begin is followed by appending a value to buf, and that by end.
func (t *table) begin() { t.start = len(t.buf) }

// end returns the place of the value; one that was there is taken back.
func (t *table) end() uint32 {
	if 4*(len(t.ends)+1) > 3*len(t.slots) {
		t.grow()
	}
	value := t.buf[t.start:]
	mask := uint64(len(t.slots) - 1)
	for h := hash(value) & mask; ; h = (h + 1) & mask {
		i := t.slots[h]
		if i == 0 {
			t.ends = append(t.ends, uint32(len(t.buf)))
			t.slots[h] = uint32(len(t.ends))
			return uint32(len(t.ends) - 1)
		}
		if bytes.Equal(t.value(i-1), value) {
			t.buf = t.buf[:t.start]
			return i - 1
		}
	}
}

func (t *table) value(i uint32) []byte {
	from := uint32(0)
	if i > 0 {
		from = t.ends[i-1]
	}
	return t.buf[from:t.ends[i]]
}

func (t *table) grow() {
	t.slots = make([]uint32, max(64, 2*len(t.slots)))
	mask := uint64(len(t.slots) - 1)
	for i := range t.ends {
		h := hash(t.value(uint32(i))) & mask
		for t.slots[h] != 0 {
			h = (h + 1) & mask
		}
		t.slots[h] = uint32(i + 1)
	}
}

// size is what appendTo appends.
func (t *table) size() int {
	n := len(t.buf)
	from := uint32(0)
	for _, end := range t.ends {
		n += 1 + uvarintSize(uint64(end-from))
		from = end
	}
	return n
}

func (t *table) appendTo(b []byte) []byte {
	from := uint32(0)
	for _, end := range t.ends {
		b = binary.AppendUvarint(append(b, layerValue), uint64(end-from))
		b = append(b, t.buf[from:end]...)
		from = end
	}
	return b
}

// hash is FNV-1a. Where values lie does not depend on it.
func hash(b []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range b {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h ^ h>>32
}
