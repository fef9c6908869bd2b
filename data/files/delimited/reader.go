package delimited

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"github.com/petadesa/petadesa/data/files/fault"
	"github.com/petadesa/petadesa/data/files/tabular"
)

// Options say what is known of a file before it is read.
type Options struct {
	Encoding  string // a name of the web; "": found
	Delimiter byte   // 0: found
	MaxRecord int64  // bytes of one line
}

// A Reader reads the records of a file, as often as it is asked to.
type Reader struct {
	file      *os.File
	encoding  string
	delimiter byte
	skip      bool // the first line says which delimiter
	limit     int
}

// Open finds out how the file is written.
func Open(ctx context.Context, path string, opts Options) (_ *Reader, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	r := &Reader{file: f, encoding: opts.Encoding, delimiter: opts.Delimiter, limit: int(opts.MaxRecord)}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.Close())
		}
	}()
	if r.encoding == "" {
		if r.encoding, err = Encoding(contextReader{ctx, f, nil}); err != nil {
			return nil, err
		}
	}
	text, err := r.text(ctx, nil)
	if err != nil {
		return nil, err
	}
	sample := make([]byte, 64<<10)
	n, err := io.ReadFull(text, sample)
	if err != nil && err != io.EOF && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	if bytes.IndexByte(sample[:n], 0) >= 0 {
		return nil, fault.New("the file is no text: it has NUL characters")
	}
	found, told := delimiterOf(sample[:n], n < len(sample))
	if r.skip = told; r.delimiter == 0 {
		r.delimiter = found
	}
	return r, nil
}

// text is the file from its start, as UTF-8; read counts bytes of the file.
func (r *Reader) text(ctx context.Context, read *int64) (io.Reader, error) {
	if _, err := r.file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return Decode(contextReader{ctx, r.file, read}, r.encoding)
}

// Encoding is the web's name of the file's encoding.
func (r *Reader) Encoding() string { return r.encoding }

// Delimiter is what divides cells.
func (r *Reader) Delimiter() byte { return r.delimiter }

// Close closes the file.
func (r *Reader) Close() error { return r.file.Close() }

// Records gives every line with something in it, from the first. An error,
// a *fault.Error when the text is to blame, ends it.
func (r *Reader) Records(ctx context.Context) iter.Seq2[*tabular.Record, error] {
	return func(yield func(*tabular.Record, error) bool) {
		var read int64
		text, err := r.text(ctx, &read)
		if err != nil {
			yield(nil, err)
			return
		}
		p := newParser(text, r.delimiter, r.limit)
		var record tabular.Record
		for first := true; ; first = false {
			err := p.next(&record)
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if first && r.skip {
				continue
			}
			if record.Read = read; !yield(&record, nil) {
				return
			}
		}
	}
}

// String tells people how the file is written.
func (r *Reader) String() string {
	names := map[byte]string{',': "commas", ';': "semicolons", '\t': "tabs", '|': "bars"}
	name, ok := names[r.delimiter]
	if !ok {
		name = fmt.Sprintf("%q", r.delimiter)
	}
	return r.encoding + ", " + name
}

// contextReader ends reading when the context ends, and counts.
type contextReader struct {
	ctx  context.Context
	r    io.Reader
	read *int64
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.r.Read(p)
	if c.read != nil {
		*c.read += int64(n)
	}
	return n, err
}
