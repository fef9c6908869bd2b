package osm

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"
)

// Bounds of the format (https://wiki.openstreetmap.org/wiki/PBF_Format).
const (
	maxBlobHeader = 64 << 10
	maxBlob       = 32 << 20
)

// pbf is a file in the Protocolbuffer Binary Format.
type pbf struct {
	file  io.ReaderAt
	size  int64
	head  Header
	blobs []blob // known once it was gone through
	data  []byte // scratch
	raw   []byte // scratch
}

// A blob is a block of the file and what it was found to hold.
type blob struct {
	offset int64
	size   int64
	kinds  Kind
}

func openPBF(f io.ReaderAt, size int64) (*pbf, error) {
	p := &pbf{file: f, size: size}
	err := p.list()
	return p, err
}

// list finds the blobs and reads the header.
func (p *pbf) list() error {
	for at := int64(0); at < p.size; {
		kind, b, err := p.blobAt(at, p.size)
		if err != nil {
			return err
		}
		switch {
		case len(p.blobs) == 0 && p.head.Program == "" && at == 0 && kind != "OSMHeader":
			return &Fault{at, fmt.Sprintf("the file begins with a block %q, not with an OSMHeader: it is not OpenStreetMap PBF", brief(kind))}
		case kind == "OSMHeader" && at == 0:
			data, err := p.inflate(b)
			if err != nil {
				return err
			}
			if p.head, err = parseHeader(data); err != nil {
				return &Fault{at, err.Error()}
			}
		case kind == "OSMData":
			p.blobs = append(p.blobs, b)
		}
		at = b.offset + b.size
	}
	return nil
}

// blobAt reads the header of the blob at an offset.
func (p *pbf) blobAt(at, size int64) (kind string, b blob, err error) {
	cut := func(want int64) error {
		return &Fault{at, fmt.Sprintf("the file ends in the middle of a block: %d of %d bytes of it are there", size-at, want)}
	}
	var length [4]byte
	if at+4 > size {
		return "", b, cut(4)
	}
	if _, err := p.file.ReadAt(length[:], at); err != nil {
		return "", b, err
	}
	n := int64(binary.BigEndian.Uint32(length[:]))
	switch {
	case n == 0:
		return "", b, &Fault{at, "a block has no header"}
	case n > maxBlobHeader:
		return "", b, &Fault{at, fmt.Sprintf("a block claims a header of %d bytes, more than %d, the limit of the format", n, maxBlobHeader)}
	case at+4+n > size:
		return "", b, cut(4 + n)
	}
	buf := make([]byte, n)
	if _, err := p.file.ReadAt(buf, at+4); err != nil {
		return "", b, err
	}
	w := wire{data: buf}
	w.each(func(field int, content []byte, number uint64) {
		switch field {
		case 1:
			kind = string(content)
		case 3:
			b.size = int64(min(number, 1<<62))
		}
	})
	switch {
	case w.bad:
		return "", b, &Fault{at, "the header of a block cannot be read"}
	case b.size > maxBlob:
		return "", b, &Fault{at, fmt.Sprintf("a block claims %d bytes, more than %d, the limit of the format", b.size, maxBlob)}
	}
	b.offset = at + 4 + n
	if b.offset+b.size > size {
		return "", b, cut(4 + n + b.size)
	}
	return kind, b, nil
}

// inflate returns the content of a blob, valid until the next call.
func (p *pbf) inflate(b blob) ([]byte, error) {
	if b.size == 0 {
		return nil, &Fault{b.offset, "a block is empty"}
	}
	if int64(cap(p.data)) < b.size {
		p.data = make([]byte, b.size)
	}
	data := p.data[:b.size]
	if _, err := p.file.ReadAt(data, b.offset); err != nil {
		return nil, &Fault{b.offset, "the file became shorter while it was read"}
	}
	w := wire{data: data}
	var raw, deflated []byte
	var size uint64
	other := 0
	w.each(func(field int, content []byte, number uint64) {
		switch field {
		case 1:
			raw = content
		case 2:
			size = number
		case 3:
			deflated = content
		case 4, 5, 6, 7:
			other = field
		}
	})
	switch {
	case w.bad:
		return nil, &Fault{b.offset, "a block cannot be read"}
	case raw != nil:
		return raw, nil
	case deflated == nil && other != 0:
		name := map[int]string{4: "LZMA", 5: "bzip2", 6: "LZ4", 7: "Zstandard"}[other]
		return nil, &Fault{b.offset, "blocks are compressed with " + name + ", which is not read: osmium cat -f pbf,pbf_compression=zlib converts it"}
	case deflated == nil:
		return nil, &Fault{b.offset, "a block is empty"}
	case size > maxBlob:
		return nil, &Fault{b.offset, fmt.Sprintf("a block claims %d bytes, more than %d, the limit of the format", size, maxBlob)}
	}
	z, err := zlib.NewReader(bytes.NewReader(deflated))
	if err != nil {
		return nil, &Fault{b.offset, "a block is not compressed as it says: " + err.Error()}
	}
	// The buffer grows with what there is, not with what is claimed.
	buf := bytes.NewBuffer(p.raw[:0])
	n, err := io.Copy(buf, io.LimitReader(z, int64(size)+1))
	p.raw = buf.Bytes()
	switch {
	case err != nil:
		return nil, &Fault{b.offset, "a block is damaged: " + err.Error()}
	case n != int64(size):
		return nil, &Fault{b.offset, fmt.Sprintf("a block says it holds %d bytes and does not", size)}
	}
	return p.raw, nil
}

func (p *pbf) header() Header { return p.head }

// each gives the elements of the wanted kinds in order. With a known content,
// blobs that hold none of them are passed over.
func (p *pbf) each(ctx context.Context, want Kind, f func(*Element, int64) error) error {
	for i := range p.blobs {
		b := &p.blobs[i]
		if err := ctx.Err(); err != nil {
			return err
		}
		if b.kinds != 0 && b.kinds&want == 0 {
			continue
		}
		data, err := p.inflate(*b)
		if err != nil {
			return err
		}
		at := b.offset + b.size
		kinds, err := readBlock(data, want, func(e *Element) error { return f(e, at) })
		if errors.Is(err, errBlock) {
			return &Fault{b.offset, err.Error()}
		}
		if err != nil {
			return err
		}
		b.kinds = kinds
	}
	return nil
}

// parseHeader reads a HeaderBlock.
func parseHeader(data []byte) (Header, error) {
	var h Header
	w := wire{data: data}
	for {
		field, content, number, ok := w.next()
		if !ok {
			break
		}
		switch field {
		case 4:
			switch f := string(content); f {
			case "OsmSchema-V0.6", "DenseNodes":
			case "HistoricalInformation":
				return h, fmt.Errorf("the file holds the history of its objects: osmium time-filter makes one of a moment")
			default:
				return h, fmt.Errorf("the file needs a reader that knows %q", brief(f))
			}
		case 16:
			h.Program = string(content)
		case 32:
			if number < 1<<40 {
				h.Time = time.Unix(int64(number), 0).UTC()
			}
		}
	}
	if w.bad {
		return h, errors.New("the header of the file cannot be read")
	}
	return h, nil
}
