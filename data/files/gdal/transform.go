package gdal

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

// A RefusedError is what a program says against a reference system.
type RefusedError struct{ Said string }

func (e *RefusedError) Error() string { return Transformer + " cannot transform it: " + e.Said }

// Transform has PROJ transform the positions that send writes, one a line in the
// EPSG's system of that code, and returns how many. What becomes of each is
// written to to: longitude and latitude as two float64, little endian, NaN where
// there are none. A *RefusedError is PROJ's.
func Transform(ctx context.Context, code int, send func(context.Context, io.Writer) (int64, error), to io.Writer) error {
	tool, err := exec.LookPath(Transformer)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, timeout, fmt.Errorf("%s took longer than %v", Transformer, timeout))
	defer cancel()
	cmd := exec.CommandContext(ctx, tool, "-s_srs", fmt.Sprintf("EPSG:%d", code), "-t_srs", "EPSG:4326", "-output_xy")
	cmd.Env = append(os.Environ(), "PROJ_NETWORK=OFF")
	var said bytes.Buffer
	cmd.Stderr = &tail{most: 4 << 10, buf: &said}
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	var sent int64
	sending := make(chan error, 1)
	go func() {
		var err error
		sent, err = send(ctx, in)
		sending <- errors.Join(err, in.Close())
	}()
	got, receiveErr := receive(out, to)
	if receiveErr != nil {
		cancel()
	}
	sendErr := <-sending
	waitErr := cmd.Wait()
	switch {
	case receiveErr != nil:
		return fmt.Errorf("transforming coordinates: %w", receiveErr)
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case waitErr != nil:
		return &RefusedError{firstLine(said.String(), Transformer)}
	case sendErr != nil:
		return sendErr
	case got != sent:
		return fmt.Errorf("transforming coordinates: %s answers %d of %d", Transformer, got, sent)
	}
	return nil
}

// receive reads a pair of numbers a line; what cannot be transformed is NaN.
func receive(from io.Reader, to io.Writer) (n int64, err error) {
	w := bufio.NewWriterSize(to, 1<<16)
	lines := bufio.NewScanner(from)
	for lines.Scan() {
		lon, lat := math.NaN(), math.NaN()
		if a, b, two := strings.Cut(strings.TrimSpace(lines.Text()), " "); two {
			x, xErr := strconv.ParseFloat(a, 64)
			y, yErr := strconv.ParseFloat(b, 64)
			if xErr == nil && yErr == nil {
				lon, lat = x, y
			}
		}
		var pair [16]byte
		binary.LittleEndian.PutUint64(pair[:8], math.Float64bits(lon))
		binary.LittleEndian.PutUint64(pair[8:], math.Float64bits(lat))
		if _, err := w.Write(pair[:]); err != nil {
			return n, err
		}
		n++
	}
	return n, errors.Join(lines.Err(), w.Flush())
}
