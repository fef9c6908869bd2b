package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/petadesa/petadesa/data/pgtest"
	"github.com/petadesa/petadesa/geo"
)

// killAll kills an import that replaces villages by others, at random moments
// of the time that it takes, in both kinds of store. What is in the store
// afterwards has to be either, by its hash.
func (p program) killAll(ctx context.Context, out io.Writer, kills int) (wrong []string, err error) {
	fmt.Fprintf(out, "\nkill -9 at %d random moments of an import that replaces 390 villages by 390 others:\n\n| store | killed | finished before | old | new | between | ms |\n|---|---|---|---|---|---|---|\n", kills)
	cluster, err := pgtest.NewCluster(ctx, "")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, cluster.Close()) }()
	name, err := cluster.CreateDatabase(ctx)
	if err != nil {
		return nil, err
	}
	for _, store := range []struct{ kind, place string }{
		{"GeoPackage", filepath.Join(p.dir, "killed.gpkg")}, {"PostGIS", cluster.URL(name)},
	} {
		line, between, err := p.killOften(ctx, store.place, kills)
		if err != nil {
			return wrong, fmt.Errorf("%s: %w", store.kind, err)
		}
		fmt.Fprintf(out, "| %s | %s |\n", store.kind, line)
		if between > 0 {
			wrong = append(wrong, fmt.Sprintf("%s: %d times between old and new after kill -9", store.kind, between))
		}
	}
	return wrong, nil
}

func (p program) killOften(ctx context.Context, place string, kills int) (line string, between int, err error) {
	before, after := whole("villages", malang+"topo.geojson", 390), whole("villages", malang+"raw.geojson", 390)
	if _, err := p.run(ctx, after, place); err != nil { // the longest that it may take
		return "", 0, err
	}
	began := time.Now()
	if _, err := p.run(ctx, after, place); err != nil {
		return "", 0, err
	}
	usual := time.Since(began)
	made, err := hash(ctx, place)
	if err != nil {
		return "", 0, err
	}
	var killed, finished, isOld, isNew int
	var moments []int64
	for range kills {
		if _, err := p.run(ctx, before, place); err != nil { // nobody holds a lock
			return "", 0, err
		}
		old, err := hash(ctx, place)
		if err != nil {
			return "", 0, err
		}
		moment := time.Duration(rand.Int64N(int64(usual)))
		done, err := killAfter(exec.CommandContext(ctx, p.path, p.arguments(after, place)...), moment)
		if err != nil {
			return "", 0, err
		}
		moments = append(moments, moment.Milliseconds())
		if done {
			finished++
		} else {
			killed++
		}
		now, err := hash(ctx, place)
		switch {
		case err != nil:
			return "", 0, err
		case now == old && !done:
			isOld++
		case now == made:
			isNew++
		default:
			between++
		}
	}
	return fmt.Sprintf("%d | %d | %d | %d | %d | %d of %d", killed, finished, isOld, isNew, between, moments, usual.Milliseconds()), between, nil
}

// killAfter starts a process and kills it after a while; it reports whether it
// was done before.
func killAfter(cmd *exec.Cmd, moment time.Duration) (done bool, err error) {
	if err := cmd.Start(); err != nil {
		return false, err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		return true, err
	case <-time.After(moment):
	}
	if err := cmd.Process.Kill(); err != nil {
		return false, err
	}
	return <-ended == nil, nil
}

// hash is that of the villages of a store.
func hash(ctx context.Context, place string) (string, error) {
	t, err := load(ctx, place, "villages")
	if err != nil {
		return "", err
	}
	s, err := geo.Build(ctx, nil, []geo.Table{t}, nil)
	if err != nil {
		return "", err
	}
	return s.Layer("villages").Version, nil
}
