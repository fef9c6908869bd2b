package main

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
)

// typed is a name and what someone typed for it.
type typed struct{ name, text string }

func (t typed) url() string {
	return "/api/search?limit=10&lon=112.6&lat=-8.1&q=" + url.QueryEscape(t.text)
}

// in reports whether an answer of search has the name.
func (t typed) in(body []byte) bool {
	name, _ := json.Marshal(t.name)
	return bytes.Contains(body, name)
}

// typedNames are names typed at least to the half, with 0 to 2 slips.
func typedNames(random *rand.Rand, roads []road, n int) []typed {
	all := make([]typed, n)
	for i := range all {
		name := roads[random.IntN(len(roads))].name
		all[i] = typed{name, slip(random, name)}
	}
	return all
}

func slip(random *rand.Rand, name string) string {
	letters := []byte(strings.ToLower(name))
	letters = letters[:len(letters)/2+random.IntN(len(letters)-len(letters)/2)+1]
	for range random.IntN(3) {
		at, letter := 1+random.IntN(len(letters)-1), byte('a'+random.IntN(26))
		switch random.IntN(4) {
		case 0:
			letters = slices.Delete(letters, at, at+1)
		case 1:
			letters = slices.Insert(letters, at, letter)
		case 2:
			letters[at] = letter
		case 3:
			letters[at], letters[at-1] = letters[at-1], letters[at]
		}
	}
	return string(letters)
}
