package pull

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/data/fetch"
)

// A got is a source whose files are here.
type got struct {
	source  data.PublicSource
	instead string        // the source that failed before
	files   []*fetch.File // as they were downloaded
	paths   []string      // as they are to be read
}

// download brings the files of a step's source, or of its first alternative
// that works. Nil without an error: none does, and the step is not required.
func (r *run) download(ctx context.Context, step *Step) (*got, error) {
	var errs []error
	for i, s := range append([]data.PublicSource{step.Source}, step.Alternatives...) {
		g := &got{source: s}
		if i > 0 {
			g.instead = step.Source.ID
			if last := errs[len(errs)-1]; !errors.Is(last, fetch.ErrOffline) {
				r.opts.Tell("%s fails (%v); %s instead", step.Source.ID, last, s.ID)
			}
		}
		err := r.bring(ctx, g)
		if err == nil {
			return g, nil
		}
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		errs = append(errs, err)
	}
	if !step.Source.Required {
		r.fail(step.Source.ID, errors.Join(errs...))
		return nil, nil
	}
	for _, err := range errs {
		if !errors.Is(err, fetch.ErrOffline) {
			return nil, fmt.Errorf("%s cannot be downloaded: %w; nothing was changed", step.Source.ID, oneLine(errs))
		}
	}
	return nil, fmt.Errorf("%w: no source of %s can be reached; nothing was changed", ErrOffline, strings.Join(step.Source.Collections, " and "))
}

// oneLine joins errors in one line.
func oneLine(errs []error) error {
	err := errs[0]
	for _, e := range errs[1:] {
		err = fmt.Errorf("%w; %w", err, e)
	}
	return err
}

func (r *run) bring(ctx context.Context, g *got) error {
	requests, err := r.requests(&g.source)
	if err != nil {
		return err
	}
	if g.source.Format == "arcgis" {
		return r.bringPages(ctx, g, requests[0])
	}
	for _, request := range requests {
		f, err := r.get(ctx, g, request)
		if err != nil {
			return err
		}
		g.paths = append(g.paths, f.Path)
	}
	return nil
}

func (r *run) get(ctx context.Context, g *got, request fetch.Request) (*fetch.File, error) {
	f, err := r.opts.Client.Get(ctx, request)
	if err != nil {
		return nil, err
	}
	how := ""
	switch {
	case f.Cached:
		how = ", from the cache"
	case f.Resumed > 0:
		how = fmt.Sprintf(", continued after %d", f.Resumed)
	}
	r.opts.Tell("%s: %d bytes%s", g.source.ID, f.Bytes, how)
	g.files = append(g.files, f)
	return f, nil
}

const maxPages = 1000 // of an answer in pages

// bringPages asks an ArcGIS service for features page by page, until one is not
// full, and puts the pages into one file: GeoJSON texts one after the other.
func (r *run) bringPages(ctx context.Context, g *got, request fetch.Request) (err error) {
	template := request.URL
	var all *os.File
	seen := map[string]bool{}
	for n, offset := 0, 0; ; n++ {
		if n == maxPages {
			return fmt.Errorf("more than %d pages", maxPages)
		}
		request.URL = strings.ReplaceAll(template, "{offset}", fmt.Sprint(offset))
		request.Name = fmt.Sprintf("%s-%d.geojson", g.source.ID, offset)
		f, err := r.get(ctx, g, request)
		if err != nil {
			return err
		}
		page, err := readPage(f.Path)
		switch {
		case err != nil:
			return err
		case seen[f.SHA256] && len(page.Features) > 0:
			return errors.New("the service sends the same page again: it does not know pages")
		}
		seen[f.SHA256] = true
		if all == nil {
			if all, err = os.Create(f.Path + ".all"); err != nil {
				return err
			}
			defer func() { err = errors.Join(err, all.Close()) }()
			g.paths = []string{all.Name()}
		}
		if len(page.Features) > 0 {
			if err := appendFile(all, f.Path); err != nil {
				return err
			}
		}
		if offset += len(page.Features); !page.more(g.source.Page) {
			return nil
		}
	}
}

func appendFile(to io.Writer, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := io.Copy(to, f); err != nil {
		return err
	}
	_, err = io.WriteString(to, "\n")
	return err
}
