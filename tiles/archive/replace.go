package archive

import (
	"errors"
	"os"
	"path/filepath"
)

// replace has a new file written under another name beside path, and puts it in
// the place of what is at path, if anything, when it is whole and on the disk.
// After an error nothing of it is left.
func replace(path string, write func(path string) error) (err error) {
	dir, name := filepath.Split(path)
	if dir == "" {
		dir = "."
	}
	f, err := os.CreateTemp(dir, "."+name+".*.part")
	if err != nil {
		return err
	}
	part := f.Name()
	defer func() {
		if err != nil {
			os.Remove(part)
		}
	}()
	if err = errors.Join(f.Chmod(0o644), f.Close()); err != nil {
		return err
	}
	if err = write(part); err != nil {
		return err
	}
	if err = flush(part); err != nil {
		return err
	}
	if err = os.Rename(part, path); err != nil {
		return err
	}
	return flush(dir)
}

// flush has the system put what it holds of a file or folder onto the disk.
func flush(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
