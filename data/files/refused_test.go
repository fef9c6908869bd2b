package files

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// What is refused comes to a file with its reasons, and goes back once it is
// corrected there.
func TestRefusedRowsCanBeCorrected(t *testing.T) {
	for name, test := range map[string]struct{ text, want, wrong, right string }{
		"table": {
			"nama;lon;lat;n\nA;112,5;-8,2;1\n\"B\nC\";112,5;south;2\nD;1\n",
			"id,nama,lon,lat,n,refused_because\n2,\"B\nC\",\"112,5\",south,2,\"geometry: lat is \"\"south\"\", want a number, or degrees, minutes and seconds\"\n3,D,1,,,has 2 cells where the header has 4\n",
			"south", "-8.2",
		},
		"GeoJSON": {
			pointA + "\n" + strings.Replace(strings.Replace(pointB, "112.5", "1", 1), "-8.2", "-198.2", 1),
			`{"refused_because":"geometry: 1, -198.2 is outside the world","type":"Feature","id":"b","geometry":{"type":"Point","coordinates":[1,-198.2]}, "properties":{"n":2}}` + "\n",
			"-198.2]", "-8.2]",
		},
		"KML": {
			`<kml><Placemark id="p"><name>N</name><Point><coordinates>1,-198.2</coordinates></Point></Placemark></kml>`,
			`{"refused_because":"geometry: 1, -198.2 is outside the world","type":"Feature","id":"p","geometry":{"type":"Point","coordinates":[1,-198.2]},"properties":{"name":"N"}}` + "\n",
			"-198.2]", "-8.2]",
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "refused")
			_, err := Import(context.Background(), &memory{}, Stream("file", strings.NewReader(test.text)), Options{Collection: "things", Refused: path})
			if refused := (*RefusedError)(nil); !errors.As(err, &refused) {
				t.Fatal(err)
			}
			text, err := os.ReadFile(path)
			if err != nil || string(text) != test.want {
				t.Errorf("%v\n got %s\nwant %s", err, text, test.want)
			}
			corrected := strings.Replace(string(text), test.wrong, test.right, 1)
			corrected, _, _ = strings.Cut(corrected, "3,D,1,,,")
			store := &memory{}
			report, err := Import(context.Background(), store, Stream("file", strings.NewReader(corrected)), Options{Collection: "things"})
			c := store.tables["things"].Collection
			if err != nil || report.Stored != 1 || c.FieldIndex(refusedColumn) >= 0 {
				t.Errorf("%+v, %v", report, err)
			}
		})
	}
	path := filepath.Join(t.TempDir(), "refused")
	if _, err := Import(context.Background(), &memory{}, Stream("file", strings.NewReader(pointA)), Options{Collection: "things", Refused: path}); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file of no refused rows: %v", err)
	}
}

func TestURL(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir()) // other packages import at the same time
	cuts := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasPrefix(r.URL.Path, "/cut") && cuts == 0:
			cuts++
			w.Header().Set("ETag", `"1"`)
			w.Header().Set("Content-Length", fmt.Sprint(len(pointA)))
			_, _ = w.Write([]byte(pointA[:50]))
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		case strings.HasPrefix(r.URL.Path, "/none"):
			http.NotFound(w, r)
		default:
			w.Header().Set("ETag", `"1"`)
			w.Header().Set("Content-Type", "text/html")
			http.ServeContent(w, r, "", time.Time{}, strings.NewReader(pointA))
		}
	}))
	defer server.Close()
	store := &memory{}
	report, err := Import(context.Background(), store, Open(server.URL+"/cut/a.geojson?key=secret", nil), Options{Collection: "things"})
	if err != nil || report.Source != "a.geojson" || report.Stored != 1 || cuts != 1 {
		t.Errorf("%+v, %v", report, err)
	}
	for address, want := range map[string]string{
		server.URL + "/none?key=secret": "the server answers 404", "http://": "is no URL", server.URL + "/a": "its SHA-256 is " + report.SHA256 + ", not the 00",
	} {
		opts := Options{Collection: "things"}
		if strings.HasSuffix(address, "/a") {
			opts.SHA256 = "00"
		}
		if _, err := Import(context.Background(), &memory{}, Open(address, nil), opts); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", address, err)
		} else if strings.Contains(err.Error(), "secret") {
			t.Error(err)
		}
	}
	if left, err := filepath.Glob(filepath.Join(os.TempDir(), "petadesa-import-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
