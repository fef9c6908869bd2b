package archive

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// member is a file of the folder, in the state it was last seen in.
type member struct {
	name    string // of the source
	info    fs.FileInfo
	archive Archive // nil: it is left out
	err     error   // why
}

const (
	maxMembers = 1000
	openTime   = 30 * time.Second
)

// extensions are those of archives. Of two files with one name the first counts.
var extensions = [...]string{".pmtiles", ".mbtiles"}

// memberName is what the name of a source may be: it stands in URLs.
var memberName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$`)

// look brings members up to date with the folder. Only one may look at a time.
func (f *Folder) look(ctx context.Context) error {
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return err
	}
	now := map[string]*member{}
	var problems []Problem
	for _, extension := range extensions {
		for _, e := range entries {
			file := e.Name()
			if strings.HasPrefix(file, ".") || filepath.Ext(file) != extension {
				continue
			}
			m := f.see(ctx, file, strings.TrimSuffix(file, extension), now)
			now[file] = m
			if ctx.Err() != nil {
				f.drop(now)
				return ctx.Err()
			}
			if m.err != nil {
				problems = append(problems, Problem{file, m.err})
			}
		}
	}
	slices.SortFunc(problems, func(a, b Problem) int { return strings.Compare(a.File, b.File) })
	f.mu.Lock()
	old := f.members
	f.members, f.problems = now, problems
	f.mu.Unlock()
	f.retire(old, now)
	return nil
}

// see returns the member for a file: the one known already unless the file has
// changed, else a new one, which is reported.
func (f *Folder) see(ctx context.Context, file, name string, before map[string]*member) *member {
	path := filepath.Join(f.dir, file)
	info, err := os.Stat(path)
	known := f.members[file]
	first := before[name+extensions[0]]
	hidden := first != nil && first.archive != nil
	if err == nil && !hidden && known != nil && same(known.info, info) && !errors.Is(known.err, errHidden) {
		return known
	}
	m := &member{name: name, info: info, err: err}
	switch {
	case err != nil:
	case !memberName.MatchString(name):
		m.err = errors.New("its name may have letters, digits, dots, underscores and hyphens only")
	case hidden:
		m.err = errHidden
	case len(before) >= maxMembers:
		m.err = fmt.Errorf("there are more than %d archives", maxMembers)
	default:
		limited, cancel := context.WithTimeout(ctx, openTime)
		m.archive, m.err = Open(limited, path)
		cancel()
	}
	switch {
	case ctx.Err() != nil:
	case m.err == nil:
		f.log.Info("archive opened", "name", name, "file", path)
	case known == nil || known.err == nil || known.err.Error() != m.err.Error():
		f.log.Warn("archive left out", "file", path, "error", m.err)
	}
	return m
}

// errHidden says that another file of the same name is served.
var errHidden = errors.New("a PMTiles archive of the same name is served")

func same(a, b fs.FileInfo) bool {
	return a != nil && os.SameFile(a, b) && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
}

// retire closes the old archives that are none of now's.
func (f *Folder) retire(old, now map[string]*member) {
	for file, m := range old {
		if m.archive == nil || now[file] == m {
			continue
		}
		if now[file] == nil {
			f.log.Info("archive gone", "name", m.name)
		}
		if err := m.archive.Close(); err != nil {
			f.log.Warn("close archive", "name", m.name, "error", err)
		}
	}
}

// drop closes what a look that was stopped has opened.
func (f *Folder) drop(now map[string]*member) {
	for file, m := range now {
		if m.archive != nil && f.members[file] != m {
			_ = m.archive.Close() // nobody has read from it
		}
	}
}

func (f *Folder) close() {
	f.mu.Lock()
	old := f.members
	f.members = map[string]*member{}
	f.mu.Unlock()
	f.retire(old, nil)
}
