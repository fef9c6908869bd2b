package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/petadesa/petadesa/data/files"
	"github.com/petadesa/petadesa/data/stores"
	"github.com/petadesa/petadesa/geo"
)

// A program is the built petadesa.
type program struct {
	path string
	data string // the test data
	dir  string // for stores and reports
}

// A result is what came of a command.
type result struct {
	report  *files.Report
	message string // on standard error: why nothing was imported
	usage
}

// run imports a file into a store.
func (p program) run(ctx context.Context, c command, store string) (result, error) {
	report := filepath.Join(p.dir, "report.json")
	if err := os.Remove(report); err != nil && !errors.Is(err, os.ErrNotExist) {
		return result{}, err
	}
	cmd := exec.CommandContext(ctx, p.path, p.arguments(c, store, "--report", report)...)
	var said bytes.Buffer
	cmd.Stderr = &said
	took, err := measure(cmd)
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return result{}, err
	}
	r := result{report: &files.Report{}, usage: took}
	if err != nil {
		r.message = strings.TrimSpace(said.String())
	}
	text, err := os.ReadFile(report)
	if err != nil {
		return r, fmt.Errorf("no report; the program says: %s", said.String())
	}
	return r, json.Unmarshal(text, r.report)
}

func (p program) arguments(c command, store string, more ...string) []string {
	all := append([]string{"import", c.collection, filepath.Join(p.data, filepath.FromSlash(c.file)), "--store", store, "--log-level", "error"}, c.flags...)
	return append(all, more...)
}

const header = `| command (before it: petadesa import) | read | stored | repaired | refused | s | MiB | |
|---|---|---|---|---|---|---|---|
`

// importAll runs all commands and prints a line of each; it returns what was
// not as expected.
func (p program) importAll(ctx context.Context, out io.Writer) (wrong []string, err error) {
	fmt.Fprint(out, header)
	ids := map[string][]string{} // of a group of commands that are to give the same
	for n, c := range commands {
		store := filepath.Join(p.dir, fmt.Sprintf("%d.gpkg", n))
		r, err := p.run(ctx, c, store)
		if err != nil {
			return wrong, fmt.Errorf("%s: %w", c, err)
		}
		bad := c.check(r)
		var table geo.Table
		if r.report.Stored > 0 {
			if table, err = load(ctx, store, c.collection); err != nil {
				return wrong, err
			}
			if len(table.Records) != r.report.Stored {
				bad = append(bad, fmt.Sprintf("%d in the store, %d reported", len(table.Records), r.report.Stored))
			}
		}
		if c.stored != nil {
			bad = append(bad, c.stored(table)...)
		}
		if c.same != "" {
			if before, ok := ids[c.same]; ok && !slices.Equal(before, idsOf(table)) {
				bad = append(bad, "other ids than the command before it")
			}
			ids[c.same] = idsOf(table)
		}
		mark := "as expected"
		if len(bad) > 0 {
			mark = strings.Join(bad, "; ")
			wrong = append(wrong, fmt.Sprintf("%s: %s", c, mark))
		}
		rep := r.report
		fmt.Fprintf(out, "| %s | %d | %d | %d | %s | %.2f | %.0f | %s |\n", c, rep.Read, rep.Stored, rep.Repaired, refused(r), r.seconds, r.peakMiB, mark)
	}
	return wrong, nil
}

// refused are the rows refused and why, or why the file was.
func refused(r result) string {
	if r.report.Read == 0 {
		_, why, _ := strings.Cut(r.message, ": ")
		return "the file: " + strings.TrimPrefix(why, r.report.Source+": ")
	}
	text := fmt.Sprint(r.report.Refused)
	for _, c := range r.report.Counts {
		if !c.Repaired && !c.Noted {
			text += fmt.Sprintf(", %s × %d", c.Code, c.Count)
		}
	}
	return text
}

func load(ctx context.Context, place, collection string) (t geo.Table, err error) {
	s, err := stores.Open(ctx, place, nil)
	if err != nil {
		return t, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	tables, err := s.Load(ctx, collection)
	if err == nil && len(tables) != 1 {
		err = fmt.Errorf("the store has %d collections %s", len(tables), collection)
	}
	if err != nil {
		return t, err
	}
	return tables[0], nil
}

func idsOf(t geo.Table) []string {
	var all []string
	for _, r := range t.Records {
		all = append(all, r.ID)
	}
	slices.Sort(all)
	return all
}
