package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// The scripts of the first view, each importing the one before it: what asks for
// data, the map, and the page around it.
const (
	earlyScript = "src/early.ts"
	beginScript = "src/begin.ts"
	pageScript  = "src/ui/app.ts"
)

const mainStyles = "src/styles/main.css"

// laterParts are the sources that the application loads on demand.
func (m *metafile) laterParts() []string {
	var all []string
	for _, out := range m.Outputs {
		if out.EntryPoint != "" && !slices.Contains([]string{earlyScript, beginScript, pageScript, mainStyles}, out.EntryPoint) {
			all = append(all, out.EntryPoint)
		}
	}
	slices.Sort(all)
	return all
}

// inOrder has the page import the script that begins, and every later part import the
// page: each is there by then. The bundler cuts modules into chunks by who needs them;
// so everything that the map needs comes to one chunk and the page to another, instead
// of thirty, each of which would cost a phone a request and compress worse.
func inOrder(root string, later []string) api.Plugin {
	before := map[string]string{filepath.Join(root, filepath.FromSlash(pageScript)): beginScript}
	for _, name := range later {
		before[filepath.Join(root, filepath.FromSlash(name))] = pageScript
	}
	var names []string
	for name := range before {
		names = append(names, regexp.QuoteMeta(name))
	}
	slices.Sort(names)
	return api.Plugin{Name: "in-order", Setup: func(b api.PluginBuild) {
		b.OnLoad(api.OnLoadOptions{Filter: "^(" + strings.Join(names, "|") + ")$"}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
			text, err := os.ReadFile(a.Path)
			if err != nil {
				return api.OnLoadResult{}, fmt.Errorf("reading a part: %w", err)
			}
			source := fmt.Sprintf("import %q;\n%s", filepath.Join(root, filepath.FromSlash(before[a.Path])), text)
			return api.OnLoadResult{Contents: &source, Loader: api.LoaderTS}, nil
		})
	}}
}
