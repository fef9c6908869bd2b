package pull

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
)

func TestPull(t *testing.T) {
	j := newJob(t, newWorld(t, made))
	m, err := j.run(t)
	if err != nil {
		t.Fatal(err)
	}
	c, rows := j.table(t, "villages")
	if len(rows) != 12 || !strings.Contains(c.Attribution, "cahya dsn") || !strings.Contains(c.Attribution, "kodepos") || c.License != "MIT" {
		t.Errorf("%d villages; %q, %q", len(rows), c.Attribution, c.License)
	}
	v := rows["99.01.02.2001"]
	for field, want := range map[string]any{
		"name": "Desa'2-1", "kind": "desa", "district": "Kecamatan 2", "district_code": "99.01.02", "postal_code": "65201",
		"source": "cahyadsn/wilayah_boundaries, villages", "source_date": "2025-07",
	} {
		if v[field] != want {
			t.Errorf("%s is %v, want %v", field, v[field], want)
		}
	}
	if area, _ := v["area_km2"].(float64); area < 1.2 || area > 1.3 {
		t.Errorf("area %v", v["area_km2"])
	}
	if k := rows["99.01.02.1004"]["kind"]; k != "kelurahan" {
		t.Errorf("kind %v", k)
	}
	_, neighbours := j.table(t, "neighbours")
	if len(neighbours) != 2 || neighbours["99.72"]["kind"] != "kota" || neighbours["99.72"]["name"] != "Kota Sebelah" || neighbours["99.02"]["name"] != "Jauh" {
		t.Errorf("neighbours %v", neighbours)
	}
	if m.Features != 14 || len(m.Sources) != 4 || len(m.Failed) != 0 {
		t.Errorf("%+v", m)
	}
	file := m.Sources[0].Files[0]
	if len(file.SHA256) != 64 || file.Bytes != int64(len(made.villagesSQL())) || m.Sources[0].Collections[0].Stored != 12 || m.Sources[0].Licence != "MIT" {
		t.Errorf("%+v", m.Sources[0])
	}
	path := filepath.Join(t.TempDir(), "m.json")
	if err := m.WriteFile(path); err != nil {
		t.Fatal(err)
	}
	var back Manifest
	if raw, err := os.ReadFile(path); err != nil || json.Unmarshal(raw, &back) != nil || back.Sources[0].Files[0].SHA256 != file.SHA256 {
		t.Errorf("%v: %+v", err, back)
	}

	// Again: everything comes from the cache, and nothing is different.
	before, asked := j.version(t), len(j.world.asked)
	if _, err := j.run(t); err != nil || j.version(t) != before || len(j.world.asked) != asked {
		t.Errorf("%v; %d requests more", err, len(j.world.asked)-asked)
	}
}

func TestPullFromTheOfficialService(t *testing.T) {
	w := newWorld(t, made)
	j := newJob(t, w)
	j.selection = Selection{Code: "9901", Only: []string{"villages-big"}}
	m, err := j.run(t)
	if err != nil {
		t.Fatal(err)
	}
	_, rows := j.table(t, "villages")
	if v := rows["99.01.03.2002"]; len(rows) != 12 || v["bps_code"] != "990103002" || v["district"] != "Kecamatan 3" {
		t.Errorf("%d: %v", len(rows), v)
	}
	if n := w.requests("BATASWILAYAH"); n != 3 || len(m.Sources[0].Files) != 3 {
		t.Errorf("%d pages asked, %d in the manifest", n, len(m.Sources[0].Files))
	}
}

