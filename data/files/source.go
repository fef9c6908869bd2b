package files

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// A Source is where a file comes from. It is brought to local disk as a whole,
// because it is read twice and some formats need a file.
type Source interface {
	// Name is what reports call it: a file's base name.
	Name() string
	// Local gives the path of a file with its content and a function that lets
	// go of it. More than maxBytes bytes are refused.
	Local(ctx context.Context, maxBytes int64) (path string, release func() error, err error)
}

// Open returns the Source that an argument of a command names: a path, an http
// or https URL, or "-" for stdin.
func Open(argument string, stdin io.Reader) Source {
	if isURL(argument) {
		return URL(argument)
	}
	if argument == "-" {
		return Stream("stdin", stdin)
	}
	return Path(argument)
}

// Path is a file on disk. A pipe or device is copied like a Stream.
func Path(path string) Source { return pathSource(path) }

// Stream is what r holds, copied to a temporary file when it is wanted.
func Stream(name string, r io.Reader) Source { return &streamSource{name, r} }

type pathSource string

func (p pathSource) Name() string { return filepath.Base(string(p)) }

func (p pathSource) Local(ctx context.Context, maxBytes int64) (string, func() error, error) {
	info, err := os.Stat(string(p))
	switch {
	case err != nil:
		return "", nil, err
	case info.IsDir():
		return "", nil, fmt.Errorf("%s is a folder, not a file", p)
	case !info.Mode().IsRegular():
		f, err := os.Open(string(p))
		if err != nil {
			return "", nil, err
		}
		defer f.Close()
		return Stream(p.Name(), f).Local(ctx, maxBytes)
	case info.Size() > maxBytes:
		return "", nil, tooLarge(p.Name(), maxBytes)
	}
	return string(p), func() error { return nil }, nil
}

type streamSource struct {
	name string
	r    io.Reader
}

func (s *streamSource) Name() string { return s.name }

func (s *streamSource) Local(ctx context.Context, maxBytes int64) (string, func() error, error) {
	f, err := os.CreateTemp("", "petadesa-import-*")
	if err != nil {
		return "", nil, fmt.Errorf("making room for %s: %w", s.name, err)
	}
	release := func() error { return os.Remove(f.Name()) }
	n, err := io.Copy(f, io.LimitReader(contextReader{ctx, s.r}, maxBytes+1))
	err = errors.Join(err, f.Close())
	if err == nil && n > maxBytes {
		err = tooLarge(s.name, maxBytes)
	}
	if err != nil {
		return "", nil, errors.Join(fmt.Errorf("reading %s: %w", s.name, err), release())
	}
	return f.Name(), release, nil
}

func tooLarge(name string, maxBytes int64) error {
	return fmt.Errorf("%s is larger than %s, the limit for a file", name, byteSize(maxBytes))
}

// contextReader ends reading when the context ends.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// checksum returns the SHA-256 of a file in hexadecimal, and its size.
func checksum(ctx context.Context, path string) (string, int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, contextReader{ctx, f})
	if err != nil {
		return "", 0, err
	}
	return hex.EncodeToString(h.Sum(nil)), n, nil
}

func byteSize(n int64) string {
	for _, unit := range []struct {
		name string
		size int64
	}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}} {
		if n >= unit.size {
			return fmt.Sprintf("%.4g %s", float64(n)/float64(unit.size), unit.name)
		}
	}
	return fmt.Sprintf("%d bytes", n)
}
