package osm

import "encoding/binary"

// A wire goes through the fields of a protocol buffer message. After the first
// fault it has no more fields and bad is set.
type wire struct {
	data []byte
	bad  bool
}

// each hands the fields on until there are no more, and tells whether all could
// be read.
func (w *wire) each(f func(field int, content []byte, number uint64)) bool {
	for {
		field, content, number, ok := w.next()
		if !ok {
			return !w.bad
		}
		f(field, content, number)
	}
}

// next returns the number of the next field, and its content: the bytes of a
// text, message or packed list, or a number.
func (w *wire) next() (field int, content []byte, number uint64, ok bool) {
	if w.bad || len(w.data) == 0 {
		return 0, nil, 0, false
	}
	key := w.varint()
	switch key & 7 {
	case 0:
		number = w.varint()
	case 1:
		content = w.take(8)
	case 2:
		content = w.take(w.varint())
	case 5:
		content = w.take(4)
	default:
		w.bad = true
	}
	if key>>3 == 0 || key>>3 > 1<<29 {
		w.bad = true
	}
	return int(key >> 3), content, number, !w.bad
}

func (w *wire) varint() uint64 {
	v, n := binary.Uvarint(w.data)
	if n <= 0 {
		w.bad, w.data = true, nil
		return 0
	}
	w.data = w.data[n:]
	return v
}

// signed is a number in zigzag form.
func (w *wire) signed() int64 {
	return unzigzag(w.varint())
}

func unzigzag(n uint64) int64 { return int64(n>>1) ^ -int64(n&1) }

func (w *wire) take(n uint64) []byte {
	if n > uint64(len(w.data)) {
		w.bad, w.data = true, nil
		return nil
	}
	b := w.data[:n]
	w.data = w.data[n:]
	return b
}

func (w *wire) more() bool { return !w.bad && len(w.data) > 0 }
