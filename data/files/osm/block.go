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
	for {
		field, content, number, ok := w.next()
		if !ok {
			break
		}
		switch field {
		case 1:
			t := wire{data: content}
			for {
				f, text, _, ok := t.next()
				if !ok {
					break
				}
				if f == 1 {
					b.strings = append(b.strings, text)
				}
			}
			w.bad = w.bad || t.bad
		case 17:
			b.granularity = int64(int32(number))
		case 18:
			b.seconds = int64(int32(number))
		case 19:
			b.latitude0 = int64(number)
		case 20:
			b.longitude0 = int64(number)
		}
	}
	if w.bad {
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

// info reads when an element was changed.
func (b *block) info(e *Element, data []byte) bool {
	w := wire{data: data}
	for {
		field, _, number, ok := w.next()
		if !ok {
			return !w.bad
		}
		if field == 2 {
			e.Time = int64(number) * b.seconds / 1000
		}
	}
}

func (b *block) node(data []byte) error {
	e := b.reset(Node)
	var keys, values []byte
	var lat, lon int64
	zigzag := func(n uint64) int64 { return int64(n>>1) ^ -int64(n&1) }
	w := wire{data: data}
	good := true
	for {
		field, content, number, ok := w.next()
		if !ok {
			break
		}
		switch field {
		case 1:
			e.ID = zigzag(number)
		case 2:
			keys = content
		case 3:
			values = content
		case 4:
			good = good && b.info(e, content)
		case 8:
			lat = zigzag(number)
		case 9:
			lon = zigzag(number)
		}
	}
	var ok1, ok2 bool
	e.Lat, ok1 = b.degrees(lat, b.latitude0)
	e.Lon, ok2 = b.degrees(lon, b.longitude0)
	if w.bad || !good || !ok1 || !ok2 || !b.tags(e, keys, values) {
		return errBlock
	}
	return b.give(e)
}

// dense reads DenseNodes: lists of differences.
func (b *block) dense(data []byte) error {
	var ids, lats, lons, tags, times wire
	w := wire{data: data}
	for {
		field, content, _, ok := w.next()
		if !ok {
			break
		}
		switch field {
		case 1:
			ids.data = content
		case 5:
			info := wire{data: content}
			for {
				f, c, _, ok := info.next()
				if !ok {
					break
				}
				if f == 2 {
					times.data = c
				}
			}
			w.bad = w.bad || info.bad
		case 8:
			lats.data = content
		case 9:
			lons.data = content
		case 10:
			tags.data = content
		}
	}
	if w.bad {
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
		var ok1, ok2 bool
		e.ID = id
		e.Lat, ok1 = b.degrees(lat, b.latitude0)
		e.Lon, ok2 = b.degrees(lon, b.longitude0)
		if ids.bad || lats.bad || lons.bad || tags.bad || times.bad || !ok1 || !ok2 {
			return errBlock
		}
		if err := b.give(e); err != nil {
			return err
		}
	}
	return nil
}

func (b *block) way(data []byte) error {
	e := b.reset(Way)
	var keys, values []byte
	var refs wire
	w := wire{data: data}
	good := true
	for {
		field, content, number, ok := w.next()
		if !ok {
			break
		}
		switch field {
		case 1:
			e.ID = int64(number)
		case 2:
			keys = content
		case 3:
			values = content
		case 4:
			good = good && b.info(e, content)
		case 8:
			refs.data = content
		}
	}
	for id := int64(0); refs.more(); {
		id += refs.signed()
		e.Refs = append(e.Refs, id)
	}
	if w.bad || refs.bad || !good || !b.tags(e, keys, values) {
		return errBlock
	}
	return b.give(e)
}

func (b *block) relation(data []byte) error {
	e := b.reset(Relation)
	var keys, values []byte
	var roles, ids, kinds wire
	w := wire{data: data}
	good := true
	for {
		field, content, number, ok := w.next()
		if !ok {
			break
		}
		switch field {
		case 1:
			e.ID = int64(number)
		case 2:
			keys = content
		case 3:
			values = content
		case 4:
			good = good && b.info(e, content)
		case 8:
			roles.data = content
		case 9:
			ids.data = content
		case 10:
			kinds.data = content
		}
	}
	for id := int64(0); ids.more(); {
		id += ids.signed()
		role, ok := b.text(roles.varint())
		kind := kinds.varint()
		if !ok || kind > 2 || ids.bad || roles.bad || kinds.bad {
			return errBlock
		}
		e.Members = append(e.Members, Member{Node << kind, id, role})
	}
	if w.bad || ids.bad || !good || !b.tags(e, keys, values) {
		return errBlock
	}
	return b.give(e)
}
