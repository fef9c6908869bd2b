package shapefile

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"iter"
	"os"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/data/files/fault"
)

// Files are the paths of the files that make a Shapefile. CPG and PRJ may be
// empty.
type Files struct{ SHP, DBF, CPG, PRJ string }

// Options bound and correct the reading.
type Options struct {
	Encoding  string // of texts, as the web names it; "": found
	MaxRecord int64  // bytes of one geometry
}

// A Record is one feature. It is the receiver's until the next one.
type Record struct {
	Number   int          // 1 is the first
	Geometry orb.Geometry // nil: none
	Fault    string       // why the geometry cannot be read
	Heights  int          // positions that had Z or M
	Values   []any        // one a field: nil, string, int64, float64 or bool
	Faults   []string     // one a field: why its value cannot be read, else ""
	Read     int64        // bytes of both files read so far
}

// A Reader reads the records of a Shapefile, as often as it is asked to.
type Reader struct {
	shp, dbf *os.File
	size     int64 // of the .shp
	total    int64 // of both
	limit    int64
	table    *dbf
	srid     int
	system   string // what the .prj says
}

// Open reads the headers.
func Open(files Files, opts Options) (r *Reader, err error) {
	r = &Reader{limit: opts.MaxRecord}
	defer func() {
		if err != nil {
			err = errors.Join(err, r.Close())
		}
	}()
	if r.shp, err = os.Open(files.SHP); err != nil {
		return r, err
	}
	if err := r.header(); err != nil {
		return r, err
	}
	if r.dbf, err = os.Open(files.DBF); err != nil {
		return r, err
	}
	info, err := r.dbf.Stat()
	if err != nil {
		return r, err
	}
	r.total = r.size + info.Size()
	if r.table, err = openDBF(r.dbf, info.Size()); err != nil {
		return r, err
	}
	if err := r.table.decoding(opts.Encoding, files.CPG); err != nil {
		return r, err
	}
	if files.PRJ == "" {
		return r, nil
	}
	text, err := readSmall(files.PRJ)
	if err != nil {
		return r, err
	}
	r.srid, r.system = System(text)
	return r, nil
}

func readSmall(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, 64<<10))
	return string(text), err
}

func (r *Reader) header() error {
	info, err := r.shp.Stat()
	if err != nil {
		return err
	}
	r.size = info.Size()
	var head [100]byte
	if _, err := io.ReadFull(r.shp, head[:]); err != nil {
		return fault.New("the .shp is cut: it has %d bytes, and its header alone has 100", r.size)
	}
	switch claimed := 2 * int64(binary.BigEndian.Uint32(head[24:])); {
	case binary.BigEndian.Uint32(head[:]) != 9994:
		return fault.New("the .shp is no Shapefile: its file code is not 9994")
	case claimed > r.size:
		return fault.New("the .shp is cut: its header says %d bytes, and it has %d", claimed, r.size)
	case claimed < 100:
		return fault.New("the .shp says it has %d bytes, fewer than its header", claimed)
	default:
		r.size = claimed // what follows is none of its records
	}
	if kind := binary.LittleEndian.Uint32(head[32:]); !known(kind) {
		return fault.New("the .shp holds shapes of type %d, which are not read", kind)
	}
	return nil
}

// Fields are the names of the attributes.
func (r *Reader) Fields() []string { return r.table.names }

// SRID is the EPSG code that the .prj stands for: 0 when there is no .prj or
// its system is not known; System then says what it is called.
func (r *Reader) SRID() (code int, system string) { return r.srid, r.system }

// Encoding tells how the texts are encoded.
func (r *Reader) Encoding() string { return r.table.encoding }

// Bytes is the size of both files.
func (r *Reader) Bytes() int64 { return r.total }

// Close closes the files.
func (r *Reader) Close() error {
	var err error
	for _, f := range []*os.File{r.shp, r.dbf} {
		if f != nil {
			err = errors.Join(err, f.Close())
		}
	}
	return err
}

// Records gives the features in the order of the file. What is marked as
// deleted in the .dbf is none. An error ends it.
func (r *Reader) Records(ctx context.Context) iter.Seq2[*Record, error] {
	return func(yield func(*Record, error) bool) {
		record := &Record{}
		if err := r.each(ctx, record, func() bool { return yield(record, nil) }); err != nil {
			yield(nil, err)
		}
	}
}

func (r *Reader) each(ctx context.Context, record *Record, yield func() bool) error {
	if _, err := r.shp.Seek(100, io.SeekStart); err != nil {
		return err
	}
	if err := r.table.rewind(); err != nil {
		return err
	}
	in := bufio.NewReaderSize(r.shp, 256<<10)
	at, number := int64(100), 0
	var content []byte
	for at < r.size {
		if err := ctx.Err(); err != nil {
			return err
		}
		number++
		var head [8]byte
		if r.size-at < 8 {
			return r.cut(number, at)
		}
		if _, err := io.ReadFull(in, head[:]); err != nil {
			return r.cut(number, at)
		}
		length := 2 * int64(binary.BigEndian.Uint32(head[4:]))
		switch {
		case length > r.size-at-8:
			return r.cut(number, at)
		case length > r.limit:
			return &fault.Error{Offset: at, Feature: number, Reason: "the shape is larger than the limit for one feature"}
		case length < 4:
			return &fault.Error{Offset: at, Feature: number, Reason: "the shape is shorter than its type"}
		}
		if int64(cap(content)) < length {
			content = make([]byte, length)
		}
		content = content[:length]
		if _, err := io.ReadFull(in, content); err != nil {
			return r.cut(number, at)
		}
		at += 8 + length
		*record = Record{Number: number, Values: record.Values[:0], Faults: record.Faults[:0], Read: at + r.table.at}
		deleted, err := r.table.next(record)
		if err != nil {
			return err
		}
		if deleted {
			continue
		}
		record.shape(content)
		if !yield() {
			return nil
		}
	}
	if number != r.table.count {
		return fault.New("the .shp has %d shapes, its .dbf %d rows: they do not belong together", number, r.table.count)
	}
	return nil
}

func (r *Reader) cut(number int, at int64) error {
	return &fault.Error{Offset: at, Feature: number, Reason: "the .shp ends in the middle of a shape"}
}

// Path is that of the .shp.
func (r *Reader) Path() string { return r.shp.Name() }
