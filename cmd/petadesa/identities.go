package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/petadesa/petadesa/api"
	"github.com/petadesa/petadesa/data"
)

// identities are the tokens of a store. They are looked up at each request that
// has one, so that one that is revoked is refused at once by every server.
type identities struct {
	store data.Store
	log   *slog.Logger
}

var _ api.Identities = identities{}

// Identify returns who holds the token, and now and then notes its use.
func (i identities) Identify(ctx context.Context, text string) (api.Identity, error) {
	now := time.Now()
	token, err := data.FindToken(ctx, i.store, text, now)
	if errors.Is(err, data.ErrNotFound) {
		return api.Identity{}, api.ErrUnknownToken
	}
	if err != nil {
		return api.Identity{}, err
	}
	if now.Sub(token.Used) > time.Minute {
		ctx, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		if err := i.store.TokenUsed(ctx, token.ID); err != nil {
			i.log.Debug("the use of a token could not be noted", "token", token.Name, "err", err)
		}
	}
	return api.Identity{Name: token.Name, Role: api.Role(token.Role)}, nil
}
