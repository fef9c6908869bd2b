package storetest

import (
	"strings"
	"testing"
	"time"

	"github.com/petadesa/petadesa/data"
)

func testTokens(t *testing.T, target Target) {
	place := target.Fresh(t)
	s, another := target.open(t, place), target.open(t, place)
	ctx, now := t.Context(), time.Now()
	add := func(name, role string, expires time.Time) string {
		t.Helper()
		text, token, err := data.NewToken(name, role, expires)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.AddToken(ctx, token); err != nil {
			t.Fatal(err)
		}
		return text
	}
	sri, budi := add("Sri", "editor", time.Time{}), add("Budi", "admin", now.Add(time.Hour))
	found, err := data.FindToken(ctx, another, sri, now)
	if err != nil || found.Name != "Sri" || found.Role != "editor" || !found.Used.IsZero() || !found.Expires.IsZero() || found.Created.IsZero() {
		t.Errorf("%+v, %v", found, err)
	}
	if _, err := data.FindToken(ctx, another, budi, now); err != nil {
		t.Error(err)
	}
	_, err = data.FindToken(ctx, another, budi, now.Add(2*time.Hour))
	isError(t, err, data.ErrNotFound)
	for _, wrong := range []string{"", "x", sri[:len(sri)-1], sri + "A", strings.Replace(sri, found.ID, "aaaaaaaa", 1), budi[:len("petadesa_aaaaaaaa_")] + sri[len("petadesa_aaaaaaaa_"):]} {
		_, err := data.FindToken(ctx, s, wrong, now)
		isError(t, err, data.ErrNotFound)
	}
	_, twice, err := data.NewToken("Sri", "viewer", time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	isError(t, s.AddToken(ctx, twice), data.ErrExists, "Sri")
	if err := another.TokenUsed(ctx, found.ID); err != nil {
		t.Fatal(err)
	}
	all, err := s.Tokens(ctx)
	if err != nil || len(all) != 2 || all[0].Name != "Budi" || all[0].Expires.Sub(now).Round(time.Minute) != time.Hour || time.Since(all[1].Used).Abs() > time.Hour {
		t.Errorf("%+v, %v", all, err)
	}
	for _, token := range all {
		if strings.Contains(sri+budi, string(token.Hash)) || len(token.Hash) != 32 {
			t.Error("a secret is stored")
		}
	}
	if err := another.RevokeToken(ctx, "Sri"); err != nil {
		t.Fatal(err)
	}
	_, err = data.FindToken(ctx, s, sri, now)
	isError(t, err, data.ErrNotFound)
	isError(t, s.RevokeToken(ctx, "Sri"), data.ErrNotFound, "Sri")
	if err := s.RevokeToken(ctx, all[0].ID); err != nil {
		t.Fatal(err)
	}
}
