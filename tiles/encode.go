package tiles

import (
	"github.com/petadesa/petadesa/geo"
)

// encode writes all drawings, without the features dropped, into c.data.
func (c *cutter) encode(q *Query) {
	c.data = c.data[:0]
	for i := range c.drawings {
		d := &c.drawings[i]
		c.writer.Begin(d.layer.Collection.ID, uint32(c.extent))
		c.encodeFeatures(d, q)
		c.data = c.writer.End(c.data)
		d.end = len(c.data)
	}
}

func (c *cutter) encodeFeatures(d *drawing, q *Query) {
	p := properties{cutter: c, layer: d.layer, id: unset, hasID: d.layer.Collection.FieldIndex("id") >= 0}
	for i := range d.layer.Columns {
		if q.wants(d.layer.Columns[i].Field.Name) {
			p.columns = append(p.columns, column{Column: &d.layer.Columns[i], key: unset})
		}
	}
	c.prepareWords(p.columns)
	d.written = 0
	for i := range d.features {
		f := &d.features[i]
		if f.dropped {
			continue
		}
		d.written++
		switch {
		case f.index < 0:
			p.cluster(&c.clusters.all[f.cluster])
			c.writer.Feature(0, false, f.kind, c.geometry.Bytes[f.from:f.to])
		default:
			id, numeric := p.feature(int(f.index))
			c.writer.Feature(id, numeric, f.kind, c.geometry.Bytes[f.from:f.to])
		}
	}
}

// prepareWords makes room to remember, for each column of strings, which place
// among the layer's values a word has. What is remembered of an earlier epoch
// does not count.
func (c *cutter) prepareWords(columns []column) {
	c.epoch++
	for len(c.words) < len(columns) {
		c.words = append(c.words, nil)
	}
	for i, col := range columns {
		if n := len(col.Words()); n > len(c.words[i]) {
			c.words[i] = make([]uint64, n)
		}
	}
}

const unset = ^uint32(0)

type column struct {
	*geo.Column
	key uint32
}

// properties tags features of a layer.
type properties struct {
	*cutter
	layer    *geo.Layer
	columns  []column
	hasID    bool   // one of the fields is called id
	id       uint32 // the key of ids that are no numbers
	cluster4 [4]uint32
	counted  bool // cluster4 is set
}

// feature tags feature i and returns its id, if that is a number.
func (p *properties) feature(i int) (id uint64, numeric bool) {
	w := &p.writer
	if id, numeric = number(p.layer.ID(i)); !numeric && !p.hasID {
		if p.id == unset {
			p.id = w.Key("id")
		}
		w.Tag(p.id, w.String(p.layer.ID(i)))
	}
	for k := range p.columns {
		col := &p.columns[k]
		if !col.Has(i) {
			continue
		}
		if col.key == unset {
			col.key = w.Key(col.Field.Name)
		}
		w.Tag(col.key, p.value(k, col, i))
	}
	return id, numeric
}

// value returns the place of feature i's value of a column, which it has.
func (p *properties) value(k int, col *column, i int) uint32 {
	w := &p.writer
	if col.Field.Type == geo.String {
		word := col.Word(i)
		known := &p.words[k][word]
		if *known>>32 != p.epoch&(1<<32-1) {
			*known = p.epoch<<32 | uint64(w.String(col.Words()[word]))
		}
		return uint32(*known)
	}
	switch v := col.Value(i).(type) {
	case int64:
		return w.Int(v)
	case float64:
		return w.Number(v)
	default:
		return w.Bool(v == true)
	}
}

// cluster tags a cluster.
func (p *properties) cluster(k *cluster) {
	w := &p.writer
	if !p.counted {
		p.counted = true
		for i, name := range [4]string{clusterCount, clusterCategories, clusterBBox, clusterExpansion} {
			p.cluster4[i] = w.Key(name)
		}
	}
	w.Tag(p.cluster4[0], w.Int(int64(k.count)))
	if k.categories != "" {
		w.Tag(p.cluster4[1], w.String(k.categories))
	}
	w.Tag(p.cluster4[2], w.String(k.bbox()))
	w.Tag(p.cluster4[3], w.Int(int64(k.expansion)))
}

// number returns the number that an id is, written the one way numbers are
// written, and small enough for every reader (up to 2⁵³-1).
func number(id string) (uint64, bool) {
	if id == "" || len(id) > 16 || id[0] == '0' && len(id) > 1 {
		return 0, false
	}
	n := uint64(0)
	for _, c := range []byte(id) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + uint64(c-'0')
	}
	return n, n < 1<<53
}
