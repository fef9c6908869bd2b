package osm

import "errors"

var errBlock = errors.New("a block of elements is damaged")

// A block is the PrimitiveBlock under way.
type block struct {
	strings                            [][]byte
	texts                              []string // those of strings that were asked for
	granularity, latitude0, longitude0 int64
	seconds                            int64 // units of time, in milliseconds
	want, found                        Kind
	give                               func(*Element) error
	element                            Element
}

// readBlock gives the elements of the wanted kinds and returns the kinds there
// are.
func readBlock(data []byte, want Kind, give func(*Element) error) (Kind, error) {
	b := block{granularity: 100, seconds: 1000, want: want, give: give}
	w := wire{data: data}
	good := true
	w.each(func(field int, content []byte, number uint64) {
		switch field {
		case 1:
			table := wire{data: content}
			good = table.each(func(field int, text []byte, _ uint64) {
				if field == 1 {
					b.strings = append(b.strings, text)
				}
			}) && good
		case 17:
			b.granularity = int64(int32(number))
		case 18:
			b.seconds = int64(int32(number))
		case 19:
			b.latitude0 = int64(number)
		case 20:
			b.longitude0 = int64(number)
		}
	})
	if w.bad || !good {
		return 0, errBlock
	}
	b.texts = make([]string, len(b.strings))
	for w = (wire{data: data}); ; {
		field, content, _, ok := w.next()
		if !ok {
			return b.found, nil
		}
		if field != 2 {
			continue
		}
		if err := b.group(content); err != nil {
			return 0, err
		}
	}
}

func (b *block) group(data []byte) error {
	w := wire{data: data}
	for {
		field, content, _, ok := w.next()
		if !ok {
			break
		}
		var kind Kind
		var read func([]byte) error
		switch field {
		case 1:
			kind, read = Node, b.node
		case 2:
			kind, read = Node, b.dense
		case 3:
			kind, read = Way, b.way
		case 4:
			kind, read = Relation, b.relation
		default:
			continue
		}
		b.found |= kind
		if kind&b.want == 0 {
			continue
		}
		if err := read(content); err != nil {
			return err
		}
	}
	if w.bad {
		return errBlock
	}
	return nil
}

// text returns a string of the table, made once.
func (b *block) text(i uint64) (string, bool) {
	if i >= uint64(len(b.strings)) {
		return "", false
	}
	if b.texts[i] == "" && len(b.strings[i]) > 0 {
		b.texts[i] = string(b.strings[i])
	}
	return b.texts[i], true
}

// degrees is a coordinate in units of 1e-7 degrees.
func (b *block) degrees(v, offset int64) (int32, bool) {
	n := offset + b.granularity*v // nanodegrees
	if n < -180e9 || n > 180e9 || v > 1<<40 || v < -1<<40 {
		return 0, false
	}
	if n < 0 {
		return int32((n - 50) / 100), true
	}
	return int32((n + 50) / 100), true
}

// place sets where a node is.
func (b *block) place(e *Element, lat, lon int64) (ok bool) {
	if e.Lat, ok = b.degrees(lat, b.latitude0); !ok {
		return false
	}
	e.Lon, ok = b.degrees(lon, b.longitude0)
	return ok
}

func (b *block) reset(kind Kind) *Element {
	e := &b.element
	*e = Element{Kind: kind, Tags: e.Tags[:0], Refs: e.Refs[:0], Members: e.Members[:0]}
	return e
}

// tags reads parallel lists of keys and values.
func (b *block) tags(e *Element, keys, values []byte) bool {
	k, v := wire{data: keys}, wire{data: values}
	for k.more() {
		key, ok := b.text(k.varint())
		value, ok2 := b.text(v.varint())
		if !ok || !ok2 || k.bad || v.bad {
			return false
		}
		e.Tags = append(e.Tags, Tag{key, value})
	}
	return len(v.data) == 0
}

// read fills an element with what all kinds have, and hands on the fields of its
// own. It tells whether all could be read.
func (b *block) read(kind Kind, data []byte, own func(field int, content []byte, number uint64)) (*Element, bool) {
	e := b.reset(kind)
	var keys, values []byte
	w := wire{data: data}
	good := true
	w.each(func(field int, content []byte, number uint64) {
		switch field {
		case 1:
			if e.ID = int64(number); kind == Node {
				e.ID = unzigzag(number)
			}
		case 2:
			keys = content
		case 3:
			values = content
		case 4: // when it was changed, among others
			info := wire{data: content}
			good = info.each(func(field int, _ []byte, number uint64) {
				if field == 2 {
					e.Time = int64(number) * b.seconds / 1000
				}
			}) && good
		default:
			own(field, content, number)
		}
	})
	return e, !w.bad && good && b.tags(e, keys, values)
}

func (b *block) node(data []byte) error {
	var lat, lon int64
	e, good := b.read(Node, data, func(field int, _ []byte, number uint64) {
		switch field {
		case 8:
			lat = unzigzag(number)
		case 9:
			lon = unzigzag(number)
		}
	})
	if !good || !b.place(e, lat, lon) {
		return errBlock
	}
	return b.give(e)
}

// dense reads DenseNodes: lists of differences.
func (b *block) dense(data []byte) error {
	var ids, lats, lons, tags, times wire
	w := wire{data: data}
	good := true
	w.each(func(field int, content []byte, _ uint64) {
		switch field {
		case 1:
			ids.data = content
		case 5:
			info := wire{data: content}
			good = info.each(func(field int, content []byte, _ uint64) {
				if field == 2 {
					times.data = content
				}
			}) && good
		case 8:
			lats.data = content
		case 9:
			lons.data = content
		case 10:
			tags.data = content
		}
	})
	if w.bad || !good {
		return errBlock
	}
	var id, lat, lon, at int64
	for ids.more() {
		e := b.reset(Node)
		id += ids.signed()
		lat += lats.signed()
		lon += lons.signed()
		if times.more() {
			at += times.signed()
			e.Time = at * b.seconds / 1000
		}
		for tags.more() {
			k := tags.varint()
			if k == 0 {
				break
			}
			key, ok := b.text(k)
			value, ok2 := b.text(tags.varint())
			if !ok || !ok2 {
				return errBlock
			}
			e.Tags = append(e.Tags, Tag{key, value})
		}
		e.ID = id
		if ids.bad || lats.bad || lons.bad || tags.bad || times.bad || !b.place(e, lat, lon) {
			return errBlock
		}
		if err := b.give(e); err != nil {
			return err
		}
	}
	return nil
}

func (b *block) way(data []byte) error {
	var refs wire
	e, good := b.read(Way, data, func(field int, content []byte, _ uint64) {
		if field == 8 {
			refs.data = content
		}
	})
	for id := int64(0); refs.more(); {
		id += refs.signed()
		e.Refs = append(e.Refs, id)
	}
	if refs.bad || !good {
		return errBlock
	}
	return b.give(e)
}

func (b *block) relation(data []byte) error {
	var roles, ids, kinds wire
	e, good := b.read(Relation, data, func(field int, content []byte, _ uint64) {
		switch field {
		case 8:
			roles.data = content
		case 9:
			ids.data = content
		case 10:
			kinds.data = content
		}
	})
	for id := int64(0); ids.more(); {
		id += ids.signed()
		role, ok := b.text(roles.varint())
		kind := kinds.varint()
		if !ok || kind > 2 || ids.bad || roles.bad || kinds.bad {
			return errBlock
		}
		e.Members = append(e.Members, Member{Node << kind, id, role})
	}
	if ids.bad || !good {
		return errBlock
	}
	return b.give(e)
}