// Every way in which the villages can fail: the official service stands in, or
// when that fails too, nothing changes.
func TestVillagesFail(t *testing.T) {
	good := made.villagesSQL()
	text := func(s string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, s) }
	}
	wrong := regency{code: "99.02", districts: 1, villages: 2, west: 112, south: -8}
	abroad := made
	abroad.south = 48
	tests := []struct {
		name string
		bad  http.HandlerFunc
		want string
		own  bool // found only when the file is read: there is no second source then
	}{
		{name: "not there", bad: http.NotFound, want: "404 Not Found"},
		{name: "forbidden", bad: func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(403) }, want: "403"},
		{name: "busy", bad: func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(503) }, want: "503 Service Unavailable (tried 2 times)"},
		{name: "a web page", bad: text("<!DOCTYPE html><title>Sign in</title>"), want: `a web page came instead of the data: "Sign in"`},
		{name: "nothing", bad: text(""), want: "the file is empty"},
		{name: "cut for ever", bad: func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", strconv.Itoa(len(good)))
			w.Write(good[:len(good)/2])
			http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		}, want: "the connection ended before the file did"},
		{name: "cut without a sign", bad: text(string(good[:len(good)/2])), want: "ends with a semicolon"},
		{name: "redirected for ever", bad: func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) }, want: "redirects"},
		{name: "too large", bad: func(w http.ResponseWriter, r *http.Request) { w.Header().Set("Content-Length", "99999999999") }, want: "larger than allowed"},
		{name: "another regency", bad: text(string(wrong.villagesSQL())), want: "are not of regency 99.01", own: true},
		{name: "another country", bad: text(string(abroad.villagesSQL())), want: "outside Indonesia", own: true},
		{name: "no rows", bad: text("DELETE FROM t;"), want: "there are no features", own: true},
		{name: "rows that are no villages", bad: text("INSERT INTO t(a) VALUES(1);"), want: "villages-wilayah: villages: ", own: true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(t, made)
			j := newJob(t, w)
			if _, err := j.run(t); err != nil {
				t.Fatal(err)
			}
			before := j.version(t)
			w.handle(villages, test.bad)

			j.cache = t.TempDir()
			m, err := j.run(t)
			if !test.own {
				if err != nil || m.Sources[0].ID != "villages-big" || m.Sources[0].Instead != "villages-wilayah" || !contains(j.told, test.want) {
					t.Errorf("%v; %v", err, j.told)
				}
			}

			w.handle(bigHost, http.NotFound)
			j2 := *j
			j2.cache = t.TempDir()
			after := j.version(t)
			if test.own && after != before {
				t.Error("the store changed")
			}
			if m, err = j2.run(t); err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), "nothing was changed") || strings.Contains(err.Error(), "\n") {
				t.Errorf("%+v, error %v, want one line with %q", m, err, test.want)
			}
			if j.version(t) != after {
				t.Error("the store changed")
			}
		})
	}
}

func TestOffline(t *testing.T) {
	w := newWorld(t, made)
	j := newJob(t, w)
	if _, err := j.run(t); err != nil {
		t.Fatal(err)
	}
	before := j.version(t)
	w.Close()
	j.cache = t.TempDir()
	_, err := j.run(t)
	if !errors.Is(err, ErrOffline) || err.Error() != "offline: no source of villages can be reached; nothing was changed" {
		t.Errorf("error %v", err)
	}
	if j.version(t) != before {
		t.Error("the store changed")
	}
}

// A source that is not required is left out, and said to be.
func TestOthersFail(t *testing.T) {
	w := newWorld(t, made)
	w.handle(rawHost+"wilayah_kodepos/", func(rw http.ResponseWriter, r *http.Request) { rw.WriteHeader(404) })
	w.file(rawHost+"wilayah_boundaries/main/db/kab/wilayah_boundaries_kab_99.sql", []byte("INSERT INTO t(kode) VALUES('x');"))
	w.file(rawHost+"wilayah_boundaries/main/db/kec/wilayah_boundaries_kec_99.sql", []byte("INSERT INTO t(kode,nama) VALUES('11.01.01','x');"))
	w.mu.Lock()
	delete(w.handlers, rawHost+"wilayah_kodepos/main/db/wilayah_kodepos.sql")
	w.mu.Unlock()
	j := newJob(t, w)
	m, err := j.run(t)
	if err != nil {
		t.Fatal(err)
	}
	var why []string
	for _, f := range m.Failed {
		why = append(why, f.Source+": "+f.Why)
	}
	for _, want := range []string{"postcodes-wilayah: ", "404", "neighbours-wilayah: neighbours: ", "districts-wilayah: none of its 1 rows is about regency 99.01"} {
		if !contains(why, want) {
			t.Errorf("%q is not in %q", want, why)
		}
	}
	if _, rows := j.table(t, "villages"); len(rows) != 12 {
		t.Errorf("%d villages", len(rows))
	}
	if tables, _ := j.store.Load(t.Context(), "neighbours"); len(tables) != 0 {
		t.Error("refused neighbours are stored")
	}
}

