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
	if err := deleteSalts(ctx, in, day); err != nil {
		return nil, err
	}
	c.day, c.key = day, key
	return key, nil
}

// deleteSalts deletes the salts of the days before one.
func deleteSalts(ctx context.Context, in Documents, day string) error {
	old, err := in.Documents(ctx, DocumentQuery{Kind: kindSalt})
	if err != nil {
		return fmt.Errorf("the salts of other days: %w", err)
	}
	for _, o := range old {
		if o.ID < day {
			if err := in.DeleteDocument(ctx, kindSalt, o.ID, 0); err != nil && !problemIs(err, UnknownDocument) {
				return fmt.Errorf("delete the salt of %s: %w", o.ID, err)
			}
		}
	}
	return nil
}

// forgetSalts deletes the salts of days that are over, here and in the store.
func (s *service) forgetSalts(ctx context.Context) error {
	day, c := s.reports.now().UTC().Format(time.DateOnly), s.reports.salts
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.day < day {
		c.day, c.key = "", nil
	}
	return deleteSalts(ctx, s.Documents, day)
}

// saltsEvery is how often salts of days that are over are looked for, besides
// at the end of each day.
const saltsEvery = time.Hour

// ForgetReporters deletes the secrets that tell reporters of a day apart when the
// day (UTC) is over: at once, every hour and at midnight, until ctx ends.
func (h *Handler) ForgetReporters(ctx context.Context) {
	s := h.service
	if s.Documents == nil {
		return
	}
	for {
		if err := s.forgetSalts(ctx); err != nil && ctx.Err() == nil {
			s.Log.Warn("salts of days that are over could not be deleted; it is tried again", "error", err)
		}
		now := s.reports.now()
		midnight := now.UTC().Truncate(24 * time.Hour).Add(24*time.Hour + time.Second)
		select {
		case <-ctx.Done():
			return
		case <-time.After(min(saltsEvery, midnight.Sub(now))):
		}
	}
}

func problemIs(err error, k Kind) bool {
	var p *Problem
	return errors.As(err, &p) && p.Kind == k
}
