package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

// errChanged means that a part is of another file than the server has now; the
// next try begins from the start.
var errChanged = errors.New("the file changed while it was downloaded")

// try asks once. What it brings of a file stays as a part for the next try.
func (c *Client) try(ctx context.Context, req *Request, e *entry, known *File) (*File, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	r, err := request(ctx, req, c.opts.UserAgent)
	if err != nil {
		return nil, err
	}
	part := e.resumable()
	switch {
	case known != nil && known.ETag != "":
		part, r.Header["If-None-Match"] = nil, []string{known.ETag}
	case known != nil && known.Modified != "":
		part, r.Header["If-Modified-Since"] = nil, []string{known.Modified}
	case part != nil:
		r.Header.Set("Range", fmt.Sprintf("bytes=%d-", e.partSize()))
		r.Header.Set("If-Range", part.validator())
	}
	if err := c.pace(ctx, r.URL.Host); err != nil {
		return nil, err
	}
	watch := time.AfterFunc(c.opts.Stall, func() { cancel(ErrStalled) })
	defer watch.Stop()
	answer, err := c.http.Do(r)
	if err != nil {
		return nil, cause(ctx, plain(err))
	}
	defer answer.Body.Close()

	from := int64(0)
	switch answer.StatusCode {
	case http.StatusOK:
	case http.StatusNotModified:
		if known == nil {
			return nil, &StatusError{answer.StatusCode, answer.Status}
		}
		if c.verify(req, known) != nil {
			e.forget()
			return nil, errChanged
		}
		known.Cached, known.Fetched = true, c.opts.Now().UTC()
		return known, writeNote(e.path+".json", known)
	case http.StatusPartialContent:
		if from, err = continues(answer, part, e.partSize()); err != nil {
			e.dropPart()
			return nil, err
		}
	case http.StatusRequestedRangeNotSatisfiable:
		e.dropPart()
		return nil, errChanged
	default:
		return nil, statusError(answer, c.opts.Now())
	}
	f := &File{
		URL: c.public(req.URL), Type: answer.Header.Get("Content-Type"), ETag: answer.Header.Get("ETag"),
		Modified: answer.Header.Get("Last-Modified"), Resumed: from,
	}
	if err := c.receive(ctx, req, e, f, answer, watch); err != nil {
		return nil, cause(ctx, err)
	}
	return f, c.finish(req, e, f)
}

func request(ctx context.Context, req *Request, agent string) (*http.Request, error) {
	method, body := http.MethodGet, io.Reader(nil)
	if req.Body != "" {
		method, body = http.MethodPost, strings.NewReader(req.Body)
	}
	r, err := http.NewRequestWithContext(ctx, method, req.URL, body)
	if err != nil {
		return nil, errors.New("not a URL that can be asked")
	}
	if r.URL.Scheme != "http" && r.URL.Scheme != "https" {
		return nil, fmt.Errorf("%q is not http or https", r.URL.Scheme)
	}
	r.Header.Set("User-Agent", agent)
	r.Header.Set("Accept", orText(req.Accept, "*/*"))
	r.Header.Set("Accept-Encoding", "identity")
	if body != nil {
		r.Header.Set("Content-Type", orText(req.Type, "application/x-www-form-urlencoded"))
	}
	return r, nil
}

func orText(s, def string) string {
	if s == "" {
		return def
	}
	return s
}

// continues reads where a 206 goes on, which must be where the part ends.
func continues(answer *http.Response, part *File, size int64) (int64, error) {
	start, end, total, ok := contentRange(answer.Header.Get("Content-Range"))
	now := File{ETag: answer.Header.Get("ETag"), Modified: answer.Header.Get("Last-Modified")}
	switch {
	case part == nil:
		return 0, fmt.Errorf("%w: a part, 206, though all of it was asked for", ErrContent)
	case !ok || start != size || total >= 0 && end != total-1:
		return 0, errChanged
	case now.validator() != "" && now.validator() != part.validator():
		return 0, errChanged
	}
	return start, nil
}

// contentRange reads "bytes 100-199/200"; total is -1 when it is "*".
func contentRange(s string) (start, end, total int64, ok bool) {
	s, ok = strings.CutPrefix(s, "bytes ")
	span, size, ok2 := strings.Cut(s, "/")
	first, last, ok3 := strings.Cut(span, "-")
	if !ok || !ok2 || !ok3 {
		return 0, 0, 0, false
	}
	var errs [3]error
	start, errs[0] = strconv.ParseInt(first, 10, 64)
	end, errs[1] = strconv.ParseInt(last, 10, 64)
	if total = -1; size != "*" {
		total, errs[2] = strconv.ParseInt(size, 10, 64)
	}
	return start, end, total, errors.Join(errs[:]...) == nil && 0 <= start && start <= end
}

// receive writes the body to the part, from f.Resumed on.
func (c *Client) receive(ctx context.Context, req *Request, e *entry, f *File, answer *http.Response, watch *time.Timer) (err error) {
	total := int64(-1)
	if answer.ContentLength >= 0 {
		total = f.Resumed + answer.ContentLength
	}
	if total > req.MaxBytes {
		return fmt.Errorf("%w: %d bytes, more than %d", ErrTooLarge, total, req.MaxBytes)
	}
	flags := os.O_CREATE | os.O_WRONLY
	if f.Resumed == 0 {
		flags |= os.O_TRUNC
	}
	out, err := os.OpenFile(e.part(), flags, 0o644)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	if _, err := out.Seek(f.Resumed, io.SeekStart); err != nil && f.Resumed > 0 {
		return err
	}
	if err := writeNote(e.part()+".json", f); err != nil {
		return err
	}
	buf := make([]byte, 64<<10)
	for f.Bytes = f.Resumed; ; {
		n, err := answer.Body.Read(buf)
		watch.Reset(c.opts.Stall)
		if f.Bytes += int64(n); f.Bytes > req.MaxBytes {
			e.dropPart()
			return fmt.Errorf("%w: more than %d bytes", ErrTooLarge, req.MaxBytes)
		}
		if _, err := out.Write(buf[:n]); err != nil {
			return fmt.Errorf("writing to the cache: %w", err)
		}
		c.opts.Progress(req, f.Bytes, total)
		switch {
		case err == io.EOF && total >= 0 && f.Bytes != total, errors.Is(err, io.ErrUnexpectedEOF):
			return fmt.Errorf("%w, after %d bytes", ErrCut, f.Bytes)
		case err == io.EOF:
			return out.Sync()
		case err != nil && ctx.Err() != nil:
			return err
		case err != nil:
			return fmt.Errorf("%w, after %d bytes: %w", ErrCut, f.Bytes, plain(err))
		}
	}
}

// finish verifies the complete part and makes it the file. What is wrong is not
// kept; a part that was continued is tried once more from the start.
func (c *Client) finish(req *Request, e *entry, f *File) error {
	f.Fetched = c.opts.Now().UTC()
	f.Path = e.part()
	if err := c.verify(req, f); err != nil {
		e.dropPart()
		if f.Resumed > 0 {
			return fmt.Errorf("%w: %w", errChanged, err)
		}
		return err
	}
	return e.keep(f)
}

// cause is why the context ended, if that is why there is an error.
func cause(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}
