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
		CSSBundle  string `json:"cssBundle"`
		Imports    []struct {
			Path string `json:"path"`
			Kind string `json:"kind"`
		} `json:"imports"`
		Inputs map[string]struct{} `json:"inputs"`
	} `json:"outputs"`
}

// link fills the template's marks with the hashed names of the script, its style
// sheet and the parts that the map needs at once, so that a browser asks for
// all of them in one go; and with those of the page around the map, which it is
// told to ask for later.
func link(template []byte, meta string) ([]byte, error) {
	var m metafile
	if err := json.Unmarshal([]byte(meta), &m); err != nil {
		return nil, fmt.Errorf("reading the description of the bundle: %w", err)
	}
	script, page := m.entry(mainScript), m.entry(pageScript)
	if script == "" || page == "" {
		return nil, fmt.Errorf("the bundle lacks %s or %s", mainScript, pageScript)
	}
	now := m.needed(script)
	var preloads strings.Builder
	for _, part := range now {
		if _, there := m.Outputs[part].Inputs[pageScript]; there {
			return nil, fmt.Errorf("the map needs %s, which has to come after it: something that is imported on demand is part of the map too", pageScript)
		}
		fmt.Fprintf(&preloads, "<link rel=\"modulepreload\" href=%q>\n", address(part))
	}
	then := []string{address(page)}
	for _, part := range m.needed(page) {
		if !slices.Contains(now, part) {
			then = append(then, address(part))
		}
	}
	filled := strings.NewReplacer(
		"{{main.js}}", address(script), "{{main.css}}", address(m.Outputs[script].CSSBundle), "{{preloads}}", preloads.String(), "{{page}}", strings.Join(then, " "),
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

// needed are the parts that a script imports, those of the script that begins the
// application among them: it is imported by the main one once that has asked for data.
func (m *metafile) needed(script string) []string {
	var all []string
	for _, i := range m.Outputs[script].Imports {
		first := i.Kind == "import-statement" || m.Outputs[i.Path].EntryPoint == beginScript
		if !first || slices.Contains(all, i.Path) {
			continue
		}
		all = append(all, i.Path)
		for _, part := range m.needed(i.Path) {
			if !slices.Contains(all, part) {
				all = append(all, part)
			}
		}
	}
	return all
}

// address is the path under which a file of dist is served.
func address(output string) string {
	return "/" + strings.TrimPrefix(path.Clean(output), "dist/")
}
