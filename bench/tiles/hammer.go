package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"
)

// measurement is what many requests came to.
type measurement struct {
	rate float64 // per second
	p99  time.Duration
}

// hammer asks a handler for the paths in turn, over so many connections, for
// that long. The client does as little as it can: it shares the processors.
func hammer(ctx context.Context, h http.Handler, paths []string, connections int, d time.Duration) (measurement, error) {
	addr, stop, err := listen(h)
	if err != nil {
		return measurement{}, err
	}
	defer stop()
	requests := make([][]byte, len(paths))
	for i, p := range paths {
		requests[i] = get(p, "zstd")
	}
	ctx, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	took := make([][]time.Duration, connections)
	errs := make([]error, connections)
	var wg sync.WaitGroup
	began := time.Now()
	for c := range connections {
		wg.Go(func() { took[c], errs[c] = client(ctx, addr, requests, c*len(requests)/connections) })
	}
	wg.Wait()
	passed := time.Since(began)
	if err := errors.Join(errs...); err != nil {
		return measurement{}, err
	}
	all := slices.Concat(took...)
	slices.Sort(all)
	if len(all) == 0 {
		return measurement{}, errors.New("no request was answered in time")
	}
	return measurement{float64(len(all)) / passed.Seconds(), all[len(all)*99/100]}, nil
}

func client(ctx context.Context, addr string, requests [][]byte, next int) ([]time.Duration, error) {
	c, err := dial(addr)
	if err != nil {
		return nil, err
	}
	defer c.conn.Close()
	var took []time.Duration
	for ctx.Err() == nil {
		began := time.Now()
		if _, err := c.ask(requests[next%len(requests)]); err != nil {
			return nil, err
		}
		took = append(took, time.Since(began))
		next++
	}
	return took, nil
}

func get(path, coding string) []byte {
	return []byte("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: " + coding + "\r\n\r\n")
}

// connection is a client that does no more than it must.
type connection struct {
	conn net.Conn
	r    *bufio.Reader
}

func dial(addr string) (*connection, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return &connection{conn, bufio.NewReaderSize(conn, 64<<10)}, nil
}

// ask sends a request and returns the size of its answer's body.
func (c *connection) ask(request []byte) (int, error) {
	if _, err := c.conn.Write(request); err != nil {
		return 0, err
	}
	return skipAnswer(c.r)
}

// skipAnswer reads an answer and returns the size of its body.
func skipAnswer(r *bufio.Reader) (int, error) {
	line, err := r.ReadSlice('\n')
	if err != nil {
		return 0, err
	}
	empty := bytes.HasPrefix(line, []byte("HTTP/1.1 204"))
	if !empty && !bytes.HasPrefix(line, []byte("HTTP/1.1 200")) {
		return 0, fmt.Errorf("answer %q", line)
	}
	length := -1
	for {
		if line, err = r.ReadSlice('\n'); err != nil {
			return 0, err
		}
		if len(line) <= 2 {
			break
		}
		if n := len("Content-Length:"); len(line) > n && bytes.EqualFold(line[:n], []byte("Content-Length:")) {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(line[n:]))); err != nil {
				return 0, err
			}
		}
	}
	switch {
	case empty:
		return 0, nil
	case length < 0:
		return 0, errors.New("an answer without length")
	}
	_, err = io.CopyN(io.Discard, r, int64(length))
	return length, err
}
