package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"
)

type healthCommand struct {
	URL string `help:"The server's address." default:"http://127.0.0.1:8080"`
}

// Run asks /readyz, for a container's health check.
func (h *healthCommand) Run(ctx context.Context, c *console) error {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, h.URL+"/readyz", nil)
	if err != nil {
		return fmt.Errorf("ask %s: %w", h.URL, err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("ask %s: %w", h.URL, err)
	}
	defer res.Body.Close()
	if _, err := io.Copy(c.stdout, io.LimitReader(res.Body, 1<<16)); err != nil {
		return fmt.Errorf("read the answer of %s: %w", h.URL, err)
	}
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s is not ready: %s", h.URL, res.Status)
	}
	return nil
}
