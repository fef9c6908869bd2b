package jsontext

import (
	"bytes"
	"encoding/json"
	"testing"
)

// What encoding/json takes for valid, a cursor does, and reads texts alike.
func FuzzCursor(f *testing.F) {
	for _, seed := range []string{`{"a":[1,-2.5e+3,true,null,"x\u00e9\ud83d\ude00\n"]}`, `[[[]]]`, `"\ud800"`, `01`, `1.`, `{"a":1,}`, "\"\t\"", ` { } `, `"\q"`, `-`, `tru`, `[1 2]`, "\"\xf6\xc3\""} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		c := Cursor{Data: text}
		_, ok := c.Raw()
		ok = ok && c.End()
		if ok != json.Valid(text) && c.Bad != "nested deeper than 64" && !bytes.Contains(text, []byte("NaN")) && !bytes.Contains(text, []byte("Infinity")) {
			t.Fatalf("cursor %v %s, encoding/json %v", ok, c.Bad, json.Valid(text))
		}
		if c = (Cursor{Data: text}); ok && c.Peek() == '"' {
			var want string
			got, _ := c.Text()
			if err := json.Unmarshal(text, &want); err != nil || string([]rune(string(got))) != want { // each invalid byte is one U+FFFD
				t.Fatalf("text %q, encoding/json %q %v", got, want, err)
			}
		}
	})
}
