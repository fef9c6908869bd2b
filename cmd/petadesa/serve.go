package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"github.com/petadesa/petadesa/api"
	"github.com/petadesa/petadesa/data"
	"github.com/petadesa/petadesa/frontend"
	"github.com/petadesa/petadesa/tiles"
)

type serveCommand struct {
	Addr               string         `help:"Where to listen." default:":8080" placeholder:"HOST:PORT"`
	Title              string         `help:"The name of the service."`
	Basemap            string         `help:"A raster background instead of the built-in one: a URL with {z}, {x} and {y}." placeholder:"URL"`
	BasemapAttribution string         `help:"Whom the basemap's tiles are from."`
	PageArchive        string         `help:"A PMTiles archive of the collections' tiles, made by export tiles, that the map reads by ranges instead of asking this server." placeholder:"URL"`
	TrustedProxies     []netip.Prefix `help:"Networks whose X-Forwarded-* headers are believed." placeholder:"CIDR,…"`
	FrameAncestors     string         `help:"Who may embed the map, as in a Content-Security-Policy." placeholder:"SOURCES"`
	TileBudget         int            `help:"Greatest size of a tile in bytes before compression; what matters least is left out." default:"500000"`
	TileCache          int            `help:"Bytes of tiles to keep in memory." default:"134217728"`
	ReportersLeast     int            `help:"How many citizens must stand behind what is published of their reports of a cell." default:"3"`
	Grace              time.Duration  `help:"How long requests may take to finish when stopping." default:"20s"`

	sourceFlags `embed:""`
}

// Run serves until ctx ends. An empty store is filled with the bundled regency.
func (s *serveCommand) Run(ctx context.Context, c *console) (err error) {
	began := time.Now()
	var basemap *api.Basemap
	if s.Basemap != "" {
		if basemap, err = api.ParseBasemap(s.Basemap, s.BasemapAttribution); err != nil {
			return err
		}
	}
	var pageArchive *api.PageArchive
	if s.PageArchive != "" {
		if pageArchive, err = api.ParsePageArchive(s.PageArchive); err != nil {
			return err
		}
	}
	app, err := frontend.Handler()
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", s.Addr)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	defer listener.Close()
	store, err := openStore(ctx, c.store, c.log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if empty, err := seed(ctx, store); err != nil {
		return err
	} else if empty {
		c.log.Info("the store was empty: it now holds the bundled regency", "store", shown(c.store))
	}
	follower, err := data.Follow(ctx, store, c.log, data.FollowOptions{})
	if err != nil {
		return err
	}
	defer follower.Close()
	others, err := s.sourceFlags.open(ctx, c)
	if err != nil {
		return err
	}
	defer others.close()
	metrics := prometheus.NewRegistry()
	metrics.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	config := api.Config{
		Source: source{follower}, Sources: others, Downloads: downloads(), Identities: identities{store, c.log}, Editor: &editor{store, follower}, Documents: documents{store}, Measurements: &measurements{store, follower}, ReportersLeast: s.ReportersLeast, Coverage: engine(), Figures: figures(c.log), App: app, Version: version(), Title: s.Title, Basemap: basemap, PageArchive: pageArchive,
		TrustedProxies: s.TrustedProxies, FrameAncestors: s.FrameAncestors, Log: c.log, Metrics: metrics,
		Tiles: tiles.Options{Budget: s.TileBudget, CacheBytes: s.TileCache},
	}
	if others.live != nil {
		config.Live = liveCollections{others.live}
	}
	handler := api.New(config)
	go keepWarm(ctx, follower, handler, c.log)
	go handler.ForgetReporters(ctx)
	c.log.Info("serving", "address", listener.Addr().String(), "map", mapURL(listener.Addr()), "store", shown(c.store), "after", time.Since(began).Round(time.Millisecond))
	return api.Serve(ctx, listener, handler, api.ServeOptions{Grace: s.Grace, Log: c.log})
}

// keepWarm has ready what pages ask for, from the start and soon after a change,
// until ctx ends. A newer change ends the work for an older one.
func keepWarm(ctx context.Context, follower *data.Follower, handler *api.Handler, log *slog.Logger) {
	for snap := follower.Snapshot(); ; {
		warming, stop := context.WithCancel(ctx)
		go func() {
			if err := handler.Warm(warming, snap); err != nil && warming.Err() == nil {
				log.Warn("tiles, names or roads could not be made ready", "err", err)
			}
		}()
		next, err := follower.Wait(ctx, snap.Version)
		stop()
		if err != nil {
			return
		}
		snap = next
	}
}

// mapURL is where a person on this machine finds the map.
func mapURL(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return ""
	}
	if ip, err := netip.ParseAddr(host); err == nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port) + "/"
}

// source is a data.Follower as the API wants it.
type source struct{ *data.Follower }

var _ api.Source = source{}

func (s source) State() api.State {
	state := s.Follower.State()
	if state.Err == nil {
		return api.State{OK: true, Since: state.Since}
	}
	// The log has the error, which may name hosts and roles.
	return api.State{Detail: "the newest data cannot be loaded; the last that could are served", Since: state.Since}
}
