package mvt

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// message walks the fields of a protocol buffer message. Sizes it claims are
// never believed: nothing is allocated for more than the input holds.
type message struct {
	data   []byte
	key    uint64 // of the field last read
	number uint64 // its value, for the number types
	bytes  []byte // its value, for the length-delimited type
	err    error
}

// next reads the next field and reports whether there was one.
func (m *message) next() bool {
	if m.err != nil || len(m.data) == 0 {
		return false
	}
	m.key = m.varint()
	if m.err == nil && (m.key>>3 == 0 || m.key>>3 > 1<<29-1) {
		m.err = fmt.Errorf("field number %d is not allowed", m.key>>3)
	}
	switch m.key & 7 {
	case 0:
		m.number = m.varint()
	case 1:
		if b := m.take(8); b != nil {
			m.number = binary.LittleEndian.Uint64(b)
		}
	case 2:
		m.bytes = m.take(m.varint())
	case 5:
		if b := m.take(4); b != nil {
			m.number = uint64(binary.LittleEndian.Uint32(b))
		}
	default:
		m.fail(fmt.Errorf("wire type %d is not known", m.key&7))
	}
	return m.err == nil
}

// unknown is called for a field that the caller does not know in this form: an
// error when its number is one of those known.
func (m *message) unknown(known ...uint64) {
	for _, n := range known {
		if m.key>>3 == n {
			m.fail(fmt.Errorf("field %d has wire type %d", n, m.key&7))
		}
	}
}

func (m *message) fail(err error) {
	if m.err == nil {
		m.err = err
	}
}

func (m *message) varint() uint64 {
	v, n := binary.Uvarint(m.data)
	if n <= 0 {
		m.fail(errors.New("a number is cut off or too long"))
		m.data = nil
		return 0
	}
	m.data = m.data[n:]
	return v
}

func (m *message) take(n uint64) []byte {
	if m.err != nil || n > uint64(len(m.data)) {
		m.fail(errors.New("a field is longer than what is left"))
		return nil
	}
	b := m.data[:n:n]
	m.data = m.data[n:]
	return b
}

// packed appends the numbers of a packed field.
func (m *message) packed(dst []uint32) []uint32 {
	for rest := m.bytes; len(rest) > 0; {
		v, n := binary.Uvarint(rest)
		if n <= 0 || v > math.MaxUint32 {
			m.fail(errors.New("a packed number is cut off or too long"))
			return nil
		}
		dst = append(dst, uint32(v))
		rest = rest[n:]
	}
	return dst
}

func decodeValue(data []byte) (any, error) {
	var v any
	n := 0
	m := message{data: data}
	for m.next() {
		n++
		switch m.key {
		case valueString:
			v = string(m.bytes)
		case valueFloat:
			v = math.Float32frombits(uint32(m.number))
		case valueDouble:
			v = math.Float64frombits(m.number)
		case valueInt:
			v = int64(m.number)
		case valueUint:
			v = m.number
		case valueSint:
			v = int64(m.number>>1) ^ -int64(m.number&1)
		case valueBool:
			v = m.number != 0
		default:
			n--
			m.unknown(1, 2, 3, 4, 5, 6, 7)
		}
	}
	if m.err != nil {
		return nil, m.err
	}
	if n != 1 {
		return nil, fmt.Errorf("it holds %d values", n)
	}
	return v, nil
}
