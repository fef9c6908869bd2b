package api

import (
	"container/list"
	"math"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

const (
	attemptsAtOnce  = 10              // unknown tokens that an address may send
	attemptsEvery   = 6 * time.Second // for one more
	attemptsClients = 4096            // addresses that are remembered
)

// attempts bounds how often one address may do something: try unknown tokens,
// send reports. Of the addresses it remembers, the one that was not seen for the
// longest time goes first.
type attempts struct {
	every  time.Duration // for one more
	atOnce int

	mu    sync.Mutex
	order *list.List // of *attempter, most recently seen first
	byKey map[netip.Addr]*list.Element
}

type attempter struct {
	key     netip.Addr
	limiter *rate.Limiter
}

func newAttempts(every time.Duration, atOnce int) *attempts {
	return &attempts{every: every, atOnce: atOnce, order: list.New(), byKey: map[netip.Addr]*list.Element{}}
}

// wait returns the seconds for which the address may not try; 0: it may.
func (a *attempts) wait(key netip.Addr) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	e, ok := a.byKey[key]
	if !ok {
		return 0
	}
	missing := 1 - e.Value.(*attempter).limiter.Tokens()
	if missing <= 0 {
		return 0
	}
	return int(math.Ceil(missing * a.every.Seconds()))
}

// failed counts an attempt.
func (a *attempts) failed(key netip.Addr) {
	a.mu.Lock()
	defer a.mu.Unlock()
	e, ok := a.byKey[key]
	if !ok {
		e = a.order.PushFront(&attempter{key, rate.NewLimiter(rate.Every(a.every), a.atOnce)})
		a.byKey[key] = e
		if a.order.Len() > attemptsClients {
			delete(a.byKey, a.order.Remove(a.order.Back()).(*attempter).key)
		}
	}
	a.order.MoveToFront(e)
	e.Value.(*attempter).limiter.Allow()
}

// client is the address that a request comes from: that of the peer, or what a
// trusted one says before it. A network of IPv6 that one subscriber has counts
// as one address.
func (s *service) client(r *http.Request) netip.Addr {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	address := peer.Addr().Unmap()
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && s.trustsAddress(address); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		address = hop.Unmap()
	}
	if address.Is6() {
		if network, err := address.Prefix(64); err == nil {
			address = network.Addr()
		}
	}
	return address
}
