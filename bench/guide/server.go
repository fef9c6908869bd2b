package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

// A server is the built program, serving the roads.
type server struct {
	base string
	cmd  *exec.Cmd
}

// serve builds the program, fills a store and starts it on a free port of loopback.
func serve(ctx context.Context, dir, roads string) (*server, error) {
	program, store := filepath.Join(dir, "petadesa"), filepath.Join(dir, "guide.gpkg")
	for _, command := range [][]string{
		{"go", "build", "-o", program, "./cmd/petadesa"},
		{program, "gaps", "--by", "regency", "--store", store}, // the first command fills an empty store with the bundle
		{program, "import", "roads", roads, "--store", store},
	} {
		if said, err := exec.CommandContext(ctx, command[0], command[1:]...).CombinedOutput(); err != nil {
			return nil, fmt.Errorf("%v: %w: %s", command, err, said)
		}
	}
	port, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	addr := port.Addr().String()
	if err := port.Close(); err != nil {
		return nil, err
	}
	s := &server{base: "http://" + addr, cmd: exec.CommandContext(ctx, program, "serve", "--addr", addr, "--store", store, "--log-level", "error")}
	s.cmd.Stderr = os.Stderr
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	for _, first := range []string{"/readyz", "/api/search?q=a", "/api/route?vehicle=car&from=112.6,-8.1&to=112.7,-8.2", "/api/nearby?vehicle=car&from=112.6,-8.1"} {
		if err := s.until(ctx, first); err != nil {
			return nil, errors.Join(err, s.stop())
		}
	}
	return s, nil
}

// until asks until there is an answer: what is made once is made then.
func (s *server) until(ctx context.Context, path string) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	for {
		r, err := http.Get(s.base + path)
		if err == nil {
			r.Body.Close()
			if r.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s is not answered: %w", path, ctx.Err())
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func (s *server) stop() error {
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	return s.cmd.Wait()
}

// ask asks n times, one after the other, and shows each answer to look.
func (s *server) ask(n int, path func(i int) string, look func(i int, body []byte)) (timings, error) {
	var took timings
	for i := range n {
		at := path(i)
		start := time.Now()
		r, err := http.Get(s.base + at)
		if err != nil {
			return nil, err
		}
		body, err := io.ReadAll(r.Body)
		r.Body.Close()
		took = append(took, time.Since(start))
		if err != nil || r.StatusCode != http.StatusOK {
			return nil, fmt.Errorf("%s: %s %s %w", at, r.Status, body, err)
		}
		if look != nil {
			look(i, body)
		}
	}
	slices.Sort(took)
	return took, nil
}

// timings, in order.
type timings []time.Duration

func (t timings) row(out io.Writer, what, remark string) {
	ms := func(i int) float64 { return float64(t[i].Microseconds()) / 1000 }
	fmt.Fprintf(out, "| %s | %d | %.2f | %.2f | %.2f | %s |\n", what, len(t), ms(len(t)/2), ms(len(t)*95/100), ms(len(t)-1), remark)
}
