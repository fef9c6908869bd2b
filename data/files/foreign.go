package files

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"os"
	"os/exec"
	"strconv"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data/files/fault"
	"github.com/petadesa/petadesa/data/files/gdal"
	"github.com/petadesa/petadesa/geo/crs"
)

// foreignRows are rows in a reference system that package crs does not know: PROJ
// does. All coordinates go through its program once, in order, to a temporary
// file of numbers, from which each reading takes them again.
type foreignRows struct {
	rows
	code   int
	asked  bool // by the caller, who goes before the file
	swap   bool
	lonlat *os.File
}

var _ informed = (*foreignRows)(nil)

// foreign has PROJ transform the rows of a file whose reference system is not
// known here. Nothing of it is needed for any other file.
func foreign(ctx context.Context, file rows, opts *Options) (_ rows, err error) {
	code := opts.foreign
	if code == 0 && opts.CRS == "" {
		code = foreignCode(ctx, file)
	}
	if code == 0 {
		return file, nil
	}
	if err := transformable(code); err != nil {
		return nil, err
	}
	f := &foreignRows{rows: file, code: code, asked: opts.foreign != 0, swap: opts.SwapAxes}
	if f.lonlat, err = os.CreateTemp("", "petadesa-import-*"); err != nil {
		return nil, fmt.Errorf("making room for coordinates: %w", err)
	}
	err = gdal.Transform(ctx, code, f.send, f.lonlat)
	if refused := (*gdal.RefusedError)(nil); errors.As(err, &refused) {
		err = fault.New("reference system EPSG:%d: %v", code, refused)
	}
	if err != nil {
		return nil, errors.Join(err, f.release())
	}
	return f, nil
}

// transformable says why a reference system that is not known here cannot be
// read, if PROJ is not there to help.
func transformable(code int) error {
	_, unknown := crs.Find(code)
	if _, missing := exec.LookPath(gdal.Transformer); missing != nil {
		return fault.New("%v; %s, which knows many more, is not installed: install GDAL (on Debian: apt install gdal-bin)", unknown, gdal.Transformer)
	}
	return nil
}

// foreignCode is the reference system that the first feature of a file names,
// if it is not known here. Formats whose readers settle that themselves are not
// asked.
func foreignCode(ctx context.Context, file rows) int {
	for u, packed := file.(*unpackedRows); packed; u, packed = file.(*unpackedRows) {
		file = u.rows
	}
	switch file.(type) {
	case *geojsonRows, *geopackageRows, *tableRows, *profiledRows:
	default:
		return 0
	}
	for r, err := range file.all(ctx) {
		if err != nil {
			return 0 // the pipeline will meet it again, and tell
		}
		if r.geometry == nil {
			continue
		}
		if _, err := crs.Find(r.srid); r.srid != 0 && err != nil {
			return r.srid
		}
		return 0
	}
	return 0
}

func (f *foreignRows) takes(r *row) bool { return r.geometry != nil && (f.asked || r.srid == f.code) }

// send writes the positions of all rows, one a line.
func (f *foreignRows) send(ctx context.Context, to io.Writer) (n int64, err error) {
	w := bufio.NewWriterSize(to, 1<<16)
	var line []byte
	for r, err := range f.rows.all(ctx) {
		if err != nil {
			break // the pipeline will meet it again, and tell
		}
		if !f.takes(r) {
			continue
		}
		transform(r.geometry, func(x, y float64) (float64, float64) {
			first, second := x, y
			if f.swap {
				first, second = y, x
			}
			line = strconv.AppendFloat(line[:0], first, 'g', -1, 64)
			line = strconv.AppendFloat(append(line, ' '), second, 'g', -1, 64)
			_, _ = w.Write(append(line, '\n')) // Flush tells
			n++
			return x, y
		})
	}
	return n, w.Flush()
}

func (f *foreignRows) format() string {
	return fmt.Sprintf("%s, from EPSG:%d by PROJ", f.rows.format(), f.code)
}

func (f *foreignRows) credit() (attribution, license string) {
	if i, ok := f.rows.(informed); ok {
		return i.credit()
	}
	return "", ""
}

func (f *foreignRows) found() []Found { return found(f.rows) }

func (f *foreignRows) release() error {
	return errors.Join(f.lonlat.Close(), os.Remove(f.lonlat.Name()))
}

func (f *foreignRows) close() error { return errors.Join(f.rows.close(), f.release()) }

// all gives the rows with their geometries in longitude and latitude.
func (f *foreignRows) all(ctx context.Context) iter.Seq2[*row, error] {
	return func(yield func(*row, error) bool) {
		if _, err := f.lonlat.Seek(0, io.SeekStart); err != nil {
			yield(nil, err)
			return
		}
		from := bufio.NewReaderSize(f.lonlat, 1<<16)
		for r, err := range f.rows.all(ctx) {
			if err == nil && f.takes(r) {
				err = f.place(r, from)
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
}

// place gives a row the next positions of the temporary file.
func (f *foreignRows) place(r *row, from io.Reader) (err error) {
	var lost *orb.Point
	r.geometry = transform(r.geometry, func(x, y float64) (float64, float64) {
		var pair [16]byte
		if _, short := io.ReadFull(from, pair[:]); short != nil {
			err = ErrChanged
			return x, y
		}
		lon, lat := math.Float64frombits(binary.LittleEndian.Uint64(pair[:8])), math.Float64frombits(binary.LittleEndian.Uint64(pair[8:]))
		if lost == nil && (math.IsNaN(lon) || math.IsNaN(lat)) {
			lost = &orb.Point{x, y}
		}
		return lon, lat
	})
	r.placed = true
	if lost != nil {
		r.geometry = nil
		r.flaws = append(r.flaws, refuse("geometry", CodeOutside, "%s is outside EPSG:%d", corners(lost.Bound()), f.code))
	}
	return err
}
