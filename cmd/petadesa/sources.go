package main

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"slices"
	"time"

	"github.com/petadesa/petadesa/api"
	"github.com/petadesa/petadesa/data/live"
	"github.com/petadesa/petadesa/tiles/archive"
)

// sourceFlags are the flags of serve for tiles that are not cut from the store's
// collections.
type sourceFlags struct {
	Archives string            `help:"A folder of PMTiles and MBTiles archives to serve too; files may come and go." placeholder:"DIR"`
	Archive  map[string]string `help:"An archive to serve under a name: a file, or the http or https URL of a PMTiles file. May be repeated." placeholder:"NAME=PATH-OR-URL"`

	LiveSchemas     []string      `help:"Schemas of the database whose tables, views and tile functions are served too." placeholder:"SCHEMA,…"`
	Live            string        `help:"The database that has them; by default the store's. A role that may only read will do." placeholder:"URL"`
	LiveConnections int           `help:"Most queries of live sources at a time." default:"4"`
	LiveTimeout     time.Duration `help:"Longest such query." default:"10s"`
	LiveTTL         time.Duration `name:"live-ttl" help:"For how long a tile of a live source is kept." default:"1m"`
	LiveCache       int           `help:"Bytes of tiles of live sources to keep in memory." default:"67108864"`
}

// sources are all tiles that are not cut from the store's collections. A named
// archive comes before one of the folder, and archives before live sources.
type sources struct {
	named   map[string]archive.Archive
	remote  map[string]bool // of the named ones
	folder  *archive.Folder // nil: none
	live    *live.Live      // nil: none
	closers []func()
}

var _ api.Sources = (*sources)(nil)

// open opens what the flags name. The sources must be closed.
func (f *sourceFlags) open(ctx context.Context, c *console) (_ *sources, err error) {
	s := &sources{named: map[string]archive.Archive{}, remote: map[string]bool{}}
	defer func() {
		if err != nil {
			s.close()
		}
	}()
	for name, location := range f.Archive {
		if err := s.openArchive(ctx, name, location); err != nil {
			return nil, err
		}
	}
	if f.Archives != "" {
		if s.folder, err = archive.OpenFolder(ctx, f.Archives, c.log); err != nil {
			return nil, err
		}
		watching, stop := context.WithCancel(context.WithoutCancel(ctx))
		done := make(chan struct{})
		go func() {
			defer close(done)
			s.folder.Watch(watching)
		}()
		s.closers = append(s.closers, func() { stop(); <-done })
	}
	if len(f.LiveSchemas) > 0 {
		if s.live, err = f.openLive(ctx, c); err != nil {
			return nil, err
		}
		s.closers = append(s.closers, s.live.Close)
	}
	return s, nil
}

func (s *sources) openArchive(ctx context.Context, name, location string) error {
	if name == "" || url.PathEscape(name) != name {
		return fmt.Errorf("archive %q: the name stands in addresses: use letters, digits, dots, hyphens and underscores", name)
	}
	a, err := archive.Open(ctx, location)
	if err != nil {
		return fmt.Errorf("archive %s: %w", name, err)
	}
	s.named[name], s.remote[name] = a, isRemote(location)
	s.closers = append(s.closers, closing(a))
	return nil
}

func closing(c io.Closer) func() {
	return func() { _ = c.Close() } // it was only read
}

// close ends all requests of the sources.
func (s *sources) close() {
	for _, end := range slices.Backward(s.closers) {
		end()
	}
}

// Names lists the sources.
func (s *sources) Names() []string {
	var all []string
	for name := range s.named {
		all = append(all, name)
	}
	if s.folder != nil {
		all = append(all, s.folder.Names()...)
	}
	if s.live != nil {
		for _, source := range s.live.Sources() {
			all = append(all, source.Name)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Source returns the source of that name, or nil.
func (s *sources) Source(name string) *api.TileSource {
	if a := s.named[name]; a != nil {
		return &api.TileSource{Source: archiveTiles{a, s.remote[name]}, Kind: "archive"}
	}
	if s.folder != nil {
		if a := s.folder.Source(name); a != nil {
			return &api.TileSource{Source: archiveTiles{a, false}, Kind: "archive"}
		}
	}
	if s.live != nil {
		if source, ok := s.live.Source(name); ok {
			return liveTileSource(s.live, source)
		}
	}
	return nil
}
