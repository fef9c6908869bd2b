package api

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"sync"
	"time"
)

// salts are the secrets that turn addresses into hashes, one for each day, the
// same on all servers. Those of days that are over are deleted: then nobody can
// tell whose a hash was.
type salts struct {
	mu  sync.Mutex
	day string
	key []byte
}

// reporter is who sends a report today.
func (s *service) reporter(ctx context.Context, from netip.Addr, now time.Time) (string, error) {
	key, err := s.reports.salts.of(ctx, s.Documents, now.UTC().Format(time.DateOnly))
	if err != nil {
		return "", err
	}
	mac := hmac.New(sha256.New, key)
	mac.Write(from.AsSlice())
	return hex.EncodeToString(mac.Sum(nil)[:12]), nil
}

func (c *salts) of(ctx context.Context, in Documents, day string) ([]byte, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.day == day {
		return c.key, nil
	}
	fresh := make([]byte, 32)
	_, _ = rand.Read(fresh) // crypto/rand never fails
	body, err := json.Marshal(fresh)
	if err != nil {
		return nil, err
	}
	d, err := in.PutDocument(ctx, Document{Kind: kindSalt, ID: day, Body: body}, 0)
	if told := (*Problem)(nil); errors.As(err, &told) && told.Kind == Conflict { // another server was first
		d, err = in.Document(ctx, kindSalt, day)
	}
	if err != nil {
		return nil, fmt.Errorf("the salt of the day: %w", err)
	}
	var key []byte
	if err := json.Unmarshal(d.Body, &key); err != nil {
		return nil, fmt.Errorf("the salt of the day: %w", err)
	}
	old, err := in.Documents(ctx, DocumentQuery{Kind: kindSalt})
	if err != nil {
		return nil, fmt.Errorf("the salts of other days: %w", err)
	}
	for _, o := range old {
		if o.ID < day {
			if err := in.DeleteDocument(ctx, kindSalt, o.ID, 0); err != nil && !problemIs(err, UnknownDocument) {
				return nil, fmt.Errorf("delete the salt of %s: %w", o.ID, err)
			}
		}
	}
	c.day, c.key = day, key
	return key, nil
}

func problemIs(err error, k Kind) bool {
	var p *Problem
	return errors.As(err, &p) && p.Kind == k
}
