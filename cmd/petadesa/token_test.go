package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/petadesa/petadesa/api"
)

func TestTokens(t *testing.T) {
	store := "--store=" + filepath.Join(t.TempDir(), "store.gpkg")
	text, err := petadesa(t, store, "token", "create", "--role", "editor", "--name", "Sri", "--expires", "90d")
	if err != nil {
		t.Fatal(err)
	}
	token, rest, _ := strings.Cut(text, "\n")
	if !strings.HasPrefix(token, "petadesa_") || rest != "" {
		t.Fatalf("printed %q", text)
	}
	if _, err := petadesa(t, store, "token", "create", "--role", "admin", "--name", "Sri"); err == nil || !strings.Contains(err.Error(), "already") {
		t.Errorf("the same name again: %v", err)
	}
	for _, bad := range [][]string{{"--role", "king", "--name", "x"}, {"--role", "admin"}, {"--role", "admin", "--name", "x", "--expires", "soon"}, {"--role", "admin", "--name", "x", "--expires", "-1d"}} {
		if out, err := petadesa(t, append([]string{store, "token", "create"}, bad...)...); err == nil || out != "" {
			t.Errorf("%q: %q, %v", bad, out, err)
		}
	}
	list, err := petadesa(t, store, "token", "list")
	if err != nil || !strings.Contains(list, "Sri") || !strings.Contains(list, "editor") || strings.Contains(list, token[len(token)-43:]) {
		t.Errorf("%v: %s", err, list)
	}

	opened, err := openStore(t.Context(), strings.TrimPrefix(store, "--store="), logger(&bytes.Buffer{}, "info", "text"))
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	who := identities{opened, logger(&bytes.Buffer{}, "info", "text")}
	for range 2 {
		if id, err := who.Identify(t.Context(), token); err != nil || id != (api.Identity{Name: "Sri", Role: api.RoleEditor}) {
			t.Errorf("%+v, %v", id, err)
		}
	}
	if all, err := opened.Tokens(t.Context()); err != nil || all[0].Used.IsZero() || time.Until(all[0].Expires).Round(24*time.Hour) != 90*24*time.Hour {
		t.Errorf("%+v, %v", all, err)
	}
	if _, err := petadesa(t, store, "token", "revoke", "Sri"); err != nil {
		t.Fatal(err)
	}
	if _, err := who.Identify(context.Background(), token); err != api.ErrUnknownToken {
		t.Errorf("a revoked token: %v", err)
	}
	if _, err := petadesa(t, store, "token", "revoke", "Sri"); err == nil || !strings.Contains(err.Error(), "no token") {
		t.Errorf("revoked twice: %v", err)
	}
}
