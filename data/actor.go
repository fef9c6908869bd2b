package data

import "context"

type actorKey struct{}

// As returns a context in which a store's changes are told to be made by who.
func As(ctx context.Context, who string) context.Context {
	return context.WithValue(ctx, actorKey{}, who)
}

// Actor is who changes a store in this context; "petadesa" when nobody said.
func Actor(ctx context.Context) string {
	if who, _ := ctx.Value(actorKey{}).(string); who != "" {
		return who
	}
	return "petadesa"
}
