package api

import (
	"context"
	"errors"
	"net/http"
	"strings"
)

// Role says what the holder of a token may do. Roles are no ladder: who edits
// features need not plan, and the other way round.
type Role string

// The roles.
const (
	RoleViewer  Role = "viewer"  // look, as everyone may without a token
	RoleEditor  Role = "editor"  // change features
	RolePlanner Role = "planner" // save scenarios, reports and what else is planned
	RoleAdmin   Role = "admin"   // all of it
)

// May reports whether the role allows what another one is needed for.
func (r Role) May(needed Role) bool {
	return r == RoleAdmin || r == needed || needed == RoleViewer && r != ""
}

// Identity is who holds a token.
type Identity struct {
	Name string // of the token; it is what the history of changes tells
	Role Role
}

// Identities know who holds a token. Its method may be called concurrently.
type Identities interface {
	// Identify returns who holds the token, or ErrUnknownToken. A token that was
	// revoked or has expired is unknown.
	Identify(ctx context.Context, token string) (Identity, error)
}

// ErrUnknownToken is what Identities say of a token that nobody holds.
var ErrUnknownToken = errors.New("unknown token")

const maxToken = 256 // bytes

// require returns who sent the request if the role allows it, or the problem to
// answer with: 401 without a token or with an unknown one, 403 with a role that
// does not allow it, 429 after too many unknown ones from the same address.
//
// A request has its rights by a header that no page of another site can make a
// browser send: there is nothing to forge across sites.
func (s *service) require(r *http.Request, needed Role) (Identity, error) {
	who, err := s.identify(r)
	switch {
	case err != nil:
		return Identity{}, err
	case who.Role == "":
		return Identity{}, problem(Unauthorized, "this needs a token of the role %s, in a header like Authorization: Bearer …", needed)
	case !who.Role.May(needed):
		return Identity{}, problem(Forbidden, "the token %s has the role %s; this needs the role %s", quoted(who.Name), who.Role, needed)
	}
	return who, nil
}

// identify returns who sent the request; the zero Identity when it has no token.
func (s *service) identify(r *http.Request) (Identity, error) {
	header := r.Header.Get("Authorization")
	if header == "" {
		return Identity{}, nil
	}
	if s.Identities == nil {
		return Identity{}, problem(Forbidden, "this service knows no tokens: it can only be looked at")
	}
	client := s.client(r)
	if wait := s.attempts.wait(client); wait > 0 {
		p := problem(TooManyAttempts, "too many unknown tokens came from your address")
		p.Retry = wait
		return Identity{}, p
	}
	scheme, token, _ := strings.Cut(header, " ")
	token = strings.TrimSpace(token)
	if !strings.EqualFold(scheme, "Bearer") || token == "" || len(token) > maxToken {
		s.attempts.failed(client)
		return Identity{}, problem(Unauthorized, "the Authorization header is not Bearer and a token")
	}
	who, err := s.Identities.Identify(r.Context(), token)
	switch {
	case errors.Is(err, ErrUnknownToken):
		s.attempts.failed(client)
		return Identity{}, problem(Unauthorized, "the token is not known: it may have expired or been revoked")
	case err != nil:
		return Identity{}, errors.Join(problem(Away, "tokens cannot be looked up now"), err)
	}
	return who, nil
}
