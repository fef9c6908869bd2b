// Command imports imports every file of the test data (PETADESA_TESTDATA) by one
// command each, with the built program, into a GeoPackage store of its own, and
// prints what came of it: rows read, stored, repaired and refused with the
// reason, seconds, and the most memory that the program held. Then it kills an
// import at ten random moments, for both kinds of store.
//
//	go run ./bench/imports [-kills 10] [-full] [-country]
//
// With -full, run by root, disks become full under both kinds of store. With
// -country, it also imports 83,402 made-up villages into PostGIS beside
// ogr2ogr.
//
// Its table of commands (commands.go) is their documentation: with which
// collection and flags each file is imported, and what is to come of it. It fails
// when something else does, and when a file is in no command.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"

	"github.com/petadesa/petadesa/internal/testdata"
)

func main() {
	kills := flag.Int("kills", 10, "moments at which an import is killed, for each kind of store")
	full := flag.Bool("full", false, "also import into stores whose disks become full")
	country := flag.Bool("country", false, "also import 83,402 villages into PostGIS beside ogr2ogr")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Stdout, *kills, *full, *country); err != nil {
		fmt.Fprintln(os.Stderr, "bench/imports:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer, kills int, full, country bool) (err error) {
	real, err := testdata.Dir()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "petadesa-imports-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	p := program{path: filepath.Join(dir, "petadesa"), data: real, dir: dir}
	build := exec.CommandContext(ctx, "go", "build", "-o", p.path, "./cmd/petadesa")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return fmt.Errorf("building the program, from the repository's root: %w", err)
	}
	wrong, err := p.importAll(ctx, out)
	if err != nil {
		return err
	}
	missed, err := leftOut(real)
	if err != nil {
		return err
	}
	for _, name := range missed {
		wrong = append(wrong, name+": in no command")
	}
	if kills > 0 {
		torn, err := p.killAll(ctx, out, kills)
		if err != nil {
			return err
		}
		wrong = append(wrong, torn...)
	}
	if full {
		torn, err := p.fillDisks(ctx, out)
		if err != nil {
			return err
		}
		wrong = append(wrong, torn...)
	}
	if country {
		slow, err := p.importCountry(ctx, out)
		if err != nil {
			return err
		}
		wrong = append(wrong, slow...)
	}
	if len(wrong) > 0 {
		return fmt.Errorf("%d not as expected:\n  %s", len(wrong), strings.Join(wrong, "\n  "))
	}
	return nil
}

// leftOut are the files that no command reads.
func leftOut(root string) ([]string, error) {
	read := map[string]bool{}
	for _, c := range commands {
		read[c.file] = true
	}
	var missed []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(root, path)
		if name = filepath.ToSlash(name); err == nil && !read[name] && !strings.HasPrefix(name, "licences/") && !strings.HasSuffix(name, ".md") {
			missed = append(missed, name)
		}
		return err
	})
	return missed, err
}
