package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/petadesa/petadesa/data"
)

type tokenCommand struct {
	Create tokenCreate `cmd:"" help:"Make a token and print it: it is shown this once only."`
	List   tokenList   `cmd:"" help:"List the tokens, without their secrets."`
	Revoke tokenRevoke `cmd:"" help:"Revoke a token; running servers refuse it at once."`
}

type tokenCreate struct {
	Role    string `required:"" enum:"viewer,editor,planner,admin" help:"What it allows: viewer nothing more than anybody may, editor to change features, planner to save scenarios and reports, admin all."`
	Name    string `required:"" help:"Who it is for: what the history of changes tells."`
	Expires string `help:"After how long it expires: for example 90d, 12h, 1y; by default never." placeholder:"DURATION"`
}

// Run prints the token alone on standard output.
func (t *tokenCreate) Run(ctx context.Context, c *console) (err error) {
	expires, err := expiry(t.Expires, time.Now())
	if err != nil {
		return err
	}
	text, token, err := data.NewToken(t.Name, t.Role, expires)
	if err != nil {
		return err
	}
	return withStore(ctx, c, func(store data.Store) error {
		if err := store.AddToken(ctx, token); err != nil {
			if errors.Is(err, data.ErrExists) {
				err = fmt.Errorf("there is a token named %q already: revoke it first, or choose another name", t.Name)
			}
			return err
		}
		_, err := fmt.Fprintln(c.stdout, text)
		return err
	})
}

// expiry is the time after a duration; "" is never.
func expiry(s string, now time.Time) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	wrong := fmt.Errorf("expires %q: want a number and a unit, as in 90d, 12h or 1y", s)
	for unit, days := range map[string]int{"d": 1, "w": 7, "y": 365} {
		if number, ok := strings.CutSuffix(s, unit); ok {
			n, err := strconv.Atoi(number)
			if err != nil || n < 1 || n > 100*365/days {
				return time.Time{}, wrong
			}
			return now.AddDate(0, 0, n*days), nil
		}
	}
	d, err := time.ParseDuration(s)
	if err != nil || d <= 0 {
		return time.Time{}, wrong
	}
	return now.Add(d), nil
}

type tokenList struct{}

// Run prints a table.
func (t *tokenList) Run(ctx context.Context, c *console) error {
	return withStore(ctx, c, func(store data.Store) error {
		all, err := store.Tokens(ctx)
		if err != nil {
			return err
		}
		return printTokens(c.stdout, all, time.Now())
	})
}

func printTokens(out io.Writer, all []data.Token, now time.Time) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "NAME\tROLE\tID\tCREATED\tEXPIRES\tLAST USED")
	for _, t := range all {
		expires := day(t.Expires)
		if !t.Expires.IsZero() && !now.Before(t.Expires) {
			expires += " (expired)"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", t.Name, t.Role, t.ID, day(t.Created), expires, day(t.Used))
	}
	return w.Flush()
}

func day(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.Local().Format("2006-01-02 15:04")
}

type tokenRevoke struct {
	Token string `arg:"" help:"Its name or id."`
}

// Run revokes the token.
func (t *tokenRevoke) Run(ctx context.Context, c *console) error {
	return withStore(ctx, c, func(store data.Store) error {
		err := store.RevokeToken(ctx, t.Token)
		if errors.Is(err, data.ErrNotFound) {
			return fmt.Errorf("there is no token of the name or id %q", t.Token)
		}
		return err
	})
}

// withStore opens the store for one piece of work.
func withStore(ctx context.Context, c *console, work func(data.Store) error) (err error) {
	store, err := openStore(ctx, c.store, c.log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	return work(store)
}
