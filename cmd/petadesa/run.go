package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"

	"github.com/alecthomas/kong"

	"github.com/petadesa/petadesa/data"
)

// cli is the command line. Every flag can be set by an environment variable
// PETADESA_<FLAG>.
type cli struct {
	Store     string `help:"Where the data are: postgres://… or a path ending in .gpkg." default:"petadesa.gpkg" placeholder:"URL"`
	LogLevel  string `help:"Least level to log: debug, info, warn or error." enum:"debug,info,warn,error" default:"info"`
	LogFormat string `help:"Log lines as text or json." enum:"text,json" default:"text"`

	Serve   serveCommand   `cmd:"" help:"Serve the map, tiles and API."`
	Import  importCommand  `cmd:"" help:"Load a file into a collection: all of it, or nothing."`
	Pull    pullCommand    `cmd:"" help:"Build a regency from public sources: villages, roads, destinations and more."`
	Export  exportCommand  `cmd:"" help:"Save a collection as a file."`
	Copy    copyCommand    `cmd:"" help:"Copy all collections from one store to another."`
	Gaps    gapsCommand    `cmd:"" help:"Tell who and what is without signal, by village, district, regency or cell."`
	Plan    planCommand    `cmd:"" help:"Choose where to build towers, with a certificate of how good the choice is."`
	Token   tokenCommand   `cmd:"" help:"Create, list and revoke the tokens by which people may change things."`
	History historyCommand `cmd:"" help:"List who changed what, latest first."`
	Undo    undoCommand    `cmd:"" help:"Undo a change of a feature that history lists."`
	Check   checkCommand   `cmd:"" help:"Tell how good the stored data are: what is missing, contradicts, overlaps or lies elsewhere."`
	Health  healthCommand  `cmd:"" help:"Ask a server that runs whether it is ready."`
	Version versionCommand `cmd:"" help:"Print the version."`
}

// console is what a command may talk to.
type console struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	log            *slog.Logger
	store          string // URL
}

// run does one command. It returns nil only when all of it was done.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	var c cli
	helped := false // kong has printed the help, and would end the program there
	parser, err := kong.New(&c,
		kong.Name("petadesa"),
		kong.Description("Village maps: tiles, features and coverage of a regency."),
		kong.DefaultEnvars("PETADESA"),
		kong.Writers(stdout, stderr),
		kong.Exit(func(int) { helped = true }),
		kong.BindTo(data.As(ctx, operator()), (*context.Context)(nil)),
	)
	if err != nil {
		return fmt.Errorf("describe the command line: %w", err)
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if helped {
		return nil
	}
	if err != nil {
		return err
	}
	return parsed.Run(&console{stdin: stdin, stdout: stdout, stderr: stderr, log: logger(stderr, c.LogLevel, c.LogFormat), store: c.Store})
}

func logger(w io.Writer, level, format string) *slog.Logger {
	var l slog.Level
	_ = l.UnmarshalText([]byte(level)) // kong admits only the four names
	o := &slog.HandlerOptions{Level: l}
	if format == "json" {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}
