package data

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/base64"
	"fmt"
	"strings"
	"time"
)

// Token lets its holder do what its role allows. The store keeps a hash of the
// secret only. The secret is 256 random bits, so that a plain SHA-256 is enough:
// there is nothing to guess that a slow hash would protect.
type Token struct {
	ID      string // public; the part of the token by which it is found
	Name    string // for people, unique; it is what the history of changes tells
	Role    string
	Hash    []byte // SHA-256 of the secret
	Created time.Time
	Expires time.Time // zero: never
	Used    time.Time // about when it was last used; zero: never
}

// Tokens keep tokens; every Store does.
type Tokens interface {
	// AddToken keeps a new one; ErrExists when there is one of the same name.
	AddToken(ctx context.Context, t Token) error
	// Token returns the one of that id; ErrNotFound when it is missing.
	Token(ctx context.Context, id string) (Token, error)
	// Tokens lists all in order of name.
	Tokens(ctx context.Context) ([]Token, error)
	// RevokeToken removes the one of that name or id; ErrNotFound.
	RevokeToken(ctx context.Context, nameOrID string) error
	// TokenUsed notes that the token of that id was used now.
	TokenUsed(ctx context.Context, id string) error
}

// tokenPrefix lets people and programs that search for lost secrets know one.
const tokenPrefix = "petadesa"

// NewToken makes a token, and the text that its holder sends: prefix, id and
// secret.
func NewToken(name, role string, expires time.Time) (text string, t Token, err error) {
	if name == "" || len(name) > 200 || checkText(name) != nil {
		return "", t, fmt.Errorf("%w: name of a token %q: want 1 to 200 bytes of text", ErrInvalid, name)
	}
	var id [5]byte
	var secret [32]byte
	_, _ = rand.Read(id[:]) // crypto/rand never fails
	_, _ = rand.Read(secret[:])
	hash := sha256.Sum256(secret[:])
	t = Token{
		ID: strings.ToLower(base32.StdEncoding.EncodeToString(id[:])), Name: name, Role: role, Hash: hash[:],
		Expires: expires.UTC().Truncate(time.Millisecond),
	}
	return tokenPrefix + "_" + t.ID + "_" + base64.RawURLEncoding.EncodeToString(secret[:]), t, nil
}

// OneToken is the only one of those that a store found; ErrNotFound without any.
func OneToken(found []Token, err error) (Token, error) {
	if err == nil && len(found) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return Token{}, fmt.Errorf("token: %w", err)
	}
	return found[0], nil
}

// FindToken returns the token of the store that a text is, if it is one that has
// not expired; else ErrNotFound.
func FindToken(ctx context.Context, tokens Tokens, text string, now time.Time) (Token, error) {
	prefix, rest, _ := strings.Cut(text, "_")
	id, encoded, _ := strings.Cut(rest, "_")
	secret, err := base64.RawURLEncoding.Strict().DecodeString(encoded)
	if prefix != tokenPrefix || err != nil || len(secret) != 32 || len(id) != 8 {
		return Token{}, fmt.Errorf("token: %w", ErrNotFound)
	}
	t, err := tokens.Token(ctx, id)
	if err != nil {
		return Token{}, err
	}
	hash := sha256.Sum256(secret)
	if subtle.ConstantTimeCompare(hash[:], t.Hash) != 1 || !t.Expires.IsZero() && !now.Before(t.Expires) {
		return Token{}, fmt.Errorf("token: %w", ErrNotFound)
	}
	return t, nil
}
