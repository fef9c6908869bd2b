package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"

	"github.com/andybalholm/brotli"
)

// compress adds the .br and .gz form of every file, without names or times, so
// that the same bytes always give the same bytes.
func compress(files Files) error {
	for _, name := range files.Names() {
		var br, gz bytes.Buffer
		bw := brotli.NewWriterLevel(&br, brotli.BestCompression)
		zw, err := gzip.NewWriterLevel(&gz, gzip.BestCompression)
		if err != nil {
			return fmt.Errorf("compressing %s: %w", name, err)
		}
		for _, w := range []interface {
			Write([]byte) (int, error)
			Close() error
		}{bw, zw} {
			if _, err := w.Write(files[name]); err != nil {
				return fmt.Errorf("compressing %s: %w", name, err)
			}
			if err := w.Close(); err != nil {
				return fmt.Errorf("compressing %s: %w", name, err)
			}
		}
		files[name+".br"], files[name+".gz"] = br.Bytes(), gz.Bytes()
	}
	return nil
}

// Write makes the folder hold exactly the files.
func Write(dir string, files Files) error {
	if err := os.RemoveAll(dir); err != nil {
		return fmt.Errorf("clearing %s: %w", dir, err)
	}
	for _, name := range files.Names() {
		target := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return fmt.Errorf("making the folder of %s: %w", name, err)
		}
		if err := os.WriteFile(target, files[name], 0o644); err != nil {
			return fmt.Errorf("writing %s: %w", name, err)
		}
	}
	return nil
}
