package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// shell is what the service worker keeps: what the first view needs at once, the
// other parts when an area is saved. The version changes when any of it does.
type shell struct {
	Version string   `json:"version"`
	First   []string `json:"first"`
	Later   []string `json:"later"`
}

var asset = regexp.MustCompile(`[" ]/(assets/[^" ]+)`)

// worker builds the service worker around the names of the files.
func worker(root string, files Files) ([]byte, error) {
	s := shell{First: []string{"/", "/icon.svg", "/manifest.webmanifest"}}
	first := map[string]bool{}
	for _, m := range asset.FindAllSubmatch(files["index.html"], -1) {
		if name := string(m[1]); !first[name] {
			first[name] = true
			s.First = append(s.First, "/"+name)
		}
	}
	sum := sha256.New()
	for _, name := range files.Names() {
		sum.Write([]byte(name))
		sum.Write(files[name])
		if strings.HasPrefix(name, "assets/") && path.Ext(name) == ".js" && !first[name] {
			s.Later = append(s.Later, "/"+name)
		}
	}
	s.Version = hex.EncodeToString(sum.Sum(nil)[:6])
	text, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("describing the shell: %w", err)
	}
	o := options(root)
	o.EntryPoints = []string{"src/worker/sw.ts"}
	o.EntryNames, o.Splitting, o.Metafile = "[name]", false, false
	o.Outdir = filepath.Join(root, "dist")
	o.Format = api.FormatIIFE
	o.Define = map[string]string{"SHELL": string(text)}
	result := api.Build(o)
	if len(result.Errors) > 0 {
		return nil, errors.New("bundling the worker: " + strings.Join(api.FormatMessages(result.Errors, api.FormatMessagesOptions{}), "\n"))
	}
	return result.OutputFiles[0].Contents, nil
}