func TestResumedAfterACut(t *testing.T) {
	good := made.villagesSQL()
	w := newWorld(t, made)
	cuts := 0
	w.handle(villages, func(rw http.ResponseWriter, r *http.Request) {
		from, cuts2 := 0, cuts
		cuts++
		rw.Header().Set("ETag", `"x"`)
		if s := r.Header.Get("Range"); s != "" {
			fmt.Sscanf(s, "bytes=%d-", &from)
			rw.Header().Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", from, len(good)-1, len(good)))
		}
		rw.Header().Set("Content-Length", strconv.Itoa(len(good)-from))
		if from > 0 {
			rw.WriteHeader(206)
		}
		if cuts2 == 0 {
			rw.Write(good[:len(good)/2])
			http.NewResponseController(rw).Flush()
			panic(http.ErrAbortHandler)
		}
		rw.Write(good[from:])
	})
	j := newJob(t, w)
	m, err := j.run(t)
	if err != nil || m.Sources[0].Files[0].Resumed != int64(len(good)/2) || !contains(j.told, "continued after") {
		t.Errorf("%v; %v", err, j.told)
	}
}

func TestDryRunAndOnly(t *testing.T) {
	j := newJob(t, newWorld(t, made))
	before := j.version(t)
	j.dryRun = true
	if m, err := j.run(t); err != nil || m.Features != 14 || !m.DryRun || j.version(t) != before {
		t.Errorf("%+v, %v", m, err)
	}
	j.dryRun = false
	j.selection.Only = []string{"neighbours"}
	if m, err := j.run(t); err != nil || m.Features != 2 {
		t.Errorf("%+v, %v", m, err)
	}
}

func TestAnotherRegency(t *testing.T) {
	j := newJob(t, newWorld(t, made))
	if _, err := j.run(t); err != nil {
		t.Fatal(err)
	}
	before := j.version(t)
	other := regency{code: "98.03", districts: 1, villages: 2, west: 113, south: -8}
	j.world, j.selection.Code = newWorld(t, other), "98.03"
	if _, err := j.run(t); err == nil || !strings.Contains(err.Error(), "another regency") || j.version(t) != before {
		t.Errorf("error %v", err)
	}
	j.other = true
	if _, err := j.run(t); err != nil {
		t.Fatal(err)
	}
	if _, rows := j.table(t, "villages"); len(rows) != 2 {
		t.Errorf("%d villages", len(rows))
	}
}

// Two pulls on one cache and one store at once: both end well, each file is
// asked for once.
func TestTwoAtOnce(t *testing.T) {
	w := newWorld(t, made)
	a := newJob(t, w)
	b := *a
	var wait sync.WaitGroup
	for _, j := range []*job{a, &b} {
		wait.Go(func() {
			if _, err := j.run(t); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if n := w.requests("_kel_"); n != 1 {
		t.Errorf("the villages were asked for %d times", n)
	}
	if _, rows := a.table(t, "villages"); len(rows) != 12 {
		t.Errorf("%d villages", len(rows))
	}
}

func TestCancelled(t *testing.T) {
	w := newWorld(t, made)
	j := newJob(t, w)
	ctx, cancel := context.WithCancel(t.Context())
	w.handle(villages, func(rw http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	before := j.version(t)
	if _, err := j.runContext(t, ctx); !errors.Is(err, context.Canceled) || j.version(t) != before {
		t.Errorf("error %v", err)
	}
}
