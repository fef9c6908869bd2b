package archive

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/petadesa/petadesa/tiles"
)

// Folder holds the archives in a folder as sources, each named like its file
// without the extension, and follows the folder while Watch runs. A file that
// cannot be opened is reported and left out; it hinders no other.
type Folder struct {
	dir string
	log *slog.Logger

	mu       sync.RWMutex
	members  map[string]*member // by file name
	problems []Problem
}

// Problem is an archive that is left out, and why.
type Problem struct {
	File string // without the folder
	Err  error
}

const lookEvery = 2 * time.Second

// OpenFolder opens the archives in dir, which must exist. log may be nil.
func OpenFolder(ctx context.Context, dir string, log *slog.Logger) (*Folder, error) {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	f := &Folder{dir: dir, log: log, members: map[string]*member{}}
	if err := f.look(ctx); err != nil {
		return nil, fmt.Errorf("archives: %w", err)
	}
	return f, nil
}

// Watch looks at the folder every two seconds until ctx ends, then closes all
// archives. A folder that is away for a while keeps the sources it had.
func (f *Folder) Watch(ctx context.Context) {
	defer f.close()
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	away := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		err := f.look(ctx)
		if err != nil && !away && ctx.Err() == nil {
			f.log.Warn("the folder of archives cannot be read", "folder", f.dir, "error", err)
		}
		away = err != nil
	}
}

// Names returns the names of the sources that can be read, in order.
func (f *Folder) Names() []string {
	f.mu.RLock()
	defer f.mu.RUnlock()
	var names []string
	for _, m := range f.members {
		if m.archive != nil {
			names = append(names, m.name)
		}
	}
	slices.Sort(names)
	return names
}

// Source returns the source of that name, or nil. It follows its file: one that
// is replaced is read from then on.
func (f *Folder) Source(name string) tiles.Source {
	if f.archive(name) == nil {
		return nil
	}
	return &folderSource{f, name}
}

// Problems returns the archives that are left out, in order of file name.
func (f *Folder) Problems() []Problem {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return slices.Clone(f.problems)
}

func (f *Folder) archive(name string) Archive {
	f.mu.RLock()
	defer f.mu.RUnlock()
	for _, extension := range extensions {
		if m := f.members[name+extension]; m != nil && m.archive != nil {
			return m.archive
		}
	}
	return nil
}

// folderSource is whatever archive has a name at the moment.
type folderSource struct {
	*Folder
	name string
}

var _ tiles.Source = (*folderSource)(nil)

func (s *folderSource) Describe() tiles.Description {
	if a := s.archive(s.name); a != nil {
		return a.Describe()
	}
	return tiles.Description{}
}

// Tile asks again where the archive was replaced while it was read.
func (s *folderSource) Tile(ctx context.Context, at tiles.Address) (tiles.Encoded, error) {
	for last := Archive(nil); ; {
		a := s.archive(s.name)
		if a == nil || a == last {
			return tiles.Encoded{}, fmt.Errorf("archive %s: %w", s.name, os.ErrClosed)
		}
		t, err := a.Tile(ctx, at)
		if !errors.Is(err, os.ErrClosed) {
			return t, err
		}
		last = a
	}
}
