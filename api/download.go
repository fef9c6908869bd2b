package api

import (
	"context"
	"io"
	"iter"
	"net/http"
	"strconv"
	"time"

	"github.com/petadesa/petadesa/geo"
)

// Download is a form in which features are saved as a file, at f=Name.
type Download struct {
	Name, Title string
	Media       string // media type, with its charset where it is text
	Extension   string // of file names, with the dot
	Most        int    // features that the form can hold; 0: any number
	Packed      bool   // it is compressed already
	Spools      bool   // it takes a temporary file
	Volatile    bool   // the same features may give other bytes the next time
	// Write writes the records, whose values are good until the next, and ends when
	// ctx does.
	Write func(ctx context.Context, w io.Writer, c *geo.Collection, records iter.Seq2[geo.Record, error]) error
}

const (
	// maxDownloads is how many large files are made at once.
	maxDownloads = 8
	// queueing is how long one more waits for its turn.
	queueing = 10 * time.Second
)

// download answers with a file: all that is selected, unless a limit is given.
func (s *service) download(w http.ResponseWriter, r *http.Request, l *geo.Layer, d *Download, identity []string, sel *selection, links func(page) []link) error {
	h := w.Header()
	h.Set("Content-Disposition", `attachment; filename="`+l.Collection.ID+d.Extension+`"`) // ids need no quoting
	return s.respond(w, r, answer{
		media: d.Media, identity: identity, packed: d.Packed, weak: d.Volatile,
		prepare: func() (func(io.Writer) error, error) {
			found, err := sel.find(r.Context(), l)
			if err != nil {
				return nil, err
			}
			if d.Most > 0 && len(found.positions) > d.Most {
				return nil, problem(TooLarge, "%d features are more than the %d that fit into %s: select fewer, or take another form", len(found.positions), d.Most, d.Title)
			}
			linkHeader(h, links(found), "next")
			h.Set("OGC-NumberReturned", strconv.Itoa(len(found.positions)))
			if found.matched >= 0 {
				h.Set("OGC-NumberMatched", strconv.Itoa(found.matched))
			}
			return func(out io.Writer) error {
				if d.Spools || len(found.positions) > maxLimit {
					leave, err := s.enter(r.Context())
					if err != nil {
						return err
					}
					defer leave()
				}
				records := recordsOf(l, sel, found.positions)
				return d.Write(r.Context(), out, &records.Collection, patient(w, records.Records))
			}, nil
		},
	})
}

// downloadLinks are those of files of all that the parameters select, whichever
// page of it they ask for.
func (s *service) downloadLinks(base string, l *geo.Layer, p parameters) []link {
	all := parameters{}
	for name, value := range p {
		if name != "cursor" && name != "limit" {
			all[name] = value
		}
	}
	var links []link
	for _, d := range s.Downloads {
		links = append(links, link{
			Href: withParameters(collectionURL(base, l.Collection.ID)+"/items", all, "f", d.Name),
			Rel:  "alternate", Type: d.Media, Title: d.Title,
		})
	}
	return links
}

// enter waits for a slot for a large file.
func (s *service) enter(ctx context.Context) (leave func(), err error) {
	timer := time.NewTimer(queueing)
	defer timer.Stop()
	select {
	case s.downloads <- struct{}{}:
		return func() { <-s.downloads }, nil
	case <-timer.C:
		return nil, problem(Busy, "%d large files are being made; try again", maxDownloads)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// patient gives the client more time as long as records are being written, also
// where the first byte of the file comes after the last of them.
func patient(w http.ResponseWriter, records iter.Seq2[geo.Record, error]) iter.Seq2[geo.Record, error] {
	return func(yield func(geo.Record, error) bool) {
		n := 0
		for r, err := range records {
			if n++; n%4096 == 0 {
				_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(patience)) // not every writer has one
			}
			if !yield(r, err) {
				return
			}
		}
	}
}
