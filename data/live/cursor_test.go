package live

import (
	"errors"
	"testing"

	"github.com/petadesa/petadesa/data"
)

func FuzzCursor(f *testing.F) {
	f.Add("", 1)
	f.Add(`35.07"\`, 10_000)
	f.Add("eyJrIjoieCIsIm4iOjF9", -1)
	f.Fuzz(func(t *testing.T, text string, given int) {
		if c, err := parseCursor(text); err != nil && !errors.Is(err, data.ErrInvalid) || c != nil && c.Given < 1 {
			t.Errorf("%q: %v, %v", text, c, err)
		}
		c := cursor{text, given}
		back, err := parseCursor(c.String())
		if err == nil && (back == nil || back.Given != given) {
			t.Errorf("%v came back as %v", c, back)
		}
	})
}
