// Package house tests the shape of the repository itself: who may import whom,
// and that the files beside the code are valid.
package house

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

const (
	root   = "../.."
	module = "github.com/petadesa/petadesa/"
)

// mayImport says for each room which other rooms it may see. Tests, bench and
// generators may see all.
var mayImport = map[string][]string{
	"geo":      {"geo"},
	"tiles":    {"geo", "tiles"},
	"data":     {"geo", "data"},
	"api":      {"geo", "tiles", "api"},
	"frontend": {"frontend"},
	"cmd":      {"geo", "tiles", "data", "api", "frontend", "cmd"},
}

func TestRoomsImportOnlyWhatTheyMay(t *testing.T) {
	seen := map[string]int{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, path)
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git" || d.Name() == "gen") {
			return fs.SkipDir
		}
		room, _, _ := strings.Cut(filepath.ToSlash(rel), "/")
		allowed, known := mayImport[room]
		if !known || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, i := range f.Imports {
			imported := strings.Trim(i.Path.Value, `"`)
			ours, inside := strings.CutPrefix(imported, module)
			to, _, _ := strings.Cut(ours, "/")
			switch {
			case inside && !contains(allowed, to) && !testHelper(rel, to):
				t.Errorf("%s imports %s; %s may import only %v", rel, imported, room, allowed)
			case !inside && room == "geo" && strings.Contains(imported, ".") && !strings.HasPrefix(imported, "github.com/paulmach/orb"):
				t.Errorf("%s imports %s; geo stands on orb and the standard library", rel, imported)
			}
		}
		seen[room]++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for room := range mayImport {
		if seen[room] == 0 {
			t.Errorf("no Go file found in %s: the check looks at nothing", room)
		}
	}
}

// testHelper admits what is only ever linked into tests.
func testHelper(file, to string) bool {
	return to == "internal" && (strings.HasPrefix(file, "data/storetest/") || strings.HasPrefix(file, "data/pgtest/"))
}

func contains(list []string, s string) bool {
	for _, l := range list {
		if l == s {
			return true
		}
	}
	return false
}

func TestComposeFile(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(root, "docker-compose.yml"))
	if err != nil {
		t.Fatal(err)
	}
	var c struct {
		Services map[string]struct {
			Image, Build string
			Environment  map[string]string
			Volumes      []string
			DependsOn    map[string]struct{ Condition string } `yaml:"depends_on"`
			Healthcheck  struct {
				Test []string
			}
		}
		Volumes map[string]any
	}
	if err := yaml.Unmarshal(raw, &c); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"postgis", "petadesa"} {
		s, ok := c.Services[name]
		if !ok {
			t.Fatalf("no service %s", name)
		}
		if (s.Image == "") == (s.Build == "") {
			t.Errorf("%s: want an image or a build", name)
		}
		if len(s.Healthcheck.Test) < 2 {
			t.Errorf("%s: no health check", name)
		}
		for key, value := range s.Environment {
			if strings.Contains(strings.ToLower(key), "password") && !strings.HasPrefix(value, "${") {
				t.Errorf("%s: %s holds a secret", name, key)
			}
		}
		for _, v := range s.Volumes {
			if volume, _, _ := strings.Cut(v, ":"); !strings.HasPrefix(volume, ".") {
				if _, ok := c.Volumes[volume]; !ok {
					t.Errorf("%s: volume %s is not declared", name, volume)
				}
			}
		}
		for on := range s.DependsOn {
			if _, ok := c.Services[on]; !ok {
				t.Errorf("%s depends on %s, which is not there", name, on)
			}
		}
	}
	if c.Services["petadesa"].DependsOn["postgis"].Condition != "service_healthy" {
		t.Error("petadesa does not wait for a healthy database")
	}
}

var link = regexp.MustCompile(`\]\(([^)#\s]+)[^)]*\)`)

func TestDocumentsLinkToWhatExists(t *testing.T) {
	docs := []string{"README.md", "ARCHITECTURE.md", "CONFORMANCE.md", "CHANGELOG.md"}
	for _, pattern := range []string{"docs/decisions/*.md", "*/README.md", "*/*/README.md"} {
		more, _ := filepath.Glob(filepath.Join(root, filepath.FromSlash(pattern)))
		for _, m := range more {
			rel, _ := filepath.Rel(root, m)
			docs = append(docs, rel)
		}
	}
	for _, doc := range docs {
		raw, err := os.ReadFile(filepath.Join(root, doc))
		if err != nil {
			t.Error(err)
			continue
		}
		for _, m := range link.FindAllStringSubmatch(string(raw), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			if _, err := os.Stat(filepath.Join(root, filepath.Dir(doc), m[1])); err != nil {
				t.Errorf("%s links to %s, which is not there", doc, m[1])
			}
		}
	}
}

// A test may pass itself over only in short mode; what else it may lack is the
// business of internal/needs, which fails in CI, and of internal/testdata.
func TestNoTestIsPassedOverInCI(t *testing.T) {
	skip := regexp.MustCompile(`\b[tbf]\.Skip(?:f|Now)?\(`)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git") {
			return fs.SkipDir
		}
		rel, _ := filepath.Rel(root, path)
		if !strings.HasSuffix(path, ".go") || strings.HasPrefix(rel, filepath.Join("internal", "needs")) || strings.HasPrefix(rel, filepath.Join("internal", "testdata")) || rel == filepath.Join("internal", "house", "house_test.go") {
			return nil
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		before := ""
		for i, line := range strings.Split(string(raw), "\n") {
			// A property of package rapid draws again when it is skipped.
			if skip.MatchString(line) && !strings.Contains(before, "testing.Short()") && !strings.Contains(string(raw), "rapid.Check(") {
				t.Errorf("%s:%d: %s: use internal/needs or internal/testdata", rel, i+1, strings.TrimSpace(line))
			}
			before = line
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
