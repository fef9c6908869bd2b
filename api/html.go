package api

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/petadesa/petadesa/geo"
)

//go:embed html
var htmlFiles embed.FS

// view is what a page shows.
type view struct {
	Title string
	Base  string // of links
	Links []link // of the document itself; alternates go into the head
	Crumb []link // the way here from the landing page
	Data  any    // of the page's own template
}

// parsePages reads the templates: each page within the common layout.
func parsePages() map[string]*template.Template {
	common := template.New("layout").Funcs(template.FuncMap{"byRel": byRel, "form": form, "thousands": thousands})
	template.Must(common.ParseFS(htmlFiles, "html/layout.html"))
	pages := map[string]*template.Template{}
	for _, name := range []string{"lapor", "dossier"} {
		pages[name] = template.Must(template.New(name).Funcs(template.FuncMap{"fixed": fixedPoint}).ParseFS(htmlFiles, "html/"+name+".html"))
	}
	for _, name := range []string{"landing", "conformance", "collections", "collection", "items", "item"} {
		pages[name] = template.Must(template.Must(common.Clone()).ParseFS(htmlFiles, "html/"+name+".html"))
	}
	return pages
}

// respondHTML sends a page.
func (s *service) respondHTML(w http.ResponseWriter, r *http.Request, identity []string, page string, v view) error {
	return s.respond(w, r, answer{media: asHTML.media, identity: append(identity, s.Version), write: s.page(page, v)})
}

func (s *service) page(name string, v view) func(io.Writer) error {
	return func(out io.Writer) error {
		err := s.pages[name].ExecuteTemplate(out, "layout", struct {
			view
			Service string
		}{v, s.Title})
		if err != nil {
			return fmt.Errorf("page %s: %w", name, err)
		}
		return nil
	}
}

// style is GET /api/style.css.
func style(w http.ResponseWriter, r *http.Request, _ *geo.Snapshot) error {
	w.Header().Set("Cache-Control", "public, max-age=3600")
	http.ServeFileFS(w, r, htmlFiles, "html/style.css")
	return nil
}

// row is a feature in a table.
type row struct {
	ID, Href string
	Cells    []string
}

// itemsHTML makes the table of a page of features.
func (s *service) itemsHTML(d *itemsPage) func(io.Writer) error {
	c := &d.layer.Collection
	data := struct {
		Collection geo.Collection
		Fields     []geo.Field
		Rows       []row
		Matched    int
		First      bool
		Start      string
		Next       string
		Downloads  []link
	}{Downloads: d.downloads, Collection: *c, Matched: d.matched, First: d.after == "", Start: collectionURL(d.base, c.ID) + "/items?f=html"}
	fields := chosen(d.layer, d.properties)
	for _, f := range fields {
		data.Fields = append(data.Fields, c.Fields[f])
	}
	for _, i := range d.positions {
		id := d.layer.ID(int(i))
		one := row{ID: id, Href: itemURL(d.base, c.ID, id) + "?f=html"}
		for _, f := range fields {
			one.Cells = append(one.Cells, text(d.layer.Columns[f].Value(int(i))))
		}
		data.Rows = append(data.Rows, one)
	}
	if next := byRel(d.links, "next"); len(next) > 0 {
		data.Next = next[0].Href
	}
	return s.page("items", view{Title: c.Title, Base: d.base, Links: d.links, Crumb: crumbs(d.base, c), Data: data})
}

// itemHTML makes the page of a feature.
func (s *service) itemHTML(l *geo.Layer, i int, base string, links []link) func(io.Writer) error {
	type pair struct{ Name, Value, Unit string }
	c := &l.Collection
	data := struct {
		ID, Collection string
		Pairs          []pair
		Kind           string
		Map            string
	}{ID: l.ID(i), Collection: c.Title}
	title := l.ID(i)
	for k, f := range c.Fields {
		v := text(l.Columns[k].Value(i))
		if f.Name == "name" && v != "" {
			title = v
		}
		data.Pairs = append(data.Pairs, pair{f.Name, v, f.Unit})
	}
	if g := l.Geometry(i); g != nil {
		data.Kind = g.GeoJSONType()
		at := g.Bound().Center()
		data.Map = fmt.Sprintf("%s/#map=13/%.5f/%.5f&at=%s/%s", base, at[1], at[0], c.ID, url.PathEscape(l.ID(i)))
	}
	way := append(crumbs(base, c), link{Href: collectionURL(base, c.ID) + "/items?f=html", Title: "Features"})
	return s.page("item", view{Title: title, Base: base, Links: links, Crumb: way, Data: data})
}

func crumbs(base string, c *geo.Collection) []link {
	return []link{
		{Href: base + "/api/collections?f=html", Title: "Collections"},
		{Href: collectionURL(base, c.ID) + "?f=html", Title: c.Title},
	}
}

func byRel(links []link, rel string) []link {
	var all []link
	for _, l := range links {
		if l.Rel == rel {
			all = append(all, l)
		}
	}
	return all
}

// form names a representation that a link leads to.
func form(l link) string {
	name := strings.TrimPrefix(l.Title, asDocument)
	if name == l.Title || name == "JSON" {
		return short(l.Type)
	}
	return name
}

// short names a media type in a word.
func short(media string) string {
	switch {
	case strings.Contains(media, "geo+json"):
		return "GeoJSON"
	case strings.Contains(media, "openapi"):
		return "OpenAPI"
	case strings.Contains(media, "tilejson"):
		return "TileJSON"
	case strings.Contains(media, "json"):
		return "JSON"
	case strings.Contains(media, "html"):
		return "HTML"
	default:
		return media
	}
}

// text writes a value for people; a missing one is empty.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case nil:
		return ""
	default:
		return fmt.Sprint(v)
	}
}

// thousands writes a count with spaces between groups of three.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "\u202f" + s[i:]
	}
	return s
}
