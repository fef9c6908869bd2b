package archive

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/petadesa/petadesa/tiles"
	"github.com/petadesa/petadesa/tiles/archive/mbtiles"
	"github.com/petadesa/petadesa/tiles/archive/pmtiles"
)

// Archive is an open archive. After Close, Tile returns an error that wraps
// os.ErrClosed.
type Archive interface {
	tiles.Source
	io.Closer
}

// ErrInvalid is wrapped by errors about what a file holds, as opposed to errors
// of reading it.
var ErrInvalid = errors.New("not a valid archive")

// Open opens a PMTiles or MBTiles file, told apart by content, or the PMTiles
// file at an http or https URL whose server answers range requests.
func Open(ctx context.Context, location string) (Archive, error) {
	var a Archive
	var err error
	if strings.HasPrefix(location, "http://") || strings.HasPrefix(location, "https://") {
		a, err = openRemote(ctx, location)
	} else {
		a, err = openFile(ctx, location)
	}
	if err == nil {
		return a, nil
	}
	if errors.Is(err, pmtiles.ErrInvalid) || errors.Is(err, mbtiles.ErrInvalid) {
		err = fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	return nil, fmt.Errorf("open archive %s: %w", redacted(location), err)
}

func openFile(ctx context.Context, path string) (Archive, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	keep := false
	defer func() {
		if !keep {
			f.Close()
		}
	}()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%w: it is no regular file", ErrInvalid)
	}
	start := make([]byte, len(mbtiles.Magic))
	if _, err := io.ReadFull(io.NewSectionReader(f, 0, info.Size()), start); err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	if string(start) == mbtiles.Magic {
		return openMBTiles(ctx, path)
	}
	if !strings.HasPrefix(string(start), "PMTiles") {
		return nil, fmt.Errorf("%w: it begins neither like PMTiles nor like MBTiles", ErrInvalid)
	}
	a, err := openPMTiles(ctx, pmtiles.FromReaderAt(f, info.Size()), f)
	keep = err == nil
	return a, err
}

// etag names content: the same bytes have the same one everywhere.
func etag(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:12])
}
