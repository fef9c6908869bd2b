package export

import (
	"bufio"
	"context"
	"io"
	"iter"

	"github.com/petadesa/petadesa/geo"
)

// An encoder appends the parts of a text.
type encoder interface {
	begin(dst []byte) []byte
	record(dst []byte, r *geo.Record) ([]byte, error)
	end(dst []byte) []byte
}

// text makes a writer of an encoder; it holds one record.
func text(start func(*geo.Collection) encoder) func(context.Context, io.Writer, *geo.Collection, iter.Seq2[geo.Record, error]) error {
	return func(_ context.Context, w io.Writer, c *geo.Collection, records iter.Seq2[geo.Record, error]) error {
		e := start(c)
		out := bufio.NewWriterSize(w, 64<<10)
		line := e.begin(nil)
		for r, err := range records {
			if err != nil {
				return err
			}
			if _, err := out.Write(line); err != nil {
				return err
			}
			if line, err = e.record(line[:0], &r); err != nil {
				return err
			}
		}
		if _, err := out.Write(e.end(line)); err != nil {
			return err
		}
		return out.Flush()
	}
}
