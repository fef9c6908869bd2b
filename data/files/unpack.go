package files

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"

	"github.com/petadesa/petadesa/data/files/fault"
)

const (
	maxNested = 2        // archives within archives
	maxRatio  = 250      // how much larger than itself a packed file may become; text packs to a thirtieth
	freeRatio = 64 << 20 // bytes below which nobody asks for the ratio
)

// unpackedRows are the rows of a file that was packed in another.
type unpackedRows struct {
	rows
	name         string // of the member; "": it has none
	how          string // it was packed
	dir          string // where it lies now
	outer, inner int64  // bytes of both, for progress
}

var _ informed = (*unpackedRows)(nil)

func (u *unpackedRows) format() string {
	if u.how == byOGR {
		return byOGR
	}
	return u.rows.format() + " in " + u.how
}

func (u *unpackedRows) close() error {
	var err error
	if u.rows != nil {
		err = u.rows.close()
	}
	return errors.Join(err, os.RemoveAll(u.dir))
}

func (u *unpackedRows) credit() (attribution, license string) {
	if i, ok := u.rows.(informed); ok {
		return i.credit()
	}
	return "", ""
}

func (u *unpackedRows) found() []Found {
	if i, ok := u.rows.(informed); ok {
		return i.found()
	}
	return nil
}

func (u *unpackedRows) all(ctx context.Context) iter.Seq2[*row, error] {
	return func(yield func(*row, error) bool) {
		for r, err := range u.rows.all(ctx) {
			if err != nil {
				yield(nil, u.within(err))
				return
			}
			r.read = min(u.outer, int64(float64(r.read)/float64(max(1, u.inner))*float64(u.outer)))
			if !yield(r, nil) {
				return
			}
		}
	}
}

// within names the member that an error is in.
func (u *unpackedRows) within(err error) error {
	if u.name == "" {
		return err
	}
	return fmt.Errorf("%s: %w", brief(u.name), err)
}

// openGzip unpacks a file and opens what is in it.
func openGzip(ctx context.Context, path, name string, opts *Options, depth int) (_ rows, err error) {
	if depth >= maxNested {
		return nil, tooNested()
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	in, err := gzip.NewReader(f)
	if err != nil {
		return nil, fault.New("the gzip file cannot be read: %v", err)
	}
	u := &unpackedRows{how: "gzip", outer: info.Size()}
	if u.dir, err = os.MkdirTemp("", "petadesa-import-*"); err != nil {
		return nil, fmt.Errorf("making room for what is packed: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, u.close())
		}
	}()
	inner := filepath.Join(u.dir, "file")
	if u.inner, err = unpack(ctx, inner, in, info.Size(), opts.MaxBytes); err != nil {
		return nil, packedFault("gzip file", err)
	}
	u.rows, err = openNested(ctx, inner, name, opts, depth+1)
	return u, err
}

// unpack writes what r gives to a file, within bounds.
func unpack(ctx context.Context, path string, r io.Reader, packed, most int64) (int64, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, err
	}
	bound := min(most, max(freeRatio, maxRatio*packed))
	n, err := io.Copy(f, io.LimitReader(contextReader{ctx, r}, bound+1))
	err = errors.Join(err, f.Close())
	switch {
	case err != nil:
		return n, err
	case n > most:
		return n, fault.New("it expands to more than %s, the limit for a file", byteSize(most))
	case n > bound:
		return n, fault.New("it expands to more than %d times its size: no data pack so well, and it is not unpacked further", maxRatio)
	}
	return n, nil
}

// packedFault makes an error of unpacking one of the file, unless it is the
// disk's or the caller's.
func packedFault(what string, err error) error {
	disk, f := (*os.PathError)(nil), (*fault.Error)(nil)
	switch {
	case errors.As(err, &f), errors.As(err, &disk), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return fault.New("the %s is cut: it ends before what is packed in it does", what)
	}
	return fault.New("the %s cannot be unpacked: %v", what, err)
}

func tooNested() error {
	return fault.New("archives are packed in archives, more than %d deep", maxNested)
}
