package files

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path"
	"strings"

	"github.com/petadesa/petadesa/data/fetch"
)

// URL is a file on an HTTP server. A download that is cut goes on where it
// ended; what the server calls the content does not count.
func URL(address string) Source { return urlSource(address) }

type urlSource string

func isURL(argument string) bool {
	scheme, _, ok := strings.Cut(argument, "://")
	return ok && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https"))
}

// Name is the end of the URL's path: the rest may hold a secret.
func (u urlSource) Name() string {
	p, err := url.Parse(string(u))
	if err != nil || path.Base(p.Path) == "/" || path.Base(p.Path) == "." {
		return "download"
	}
	return path.Base(p.Path)
}

func (u urlSource) Local(ctx context.Context, maxBytes int64) (_ string, _ func() error, err error) {
	p, err := url.Parse(string(u))
	if err != nil || p.Host == "" {
		return "", nil, fmt.Errorf("%q is no URL of a file", brief(string(u)))
	}
	dir, err := os.MkdirTemp("", "petadesa-import-*")
	if err != nil {
		return "", nil, fmt.Errorf("making room for %s: %w", u.Name(), err)
	}
	release := func() error { return os.RemoveAll(dir) }
	password, _ := p.User.Password()
	client, err := fetch.New(fetch.Options{Dir: dir, Secrets: []string{p.RawQuery, password}})
	if err != nil {
		return "", nil, errors.Join(err, release())
	}
	file, err := client.Get(ctx, fetch.Request{URL: string(u), Name: "file", MaxBytes: maxBytes})
	if err != nil {
		return "", nil, errors.Join(err, release())
	}
	return file.Path, release, nil
}
