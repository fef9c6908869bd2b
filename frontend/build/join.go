package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

const (
	mainScript  = "src/main.ts"
	beginScript = "src/begin.ts"
)

// laterParts are the sources that the application loads on demand.
func laterParts(meta string) ([]string, error) {
	var m metafile
	if err := json.Unmarshal([]byte(meta), &m); err != nil {
		return nil, fmt.Errorf("reading the description of the bundle: %w", err)
	}
	var all []string
	for _, out := range m.Outputs {
		if out.EntryPoint != "" && out.EntryPoint != mainScript && out.EntryPoint != beginScript {
			all = append(all, out.EntryPoint)
		}
	}
	slices.Sort(all)
	return all, nil
}

// afterMain has every later part import the script that begins, which is there by then.
// The bundler cuts modules into chunks by who needs them; so everything that the
// first view needs comes to one chunk instead of thirty, each of which would cost
// a phone a request and compress worse.
func afterMain(root string, later []string) api.Plugin {
	names := make([]string, len(later))
	for i, name := range later {
		names[i] = regexp.QuoteMeta(filepath.Join(root, filepath.FromSlash(name)))
	}
	return api.Plugin{Name: "after-main", Setup: func(b api.PluginBuild) {
		if len(names) == 0 {
			return
		}
		b.OnLoad(api.OnLoadOptions{Filter: "^(" + strings.Join(names, "|") + ")$"}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
			text, err := os.ReadFile(a.Path)
			if err != nil {
				return api.OnLoadResult{}, fmt.Errorf("reading a later part: %w", err)
			}
			source := fmt.Sprintf("import %q;\n%s", filepath.Join(root, filepath.FromSlash(beginScript)), text)
			return api.OnLoadResult{Contents: &source, Loader: api.LoaderTS}, nil
		})
	}}
}
