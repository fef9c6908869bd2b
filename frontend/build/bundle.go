package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// Files are the contents of dist by slash-separated name.
type Files map[string][]byte

// Names returns the names in order.
func (f Files) Names() []string { return slices.Sorted(maps.Keys(f)) }

// Bundle builds the application whose sources lie in root/src and root/vendor
// and returns every file of its dist folder, compressed forms included.
func Bundle(root string) (Files, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, fmt.Errorf("finding the sources: %w", err)
	}
	result, err := build(options(root))
	if err != nil {
		return nil, err
	}
	apart, err := readMetafile(result.Metafile)
	if err != nil {
		return nil, err
	}
	joined := options(root)
	joined.Plugins = []api.Plugin{inOrder(root, apart.laterParts())}
	if result, err = build(joined); err != nil {
		return nil, err
	}
	meta, err := readMetafile(result.Metafile)
	if err != nil {
		return nil, err
	}
	files := Files{}
	for _, out := range result.OutputFiles {
		name, err := filepath.Rel(filepath.Join(root, "dist"), out.Path)
		if err != nil {
			return nil, fmt.Errorf("naming %s: %w", out.Path, err)
		}
		files[filepath.ToSlash(name)] = out.Contents
	}
	for _, name := range meta.pointers() {
		delete(files, strings.TrimPrefix(address(name), "/"))
	}
	template, err := os.ReadFile(filepath.Join(root, "src", "index.html"))
	if err != nil {
		return nil, fmt.Errorf("reading the page: %w", err)
	}
	if files["index.html"], err = meta.link(template); err != nil {
		return nil, err
	}
	for _, name := range []string{"icon.svg", "icon-192.png", "icon-512.png", "manifest.webmanifest"} {
		if files[name], err = os.ReadFile(filepath.Join(root, "src", name)); err != nil {
			return nil, fmt.Errorf("reading a file of the page: %w", err)
		}
	}
	if files["sw.js"], err = worker(root, files); err != nil {
		return nil, err
	}
	return files, compress(files)
}

func build(o api.BuildOptions) (api.BuildResult, error) {
	result := api.Build(o)
	if len(result.Errors) > 0 {
		text := api.FormatMessages(result.Errors, api.FormatMessagesOptions{})
		return result, errors.New("bundling: " + strings.Join(text, "\n"))
	}
	return result, nil
}

func options(root string) api.BuildOptions {
	return api.BuildOptions{
		AbsWorkingDir:     root,
		EntryPoints:       []string{earlyScript, beginScript, mainStyles},
		Outdir:            filepath.Join(root, "dist", "assets"),
		EntryNames:        "[name]-[hash]",
		ChunkNames:        "[name]-[hash]",
		Bundle:            true,
		Splitting:         true,
		Metafile:          true,
		Format:            api.FormatESModule,
		Target:            api.ES2020,
		Loader:            map[string]api.Loader{".text.css": api.LoaderText}, // styles of parts that load on demand
		MinifySyntax:      true,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		TreeShaking:       api.TreeShakingTrue,
		LegalComments:     api.LegalCommentsNone,
		Charset:           api.CharsetUTF8,
		Alias: map[string]string{
			"leaflet":          filepath.Join(root, "vendor", "leaflet", "index.js"),
			"leaflet/pictures": filepath.Join(root, "vendor", "leaflet", "pictures.js"),
		},
		TsconfigRaw: `{"compilerOptions":{"target":"es2020","useDefineForClassFields":true}}`,
	}
}
