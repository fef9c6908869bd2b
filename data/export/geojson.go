package export

import "github.com/petadesa/petadesa/geo"

// collectionOf writes RFC 7946, a feature a line. The collection's name and
// origin are foreign members.
type collectionOf struct {
	c       *geo.Collection
	started bool
}

func featureCollection(c *geo.Collection) encoder { return &collectionOf{c: c} }

func (f *collectionOf) begin(dst []byte) []byte {
	dst = append(dst, `{"type":"FeatureCollection"`...)
	for _, m := range []struct{ name, value string }{
		{"name", f.c.ID}, {"attribution", f.c.Attribution}, {"license", f.c.License},
	} {
		if m.value != "" {
			dst = append(append(append(dst, ',', '"'), m.name...), '"', ':')
			dst = geo.AppendStringJSON(dst, m.value)
		}
	}
	return append(dst, `,"features":[`...)
}

func (f *collectionOf) record(dst []byte, r *geo.Record) ([]byte, error) {
	if f.started {
		dst = append(dst, ',')
	}
	f.started = true
	return geo.AppendRecordJSON(append(dst, '\n'), f.c, r), nil
}

func (f *collectionOf) end(dst []byte) []byte { return append(dst, "\n]}\n"...) }

// sequence writes RFC 8142: each feature after a record separator.
type sequence struct{ c *geo.Collection }

const recordSeparator = '\x1e'

func textSequence(c *geo.Collection) encoder { return &sequence{c} }

func (t *sequence) begin(dst []byte) []byte { return dst }

func (t *sequence) record(dst []byte, r *geo.Record) ([]byte, error) {
	return append(geo.AppendRecordJSON(append(dst, recordSeparator), t.c, r), '\n'), nil
}

func (t *sequence) end(dst []byte) []byte { return dst }
