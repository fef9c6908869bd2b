package api

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/petadesa/petadesa/geo"
)

//go:embed visit
var visitFiles embed.FS

// In picks the text of the language, for templates.
func (l language) In(id, en string) string { return l.of(id, en) }

// visitPage is what the pages for visitors have in common.
type visitPage struct {
	L         language
	Service   string
	Base      string
	Title     string
	Lead      string // a sentence that says what it is
	Canonical string
	At        *pageAt
	Thing     any // schema.org
	Notices   []string
	Built     string
	Sample    bool // signal rests on data that only show what could be
	Data      any
}

// pageAt is where the thing of a page is.
type pageAt struct {
	Lat, Lon string
	Map      string // the map with it
}

// pageLink leads to a page, with a word beside it.
type pageLink struct{ Name, Href, Note string }

// pageSignal is a line of a table of signal.
type pageSignal struct{ Operator, Technology, State, Evidence string }

func parseVisitPages() map[string]*template.Template {
	common := template.Must(template.New("layout").ParseFS(visitFiles, "visit/layout.html"))
	pages := map[string]*template.Template{}
	for _, name := range []string{"place", "village", "missing"} {
		pages[name] = template.Must(template.Must(common.Clone()).ParseFS(visitFiles, "visit/"+name+".html"))
	}
	return pages
}

// visitStyle is GET /api/visit.css.
func visitStyle(w http.ResponseWriter, r *http.Request, _ *geo.Snapshot) error {
	w.Header().Set("Cache-Control", "public, max-age=3600")
	http.ServeFileFS(w, r, visitFiles, "visit/visit.css")
	return nil
}

// reader is the language of who reads a page: by ?lang, else by Accept-Language,
// else Indonesian.
func reader(r *http.Request) language {
	if l := language(r.URL.Query().Get("lang")); l == indonesian || l == english {
		return l
	}
	best, most := indonesian, 0.0
	for part := range strings.SplitSeq(strings.Join(r.Header.Values("Accept-Language"), ","), ",") {
		tag, q := weighted(part)
		primary, _, _ := strings.Cut(tag, "-")
		if l := language(primary); (l == indonesian || l == english) && q > most {
			best, most = l, q
		}
	}
	return best
}

// newPage begins a page about a thing at an address of this service.
func (s *service) newPage(r *http.Request, snap *geo.Snapshot, path string, l language) visitPage {
	p := visitPage{L: l, Sample: sampleSignal(snap), Service: s.Title, Base: s.baseURL(r), Built: snap.Built.UTC().Format("2006-01-02")}
	p.Canonical = p.Base + path
	for _, key := range notices(snap) {
		if said := noticeWords(key, l); !slices.Contains(p.Notices, said) {
			p.Notices = append(p.Notices, said)
		}
	}
	return p
}

// locate says where the thing of a page is.
func (p *visitPage) locate(at orb.Point, zoom int, collection, id string) {
	degrees := func(f float64) string { return strconv.FormatFloat(f, 'f', 5, 64) }
	p.At = &pageAt{Lat: degrees(at[1]), Lon: degrees(at[0])}
	p.At.Map = fmt.Sprintf("%s/#map=%d/%s/%s&at=%s/%s", p.Base, zoom, p.At.Lat, p.At.Lon, collection, url.PathEscape(id))
	if p.L != indonesian {
		p.At.Map += "&lang=" + string(p.L)
	}
}

func noticeWords(key string, l language) string {
	switch key {
	case "approximate-villages":
		return l.of("Batas desa hanya perkiraan.", "Village boundaries are approximate.")
	case "sample-coverage", "sample-towers":
		return l.of("Data sinyal hanya contoh, bukan keadaan sebenarnya.", "Signal data are samples, not the real state.")
	case "schematic-roads":
		return l.of("Jalan hanya skema: jarak dan waktu adalah perkiraan kasar.", "Roads are schematic: distances and times are rough.")
	}
	return key
}

// respondVisit sends a page in the language of who reads it.
func (s *service) respondVisit(w http.ResponseWriter, r *http.Request, identity []string, name string, prepare func() (*visitPage, error)) error {
	return s.respond(w, r, answer{
		media: asHTML.media, identity: append(identity, s.Version, s.Title), vary: "Accept-Language",
		prepare: func() (func(io.Writer) error, error) {
			p, err := prepare()
			if err != nil {
				return nil, err
			}
			return func(out io.Writer) error { return s.visitPages[name].ExecuteTemplate(out, "layout", p) }, nil
		},
	})
}

// missingPage says in both languages that there is no such page.
func (s *service) missingPage(w http.ResponseWriter, r *http.Request, snap *geo.Snapshot) error {
	p := s.newPage(r, snap, "", reader(r))
	p.Canonical = ""
	p.Title, p.Lead = p.L.of("Halaman tidak ditemukan", "Page not found"), p.L.of("Page not found", "Halaman tidak ditemukan")
	var b bytes.Buffer
	if err := s.visitPages["missing"].ExecuteTemplate(&b, "layout", &p); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", asHTML.media)
	h.Set("Cache-Control", "no-store")
	h.Set("Vary", "Accept-Language")
	w.WriteHeader(http.StatusNotFound)
	if r.Method != http.MethodHead {
		_, _ = b.WriteTo(w) // the client may be gone
	}
	return nil
}

// embed is GET /embed: the map for the page of somebody else; the map knows by
// its address that it is embedded. Who may do so is in frame-ancestors.
func (s *service) embed(w http.ResponseWriter, r *http.Request) {
	app := r.Clone(r.Context())
	app.URL.Path, app.URL.RawPath = "/", ""
	s.appFiles(w, app)
}

// km writes metres as kilometres, in the language's way.
func km(metres float64, l language) string {
	text := strconv.FormatFloat(math.Round(metres/100)/10, 'f', 1, 64)
	if l == indonesian {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text + " km"
}

// grouped writes a whole number with the language's separators.
func grouped(f float64, l language) string {
	return strings.ReplaceAll(thousands(int(math.Round(f))), "\u202f", l.of(".", ","))
}
