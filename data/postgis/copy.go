package postgis

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/wkb"
	"github.com/petadesa/petadesa/geo"
)

// copyRecords streams the batch's records into a table by COPY. Columns are in
// the order of the batch's fields.
func copyRecords(ctx context.Context, tx pgx.Tx, into string, columns []data.Column, b data.Batch) error {
	names := []string{"id"}
	if b.Collection.Geometry != geo.None {
		names = append(names, "geom")
	}
	for _, c := range columns {
		names = append(names, quote(c.Column))
	}
	statement := "COPY " + into + " (" + strings.Join(names, ", ") + ") FROM STDIN BINARY"

	reader, writer := io.Pipe()
	encoded := make(chan error, 1)
	go func() {
		err := encode(ctx, writer, b)
		writer.CloseWithError(err) // nil is the end of the stream
		encoded <- err
	}()
	_, err := tx.Conn().PgConn().CopyFrom(ctx, reader, statement)
	reader.CloseWithError(errStopped)
	if cause := <-encoded; cause != nil && !errors.Is(cause, errStopped) {
		return cause // the database only knows that we gave up
	}
	return err
}

var errStopped = errors.New("the database stopped reading")

// encode writes the records in the binary format of COPY, as the manual
// describes it under that command.
func encode(ctx context.Context, w io.Writer, b data.Batch) error {
	const enough = 1 << 16
	columns := 1 + len(b.Collection.Fields)
	if b.Collection.Geometry != geo.None {
		columns++
	}
	buf := append(make([]byte, 0, 2*enough), "PGCOPY\n\xff\r\n\x00\x00\x00\x00\x00\x00\x00\x00\x00"...)
	for r, err := range data.Checked(ctx, b) {
		if err != nil {
			return err
		}
		buf = binary.BigEndian.AppendUint16(buf, uint16(columns))
		buf = appendText(buf, r.ID)
		if b.Collection.Geometry != geo.None {
			if buf, err = appendGeometry(buf, data.Multi(b.Collection.Geometry, r.Geometry)); err != nil {
				return fmt.Errorf("id %q: %w", r.ID, err)
			}
		}
		for _, v := range r.Values {
			buf = appendValue(buf, v)
		}
		if len(buf) >= enough {
			if _, err := w.Write(buf); err != nil {
				return err
			}
			buf = buf[:0]
		}
	}
	_, err := w.Write(binary.BigEndian.AppendUint16(buf, math.MaxUint16))
	return err
}

const null = "\xff\xff\xff\xff" // the length of what is not there

func appendText(buf []byte, s string) []byte {
	return append(binary.BigEndian.AppendUint32(buf, uint32(len(s))), s...)
}

func appendGeometry(buf []byte, g orb.Geometry) ([]byte, error) {
	if g == nil {
		return append(buf, null...), nil
	}
	at := len(buf)
	buf, err := wkb.AppendEWKB(append(buf, 0, 0, 0, 0), g, srid)
	if err != nil {
		return nil, err
	}
	binary.BigEndian.PutUint32(buf[at:], uint32(len(buf)-at-4))
	return buf, nil
}

func appendValue(buf []byte, v any) []byte {
	switch v := v.(type) {
	case string:
		return appendText(buf, v)
	case int64:
		return binary.BigEndian.AppendUint64(append(buf, 0, 0, 0, 8), uint64(v))
	case float64:
		return binary.BigEndian.AppendUint64(append(buf, 0, 0, 0, 8), math.Float64bits(v))
	case bool:
		if v {
			return append(buf, 0, 0, 0, 1, 1)
		}
		return append(buf, 0, 0, 0, 1, 0)
	}
	return append(buf, null...)
}
