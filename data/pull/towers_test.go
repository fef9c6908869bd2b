package pull

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

const opencellid = "/opencellid.org/"

func zipped(text string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	io.WriteString(z, text)
	z.Close()
	return b.Bytes()
}

func TestTowers(t *testing.T) {
	w := newWorld(t, made)
	w.handle(opencellid, func(rw http.ResponseWriter, r *http.Request) {
		switch r.URL.Query().Get("token") {
		case "hush-hush":
			rw.Write(zipped("LTE,510,10,6204,56085515,0,112.505,-8.295,1000,13,1,1458929942,1736567882,0\nLTE,510,10,6204,56085516,0,112.505,-8.295,1000,3,1,1458929942,1736567882,0\nLTE,510,10,6204,77085515,0,113.5,-8.295,1000,13,1,1458929942,1736567882,0\n"))
		default:
			fmt.Fprint(rw, "INVALID_TOKEN ", r.URL.Query().Get("token"))
		}
	})
	j := newJob(t, w)
	j.selection.Tokens = map[string]string{"opencellid": "hush-hush"}
	m, err := j.run(t)
	if err != nil {
		t.Fatal(err)
	}
	towers, rows := j.table(t, "towers")
	if len(rows) != 1 || !strings.Contains(towers.License, "CC BY-SA") {
		t.Errorf("%v, %s", rows, towers.License)
	}
	for _, row := range rows {
		if row["village_code"] != "99.01.01.2001" {
			t.Errorf("%v", row)
		}
	}
	if raw, _ := json.Marshal(m); bytes.Contains(raw, []byte("hush")) || strings.Contains(strings.Join(j.told, " "), "hush") || !bytes.Contains(raw, []byte("token=***")) {
		t.Errorf("the token is told: %s %v", raw, j.told)
	}

	// A wrong token leaves the towers out and the rest in; none is no failure.
	j.selection.Tokens["opencellid"] = "wrong"
	if m, err = j.run(t); err != nil || len(m.Failed) != 1 || !strings.Contains(m.Failed[0].Why, "INVALID_TOKEN") {
		t.Errorf("%+v, %v", m, err)
	}
	j.selection.Tokens = nil
	if m, err = j.run(t); err != nil || len(m.Failed) != 0 || len(m.Omitted) != 1 || !strings.Contains(m.Omitted[0].Why, "--opencellid-token") {
		t.Errorf("%+v, %v", m, err)
	}
}
