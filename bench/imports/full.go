package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/petadesa/petadesa/data/pgtest"
)

// fillDisks imports more than there is room for, into stores on a file system in
// memory: the import has to fail with a reason, and what was there before has to
// be whole, and to take an import again once there is room.
func (p program) fillDisks(ctx context.Context, out io.Writer) (wrong []string, err error) {
	if os.Geteuid() != 0 {
		fmt.Fprintln(out, "\nA full disk: left out, as only root may mount the small file system that it takes.")
		return nil, nil
	}
	file := filepath.Join(p.dir, "much.geojsonl")
	if _, err := writeCountry(file, 83_402); err != nil {
		return nil, err
	}
	fmt.Fprint(out, "\nA disk that becomes full during an import of 83,402 villages over 390:\n\n| store | the program says | the 390 villages | later, with room |\n|---|---|---|---|\n")
	for _, store := range []struct {
		kind string
		mib  int
		open func(ctx context.Context, dir string) (place string, restart, end func() error, err error)
	}{
		{"GeoPackage", 32, func(_ context.Context, dir string) (string, func() error, func() error, error) {
			nothing := func() error { return nil }
			return filepath.Join(dir, "store.gpkg"), nothing, nothing, nil
		}},
		{"PostGIS", 256, func(ctx context.Context, dir string) (string, func() error, func() error, error) {
			c, err := pgtest.NewCluster(ctx, dir)
			if err != nil {
				return "", nil, nil, err
			}
			name, err := c.CreateDatabase(ctx)
			// PostgreSQL stops when its log has no room, and is started again by whoever made room.
			return c.URL(name), func() error { _ = c.Stop(); return c.Start(ctx) }, c.Close, err
		}},
	} {
		line, bad, err := p.fillDisk(ctx, file, store.mib, store.open)
		if err != nil {
			return wrong, fmt.Errorf("%s on a full disk: %w", store.kind, err)
		}
		fmt.Fprintf(out, "| %s on %d MiB | %s |\n", store.kind, store.mib, line)
		if bad != "" {
			wrong = append(wrong, store.kind+" on a full disk: "+bad)
		}
	}
	return wrong, nil
}

func (p program) fillDisk(ctx context.Context, file string, mib int, open func(context.Context, string) (string, func() error, func() error, error)) (line, bad string, err error) {
	dir, err := os.MkdirTemp("", "petadesa-full-*")
	if err != nil {
		return "", "", err
	}
	defer func() { err = errors.Join(err, os.Remove(dir)) }()
	if err := errors.Join(os.Chmod(dir, 0o755), mount(ctx, "-t", "tmpfs", "-o", fmt.Sprintf("size=%dm", mib), "tmpfs", dir)); err != nil {
		return "", "", err
	}
	defer func() { err = errors.Join(err, exec.Command("umount", dir).Run()) }()
	place, restart, end, err := open(ctx, dir)
	if err != nil {
		return "", "", err
	}
	defer func() { err = errors.Join(err, end()) }()
	if r, err := p.run(ctx, whole("villages", malang+"topo.geojson", 390), place); err != nil || r.report.Stored != 390 {
		return "", "", fmt.Errorf("the first import: %s: %w", r.message, err)
	}
	before, err := hash(ctx, place)
	if err != nil {
		return "", "", err
	}
	again := func() (string, error) {
		var said bytes.Buffer
		cmd := exec.CommandContext(ctx, p.path, "import", "villages", file, "--store", place, "--log-level", "error")
		cmd.Stderr = &said
		err := cmd.Run()
		return strings.Join(strings.Fields(said.String()), " "), err
	}
	said, failed := again()
	if failed == nil {
		return "", "", fmt.Errorf("%d MiB were enough", mib)
	}
	if strings.Contains(said, "panic") || !strings.Contains(said, "storing") {
		bad = "the program says " + said
	}
	after, away := hash(ctx, place)
	state := "whole"
	if away != nil {
		state = "away until the server was started again, then whole"
	}
	if err := mount(ctx, "-o", "remount,size=2g", dir); err != nil {
		return "", "", err
	}
	if away != nil {
		if err := restart(); err != nil {
			return "", "", err
		}
		if after, err = hash(ctx, place); err != nil {
			return "", "", err
		}
	}
	if after != before {
		state, bad = "not whole", "the old data are not whole"
	}
	if more, err := again(); err != nil {
		return "", "", fmt.Errorf("with room: %s: %w", more, err)
	}
	return fmt.Sprintf("%.300s | %s | stored", strings.ReplaceAll(strings.TrimPrefix(said, "petadesa: "), p.dir, ""), state), bad, nil
}

func mount(ctx context.Context, args ...string) error {
	if out, err := exec.CommandContext(ctx, "mount", args...).CombinedOutput(); err != nil {
		return fmt.Errorf("mount: %w: %s", err, out)
	}
	return nil
}
