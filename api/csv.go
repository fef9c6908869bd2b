package api

import (
	"io"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

// writeCSV writes the page as RFC 4180 text: id, for points lon and lat unless
// geometry is to be skipped, then the properties. A missing value is empty.
func (d *itemsPage) writeCSV(out io.Writer) error {
	points := d.layer.Collection.Geometry == geo.Point && !d.skipGeometry
	fields := chosen(d.layer, d.properties)
	b := make([]byte, 0, flushEvery+flushEvery/4)
	b = append(b, "id"...)
	if points {
		b = append(b, ",lon,lat"...)
	}
	for _, f := range fields {
		b = appendCSV(append(b, ','), d.layer.Collection.Fields[f].Name)
	}
	b = append(b, '\r', '\n')
	for _, position := range d.positions {
		i := int(position)
		b = appendCSV(b, d.layer.ID(i))
		if points {
			b = appendLonLat(b, d.layer.Geometry(i))
		}
		for _, f := range fields {
			b = appendCSVValue(append(b, ','), &d.layer.Columns[f], i)
		}
		b = append(b, '\r', '\n')
		if len(b) >= flushEvery {
			if _, err := out.Write(b); err != nil {
				return err
			}
			b = b[:0]
		}
	}
	_, err := out.Write(b)
	return err
}

func appendLonLat(b []byte, g orb.Geometry) []byte {
	p, ok := g.(orb.Point)
	if !ok {
		return append(b, ',', ',')
	}
	b = strconv.AppendFloat(append(b, ','), p[0], 'f', -1, 64)
	return strconv.AppendFloat(append(b, ','), p[1], 'f', -1, 64)
}

func appendCSVValue(b []byte, c *geo.Column, i int) []byte {
	switch v := c.Value(i).(type) {
	case string:
		return appendCSV(b, v)
	case int64:
		return strconv.AppendInt(b, v, 10)
	case float64:
		return strconv.AppendFloat(b, v, 'f', -1, 64)
	case bool:
		return strconv.AppendBool(b, v)
	default:
		return b
	}
}

// appendCSV appends a text, quoted when it has to be.
func appendCSV(b []byte, s string) []byte {
	if !strings.ContainsAny(s, ",\"\r\n") && s == strings.TrimSpace(s) {
		return append(b, s...)
	}
	b = append(b, '"')
	b = append(b, strings.ReplaceAll(s, `"`, `""`)...)
	return append(b, '"')
}
