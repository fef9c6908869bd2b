package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/petadesa/petadesa/data"
	download "github.com/petadesa/petadesa/data/fetch"
	"github.com/petadesa/petadesa/data/pull"
)

type pullCommand struct {
	Regency string `arg:"" optional:"" help:"The Kemendagri code of the regency, for example 35.07."`

	Yes          bool          `short:"y" help:"Go on without asking."`
	List         bool          `help:"List the public sources that are known, and stop."`
	Only         []string      `help:"Only these sources or collections." placeholder:"NAME"`
	Skip         []string      `help:"Not these sources or collections." placeholder:"NAME"`
	Prefer       []string      `help:"These sources before what they are alternatives of." placeholder:"NAME"`
	DryRun       bool          `help:"Download and check, and store nothing."`
	OtherRegency bool          `help:"Replace the villages of another regency."`
	Cache        string        `help:"The folder that downloads are kept in; default petadesa in the user's cache folder." placeholder:"DIR"`
	MaxAge       time.Duration `help:"A file in the cache younger than this is used as it is." default:"24h"`
	Timeout      time.Duration `help:"The longest one download may take." default:"1h"`
	BaseURL      string        `name:"base-url" help:"A server that has all sources, each host as a folder: for mirrors and tests." placeholder:"URL"`
	Manifest     string        `help:"Where to write what was pulled; default petadesa-pull-CODE.json." placeholder:"FILE"`

	OpencellidToken string `help:"The token for OpenCelliD; better given as PETADESA_OPENCELLID_TOKEN." placeholder:"TOKEN"`
}

// Run shows what would be pulled and under which licences, asks, and pulls.
func (p *pullCommand) Run(ctx context.Context, c *console) (err error) {
	catalogue, err := data.Catalogue()
	if err != nil {
		return err
	}
	if p.List {
		return listSources(c.stdout, catalogue)
	}
	if p.Regency == "" {
		return errors.New("which regency? Give its code, for example: petadesa pull 35.07")
	}
	plan, err := pull.Choose(catalogue, pull.Selection{
		Code: p.Regency, Only: p.Only, Skip: p.Skip, Prefer: p.Prefer,
		Tokens: map[string]string{"opencellid": strings.TrimSpace(p.OpencellidToken)},
	})
	if err != nil {
		return err
	}
	client, end, err := p.client(c)
	if err != nil {
		return err
	}
	defer end()
	store, err := openStore(ctx, c.store, c.log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if err := showPlan(ctx, c.stdout, plan, store); err != nil {
		return err
	}
	if err := p.confirm(c); err != nil {
		return err
	}
	tell, endReading := c.progress("pull "+plan.Code, true)
	manifest, err := plan.Run(ctx, pull.Options{
		Store: store, Client: client, Program: "petadesa " + version(), BaseURL: p.BaseURL, DryRun: p.DryRun, Other: p.OtherRegency,
		Tell:     func(format string, args ...any) { end(); c.log.Info(fmt.Sprintf(format, args...)) },
		Progress: func(_ string, done, total int64) { tell(done, total) },
	})
	endReading()
	if err != nil {
		return err
	}
	return p.finish(c, manifest)
}

// finish writes the manifest, and says what is in the store and what is not.
func (p *pullCommand) finish(c *console, m *pull.Manifest) error {
	path := p.Manifest
	if path == "" {
		path = "petadesa-pull-" + m.Regency + ".json"
	}
	if err := m.WriteFile(path); err != nil {
		return err
	}
	done := "stored"
	if m.DryRun {
		done = "checked, and not stored"
	}
	if err := showResult(c.stdout, m, done, path); err != nil {
		return err
	}
	if len(m.Failed) == 0 {
		return nil
	}
	var names []string
	for _, f := range m.Failed {
		names = append(names, f.Source)
	}
	return fmt.Errorf("regency %s is %s without %s", m.Regency, done, strings.Join(names, ", "))
}

// confirm asks on a terminal; elsewhere --yes must have been said.
func (p *pullCommand) confirm(c *console) error {
	if p.Yes {
		return nil
	}
	if f, ok := c.stdin.(*os.File); !ok || !term.IsTerminal(int(f.Fd())) {
		return errors.New("nothing was downloaded: say --yes to go on")
	}
	fmt.Fprint(c.stderr, "Go on? [y/N] ")
	answer, err := bufio.NewReader(c.stdin).ReadString('\n')
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "y", "yes", "ya":
		return nil
	}
	return errors.Join(errors.New("nothing was downloaded"), err)
}

// client makes what downloads. The function ends a progress bar that is shown.
func (p *pullCommand) client(c *console) (*download.Client, func(), error) {
	dir := p.Cache
	if dir == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return nil, nil, fmt.Errorf("there is no cache folder; name one with --cache: %w", err)
		}
		dir = filepath.Join(user, "petadesa")
	}
	var shown *download.Request
	var tell func(done, total int64)
	end := func() {}
	client, err := download.New(download.Options{
		Dir: dir, UserAgent: "petadesa/" + version(), Timeout: p.Timeout, MaxAge: p.MaxAge, Tries: 3, Pace: time.Second,
		Secrets: []string{strings.TrimSpace(p.OpencellidToken)},
		Progress: func(r *download.Request, done, total int64) {
			if shown != r {
				end()
				shown = r
				tell, end = c.progress("download", true)
			}
			tell(done, total)
		},
		Retrying: func(_ *download.Request, err error, wait time.Duration) {
			if errors.Is(err, download.ErrOffline) {
				return // the end says it in one line
			}
			c.log.Warn("download: trying again", "in", wait.Round(time.Millisecond), "because", err)
		},
	})
	return client, func() { end() }, err
}
