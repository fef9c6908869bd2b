package main

import (
	"context"
	"errors"
)

type copyCommand struct {
	From string `required:"" help:"The store to copy from." placeholder:"URL"`
	To   string `required:"" help:"The store to copy to; collections of the same id are replaced." placeholder:"URL"`
}

// Run copies all collections in one transaction.
func (cp *copyCommand) Run(ctx context.Context, c *console) (err error) {
	from, err := openStore(ctx, cp.From, c.log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	to, err := openStore(ctx, cp.To, c.log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	tables, err := from.Load(ctx)
	if err != nil {
		return err
	}
	if err := replaceAll(ctx, to, tables); err != nil {
		return err
	}
	features := 0
	for _, t := range tables {
		features += len(t.Records)
	}
	c.log.Info("copied", "collections", len(tables), "features", features, "from", shown(cp.From), "to", shown(cp.To))
	return nil
}
