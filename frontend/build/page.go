package main

import (
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
)

// metafile is what of esbuild's description of its outputs is used.
type metafile struct {
	Outputs map[string]struct {
		EntryPoint string `json:"entryPoint"`
		Imports    []struct {
			Path string `json:"path"`
			Kind string `json:"kind"`
		} `json:"imports"`
		Inputs map[string]struct{} `json:"inputs"`
	} `json:"outputs"`
}

func readMetafile(text string) (*metafile, error) {
	var m metafile
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		return nil, fmt.Errorf("reading the description of the bundle: %w", err)
	}
	return &m, nil
}

// link fills the template's marks with the hashed names of the first two scripts,
// the style sheet and what else the map needs at once, so that a browser asks for
// all of them in one go; and with those of the page around the map, which it is
// told to ask for later.
func (m *metafile) link(template []byte) ([]byte, error) {
	early, begin, page, styles := m.holder(earlyScript), m.holder(beginScript), m.entry(pageScript), m.entry(mainStyles)
	if early == "" || begin == "" || page == "" || styles == "" {
		return nil, fmt.Errorf("the bundle lacks %s, %s, %s or %s", earlyScript, beginScript, pageScript, mainStyles)
	}
	now := append([]string{early}, m.needed(begin)...)
	var preloads strings.Builder
	for _, part := range now {
		if _, there := m.Outputs[part].Inputs[pageScript]; there {
			return nil, fmt.Errorf("the map needs %s, which has to come after it: something that is imported on demand is part of the map too", pageScript)
		}
		if part != early && part != begin {
			fmt.Fprintf(&preloads, "<link rel=\"modulepreload\" href=%q>\n", address(part))
		}
	}
	var then []string
	for _, part := range m.needed(page) {
		if !slices.Contains(now, part) {
			then = append(then, address(part))
		}
	}
	filled := strings.NewReplacer(
		"{{main.css}}", address(styles), "{{preloads}}", preloads.String(),
		"{{early.js}}", address(early), "{{begin.js}}", address(begin), "{{page}}", strings.Join(then, " "),
	).Replace(string(template))
	if strings.Contains(filled, "{{") {
		return nil, fmt.Errorf("the page has a mark that is not known")
	}
	return []byte(filled), nil
}

// entry is the output that begins with a source, or empty.
func (m *metafile) entry(source string) string {
	for name, out := range m.Outputs {
		if out.EntryPoint == source {
			return name
		}
	}
	return ""
}

// holder is the output that a source came to, or empty.
func (m *metafile) holder(source string) string {
	for name, out := range m.Outputs {
		if _, there := out.Inputs[source]; there {
			return name
		}
	}
	return ""
}

// pointers are the outputs of entries that only import where their source came to.
// The page names that itself.
func (m *metafile) pointers() []string {
	var all []string
	for _, source := range []string{earlyScript, beginScript} {
		if name := m.entry(source); name != m.holder(source) {
			all = append(all, name)
		}
	}
	return all
}

// needed are a script and the parts that it imports, theirs among them.
func (m *metafile) needed(script string) []string {
	all := []string{script}
	for i := 0; i < len(all); i++ {
		for _, part := range m.Outputs[all[i]].Imports {
			if part.Kind == "import-statement" && !slices.Contains(all, part.Path) {
				all = append(all, part.Path)
			}
		}
	}
	return all
}

// address is the path under which a file of dist is served.
func address(output string) string {
	return "/" + strings.TrimPrefix(path.Clean(output), "dist/")
}
